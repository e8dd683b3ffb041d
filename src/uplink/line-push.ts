/**
 * Brings the district the lines of the journal in their order, batch by batch, from wherever it says it stands. It keeps no queue: the journal is
 * the queue, and what is not known to have arrived is asked for, never guessed. It must never send a line that has to stay, nor hold
 * anybody up.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { GrowingTree } from '../proof/merkle-tree.ts';
import { loadCursor, saveCursor } from '../store/cursor.ts';
import type { JournalTree } from '../store/store-types.ts';
import { districtRefusals, districtStandsStill } from '../words/district/uplink-words.ts';
import type { World } from '../world/world.ts';
import { DistrictAway, type DistrictExchange, DistrictRefused } from './district-exchange.ts';
import { heardIngest, heardPoll } from './heard-answers.ts';
import { leavingSite } from './leaving-site.ts';
import {
  fileAnswer,
  type IngestAnswer,
  type IngestRequest,
  LINE_MAX,
  LINES_MAX,
  type PollAnswer,
  type PollRequest,
} from './protocol.ts';
import type { SignedNote, UplinkSource } from './uplink-source.ts';

type Sender = Omit<PollRequest, 'taken' | 'now'>;
type Edge = Omit<JournalTree, 'chain'>;

export interface PushParts {
  readonly source: UplinkSource;
  readonly exchange: DistrictExchange;
  readonly world: Pick<World, 'elapsed' | 'sleep'>;
  readonly dir: string;
  /** Whose edge is kept: another address, or another school there, stands elsewhere. */
  readonly target: string;
  sender(): Sender;
  /** Hears every answer; `note`: the checkpoint that was sent. */
  heard(answer: IngestAnswer | PollAnswer, note?: string): Promise<void>;
  /** The checkpoint that the district has still to cosign; undefined while there is none. */
  due(): SignedNote | undefined;
}

/** Characters of lines in one batch at first, and at the least where something on the way takes no more. Ours. */
const charsMost = 1_000_000;
const charsLeast = 4_000;
/** Longest wait for one answer, ms: the district folds a batch before it answers. Ours. */
const limitMs = 30_000;
/** A batch that is under way for so long holds up what comes after it, ms. Ours. */
const heldUpMs = 300;
/** A checkpoint that was not cosigned, and a site that was not taken, is offered again after so long, ms. Ours. */
const againMs = 60_000;
/** How often the edge is kept; what is lost of it is reckoned anew, and a disk is not asked with each batch. Ours. */
const keepEveryMs = 60_000;
/** Batches that are not full are so far apart, ms: forty schools with a stream each are 160 requests a second. Ours. */
const apartMs = 250;
const none: Edge = { size: 0, roots: [] };

const rootOf = ({ size, roots }: Edge): string =>
  new GrowingTree({ size, roots: roots.map((root) => Buffer.from(root, 'hex')) }).root().toString('hex');

export class LinePush {
  readonly #parts: PushParts;
  readonly #file: string;
  readonly #filter: string;
  /** How far the district is; undefined where that has to be asked. */
  #have: number | undefined;
  #edge: Edge = none;
  #edgeKnown = false;
  #keptAt = Number.NEGATIVE_INFINITY;
  /** The last answer was less than what was there before. */
  #less = false;
  #chars = charsMost;
  /** The district asked not to be asked before, by the monotonic clock. */
  #notBefore = Number.NEGATIVE_INFINITY;
  /** When the last batch went. */
  #sentAt = Number.NEGATIVE_INFINITY;
  /** The last line of the batch under way, and of what was known to be there. */
  #under: number | undefined;
  #reached: number | undefined;
  #offered: { readonly at: number; readonly note: string } | undefined;
  #site: { readonly of: object; readonly text: string; readonly hash: string } | undefined;
  #sent: { readonly at: number; readonly hash: string } | undefined;

