/**
 * Follows the journal to an alarm receiving centre (SIA DC-09): alarms, their end, setting and unsetting, one after the other, each until a
 * receiver has acknowledged it; and a link test where nothing was said for a while. It must never hold anybody up.
 */
import { join } from 'node:path';
import { lookup } from '../../core/site/lookup.ts';
import type { Event, Site, Words } from '../../core/types.ts';
import { loadCursor, saveCursor } from '../../store/cursor.ts';
import { follow } from '../../store/follow.ts';
import { dc09ClockOff, dc09NotUnderstood, dc09Refused } from '../../words/outward/dc09-words.ts';
import { WordedError, wordsOf } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import { AlarmMail, type MailSource } from '../mail/alarm-mail.ts';
import { askReceiver, type ReceiverPlace } from './dc09-ask.ts';
import { type CentreEvent, type CentreLanguage, centreCodes, centreData } from './dc09-codes.ts';
import { type FrameReply, type FrameSender, frameOf, frameTime, nextNumber } from './dc09-frame.ts';

export interface Dc09Options extends Omit<FrameSender, 'key'> {
  readonly language: CentreLanguage;
  /** One, or two of which the second is asked where the first has not taken it. */
  readonly receivers: readonly ReceiverPlace[];
  readonly superviseSec: number;
  /** Setting and unsetting of areas are told. */
  readonly setting: boolean;
  /** Silent calls for help are told as well. */
  readonly duress: boolean;
}

export interface Dc09Context {
  readonly options: Dc09Options;
  readonly source: MailSource;
  readonly world: Pick<World, 'sleep' | 'random' | 'elapsed' | 'log' | 'now'>;
  /** The data folder, and what its files there are called. */
  readonly dir: string;
  readonly name: string;
}

const idleMs = 250;
/** A receiver that failed is asked last for so long. Ours. */
const restMs = 60_000;
/** Nearer clocks are not what it refused for: the standard's window is 40 s after and 20 s before. */
const windowMs = 20_000;

interface ReceiverState {
  failedAt?: number;
  heardAt: number;
  why: Words | undefined;
}

export class Dc09Out {
  readonly #around: Dc09Context;
  readonly #mail: AlarmMail;
  readonly #numberFile: string;
  readonly #states: ReadonlyMap<ReceiverPlace, ReceiverState>;
  #number: { readonly of: number; readonly number: number };
  #why: Words | undefined;

