/**
 * A school as the district has it, followed as its own gateway is followed: State, and each line that is folded in. It reads what is committed and
 * folds by itself, so that any node shows any school. It must never write, nor show a copy as fresh that the database could not confirm.
 */
import type { CopyWord } from '../../core/site/feed-codec.ts';
import { sight } from '../../core/site/rights.ts';
import type { Durable, Event, Live, ReadOnly, Role, Site, State } from '../../core/types.ts';
import type { FedSchool } from '../../server/feed/feed-frames.ts';
import type { EventBatch } from '../../server/gateway-port.ts';
import type { World } from '../../world/world.ts';
import type { SchoolTile } from '../board/board-types.ts';
import type { Database } from '../database/database.ts';
import { foldLine, knownSchool } from '../fold/known-school.ts';
import { schoolSite } from '../fold/school-site.ts';
import { type FoldedSchool, StateCache } from '../fold/state-cache.ts';
import { eventOf } from '../ingest/read-line.ts';
import { type AheadOfCopy, aheadWords, readAhead } from './copy-ahead.ts';

/** Lines read at once; between two reads others have their turn. */
const LINES_AT_ONCE = 1_000;
/** A copy that the database did not confirm for so long is told as late, ms. Ours: twice the pause between two looks, and some. */
const UNCONFIRMED_MS = 12_000;

export interface CopiedParts {
  readonly db: Database;
  readonly world: World;
  readonly version: string;
  readonly school: string;
  /** How the board has it; undefined once it is none of the district's. */
  readonly tile: () => SchoolTile | undefined;
}

interface Stand {
  readonly epoch: number;
  readonly seq: number;
  readonly off: number;
}

type Listener = Parameters<FedSchool['listen']>[0];

/** Gauges stay at the school. */
const noLive = { gauges: new Map(), heard: new Map(), listeningSince: 0 } as ReadOnly<Live>;

export class CopiedSchool implements FedSchool {
  readonly version: string;
  readonly #parts: CopiedParts;
  readonly #listeners = new Set<Listener>();
  #known: FoldedSchool;
  #off: number;
  #ahead: readonly AheadOfCopy[] = [];
  #confirmedAt: number;
  #looking: Promise<void> | undefined;
  #again = false;

  /** Rejects with DatabaseError. */
  static async open(parts: CopiedParts): Promise<CopiedSchool> {
    const stand = await standOf(parts);
    const copied = new CopiedSchool(parts, await knownOf(parts, stand), stand.off);
    copied.#ahead = await readAhead(parts.db, parts.school, stand);
    return copied;
  }

  private constructor(parts: CopiedParts, known: FoldedSchool, off: number) {
    this.version = parts.version;
    this.#parts = parts;
    this.#known = known;
    this.#off = off;
    this.#confirmedAt = parts.world.elapsed();
  }

  site(): Site {
    return this.#known.site.site;
  }

