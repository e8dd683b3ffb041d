/**
 * People at the screens: they acknowledge what they see after a while, close it with a reason when it is over, now and then
 * both at once, and sometimes disarm or bypass a zone. They act on what a screen shows and on nothing else.
 */
import type { Chance } from '../../simulators/virtual/chance.ts';
import type { AccountState, Alarm, AlarmKind, Command, SignalLimits, Site, State, User } from '../core/types.ts';
import { looserReason, repairReason } from '../words/night-words.ts';
import type { SimDoor } from './sim-door.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The page that stands open at the desk. */
export const duty: User = { name: 'desk', role: 'operator' };
const people: readonly User[] = [
  { name: 'wang', role: 'operator' },
  { name: 'zhao', role: 'operator' },
  { name: 'li-qiang', role: 'guard' },
];
/** The only one of them who sees a silent call for help. */
const head: User = { name: 'chen', role: 'head' };
/** Everybody who may log in. */
export const staffAccounts: ReadonlyMap<string, AccountState> = new Map(
  [...people, duty, head].map(({ name, role }) => [name, { role }]),
);
/** Set up the fence, and is asked to make it quieter. */
const fitter: User = { name: 'gu', role: 'admin' };
/** How long people take, ms. */
const noticeMs = [4_000, 240_000] as const;
const closeMs = [10_000, 300_000] as const;
const sendMs = [10_000, 80_000] as const;
const answerMs = [5_000, 55_000] as const;
/** Somebody with an interest presses again after this long. */
const insiderMs = 30_000;
const walkMs = [60_000, 280_000] as const;
/** Somebody looks at the screen again after this long, whatever happens. */
const lookMs = 20_000;
const armEveryMs = 15 * 60_000;
const setEveryMs = 25 * 60_000;

export interface StaffParts {
  readonly site: Site;
  readonly time: VirtualTime;
  readonly chance: Chance;
  /** What the screen shows now; undefined when it shows nothing. */
  shown(): State | undefined;
  readonly door: SimDoor;
  /** Gives a command; resolves when it was answered or could not be. */
  ask(by: User, command: Command): Promise<void>;
}

export class Staff {
  readonly #parts: StaffParts;
  /** Alarms somebody has taken in hand, by what he is about to do. */
  readonly #inHand = new Set<string>();
  #working = true;
  /** Until then the room is empty, on the time that passes. */
  #backAt = 0;
  /** For what is silent, with chance of its own: it changes nothing of what everybody sees. */
  readonly #silent: Chance;
  readonly #areas: Chance;
  readonly #sending: Chance;
  /** Until then whoever acknowledges does nothing more. */
  #idleUntil = 0;

  constructor(parts: StaffParts) {
    this.#parts = parts;
    this.#silent = parts.chance.for('silent');
    this.#areas = parts.chance.for('areas');
    this.#sending = parts.chance.for('sending');
    this.#look();
    this.#armSoon();
    this.#setSoon();
  }

  /** Nobody answers for `ms`: what was to be done is done afterwards. */
  leave(ms: number): void {
    const { time } = this.#parts;
    this.#backAt = Math.max(this.#backAt, time.elapsed + ms);
  }

  /** For `ms` nobody answers, and nobody of the desk or the yard could: their accounts are disabled. */
  sendHome(ms: number): void {
    this.leave(ms);
    this.#parts.door.close(['operator', 'guard'], ms);
  }

  /** For `ms` whoever acknowledges leaves it at that: nobody is sent, and nothing is closed. */
  neglect(ms: number): void {
    const { time } = this.#parts;
    this.#idleUntil = Math.max(this.#idleUntil, time.elapsed + ms);
  }