  constructor(around: Dc09Context) {
    this.#around = around;
    const { options, source, dir, name } = around;
    const { receivers, account, setting, duress } = options;
    this.#states = new Map(receivers.map((one) => [one, { heardAt: Number.NEGATIVE_INFINITY, why: undefined }]));
    this.#numberFile = join(dir, `${name}.number.json`);
    const known = loadCursor(this.#numberFile) as Partial<{ of: number; number: number }> | undefined;
    const kept = Number.isSafeInteger(known?.of) && Number.isSafeInteger(known?.number);
    this.#number = kept ? { of: known!.of!, number: known!.number! } : { of: 0, number: 0 };
    this.#mail = new AlarmMail({
      ...{ source, dir, name, target: `${receivers.map(({ host, port }) => `${host}:${port}`).join(' ')} ${account}` },
      kinds: ['raised', 'returned-to-normal', ...(setting ? (['area-armed'] as const) : [])],
      wanted: (event) => duress || !('covert' in event && event.covert),
    });
  }

  /** Why nothing is told, or what is amiss; undefined while all is well. */
  readonly trouble = (): Words | undefined => [...this.#states.values()].find(({ why }) => why)?.why ?? this.#why;

  /** Tells until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    await follow({
      ...{ world: this.#around.world, signal, idleMs },
      step: async () => {
        await this.#tellNext();
        await this.#supervise();
        return false;
      },
      said: (failure) => {
        this.#why = failure === undefined ? undefined : wordsOf(failure);
      },
    });
    await this.#mail.close().catch(() => undefined);
  }

  async #tellNext(): Promise<void> {
    const { options, world } = this.#around;
    for (const event of await this.#mail.gather()) {
      const fate = await this.#mail.fate(event);
      const told = fate === 'past' ? undefined : await this.#eventOf(event);
      if (!told) {
        if (fate === 'past') world.log.info(`dc09: fact ${event.seq} is older than ten minutes and was not told`);
        await this.#mail.done(event.seq);
        continue;
      }
      const seq = await this.#numberOf(event.seq);
      const data = centreData(options.language, options.account, told);
      // The time of the frame is now, or the receiver refuses it; when it was stands beside it.
      const more = fate === 'late' ? `[H${frameTime(event.at).slice(1)}]` : '';
      await this.#tell(seq, data, more);
      await this.#mail.done(event.seq);
    }
  }

  /** Resolves when one receiver has it, or all that answered can make nothing of it. Rejects with words. */
  async #tell(seq: number, data: string, more: string): Promise<void> {
    const { options } = this.#around;
    let failure: unknown;
    for (const place of this.#inOrder()) {
      try {
        const reply = await this.#ask(place, options.language, seq, data, more);
        if (reply.token !== 'DUH') return;
      } catch (error) {
        failure ??= error;
      }
    }
    if (failure !== undefined) throw failure;
  }

  /** The first one first, unless it failed a moment ago. */
  #inOrder(): readonly ReceiverPlace[] {
    const now = this.#around.world.elapsed();
    const failed = ([, { failedAt }]: [ReceiverPlace, ReceiverState]) =>
      failedAt !== undefined && now - failedAt < restMs ? 1 : 0;
    return [...this.#states].toSorted((a, b) => failed(a) - failed(b)).map(([place]) => place);
  }

  /** Every receiver that heard nothing for a while is sent a link test. */
  async #supervise(): Promise<void> {
    const { options, world } = this.#around;
    for (const [place, state] of this.#states) {
      const last = Math.max(state.heardAt, state.failedAt ?? Number.NEGATIVE_INFINITY);
      const due = options.superviseSec * 1_000;
      if (options.superviseSec === 0 || world.elapsed() - last < due) continue;
      // That it failed is said beside it, and holds up nothing.
      await this.#ask(place, 'NULL', 0, '', '').catch(() => undefined);
    }
  }

  async #ask(
    place: ReceiverPlace,
    said: CentreLanguage | 'NULL',
    seq: number,
    data: string,
    more: string,
  ): Promise<FrameReply> {
    const { options, world } = this.#around;
    const { account, prefix, receiver } = options;
    const state = this.#states.get(place)!;
    const sender = {
      account,
      prefix,
      ...(receiver !== undefined && { receiver }),
      ...(place.key && { key: place.key }),
    };
    try {
      const frame = frameOf(sender, { token: said, seq, data, more }, world.now());
      const reply = await askReceiver(place, frame, seq, world);
      if (reply.token === 'NAK') throw new WordedError(this.#whyRefused(place, reply));
      delete state.failedAt;
      state.heardAt = world.elapsed();
      state.why = reply.token === 'DUH' ? dc09NotUnderstood(place.which) : undefined;
      return reply;
    } catch (error) {
      state.failedAt = world.elapsed();
      state.why = wordsOf(error);
      throw error;
    }
  }

  #whyRefused({ which }: ReceiverPlace, { at }: FrameReply): Words {
    const off = at === undefined ? 0 : at - this.#around.world.now();
    return Math.abs(off) > windowMs ? dc09ClockOff(which, Math.round(off / 1_000)) : dc09Refused(which);
  }

  /** A fact has one number however often it is sent, over restarts too. */
  async #numberOf(of: number): Promise<number> {
    if (this.#number.of === of) return this.#number.number;
    const next = { of, number: nextNumber(this.#number.number) };
    await saveCursor(this.#numberFile, next);
    this.#number = next;
    return next.number;
  }

  async #eventOf(event: Event): Promise<CentreEvent | undefined> {
    const { source } = this.#around;
    const site = source.site();
    if (event.kind === 'area-armed') {
      const area = areaNumber(site, event.area);
      return { code: 'setting', begins: event.mode === 'disarmed', zone: 0, area };
    }
    const seq = event.kind === 'returned-to-normal' ? event.alarm : event.seq;
    const [raised] =
      event.kind === 'raised' ? [event] : await source.pick({ after: seq - 1, upTo: seq, kinds: ['raised'] });
    if (raised?.kind !== 'raised') return undefined;
    const zone = raised.zone === undefined ? undefined : lookup(site.zones, raised.zone);
    const area = Object.values(site.areas).find(({ zones }) => zone && zones.includes(zone.id));
    return {
      code: centreCodes[raised.alarm],
      begins: event.kind === 'raised',
      zone: zone?.number ?? 0,
      area: area ? areaNumber(site, area.id) : 0,
    };
  }
}

/** Areas are counted from 1 as the configuration has them. */
const areaNumber = (site: Site, id: string): number => Object.keys(site.areas).indexOf(id) + 1;