  /** All of it is folded from lines that are committed. */
  async read<T>(look: (state: Durable<State>) => T): Promise<T> {
    return look(this.#known.state as unknown as Durable<State>);
  }

  live(): ReadOnly<Live> {
    return noLive;
  }

  /** The school's time; as of when the copy is, where it cannot be believed. */
  now(): number {
    const { doubt, asOf } = this.#word();
    return doubt === undefined ? this.#parts.world.now() + this.#off : (asOf ?? 0);
  }

  head(): { seq: number; hash: string } {
    return { seq: this.#known.state.seq, hash: '' };
  }

  copy(role: Role): CopyWord {
    const ahead = aheadWords(this.#ahead, sight(role) === 'full');
    return { ...this.#word(), ...(ahead.length > 0 && { ahead }) };
  }

  #word(): Omit<CopyWord, 'ahead'> {
    const { world, tile } = this.#parts;
    const found = tile();
    const here = world.now() + this.#off;
    const silent = world.elapsed() - this.#confirmedAt;
    const unconfirmed = silent > UNCONFIRMED_MS;
    const doubt = found ? (found.doubt ?? (unconfirmed ? 'late' : undefined)) : 'lost';
    const behind = found?.behind ?? 0;
    const bySchool = (at: number | undefined) => (at === undefined ? undefined : at + this.#off);
    const told = bySchool(found?.toldAt);
    const seen = bySchool(found?.seenAt);
    // While nothing is behind, each sign of life says that the copy is whole.
    const asOf = behind === 0 && seen !== undefined ? Math.max(seen, told ?? 0) : told;
    const ageMs = Math.max(unconfirmed ? silent : 0, asOf === undefined ? here : here - asOf, doubt ? 1 : 0);
    return { ...(asOf !== undefined && { asOf }), ...(doubt !== undefined && { doubt }), ageMs, behind };
  }

  listen(each: Listener): () => void {
    this.#listeners.add(each);
    return () => void this.#listeners.delete(each);
  }

  /** A page that looks at a copy is no screen of the school's. */
  displayed(): void {}

  /** Brings what is new; asked again while it does, it looks once more. Never rejects. */
  async look(): Promise<void> {
    this.#again = true;
    this.#looking ??= this.#lookOn().finally(() => {
      this.#looking = undefined;
    });
    await this.#looking;
  }

  async #lookOn(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      try {
        await this.#catchUp();
        this.#confirmedAt = this.#parts.world.elapsed();
      } catch (error) {
        this.#parts.world.log.warn('a copy of a school could not be read', {
          school: this.#parts.school,
          error: error instanceof Error ? error.message : String(error),
        });
        return;
      }
    }
  }

  async #catchUp(): Promise<void> {
    const { db, school } = this.#parts;
    const stand = await standOf(this.#parts);
    this.#off = stand.off;
    if (stand.epoch !== this.#known.epoch || stand.seq < this.#known.seq) return await this.#anew(stand);
    const site = await schoolSite(db, school, this.#known.site.hash === '' ? undefined : this.#known.site);
    if (site.hash !== this.#known.site.hash) {
      this.#known.site = site;
      this.#tellAnew();
    }
    while (this.#known.seq < stand.seq) await this.#take(stand);
    this.#ahead = await readAhead(db, school, this.#known);
  }

  async #anew(stand: Stand): Promise<void> {
    this.#known = await knownOf(this.#parts, stand);
    this.#ahead = await readAhead(this.#parts.db, this.#parts.school, stand);
    this.#tellAnew();
  }

  async #take({ epoch, seq: upTo }: Stand): Promise<void> {
    const { db, school } = this.#parts;
    const rows = await db.query<{ seq: number; line: string | null }>(
      'SELECT seq, line FROM journal WHERE school = $1 AND epoch = $2 AND seq > $3 AND seq <= $4 ORDER BY seq LIMIT $5',
      [school, epoch, this.#known.seq, upTo, LINES_AT_ONCE],
    );
    if (rows.length === 0) throw new Error(`line ${this.#known.seq + 1} of ${school} is not there`);
    const { state } = this.#known;
    const after = state.seq;
    const events: Event[] = [];
    let odd = false;
    for (const { seq, line } of rows) {
      const read = line === null ? undefined : eventOf(line, seq);
      const event = typeof read === 'string' ? undefined : read;
      // A page folds as strictly as a gateway does: where this fold was lenient, it needs the whole State.
      if (event && event.at < state.at && event.kind !== 'clock-stepped') odd = true;
      if (foldLine(state, seq, event) !== undefined) odd = true;
      else if (event) events.push(event);
      this.#known.seq = seq;
    }
    if (odd) this.#tellAnew();
    else this.#tell({ after, seq: state.seq, events });
  }

  #tell(batch: EventBatch): void {
    for (const one of this.#listeners) one.batch(batch);
  }

  #tellAnew(): void {
    for (const one of this.#listeners) one.site();
  }
}

async function standOf({ db, school }: CopiedParts): Promise<Stand> {
  const [row] = await db.query<{ epoch: number; seq: number | null; clock_off: number | null }>(
    'SELECT s.epoch, c.seq, c.clock_off FROM school s LEFT JOIN cursor c ON c.school = s.school AND c.epoch = s.epoch WHERE s.school = $1',
    [school],
  );
  return { epoch: row?.epoch ?? 1, seq: row?.seq ?? 0, off: row?.clock_off ?? 0 };
}

async function knownOf({ db, school }: CopiedParts, { epoch, seq }: Stand): Promise<FoldedSchool> {
  const [site] = await db.query<{ hash: string }>('SELECT hash FROM site WHERE school = $1', [school]);
  return await knownSchool(db, new StateCache(1), { school, epoch, site: site?.hash ?? '' }, seq);
}