  constructor(parts: PushParts) {
    this.#parts = parts;
    this.#file = join(parts.dir, 'district.cursor.json');
    this.#filter = createHash('sha256').update(JSON.stringify(parts.source.kinds)).digest('hex');
  }

  /** SHA-256 over the kinds that leave, hex. */
  get filter(): string {
    return this.#filter;
  }

  get have(): number | undefined {
    return this.#have;
  }

  /** The last line that is on its way or there, where the district was heard lately and the lines after it have to wait; for `AheadPush`. */
  heldUpAfter(): number | undefined {
    const { source, world } = this.#parts;
    const now = world.elapsed();
    const refused = this.#notBefore > now;
    const reach = this.#under ?? this.#reached;
    const head = source.head().seq;
    if (reach === undefined || head <= reach || (this.#have === undefined && !refused)) return undefined;
    const slow = this.#under !== undefined && now - this.#sentAt > heldUpMs;
    return refused || slow || head - reach > LINES_MAX ? reach : undefined;
  }

  /** Somebody else heard how far the district is. */
  told(have: number): void {
    if (this.#have !== undefined && have < this.#have) this.#have = undefined;
  }

  /** Sends what comes next; true when there is more. Rejects with words. */
  async step(signal: AbortSignal): Promise<boolean> {
    try {
      return await this.#next(signal);
    } catch (error) {
      // Whether it arrived is not known, nor what became of the other side.
      this.#have = undefined;
      if (error instanceof DistrictAway && error.tooLarge) this.#chars = Math.max(charsLeast, this.#chars / 4);
      if (error instanceof DistrictRefused) this.#notBefore = this.#parts.world.elapsed() + error.afterMs;
      throw error;
    }
  }

  async #next(signal: AbortSignal): Promise<boolean> {
    const { source, world } = this.#parts;
    const wait = this.#notBefore - world.elapsed();
    if (wait > 0) await world.sleep(wait, signal);
    const have = this.#have ?? (await this.#ask(signal));
    const head = source.head().seq;
    // More than there is here: the district is asked to judge by itself.
    const before = Math.min(have, head);
    const due = this.#due();
    if (have === head && !due) return false;
    // What comes in a stream goes together; a single line goes at once.
    if (head - have < LINES_MAX && world.elapsed() - this.#sentAt < apartMs) return false;
    const lines = await source.leaving({
      ...{ after: before, limit: LINES_MAX, chars: this.#chars, longest: LINE_MAX, kinds: source.kinds },
    });
    // A checkpoint is looked at where a batch ends.
    const cut = due && due.size > before ? lines.slice(0, due.size - before) : lines;
    const upTo = before + cut.length;
    const checkpoint = due && due.size <= upTo ? due.note : undefined;
    if (cut.length === 0 && checkpoint === undefined && have <= head) return false;
    if (checkpoint !== undefined) this.#offered = { at: this.#parts.world.elapsed(), note: checkpoint };
    const request: IngestRequest = {
      ...this.#parts.sender(),
      from: before + 1,
      before: rootOf(await this.#edgeAt(before, signal)),
      lines: [...cut],
      ahead: [],
      ...(checkpoint !== undefined && { checkpoint }),
      ...{ log: source.log, filter: this.#filter, site: this.#siteNow().hash },
    };
    this.#sentAt = world.elapsed();
    this.#under = upTo;
    const answer = await this.#parts.exchange
      .ask({
        ...{ method: 'POST', path: '/ingest', body: JSON.stringify(request) },
        ...{ answer: heardIngest, timeoutMs: limitMs, signal },
      })
      .finally(() => {
        this.#under = undefined;
      });
    await this.#parts.heard(answer, checkpoint);
    return await this.#take(answer, before, cut.length, signal);
  }

  async #take(answer: IngestAnswer, before: number, sent: number, signal: AbortSignal): Promise<boolean> {
    const { source } = this.#parts;
    const head = source.head().seq;
    if (answer.have > head) throw new DistrictAway(districtRefusals.restored);
    // It has less than it said, as after a backup of its own was put back: from there it goes on, once without a word.
    const less = answer.have < before;
    if ((sent > 0 && answer.have === before) || (less && this.#less)) throw new DistrictAway(districtStandsStill);
    this.#less = less;
    this.#have = answer.have;
    this.#reached = answer.have;
    this.#chars = Math.min(charsMost, this.#chars * 2);
    if (this.#parts.world.elapsed() - this.#keptAt >= keepEveryMs) await this.#keepEdge(signal);
    if (answer.site !== undefined) await this.#bringSite(answer.site, signal);
    return answer.have < head;
  }

  /** How far the district is, by its own word. */
  async #ask(signal: AbortSignal): Promise<number> {
    const { exchange, sender, heard } = this.#parts;
    const request: PollRequest = { ...sender(), taken: [], now: true };
    const answer = await exchange.ask({
      ...{ method: 'POST', path: '/poll', body: JSON.stringify(request) },
      ...{ answer: heardPoll, timeoutMs: limitMs, signal },
    });
    await heard(answer);
    this.#have = answer.have;
    this.#reached = answer.have;
    return answer.have;
  }

  #due(): SignedNote | undefined {
    const due = this.#parts.due();
    const again = due && this.#offered?.note === due.note;
    return again && this.#parts.world.elapsed() - this.#offered!.at < againMs ? undefined : due;
  }

  /** The edge of the tree over the first lines, from the nearest one that is known. */
  async #edgeAt(size: number, signal: AbortSignal): Promise<Edge> {
    const { source, target } = this.#parts;
    if (!this.#edgeKnown) {
      const kept = loadCursor(this.#file) as (JournalTree & { readonly target: string }) | null | undefined;
      const mine = kept?.target === target && Number(kept.size) > 0 && Number(kept.size) <= source.head().seq;
      // The journal may have been replaced since.
      if (mine && (await source.link(kept.size)) === kept.chain) this.#edge = { size: kept.size, roots: kept.roots };
      this.#edgeKnown = true;
    }
    let edge = this.#edge.size <= size ? this.#edge : none;
    while (edge.size < size) {
      signal.throwIfAborted();
      const { size: grown, roots } = await source.grow(edge, size);
      edge = { size: grown, roots };
    }
    this.#edge = edge;
    return edge;
  }

  /** To be called at the end: the next start goes on from here. */
  async end(): Promise<void> {
    if (this.#edgeKnown) await this.#keepEdge().catch(() => undefined);
  }

  /** Keeps the edge; one that cannot be kept is reckoned anew after the next start. */
  async #keepEdge(signal?: AbortSignal): Promise<void> {
    const { source, target, world } = this.#parts;
    this.#keptAt = world.elapsed();
    const { size, roots } = signal ? await this.#edgeAt(this.#have ?? 0, signal) : this.#edge;
    if (size === 0) return;
    const chain = await source.link(size);
    await saveCursor(this.#file, { target, size, roots, chain }).catch(() => undefined);
  }

  #siteNow(): { readonly text: string; readonly hash: string } {
    const { source } = this.#parts;
    const of = source.site();
    if (this.#site?.of !== of) {
      const text = JSON.stringify(leavingSite(of, source.keeps));
      this.#site = { of, text, hash: createHash('sha256').update(text).digest('hex') };
    }
    return this.#site;
  }

  async #bringSite(theirs: string, signal: AbortSignal): Promise<void> {
    const { exchange, world } = this.#parts;
    const { text, hash } = this.#siteNow();
    if (theirs === hash) return;
    if (this.#sent?.hash === hash && world.elapsed() - this.#sent.at < againMs) return;
    await exchange.ask({
      ...{ method: 'PUT', path: '/site', body: text },
      ...{ answer: fileAnswer, timeoutMs: limitMs, signal },
    });
    this.#sent = { hash, at: world.elapsed() };
  }
}
