/**
 * Days of a school as the gateway itself would have kept them: single alarms, floods, chatter, flickers, nights without a
 * sound, people who answer fast, slowly or never, alarms that stay open for days, things put aside. Every number comes from
 * a seed, every event from the core.
 */
import { evolve } from '../../src/core/evolve.ts';
import type { Event, Fact, Site, Time, User } from '../../src/core/types.ts';
import { ring, zoneCount } from '../core/ring.ts';
import { minute, monday, Story } from '../core/school.ts';

const hour = 60 * minute;
const day = 24 * hour;

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const people: readonly User[] = [
  { name: 'wang', role: 'admin' },
  { name: '=SUM(A1)', role: 'admin' },
  { name: '张伟', role: 'admin' },
];
const kinds = ['climb', 'pull', 'cut', 'slack', 'tamper'] as const;
const reasons = ['A1', 'B1', 'B1', 'B2', 'B4', 'C1', 'C2', 'D1', 'D2', 'E1'] as const;

/** What is still to come, by time. */
class Days {
  readonly story: Story;
  readonly #random: () => number;
  readonly #agenda: { at: Time; act: () => void }[] = [];
  /** Alarms somebody looks after already, with how often they had been triggered then. */
  readonly #seen = new Map<number, number>();

  constructor(seed: number, site: Site, start: Time) {
    this.#random = chance(seed);
    this.story = new Story(start);
    this.story.site = site;
  }

