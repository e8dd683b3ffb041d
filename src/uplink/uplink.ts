/**
 * The school's side of its district: loops beside each other, one that brings the lines of the journal, one by which alarms overtake a backlog, one
 * that asks for orders and is a sign of life, one for the hourly figures of gauges. What is amiss is a trouble with its remedy; whatever happens there, the school works on as if there were no district.
 */
import { randomUUID } from 'node:crypto';
import type { Time, Words } from '../core/types.ts';
import { openCheckpoint, readVerifierKey, witnessedAt } from '../proof/signed-note.ts';
import { follow } from '../store/follow.ts';
import { districtClockOff, districtUnread, fileTooLarge } from '../words/district/uplink-words.ts';
import { WordedError, wordsOf } from '../words/worded-error.ts';
import { AheadPush } from './ahead-push.ts';
import { DistrictExchange, DistrictRefused } from './district-exchange.ts';
import { heardPoll } from './heard-answers.ts';
import { HourPush } from './hour-push.ts';
import { LinePush } from './line-push.ts';
import { OrderIntake } from './order-intake.ts';
import {
  CLOCK_OFF_MS,
  FILE_MAX,
  fileAnswer,
  filePath,
  type IngestAnswer,
  POLL_MS,
  type PollAnswer,
  type PollRequest,
  PROTOCOL,
  type RefusalCode,
} from './protocol.ts';
import type { SignedNote, UplinkContext, UplinkStatus } from './uplink-source.ts';
import { WitnessPin } from './witness-pin.ts';

/** How long after a step that found nothing the journal is looked at again, ms; that costs a comparison. */
const pushIdleMs = 25;
/** So often it is looked whether an alarm has to overtake a backlog, ms; that costs a comparison. Ours. */
const aheadIdleMs = 200;
/** Polls are that far apart at the least, ms: one that is answered at once must not be asked a thousand times. */
const pollIdleMs = 1_000;
/** Longer than a poll is held, ms. */
const pollLimitMs = POLL_MS + 10_000;
/** What is away for less is not said, where it was there before, ms. Ours. */
const graceMs = 30_000;

/** That the district could not read lines is said for so long after it came, ms: a day, within which somebody looks. Ours. */
const unreadMs = 86_400_000;
/** How often it is looked whether an hour is over, ms. */
const hoursIdleMs = 60_000;

/** Orders that nothing can be done about now are asked for again after so long, ms. */
const laterMs = 20_000;
/** Longest wait until the district has a file, ms. Ours: 20 MB at 2 Mbit/s. */
const fileLimitMs = 90_000;

/** Refusals after which a school is held back until a person decides. */
const holding: ReadonlySet<RefusalCode> = new Set([
  ...(['rewritten', 'restored', 'twice', 'log-changed', 'overgrown', 'flooded'] as const),
]);

type Loop = 'push' | 'poll' | 'file' | 'hours';

export class Uplink {
  readonly #around: UplinkContext;
  readonly #exchanges: Readonly<Record<Loop | 'ahead', DistrictExchange>>;
  readonly #push: LinePush;
  readonly #hours: HourPush;
  readonly #ahead: AheadPush;
  readonly #pin: WitnessPin;
  readonly #orders: OrderIntake;
  /** The journal knows what the school is joined to. */
  #joined = false;
  readonly #boot = randomUUID();
  /** Why a loop failed, as long as the district was not heard since. */
  #why: { [L in Loop]?: unknown } = {};
  readonly #over = new AbortController();
  /** Why the district holds the school back, as it said first. */
  #held: DistrictRefused | undefined;
  /** Lines the district could not read, and when it said so last, by the monotonic clock. */
  #unread = { lines: 0, at: 0 };
  #heardAt: Time | undefined;
  /** By the monotonic clock. */
  #heard: number | undefined;
  #cosigned: { readonly size: number; readonly at: Time } | undefined;

