/**
 * A month of a school's patrol, walked by honest people who are not machines: they are slow and quick, wait for the minute, hurry, turn
 * back, do not hear the beep, meet, walk along with a beginner, forget their card, and change shifts. Readers drift, fall silent
 * and tell later; batons are read out the next morning. Every figure is drawn, none is constant. It must know no rule.
 */
import { seeded } from '../../simulators/fence/random.ts';
import type { DutySpan, ReaderOutage, WatchedRound, WatchedTouch } from '../../src/core/exception/exception-types.ts';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const utcOffsetMin = 480;
/** Local midnight of the first day: 1 November 2026, UTC+8. */
export const firstDay = Date.UTC(2026, 9, 31, 16);
export const monthDays = 30;

/** How far honest people are from the plan; the number multiplies how often each oddity happens. */
export const irregularities = { calm: 0.5, usual: 1, wild: 2.5 } as const;
export type Irregularity = keyof typeof irregularities;

/** A touch before it is told: with the truth beside it. */
export type MadeTouch = Omit<WatchedTouch, 'id'> & { readonly forged?: boolean; readonly round?: string };

export interface Place {
  readonly reader: string;
  readonly at: readonly [number, number];
  readonly address: string;
}
export interface Guard {
  readonly id: string;
  readonly card: string;
  /** m/s, and the spread of the logarithm of a leg. */
  readonly pace: number;
  readonly spread: number;
  /** Waits at a point for its planned minute. */
  readonly punctual: boolean;
  readonly tapsTwice: number;
}
export interface MonthRoute {
  readonly id: string;
  readonly places: readonly Place[];
  readonly afterMs: readonly number[];
  /** Way of each leg in metres, as it is walked. */
  readonly wayM: readonly number[];
  readonly baton: boolean;
}
export interface MonthRound extends WatchedRound {
  readonly start: number;
  readonly day: number;
  readonly on: MonthRoute;
  readonly guards: readonly Guard[];
}

export class Month {
  readonly places: readonly Place[];
  readonly routes: readonly MonthRoute[];
  readonly guards: readonly Guard[];
  readonly rounds: readonly MonthRound[];
  readonly duty: DutySpan[] = [];
  readonly outages: ReaderOutage[] = [];
  touches: MadeTouch[] = [];
  readonly #random: () => number;
  readonly #odd: number;
  readonly #offsets = new Map<string, number>();

