/**
 * Follows the journal to a video platform (GB/T 28181): every alarm once it is durable, until the platform has acknowledged it. What the
 * platform does not hear waits in the journal. A device alarm waits until the platform has reset the one before it on the same channel, or
 * until that took too long; one that is more urgent does not wait. It must never hold anybody up, and never acknowledge anything here.
 */
import type { Command, Durable, Event, State, User, Words } from '../../core/types.ts';
import { follow } from '../../store/follow.ts';
import { gbClockOff, gbNotTaken } from '../../words/outward/gb28181-words.ts';
import { WordedError, wordsOf } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import { AlarmMail, type MailSource } from '../mail/alarm-mail.ts';
import { catalogOf, deviceInfo, deviceStatus, type GbSelf, gbChannels, isHeard, resultOf } from './gb-answers.ts';
import type { GbAsked, GbElement } from './gb-body.ts';
import { platformClock } from './gb-clock.ts';
import { guardCommands } from './gb-guard.ts';
import { type GbRaised, letterOf } from './gb-letter.ts';
import type { GbOptions } from './gb-options.ts';
import { GbLoginRefused, GbSession } from './gb-session.ts';

export interface GbContext {
  readonly options: GbOptions;
  readonly source: MailSource;
  readonly world: Pick<World, 'sleep' | 'random' | 'elapsed' | 'log'>;
  /** The data folder. */
  readonly dir: string;
  readonly version: string;
  /** What a platform's SetGuard asks for, where it may. */
  command(by: User, asked: Command): Promise<readonly Event[]>;
}

const idleMs = 250;
/** A refused log-in is tried again so late: platforms lock who guesses. Ours. */
const refusedMs = 60_000;
/** What the platform did not take is sent again after this, doubled each time up to the other. Ours. */
const againMs = 5_000;
const againMostMs = 300_000;
/** A platform that takes registrations and then does not know them is not asked more often than so. Ours. */
const anewMs = 5_000;
/** A difference of clocks that is said. */
const clockOffMs = 30_000;
const by: User = { name: 'gb28181', role: 'operator' };

interface NotTaken {
  readonly tries: number;
  readonly after: number;
}

export class Gb28181Out {
  readonly #around: GbContext;
  readonly #mail: AlarmMail;
  readonly #self: GbSelf;
  #session: GbSession | undefined;
  #openedAt = Number.NEGATIVE_INFINITY;
  #why: Words | undefined;
  #refused: { readonly error: Error; readonly until: number } | undefined;
  #clock: Words | undefined;
  #notTaken: Words | undefined;
  /** By channel, the device alarm that the platform has not reset. */
  readonly #unreset = new Map<string, { readonly at: number; readonly priority: number }>();
  /** By number, what it did not take. */
  readonly #again = new Map<number, NotTaken>();

