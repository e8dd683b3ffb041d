/**
 * How forty guards walked for a term, and how it came to the gateway: what was held to which reader when, and when that was told.
 * Everything is drawn from one seed. It decides no verdict; it must never ask the product which rounds there are.
 */
import type { Route, Time } from '../../src/core/types.ts';
import { minute } from '../core/school.ts';
import {
  cardOf,
  chipOf,
  dayMs,
  guards,
  readerOf,
  stampOf,
  termBegins,
  termDays,
  termSite,
  utcOffsetMin,
} from './term-plan.ts';

const second = 1_000;
const hour = 60 * minute;

/** Something that reaches the gateway. */
export type Told = { readonly at: Time } & (
  | { readonly is: 'read'; readonly reader: string; readonly card: string; readonly made: Time }
  | { readonly is: 'file'; readonly batch: string; readonly csv: string }
  | { readonly is: 'undo'; readonly batch: string }
);

/** A touch as plain text, for the reckoning. */
export interface PlainTouch {
  readonly reader: string;
  readonly card: string;
  readonly made: string;
  readonly learned: string;
  readonly source: 'online' | 'upload' | 'import';
  readonly person: string | null;
  readonly undone: boolean;
}

/** A touch before anybody tells it. */
interface Held {
  readonly reader: string;
  readonly card: string;
  readonly made: Time;
  readonly person?: string;
}

/** Numbers from 0 to 1, the same in every run (splitmix32). */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

class Term {
  readonly #next: () => number;
  readonly told: Told[] = [];
  readonly plain: PlainTouch[] = [];

  constructor(seed: number) {
    this.#next = chanceOf(seed);
  }

  #between = (low: number, high: number) => low + this.#next() * (high - low);
  #whole = (low: number, high: number) => Math.floor(this.#between(low, high + 1));
  #by = (p: number) => this.#next() < p;
  #one = <Kind>(some: readonly Kind[]): Kind => some[Math.floor(this.#next() * some.length)]!;
  #normal = () => Math.sqrt(-2 * Math.log(1 - this.#next())) * Math.cos(2 * Math.PI * this.#next());