  constructor(seed: number, irregularity: Irregularity) {
    this.#random = seeded(seed);
    this.#odd = irregularities[irregularity];
    this.places = this.#makePlaces();
    this.routes = Array.from({ length: 2 + this.whole(0, 1) }, (_, n) => this.#makeRoute(n));
    this.guards = Array.from({ length: this.routes.length * 4 }, (_, n) => this.#makeGuard(n));
    this.rounds = this.routes.flatMap((route, n) => this.#plan(route, this.guards.slice(n * 4, n * 4 + 4)));
    for (const { reader } of this.places)
      this.#offsets.set(reader, this.between(-8_000, 8_000) * Math.min(1.5, this.#odd));
    this.#makeOutages();
    for (const round of this.rounds) this.#honest(round);
    this.#shadow();
    this.#handwritten();
  }

  between(low: number, high: number): number {
    return low + this.#random() * (high - low);
  }
  whole(low: number, high: number): number {
    return low + Math.floor(this.#random() * (high - low + 1));
  }
  chance(p: number): boolean {
    return this.#random() < p;
  }
  pick<Kind>(some: readonly Kind[]): Kind {
    return some[Math.floor(this.#random() * some.length)]!;
  }
  /** Something that happens to honest people with this chance where they are as irregular as usual. */
  oddly(p: number): boolean {
    return this.chance(p * this.#odd);
  }
  /** A normal number with mean 0 and spread 1. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random());
  }

  #makePlaces(): Place[] {
    const places: Place[] = [];
    const shared = this.chance(0.5);
    while (places.length < 14) {
      const at = [this.between(0, 420), this.between(0, 300)] as const;
      if (places.some((one) => Math.hypot(one.at[0] - at[0], one.at[1] - at[1]) < 45)) continue;
      // Half the schools have readers behind radios, several to an address.
      const n = places.length;
      places.push({ reader: `r${n}`, at, address: shared ? `10.0.1.${Math.floor(n / 5)}` : `10.0.0.${n}` });
    }
    return places;
  }

  #makeRoute(n: number): MonthRoute {
    const left = [...this.places];
    const places = [left.splice(this.whole(0, left.length - 1), 1)[0]!];
    const length = this.whole(6, 9);
    while (places.length < length) {
      const { at } = places.at(-1)!;
      left.sort((a, b) => Math.hypot(a.at[0] - at[0], a.at[1] - at[1]) - Math.hypot(b.at[0] - at[0], b.at[1] - at[1]));
      places.push(left.splice(this.whole(0, 2), 1)[0]!);
    }
    const wayM = places.map((place, m) => {
      const before = places[m - 1];
      return before ? Math.hypot(place.at[0] - before.at[0], place.at[1] - before.at[1]) * this.between(1.05, 1.5) : 0;
    });
    let after = 0;
    const afterMs = wayM.map((way, m) => {
      if (m > 0) after += Math.ceil(((way / 1.2 + this.between(20, 90)) * this.between(1, 1.4)) / 60) * minuteMs;
      return after;
    });
    return { id: `route-${n}`, places, wayM, afterMs, baton: n === 2 };
  }

  #makeGuard(n: number): Guard {
    const tapsTwice = this.between(0.005, 0.04);
    return {
      ...{ id: `guard-${n}`, card: `C${n}`, pace: this.between(1, 1.6), spread: this.between(0.12, 0.28) },
      ...{ punctual: this.chance(0.15), tapsTwice },
    };
  }

  /** Three rounds by night and two by day, four guards in turn; in one school of five they walk in pairs by night. */
  #plan(route: MonthRoute, guards: readonly Guard[]): MonthRound[] {
    const pairs = this.chance(0.2);
    const starts = [9, 14.5, 20.5, 23.5, 26.5].map((hour) => hour * hourMs + this.whole(0, 5) * 10 * minuteMs);
    const rounds: MonthRound[] = [];
    for (let day = 0; day < monthDays; day++) {
      const [night, other, byDay] = [0, 1, 2].map((shift) => guards[(day + shift) % 4]!) as [Guard, Guard, Guard];
      for (const [n, after] of starts.entries()) {
        const start = firstDay + day * dayMs + after;
        const walkers = n < 2 ? [byDay] : pairs ? [night, other] : [night];
        rounds.push({
          ...{ id: `${route.id}@${day}/${n}`, route: route.id, start, day, on: route, guards: walkers },
          ...{ from: start - 15 * minuteMs, to: start + route.afterMs.at(-1)! + 20 * minuteMs },
          points: route.places.map(({ reader, at }, m) => ({ reader, at, afterMs: route.afterMs[m]! })),
          people: walkers.map(({ id }) => id),
        });
      }
      const span = (guard: Guard, from: number, to: number) =>
        this.duty.push({ person: guard.id, from: firstDay + day * dayMs + from, to: firstDay + day * dayMs + to });
      span(byDay, 8 * hourMs, 18 * hourMs);
      span(night, 18 * hourMs, 32 * hourMs);
      if (pairs) span(other, 18 * hourMs, 32 * hourMs);
    }
    return rounds;
  }

  #makeOutages(): void {
    for (const { reader } of this.places) {
      for (let n = 0; n < 2; n++) {
        if (!this.oddly(0.4)) continue;
        const from = firstDay + this.between(0, monthDays) * dayMs;
        this.outages.push({ reader, from, to: from + Math.exp(this.between(Math.log(2), Math.log(600))) * minuteMs });
      }
    }
  }

  /** When a guard is at each point of a round. `hurry`: how much faster than usual. */
  walk(round: MonthRound, guard: Guard, hurry = 1): number[] {
    const { wayM, afterMs } = round.on;
    let time = round.start + this.normal() * 60_000 * Math.min(2, this.#odd);
    const day = Math.exp(this.normal() * 0.08);
    return wayM.map((way, n) => {
      if (n > 0) {
        const runs = this.oddly(0.004) ? this.between(1.8, 2.6) : 1;
        // Nobody runs faster than 4.5 m/s in boots.
        const walking = (way / Math.min(4.5, guard.pace * hurry * runs * day)) * Math.exp(this.normal() * guard.spread);
        time += (walking + 8 + Math.exp(2.5 + this.normal() * 0.9) / hurry) * 1_000;
        if (this.oddly(0.02)) time += this.between(60, 420) * 1_000;
      }
      const planned = round.start + afterMs[n]!;
      if (guard.punctual && time < planned) time = planned + Math.abs(this.normal()) * 9_000;
      return time;
    });
  }

  /** Whether this card came with a baton that is read out in the morning; else the reader tells, or tells when it is back. */
  told(round: MonthRound, place: Place, card: string, person: string | undefined, true_: number): MadeTouch {
    const { reader, address } = place;
    const who = { card, ...(person !== undefined && { person }), round: round.id };
    if (round.on.baton) {
      const at =
        firstDay +
        (round.day + (round.start - firstDay - round.day * dayMs < 18 * hourMs ? 1 : 2)) * dayMs -
        15.5 * hourMs;
      const taken = Math.round(true_ + (this.#offsets.get('r0') ?? 0) * 3);
      return { ...who, reader, taken, at, source: 'import', batch: `${round.on.id}/${at}` };
    }
    const taken = Math.round(true_ + this.#offsets.get(reader)!);
    const away = this.outages.find((one) => one.reader === reader && one.from <= true_ && true_ < one.to);
    if (!away)
      return { ...who, reader, taken, at: Math.round(true_ + this.between(200, 3_000)), source: 'online', address };
    // What it kept it tells in the order in which it was made.
    const at = Math.round(away.to + 5_000 + (true_ - away.from) / 10_000);
    return { ...who, reader, taken, at, source: at - taken > minuteMs ? 'upload' : 'online', address };
  }

  #honest(round: MonthRound): void {
    const day = this.#random;
    const hurry = this.oddly(0.05) ? 1.2 + day() * 0.4 : 1;
    const [leader, ...others] = round.guards;
    const times = this.walk(round, leader!, hurry);
    const borrowed = new Map(round.guards.map((guard) => [guard, this.#cardOf(guard, round)]));
    let behind = 0;
    for (const [n, place] of round.on.places.entries()) {
      // Nobody is perfect: a point is left out now and then.
      if (this.oddly(0.01)) continue;
      const time = times[n]! + behind;
      const stayed = this.#touch(round, place, borrowed.get(leader!)!, leader!, time);
      for (const other of others) this.#touch(round, place, borrowed.get(other)!, other, time + this.gapOfTwo());
      behind += stayed;
    }
  }

  /** Two people at one reader, one after the other: seldom as quick as one hand. */
  gapOfTwo(): number {
    return Math.exp(1.6 + this.normal() * 0.7) * 1_000;
  }

  readonly #lent = new Map<string, Guard>();
  /** Whose card a guard has with him this shift: his own, but for the days he forgot it. */
  #cardOf(guard: Guard, round: MonthRound): Guard {
    const shift = `${guard.id}/${round.day}/${round.start - firstDay - round.day * dayMs < 18 * hourMs}`;
    const known = this.#lent.get(shift);
    if (known) return known;
    const off = this.guards.filter(
      (one) => !this.duty.some((span) => span.person === one.id && span.from <= round.start && round.start < span.to),
    );
    const card = this.oddly(0.004) && off.length > 0 ? this.pick(off) : guard;
    this.#lent.set(shift, card);
    return card;
  }

  /** One touch, or more; how long he stayed for it, ms. */
  #touch(round: MonthRound, place: Place, holder: Guard, guard: Guard, time: number): number {
    const tell = (after: number) => {
      this.touches.push(this.told(round, place, holder.card, holder.id, time + after));
      return after;
    };
    let stayed = tell(0);
    if (this.oddly(guard.tapsTwice)) stayed = tell(this.between(1_000, 11_000));
    // Not sure whether it had read, and back again.
    if (this.oddly(0.003)) stayed = tell(this.between(18_000, 58_000));
    if (this.oddly(0.003)) stayed = tell(this.between(60_000, 150_000));
    return stayed;
  }

  /** A beginner who walks along with somebody for a night or two, and two who meet and go part of the way together. */
  #shadow(): void {
    for (const round of this.rounds) {
      if (!this.oddly(0.02)) continue;
      const beginner = this.pick(this.guards.filter((one) => !round.guards.includes(one)));
      const whole = this.chance(0.3);
      const first = whole ? 0 : this.whole(0, round.points.length - 2);
      const last = whole ? round.points.length - 1 : Math.min(round.points.length - 1, first + this.whole(0, 3));
      if (!this.duty.some((one) => one.person === beginner.id && one.from <= round.start && round.start <= one.to))
        continue;
      const walked = this.touches.filter((one) => one.round === round.id);
      for (let n = first; n <= last; n++) {
        const place = round.on.places[n]!;
        const led = walked.find(({ reader }) => reader === place.reader);
        if (!led) continue;
        // He leaves his own round for it: a card is in one place.
        const made = this.told(
          round,
          place,
          beginner.card,
          beginner.id,
          led.taken - (this.#offsets.get(place.reader) ?? 0) + this.gapOfTwo(),
        );
        const own = this.touches.filter(
          (one) => one.card !== beginner.card || Math.abs(one.taken - made.taken) > 6 * minuteMs,
        );
        this.touches = [...own, made];
      }
    }
  }

  #handwritten(): void {
    for (const guard of this.guards) {
      const count = [0, 0, 0, 1, 1, 2][this.whole(0, 5)]! + (this.oddly(0.08) ? 1 : 0);
      for (let n = 0; n < count; n++) {
        const round = this.pick(this.rounds);
        this.touches.push(this.byHand(round, guard));
      }
    }
  }

  byHand(round: MonthRound, guard: Guard): MadeTouch {
    const { reader } = this.pick(round.on.places);
    const taken = round.start + this.whole(0, 30) * minuteMs;
    const at = taken + this.between(0.2, 10) * hourMs;
    return { reader, card: guard.card, person: guard.id, taken, at, source: 'hand' };
  }

  /** Everything as it reached the school, in that order; forged ones are named so. */
  delivered(): WatchedTouch[] {
    return (
      this.touches
        .map((touch, n) => ({ touch, n }))
        // A baton keeps them in the order they were made; a forged one in the order they were forged.
        .sort((a, b) => a.touch.at - b.touch.at || (a.touch.forged ? 0 : a.touch.taken - b.touch.taken) || a.n - b.n)
        .map(({ touch: { forged, round, ...touch } }, n) => ({ ...touch, id: `${forged ? 'forged' : 'honest'}-${n}` }))
    );
  }
}