  constructor(around: GbContext) {
    this.#around = around;
    const { options, source, dir, version } = around;
    const { id, channels, duress } = options;
    this.#self = { id, channels, version: options.version, program: version };
    this.#mail = new AlarmMail({
      ...{ source, dir, name: 'gb28181', kinds: ['raised'] },
      target: `${options.host}:${options.port} ${options.serverId} ${id}`,
      wanted: (event) => duress || !('covert' in event && event.covert),
    });
  }

  /** Why nothing is told, or what is amiss; undefined while all is well. */
  readonly trouble = (): Words | undefined => this.#why ?? this.#session?.trouble() ?? this.#notTaken ?? this.#clock;

  /** Tells until the signal is aborted, and then says good-bye. */
  async run(signal: AbortSignal): Promise<void> {
    await follow({
      ...{ world: this.#around.world, signal, idleMs },
      step: async () => {
        const session = await this.#stand();
        session.tend();
        await this.#deliver(session, signal);
        return false;
      },
      said: (failure) => {
        this.#why = failure === undefined ? undefined : wordsOf(failure);
      },
    });
    await this.#mail.close().catch(() => undefined);
    await this.#session?.close();
  }

  async #stand(): Promise<GbSession> {
    if (this.#session && !this.#session.broken()) return this.#session;
    const { options, world, source, version } = this.#around;
    const amiss = this.#session?.trouble();
    if (amiss && world.elapsed() < this.#openedAt + anewMs) throw new WordedError(amiss);
    await this.#session?.close();
    this.#session = undefined;
    if (this.#refused && world.elapsed() < this.#refused.until) throw this.#refused.error;
    this.#refused = undefined;
    try {
      this.#session = await GbSession.open({
        ...{ options, world, program: `Gatehouse/${version}` },
        knows: (id) => id === options.id || gbChannels(source.site(), this.#self).some((one) => one.id === id),
        answer: (asked, transport) => this.#answer(asked, transport),
        date: (said) => this.#date(said),
      });
      this.#openedAt = world.elapsed();
    } catch (error) {
      if (error instanceof GbLoginRefused) this.#refused = { error, until: world.elapsed() + refusedMs };
      throw error;
    }
    return this.#session;
  }

  async #deliver(session: GbSession, signal: AbortSignal): Promise<void> {
    const { source, options, world } = this.#around;
    const owed = (await this.#mail.gather()) as readonly GbRaised[];
    for (const seq of this.#again.keys()) if (!owed.some((one) => one.seq === seq)) this.#again.delete(seq);
    if (this.#again.size === 0) this.#notTaken = undefined;
    let passed = 0;
    for (const event of owed.toSorted((a, b) => a.priority - b.priority || a.seq - b.seq)) {
      if (signal.aborted) return;
      const now = world.elapsed();
      const fate = await this.#mail.fate(event);
      if (fate === 'past') {
        await this.#mail.done(event.seq);
        passed += 1;
        continue;
      }
      const letter = letterOf(source.site(), this.#self, event, fate === 'late', options.encoding);
      const before = letter.kind.method === 2 ? this.#unreset.get(letter.channel) : undefined;
      const waits = before && now - before.at < options.resetWaitSec * 1_000 && event.priority >= before.priority;
      if (waits || now < (this.#again.get(event.seq)?.after ?? 0)) continue;
      const code = await session.tell(letter);
      if (code >= 300) this.#later(event.seq, code, owed.length);
      else {
        if (letter.kind.method === 2) this.#unreset.set(letter.channel, { at: now, priority: event.priority });
        await this.#mail.done(event.seq);
      }
    }
    if (passed > 0)
      this.#around.world.log.info(`gb28181: ${passed} alarms older than ten minutes and over were not told`);
  }

  #later(seq: number, code: number, waiting: number): void {
    const tries = (this.#again.get(seq)?.tries ?? 0) + 1;
    const pause = Math.min(againMs * 2 ** (tries - 1), againMostMs);
    this.#again.set(seq, { tries, after: this.#around.world.elapsed() + pause });
    this.#notTaken = gbNotTaken(code, waiting);
  }

  #date(said: string): void {
    const { source } = this.#around;
    const clock = platformClock(said, source.now(), source.site().utcOffsetMin);
    if (clock)
      this.#clock = Math.abs(clock.ahead) > clockOffMs ? gbClockOff(Math.round(clock.ahead / 1_000)) : undefined;
  }

  /** What is answered to a platform. */
  async #answer(asked: GbAsked, transport: 'UDP' | 'TCP'): Promise<readonly GbElement[]> {
    const { source } = this.#around;
    const [site, self] = [source.site(), this.#self];
    const cmd = asked.fields.get('CmdType') ?? '';
    const id = asked.fields.get('DeviceID') ?? self.id;
    const read = <T>(look: (state: Durable<State>) => T) => source.read(look);
    if (asked.root === 'Control') return await this.#control(asked, cmd, id);
    if (cmd === 'Catalog')
      return await read((state) => catalogOf(asked, site, self, (one) => isHeard(site, state, one), transport));
    if (cmd === 'DeviceInfo') return [deviceInfo(asked, site, self)];
    if (cmd === 'DeviceStatus' || cmd === 'AlarmStatus')
      return [await read((state) => deviceStatus(asked, cmd, { site, state, self, now: source.now() }))];
    return [resultOf(asked, /^[A-Za-z]{1,40}$/.test(cmd) ? cmd : 'Unknown', id, false)];
  }

  async #control(asked: GbAsked, cmd: string, id: string): Promise<readonly GbElement[]> {
    const { fields } = asked;
    if (fields.get('AlarmCmd') === 'ResetAlarm') {
      const methods = (fields.get('AlarmMethod') ?? '0').replace(/[^0-9]/g, '');
      if (methods === '' || methods.includes('0') || methods.includes('2')) {
        if (id === this.#self.id) this.#unreset.clear();
        else this.#unreset.delete(id);
      }
      return [resultOf(asked, cmd, id, true)];
    }
    const { source, options, command } = this.#around;
    const commands = guardCommands(source.site(), this.#self, id, fields.get('GuardCmd'), options.guard);
    let done = commands.length > 0;
    for (const one of commands) {
      const events = await command(by, one).catch(() => undefined);
      done &&= events !== undefined && !events.some(({ kind }) => kind === 'refused');
    }
    return [resultOf(asked, cmd, id, done)];
  }
}