  /** Off the plan, ms: mostly minutes, sometimes just at a limit or beside it. */
  #off({ earlyMs, lateMs, missMs }: Route['checkpoints'][number]): number {
    if (this.#by(0.06)) return this.#one([-earlyMs, lateMs, missMs, 0]) + this.#one([-1_000, -1, 0, 0, 1, 1_000]);
    const spread = this.#one([20 * second, minute, minute, 3 * minute]);
    return Math.round((this.#normal() * spread) / second) * second + this.#one([0, 0, 0, 437]);
  }

  /** What a guard held to readers in one round. */
  walk(route: Route, start: Time, who: readonly string[]): Held[] {
    const mood = this.#next();
    if (mood < 0.02) return [];
    const stops = mood < 0.04 ? this.#whole(1, route.checkpoints.length - 1) : route.checkpoints.length;
    const wholly = mood > 0.985 ? this.#one(guards) : undefined;
    const points = route.checkpoints.slice(0, stops);
    if (this.#by(0.05) && points.length > 1) {
      const at = this.#whole(0, points.length - 2);
      // Two points the other way round: each at the time of the other.
      const [one, other] = [points[at]!, points[at + 1]!];
      points.splice(at, 2, { ...other, afterMs: one.afterMs }, { ...one, afterMs: other.afterMs });
    }
    const drift = this.#by(0.1) ? this.#between(-6, 9) * minute : 0;
    const held: Held[] = [];
    for (const point of points) {
      if (this.#by(0.03)) continue;
      const guard = wholly ?? (this.#by(0.015) ? this.#one(guards) : this.#one(who));
      const card = this.#by(0.008) ? 'C99' : cardOf(guard);
      const made = Math.round(start + point.afterMs + drift + this.#off(point));
      held.push({ reader: point.reader, card, made });
      if (this.#by(0.04))
        held.push({
          reader: point.reader,
          card: this.#by(0.7) ? card : cardOf(this.#one(guards)),
          made: made + this.#whole(-300, 300) * second,
        });
      // Some days early, and again on time.
      if (this.#by(0.02)) held.push({ reader: point.reader, card, made: made - this.#whole(2, 14) * minute });
    }
    return held;
  }

  /** Cards held to readers for no round at all. */
  strangers(day: Time): Held[] {
    return Array.from({ length: this.#whole(0, 6) }, () => ({
      reader: this.#one([readerOf('a1'), readerOf('c3'), readerOf('b2'), readerOf('d5')]),
      card: this.#by(0.8) ? cardOf(this.#one(guards)) : 'C99',
      made: day + this.#whole(0, 86_399) * second,
    }));
  }

  /** Readers that tell at once, but for those that were cut off for a while; some have a clock that is ahead. */
  tellOnline(held: readonly Held[]): void {
    const cuts = Array.from({ length: 40 }, () => {
      const from = termBegins + this.#between(0, termDays) * dayMs;
      const lasts = this.#one([10 * minute, hour, 9 * hour, dayMs, 3 * dayMs]) * this.#between(0.3, 1);
      return { reader: this.#one(held).reader, from, to: from + lasts };
    });
    for (const touch of held) {
      const cut = cuts.find(({ reader, from, to }) => reader === touch.reader && from <= touch.made && touch.made < to);
      const ahead = this.#by(0.003) ? this.#whole(25, 900) * second : 0;
      const at = Math.round((cut?.to ?? touch.made) + this.#between(200, 3_000));
      const made = touch.made + (cut ? 0 : ahead);
      this.#read({ ...touch, made }, at);
      // Told a second time, as readers do that heard no answer.
      if (this.#by(0.02)) this.#read({ ...touch, made }, at + this.#whole(1, 90) * minute);
    }
  }

  #read({ reader, card, made }: Held, at: Time): void {
    this.told.push({ is: 'read', at, reader, card, made });
    const source = at - made > minute ? 'upload' : 'online';
    this.plain.push({ reader, card, made: stampOf(made), learned: stampOf(at), source, person: null, undone: false });
  }

  /** A baton that is read out in the mornings: late at times, once not for a week, once not for six. */
  tellBaton(
    name: string,
    nights: ReadonlyMap<number, readonly Held[]>,
    lost: readonly (readonly [from: number, to: number])[],
  ): void {
    let kept: Held[] = [];
    let week: Held[] = [];
    for (let day = 0; day <= termDays; day++) {
      const inHand = (nights.get(day - 1) ?? []).map((touch) => this.#written(touch));
      kept.push(...inHand);
      const away = lost.some(([from, to]) => from <= day && day < to);
      if (away || (this.#by(0.08) && day < termDays) || kept.length === 0) continue;
      const at = termBegins + day * dayMs + Math.round(this.#between(7 * 60 + 10, 9 * 60 + 30)) * minute;
      const batch = `${name}-${day}`;
      if (this.#by(0.03)) {
        // Somebody took in the wrong file, sees it an hour later, and takes it in again in the evening.
        this.#file(`${batch}-wrong`, at, this.#moved(kept), true);
        this.told.push({ is: 'undo', at: at + hour, batch: `${batch}-wrong` });
      }
      this.#file(batch, at + 2 * hour * (this.#by(0.1) ? 1 : 0), kept);
      week.push(...kept);
      kept = [];
      if (day % 7 !== 0) continue;
      // The file of the week holds everything again, some of it with other seconds.
      const again = week.map((touch) => ({
        ...touch,
        made: this.#by(0.5) ? touch.made : touch.made - (touch.made % minute),
      }));
      this.#file(`${name}-week-${day}`, at + 5 * hour, again);
      week = [];
    }
  }

  /** A row as the baton's program writes it: whole seconds, and often nobody's name. */
  #written({ reader, card, made }: Held): Held {
    const whole = Math.floor(made / second) * second;
    const person = guards.find((id) => cardOf(id) === card);
    const nameless = person === undefined || this.#by(0.25);
    return { reader, card: nameless ? '' : card, made: whole, ...(!nameless && { person }) };
  }

  #moved = (held: readonly Held[]): Held[] => held.map((touch) => ({ ...touch, made: touch.made - 7 * dayMs }));

  #file(batch: string, at: Time, held: readonly Held[], undone = false): void {
    const rows = held.map(({ reader, made, person }) =>
      [stampOf(made).slice(0, 19).replace('T', ' '), chipOf(reader), batch.slice(0, 7), person ?? ''].join(','),
    );
    this.told.push({ is: 'file', at, batch, csv: ['巡检时间,编号,巡检器,人员', ...rows, ''].join('\r\n') });
    for (const { made, person, ...touch } of held)
      this.plain.push({
        ...touch,
        made: stampOf(made),
        learned: stampOf(at),
        source: 'import',
        person: person ?? null,
        undone,
      });
  }
}

/** What reached the gateway in the term, in its order, and the same as plain text. */
export function termOf(seed: number): { readonly told: readonly Told[]; readonly plain: readonly PlainTouch[] } {
  const term = new Term(seed);
  const online: Held[] = [];
  const nights = new Map([...'ef'].map((id) => [id, new Map<number, Held[]>()]));
  for (let day = 0; day < termDays; day++) {
    const midnight = termBegins + day * dayMs;
    const weekday = new Date(midnight + utcOffsetMin * minute).getUTCDay();
    online.push(...term.strangers(midnight));
    for (const route of Object.values(termSite.routes))
      for (const { days, start, person, second: other } of route.rounds) {
        // Guards come by the day of the week, whatever the calendar says: some of their touches fit no round.
        if (!days.includes(weekday)) continue;
        const who = [person, other].filter((one) => one !== undefined);
        const held = term.walk(route, midnight + start * minute, who.length > 0 ? who : guards.slice(7, 9));
        const night = nights.get(route.id);
        if (night) night.set(day, [...(night.get(day) ?? []), ...held]);
        else online.push(...held);
      }
  }
  term.tellOnline(online);
  term.tellBaton('BATON-1', nights.get('e')!, [[30, 72]]);
  term.tellBaton('BATON-2', nights.get('f')!, [[60, 67]]);
  return { told: term.told.toSorted((a, b) => a.at - b.at), plain: term.plain };
}