  at(at: Time, act: () => void): void {
    const place = this.#agenda.findIndex((one) => one.at > at);
    this.#agenda.splice(place < 0 ? this.#agenda.length : place, 0, { at, act });
  }
  in(ms: number, act: () => void): void {
    this.at(this.story.now + Math.max(1, Math.round(ms)), act);
  }
  one<T>(of: readonly T[]): T {
    return of[Math.floor(this.#random() * of.length)]!;
  }
  /** A length with a long tail around `ms`. */
  about(ms: number): number {
    return Math.max(1, Math.round(-Math.log(1 - this.#random()) * ms));
  }
  often(share: number): boolean {
    return this.#random() < share;
  }

  live(until: Time): Event[] {
    for (let next = this.#agenda.shift(); next && next.at <= until; next = this.#agenda.shift()) {
      this.story.now = next.at;
      next.act();
      this.#lookAfter();
    }
    return this.story.events;
  }

  /** A fact whose rules are not the figures' business. */
  fact(fact: Fact): void {
    const { state, events, now } = this.story;
    const event: Event = { ...fact, seq: state.seq + 1, at: Math.max(now, state.at) };
    evolve(state, event);
    events.push(event);
  }

  /** A point trips and, most of the time, lets go again. */
  trip(heldMs = this.about(20_000)): void {
    if (this.often(0.1)) return this.flip(this.one(['cam', 'canteen']), this.one(['masked', 'motion']), heldMs);
    const device = `${this.one(['m', 'q'])}${Math.floor(this.#random() * zoneCount) + 1}`;
    this.flip(device, this.one(kinds), heldMs);
  }
  flip(device: string, kind: string, heldMs: number): void {
    this.story.reads(device, { [kind]: true });
    if (this.often(0.97)) this.in(heldMs, () => this.story.reads(device, { [kind]: false }));
  }

  /** Somebody sees to each alarm that waits: acknowledges, sends, arrives, closes; now and then nobody does. */
  #lookAfter(): void {
    for (const { id, count, acked } of this.story.state.alarms.values()) {
      if (acked || this.#seen.get(id) === count) continue;
      this.#seen.set(id, count);
      if (this.often(0.02)) continue;
      if (this.often(0.15)) this.#putAside(id);
      const by = this.one(people);
      const command = (asked: Parameters<Story['tell']>[0] & { kind: 'command' }) => this.story.tell(asked);
      this.in(this.about(this.often(0.8) ? 15_000 : 6 * minute), () => {
        command({ kind: 'command', by, command: { do: 'acknowledge', alarm: id } });
        if (this.often(0.3)) {
          command({ kind: 'command', by, command: { do: 'dispatch', alarm: id, to: 'li' } });
          this.in(this.about(4 * minute), () => command({ kind: 'command', by, command: { do: 'arrive', alarm: id } }));
        }
        const closer = this.one(people);
        const reason = this.one(reasons);
        this.in(this.about(this.often(0.06) ? 2 * day : 20 * minute), () => {
          command({ kind: 'command', by: closer, command: { do: 'look', alarm: id } });
          const close = (as: string) =>
            command({ kind: 'command', by: closer, command: { do: 'close', alarm: id, reason: as } });
          // Who says that somebody was there, or that a walk test was on, and is told that it is not so, says what was seen.
          const untrue = (event: Event) =>
            event.kind === 'refused' && ['nobody-there', 'no-walk-test'].includes(event.why);
          if (close(reason).some(untrue)) close('B4');
        });
      });
    }
  }

  /** Puts an alarm aside where the rules let him, for as long as somebody answers slowly or not so long. */
  #putAside(alarm: number): void {
    const asked = { do: 'shelve', alarm, reason: '频发', until: this.story.now + hour } as const;
    const [shelf] = this.story.tell({ kind: 'command', by: this.one(people), command: asked });
    if (shelf?.kind !== 'shelved') return;
    const unshelve = { do: 'unshelve', key: shelf.key } as const;
    this.in(this.about(5 * minute), () =>
      this.story.tell({ kind: 'command', by: this.one(people), command: unshelve }),
    );
  }

  plan(start: Time, days: number): void {
    const { story } = this;
    for (let n = 0; n < days; n++) {
      const midnight = start + n * day;
      for (let at = midnight + this.about(hour); at < midnight + day; at += this.about(2 * hour)) {
        // Between one and four in the morning nothing stirs.
        if (at < midnight + hour || at > midnight + 4 * hour) this.at(at, () => this.trip());
      }
      for (let i = 0; i < 3; i++)
        this.at(midnight + Math.floor(this.#random() * day), () => this.trip(this.about(2_000)));
      this.#flood(midnight + Math.floor(this.#random() * day), 8 + Math.floor(this.#random() * 30));
      this.#chatter(midnight + Math.floor(this.#random() * day));
      this.at(midnight + 3 * hour, () => story.tell({ kind: 'started', version: 'v', config: 'c' }));
    }
    // A storm that takes midnight with it, and another that is on when the third day begins.
    this.#flood(start + 2 * day - 3 * minute, 40);
    this.#flood(start + 3 * day + 12 * hour - 2 * minute, 30);
  }

  #flood(at: Time, count: number): void {
    for (let i = 0; i < count; i++)
      this.at(at + i * 15_000 + Math.floor(this.#random() * 9_000), () => this.trip(4_000));
  }

  #chatter(at: Time): void {
    const device = `m${Math.floor(this.#random() * zoneCount) + 1}`;
    for (let i = 0; i < 6; i++) this.at(at + i * 9_000, () => this.flip(device, 'pull', 3_000 + i));
  }

  /** What was put aside or left out, with and without a ground; a call for help nobody may see; maintenance hints. */
  quieten(start: Time): void {
    const by = 'wang';
    const until = start + 9 * day;
    const facts: readonly Fact[] = [
      { kind: 'shelved', key: 'z1/pull', alarm: 1, by, reason: '风大', until },
      { kind: 'shelved', key: 'z2/pull', alarm: 1, by, reason: ' ', until },
      { kind: 'zone-armed', zone: 'z3', mode: 'inhibited', by, reason: '修', until },
      { kind: 'zone-armed', zone: 'z4', mode: 'inhibited', by, reason: '修' },
      { kind: 'zone-armed', zone: 'z5', mode: 'inhibited', by, until },
      { kind: 'zone-armed', zone: 'z6', mode: 'out-of-service', by, reason: '换线' },
      { kind: 'zone-armed', zone: 'z7', mode: 'out-of-service', by },
      { kind: 'zone-armed', zone: 'z7', mode: 'disarmed', by },
      {
        kind: 'raised',
        key: 'q',
        alarm: 'duress',
        priority: 1,
        device: 'm1',
        cause: 'x',
        active: false,
        covert: true,
      },
      { kind: 'raised', key: 'h', alarm: 'drift', priority: 4, device: 'm1', cause: 'x', active: false, zone: 'z1' },
    ];
    for (const [i, fact] of facts.entries()) this.at(start + (i + 1) * 13 * hour, () => this.fact(fact));
    const auditor: User = { name: 'bureau', role: 'auditor' };
    const tries = [
      { do: 'shelve', alarm: 1, reason: 'x', until },
      { do: 'silence' },
      { do: 'arm-zone', zone: 'z1', mode: 'disarmed' },
      { do: 'arm-zone', zone: 'z1', mode: 'armed' },
      { do: 'arm-area', area: 'a', mode: 'disarmed' },
      { do: 'acknowledge', alarm: 1 },
    ] as const;
    for (const [i, command] of tries.entries()) {
      this.at(start + (i + 1) * 17 * hour, () => this.story.tell({ kind: 'command', by: auditor, command }));
    }
  }
}

/** The events of `days` days from Monday on, and when they begin and end. */
export function schoolDays(
  seed: number,
  days: number,
  utcOffsetMin = 480,
): { events: Event[]; site: Site; start: Time; end: Time } {
  const site = { ...ring, utcOffsetMin };
  const start = monday;
  const end = start + days * day;
  const life = new Days(seed, site, start);
  life.plan(start, days);
  life.quieten(start);
  return { events: life.live(end), site, start, end };
}