  constructor(around: UplinkContext) {
    this.#around = around;
    const { options, world, dir, source } = around;
    const exchange = () => new DistrictExchange(options, world);
    const [push, poll, file, hours, ahead] = [exchange(), exchange(), exchange(), exchange(), exchange()];
    this.#exchanges = { push, poll, file, hours, ahead };
    this.#pin = new WitnessPin(dir, options.url, options.witness);
    this.#orders = new OrderIntake(source, options.school);
    this.#push = new LinePush({
      ...{ source, world, dir, exchange: this.#exchanges.push, target: `${options.url} ${options.school}` },
      sender: () => this.#sender(),
      heard: async (answer, note) => void (await this.#hear(answer, note)),
      due: () => this.#due(),
    });
    this.#hours = new HourPush({
      source,
      dir,
      exchange: this.#exchanges.hours,
      school: options.school,
      target: options.url,
    });
    this.#ahead = new AheadPush({
      ...{ source, world, exchange: this.#exchanges.ahead },
      sender: () => this.#sender(),
      heldUpAfter: () => this.#push.heldUpAfter(),
    });
    if (source.cosigned !== undefined) this.#recall(source.cosigned);
  }

  status(): UplinkStatus {
    const head = this.#around.source.head().seq;
    const { have } = this.#push;
    const [why, name] = [this.#trouble(), this.#pin.verifier?.name];
    return {
      ...(have !== undefined && { have, behind: Math.max(0, head - have) }),
      ...(this.#cosigned && { cosigned: this.#cosigned }),
      ...(name !== undefined && { name }),
      ...(this.#heardAt !== undefined && { heardAt: this.#heardAt }),
      ...(why && { why }),
    };
  }

  /** Follows until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const { world } = this.#around;
    const loop = (name: Loop, idleMs: number, step: () => Promise<boolean>) =>
      follow({
        ...{ world, signal, idleMs, step },
        said: (failure) => {
          if (signal.aborted) return;
          if (failure === undefined) delete this.#why[name];
          else this.#why[name] = failure;
          if (failure instanceof DistrictRefused && holding.has(failure.code)) this.#held = failure;
          this.#say();
        },
      });
    await Promise.all([
      loop('push', pushIdleMs, () => this.#push.step(signal)),
      loop('poll', pollIdleMs, () => this.#poll(signal)),
      // Figures are no records: that they wait is nobody's trouble, and the other two say when the district is away.
      follow({
        ...{ world, signal, idleMs: hoursIdleMs, said: () => undefined },
        step: () => this.#hours.step(signal),
      }),
      follow({ world, signal, idleMs: aheadIdleMs, step: () => this.#ahead.step(signal), said: () => undefined }),
    ]);
    this.#over.abort();
    await this.#push.end();
    for (const exchange of Object.values(this.#exchanges)) exchange.close();
  }

  #sender(): Omit<PollRequest, 'taken' | 'now'> {
    const { options, source, version } = this.#around;
    return {
      ...{ protocol: PROTOCOL, school: options.school, boot: this.#boot, version: version.slice(0, 40) },
      ...{ clock: source.now(), head: source.head().seq },
    };
  }

  async #poll(signal: AbortSignal): Promise<boolean> {
    const { world } = this.#around;
    const taken = this.#orders.taken();
    const request: PollRequest = { ...this.#sender(), taken, now: false };
    const answer = await this.#exchanges.poll.ask({
      ...{ method: 'POST', path: '/poll', body: JSON.stringify(request) },
      ...{ answer: heardPoll, timeoutMs: pollLimitMs, signal },
    });
    this.#orders.told(taken);
    const begun = await this.#hear(answer);
    this.#push.told(answer.have);
    // They come with every answer until the district knows that they were taken.
    if (answer.orders.length > 0 && !begun && this.#orders.taken().length === 0)
      await world.sleep(laterMs, signal).catch(() => undefined);
    return false;
  }

  /** Brings a file that an order asked for. Rejects with words; sent again, it changes nothing. */
  async send(order: string, file: { name: string; type: string; bytes: Uint8Array }): Promise<void> {
    if (file.bytes.length > FILE_MAX) throw new WordedError(fileTooLarge(Math.floor(FILE_MAX / 1e6)));
    await this.#exchanges.file.ask({
      ...{ method: 'PUT', path: filePath(order, file.name), body: file.bytes, type: file.type },
      ...{ answer: fileAnswer, timeoutMs: fileLimitMs, signal: this.#over.signal },
    });
  }

  /** What any answer says beside how far the district is. True where orders are on their way into the journal. */
  async #hear(answer: IngestAnswer | PollAnswer, note?: string): Promise<boolean> {
    const { world, source, trouble } = this.#around;
    this.#heard = world.elapsed();
    this.#heardAt = source.now();
    this.#why = {};
    this.#held = undefined;
    this.#say();
    const off = source.now() - answer.now;
    trouble('district-clock', Math.abs(off) > CLOCK_OFF_MS ? districtClockOff(Math.round(off / 1_000)) : undefined);
    if ('witness' in answer) {
      if (answer.unread !== undefined) this.#unread = { lines: this.#unread.lines + answer.unread, at: this.#heard };
      await this.#meet(answer, note);
    }
    if (this.#heard - this.#unread.at > unreadMs) this.#unread = { lines: 0, at: this.#heard };
    trouble('district-lines', this.#unread.lines > 0 ? districtUnread(this.#unread.lines) : undefined);
    const sound = this.#pin.trouble() === undefined;
    const begun = sound && this.#orders.take(answer.orders, this.#pin.verifier);
    trouble('district-order', this.#orders.trouble());
    return begun;
  }

  /** Who the district says it is, and what it signed. */
  async #meet(answer: IngestAnswer, note: string | undefined): Promise<void> {
    const { source, trouble } = this.#around;
    const known = await this.#pin.meet(answer.witness);
    trouble('district-witness', this.#pin.trouble());
    if (known) this.#noteJoined();
    if (!known || answer.cosignature === undefined || note === undefined) return;
    const cosigned = this.#pin.cosigned(note, answer.cosignature);
    if (!cosigned) return;
    this.#recall(cosigned.note);
    await source.keepCosigned(cosigned.note);
  }

  /** That the school is joined, to whom and with what, is a fact; said once where it is so already. */
  #noteJoined(): void {
    const { source } = this.#around;
    const name = this.#pin.verifier?.name;
    if (this.#joined || name === undefined) return;
    this.#joined = true;
    const joined = { district: name, filter: this.#push.filter, leaves: source.kinds };
    source.offer({ kind: 'district-joined', ...joined }).catch(() => {
      // With a journal that takes nothing it is said with a later answer.
      this.#joined = false;
    });
  }

  /** What a note says that the district cosigned. */
  #recall(note: string): void {
    const log = readVerifierKey(this.#around.source.log);
    const head = log && openCheckpoint(note, log);
    const seconds = this.#pin.verifier && witnessedAt(note, this.#pin.verifier);
    if (head && seconds !== undefined) this.#cosigned = { size: head.size, at: seconds * 1_000 };
  }

  #due(): SignedNote | undefined {
    const newest = this.#around.source.checkpoint();
    return newest && newest.size > (this.#cosigned?.size ?? 0) ? newest : undefined;
  }

  #trouble(): Words | undefined {
    const { world } = this.#around;
    const lately = this.#heard !== undefined && world.elapsed() - this.#heard < graceMs;
    const failures = Object.values(this.#why);
    const said = failures.find((one) => one instanceof DistrictRefused && one.code !== 'busy');
    // That it is held back says less than why, which the district says once.
    const held = said instanceof DistrictRefused && said.code === 'quarantined' ? this.#held : undefined;
    const failure = held ?? said ?? (lately ? undefined : failures[0]);
    return failure === undefined ? undefined : wordsOf(failure);
  }

  #say(): void {
    const { source, trouble } = this.#around;
    trouble('district', this.#trouble());
    trouble('district-certificate', this.#exchanges.poll.papersTrouble(source.now()));
  }
}