  /** For `ms` somebody with an interest sits at the desk: nothing is to be heard, nobody is to go, and all of it was nothing. */
  betray(ms: number): void {
    const { time, ask } = this.#parts;
    const until = time.elapsed + ms;
    const insider = people[1]!;
    this.leave(ms);
    this.neglect(ms);
    let turn = 0;
    const act = () => {
      if (time.elapsed >= until) return;
      turn += 1;
      // As long as one lasts, and again.
      if (turn % 4 === 1) void ask(insider, { do: 'silence' });
      for (const { id: alarm, acked, covert } of this.#parts.shown()?.alarms.values() ?? []) {
        if (covert) continue;
        if (!acked && turn % 20 === 0) void ask(insider, { do: 'acknowledge', alarm });
        if (!acked) continue;
        void ask(insider, { do: 'close', alarm, reason: 'B4' });
        void ask(insider, { do: 'dispose', alarm, reason: 'B4' });
        if (turn % 3 === 0) void ask(insider, { do: 'renew', alarm });
      }
      time.after(insiderMs, act);
    };
    act();
  }

  /**
   * An installer asks for limits with which so many zones would tell nothing, for some that tell less and have no end, and for the same
   * for `ms`. Of one zone the head says that they may stay, of the others nobody does.
   */
  loosen(count: number, ms: number): void {
    const { time, site, shown, ask } = this.#parts;
    const now = shown()?.at;
    if (now === undefined) return;
    const until = now + ms;
    const wired = Object.values(site.zones).flatMap(({ id, signal }) => (signal ? [[id, signal] as const] : []));
    for (const [turn, [zone, usual]] of wired.slice(0, count).entries()) {
      const tell = (limits: SignalLimits, end?: number): Command => {
        return { do: 'tune', zone, limits, reason: looserReason.zh, ...(end !== undefined && { until: end }) };
      };
      const less = { ...usual, driftNPerHour: 40 };
      void ask(fitter, tell({ ...usual, climbN: 150 }, until))
        .then(() => ask(fitter, tell(less)))
        .then(() => ask(fitter, tell(less, until)))
        .then(() => ask(head, tell(less)));
      const stands: Command = { do: 'vouch', zone, limits: less, reason: looserReason.zh };
      if (turn === 0) time.after(ms / 2, () => void ask(fitter, stands).then(() => ask(head, stands)));
    }
  }

  /** The head has these zones walked; what is touched there is counted for so long. */
  walk(zones: readonly string[], minutes: number): void {
    void this.#parts.ask(head, { do: 'walk', zones, minutes });
  }

  /** Somebody bypasses a zone and puts it on guard again a moment later. */
  bypass(zone: string, ms: number): void {
    const { ask, time } = this.#parts;
    const until = time.wall + 60 * 60_000;
    void ask(people[0]!, { do: 'arm-zone', zone, mode: 'inhibited', reason: repairReason, until });
    time.after(ms, () => void ask(people[0]!, { do: 'arm-zone', zone, mode: 'armed' }));
  }

  /** From now on they finish what is open and start nothing new. */
  finish(): void {
    this.#working = false;
  }

  #look(): void {
    const shown = this.#parts.shown();
    for (const alarm of shown?.alarms.values() ?? []) this.#consider(alarm);
    if (shown?.clock?.asks) void this.#parts.ask(people[1]!, { do: 'trust-clock' });
    this.#parts.time.after(lookMs, () => this.#look());
  }

  #consider(alarm: Alarm): void {
    if (!alarm.acked) return this.#plan(alarm, 'acknowledge', noticeMs);
    if (this.#idleUntil > this.#parts.time.elapsed) return;
    if (!alarm.dispatched && !alarm.covert && alarm.priority < 3) this.#send(alarm);
    if (alarm.causes.length === 0) this.#plan(alarm, 'close', closeMs);
  }

  #plan({ id: alarm, kind, covert }: Alarm, act: 'acknowledge' | 'close', within: readonly [number, number]): void {
    const key = `${alarm}/${act}`;
    if (this.#inHand.has(key)) return;
    this.#inHand.add(key);
    const { time } = this.#parts;
    const chance = covert ? this.#silent : this.#parts.chance;
    const command: Command =
      act === 'close' ? { do: 'close', alarm, reason: reasonFor(kind) } : { do: 'acknowledge', alarm };
    time.after(Math.max(0, this.#backAt - time.elapsed) + chance.between(...within), () => {
      if (this.#backAt > time.elapsed) return void this.#inHand.delete(key);
      const by = covert ? head : act === 'close' ? people[0]! : chance.pick(people);
      // The pictures stand beside the button.
      if (act === 'close' && !covert) void this.#parts.ask(by, { do: 'look', alarm });
      void this.#parts.ask(by, command).then(() => this.#inHand.delete(key));
      if (covert) return;
      // Two people who see the same row press at the same time.
      if (chance.happens(0.2)) void this.#parts.ask(people[1]!, command);
    });
  }

  /** A guard is sent, who says that he goes and mostly gets there. */
  #send({ id: alarm }: Alarm): void {
    const key = `${alarm}/send`;
    const to = this.#sending.pick(Object.keys(this.#parts.site.people));
    if (this.#inHand.has(key)) return;
    this.#inHand.add(key);
    const { time, ask } = this.#parts;
    const guard: User = { name: to, role: 'guard' };
    const sent = this.#sending.between(...sendMs);
    const goes = this.#sending.between(...answerMs);
    const there = goes + this.#sending.between(...walkMs);
    const arrives = this.#sending.happens(0.8);
    time.after(sent, () => {
      if (this.#idleUntil > time.elapsed) return void this.#inHand.delete(key);
      void ask(people[0]!, { do: 'dispatch', alarm, to }).then(() => this.#inHand.delete(key));
      time.after(goes, () => void ask(guard, { do: 'accept', alarm }));
      if (arrives) time.after(there, () => void ask(guard, { do: 'arrive', alarm }));
    });
  }

  /** An area is unset for a while, as before a delivery, and set when it is over; people then have time to leave. */
  #setSoon(): void {
    const { time, site } = this.#parts;
    const chance = this.#areas;
    time.after(chance.between(0.3, 1.7) * setEveryMs, () => {
      if (!this.#working) return;
      const area = chance.pick(Object.keys(site.areas));
      void this.#parts.ask(people[1]!, { do: 'arm-area', area, mode: 'disarmed' });
      const back = () => void this.#parts.ask(people[1]!, { do: 'arm-area', area, mode: 'away' });
      const backMs = chance.between(1, 6) * 60_000;
      time.after(backMs, back);
      // Somebody presses twice; that gives no more time to leave.
      if (chance.happens(0.3)) time.after(backMs + 20_000, back);
      this.#setSoon();
    });
  }

  #armSoon(): void {
    const { time, chance, site } = this.#parts;
    time.after(chance.between(0.2, 1.8) * armEveryMs, () => {
      if (!this.#working) return;
      const zone = chance.pick(Object.keys(site.zones));
      const mode = chance.pick(['disarmed', 'inhibited'] as const);
      const backMs = chance.between(1, 12) * 60_000;
      const until = { until: time.wall + backMs };
      // Now and then somebody stands beside him and makes him do it.
      const duress = mode === 'disarmed' && this.#silent.happens(0.3) && { duress: true };
      const more = { ...(mode === 'inhibited' && until), ...duress };
      void this.#parts.ask(people[0]!, { do: 'arm-zone', zone, mode, reason: repairReason, ...more });
      if (mode === 'disarmed')
        time.after(backMs, () => void this.#parts.ask(people[0]!, { do: 'arm-zone', zone, mode: 'armed' }));
      this.#armSoon();
    });
  }
}

function reasonFor(kind: AlarmKind): string {
  if (kind === 'missed' || kind === 'order' || kind === 'short-handed') return 'F6';
  return kind === 'comms' || kind === 'power' ? 'C3' : 'B4';
}
