/**
 * What dishonest people do to a month of patrol, each kind done plainly, carefully, and by somebody who knows the rules. Each plants
 * itself into a month of honest people and marks what it forged. It must know no limit: it knows what is easy to do.
 */
import {
  dayMs,
  firstDay,
  type Guard,
  hourMs,
  type MadeTouch,
  type Month,
  type MonthRound,
  minuteMs,
} from './patrol-month.ts';

export const cares = ['plain', 'careful', 'cunning'] as const;
export type Care = (typeof cares)[number];
type Span = readonly [number, number];
type ByCare = Readonly<Record<Care, Span>>;

/** Takes the honest touches of a card in a round away. */
function without(month: Month, round: MonthRound, card?: string): void {
  month.touches = month.touches.filter((one) => one.round !== round.id || (card !== undefined && one.card !== card));
}

/** Puts touches of one card at points of a round at these times. */
function forge(
  month: Month,
  round: MonthRound,
  guard: Guard,
  times: readonly number[],
  change?: Partial<MadeTouch>,
): void {
  for (const [n, time] of times.entries()) {
    const place = round.on.places[n]!;
    month.touches.push({ ...month.told(round, place, guard.card, guard.id, time), forged: true, ...change });
  }
}

/** A round somebody walks alone, told by readers or by a baton as asked. */
function aRound(month: Month, baton: boolean | undefined = false): MonthRound {
  const fit = month.rounds.filter(({ on, day }) => (baton === undefined || on.baton === baton) && day > 3 && day < 27);
  return month.pick(fit.length > 0 ? fit : month.rounds);
}

function times(month: Month, round: MonthRound, legS: (n: number) => number): number[] {
  let time = round.start + month.normal() * 60_000;
  return round.points.map((_, n) => {
    if (n > 0) time += legS(n) * 1_000;
    return time;
  });
}

/** Rides instead of walking: m/s. */
const rides: ByCare = { plain: [6, 8], careful: [4, 5.5], cunning: [2.4, 3.2] };
/** Goes by and touches the same tag for a second visit: seconds after the first, at how many points. */
const again: ByCare = { plain: [20, 55], careful: [25, 58], cunning: [62, 120] };
const againPoints: ByCare = { plain: [6, 9], careful: [3, 4], cunning: [3, 6] };
/** Seconds between two cards in one hand. */
const hands: ByCare = { plain: [0.8, 3], careful: [1.5, 4.8], cunning: [4, 14] };
/** Spread of the seconds a script adds to the same round. */
const script: ByCare = { plain: [0, 0.5], careful: [2, 3.5], cunning: [12, 25] };
/** Nights on which somebody's card is used who is at home. */
const nights: ByCare = { plain: [5, 8], careful: [2, 3], cunning: [1, 1] };
/** Minutes a baton's clock is set back; cunning: ahead, and nothing is made until the time is reached. */
const back: ByCare = { plain: [30, 120], careful: [4, 15], cunning: [0, 0] };
/** Minutes later that a reader's records come which was there all the time. */
const late: ByCare = { plain: [120, 600], careful: [35, 90], cunning: [5, 25] };
/** Touches written by hand in a week. */
const hand: ByCare = { plain: [5, 10], careful: [3, 4], cunning: [2, 2] };
/** Seconds between tags that lie in a drawer. */
const drawer: ByCare = { plain: [1, 4], careful: [4, 14], cunning: [60, 150] };
/** Seconds between the messages of a laptop that has the readers' passwords. */
const laptop: ByCare = { plain: [0.2, 4], careful: [4, 18], cunning: [100, 240] };

export const frauds = {
  'too-fast': (month, care) => {
    const round = aRound(month);
    const guard = round.guards[0]!;
    without(month, round);
    const speed = month.between(...rides[care]);
    const legs = (n: number) => round.on.wayM[n]! / (speed * Math.exp(month.normal() * 0.1)) + month.between(4, 12);
    forge(month, round, guard, times(month, round, legs));
  },
  'same-point': (month, care) => {
    const round = aRound(month);
    const guard = round.guards[0]!;
    const count = month.whole(...againPoints[care]);
    without(month, round, guard.card);
    const walked = month.walk(round, guard);
    const least = again[care][1] * 1_000 + 5_000;
    for (let n = 1; n < walked.length; n++) walked[n] = Math.max(walked[n]!, walked[n - 1]! + least);
    forge(month, round, guard, walked);
    forge(
      month,
      round,
      guard,
      walked.slice(0, count).map((time) => time + month.between(...again[care]) * 1_000),
    );
  },
  /** A second card with the same number: one walks the first half while another walks the second. */
  'two-places': (month, care) => {
    const round = aRound(month);
    const guard = round.guards[0]!;
    without(month, round);
    const walked = month.walk(round, guard);
    const half = Math.ceil(walked.length / 2);
    const behind = { plain: month.between(5, 40), careful: month.between(40, 100), cunning: Number.NaN }[care];
    const forged = walked.map((time, n) => {
      if (n < half) return time;
      // Whoever knows the rule has the other wait until the first is done.
      return care === 'cunning' ? time - 0.4 * (walked[half]! - walked[half - 1]!) : walked[n - half]! + behind * 1_000;
    });
    forge(month, round, guard, forged);
  },
  together: (month, care) => {
    const round = aRound(month, undefined);
    const guard = round.guards[0]!;
    const other = round.guards[1] ?? month.pick(month.guards.filter((one) => one !== guard));
    // Where two are planned, one stays at home for three nights.
    const rounds =
      round.guards.length > 1
        ? month.rounds.filter((one) => one.route === round.route && one.day === round.day && one.guards.includes(other))
        : [round];
    for (const one of rounds) {
      without(month, one);
      const walked = month.walk(one, guard);
      forge(month, one, guard, walked);
      const behind = walked.map((time) => time + month.between(...hands[care]) * 1_000);
      forge(month, one, other, behind);
      month.touches = month.touches.filter(
        (touch) => touch.card !== other.card || touch.forged || Math.abs(touch.taken - one.start) > hourMs,
      );
    }
  },
  'same-pattern': (month, care) => {
    const round = aRound(month, undefined);
    const guard = round.guards[0]!;
    const rounds = month.rounds.filter((one) => one.route === round.route && one.guards[0] === guard).slice(0, 14);
    const legs = round.on.wayM.map((way) => way / 1.25 + month.between(15, 60));
    const spread = month.between(...script[care]);
    for (const one of rounds) {
      without(month, one);
      forge(
        month,
        one,
        guard,
        times(month, one, (n) => legs[n]! + month.normal() * spread),
      );
    }
  },
  'off-duty': (month, care) => {
    const absent = month.pick(month.guards);
    const free = month.rounds.filter(
      ({ start, day, guards }) =>
        day > 2 &&
        guards.length === 1 &&
        !month.duty.some(
          ({ person, from, to }) => person === absent.id && from - 3 * hourMs < start && start < to + 3 * hourMs,
        ),
    );
    const first = month.pick(free.filter(({ day }) => day < 15));
    const chosen = [...new Set(free.map(({ day }) => day))]
      .filter((day) => day >= first.day)
      .slice(0, month.whole(...nights[care]));
    for (const day of chosen) {
      const round = month.pick(free.filter((one) => one.day === day));
      const walker = round.guards[0]!;
      without(month, round);
      forge(month, round, absent, month.walk(round, walker));
    }
  },
  /** A baton's clock is set to the times of rounds nobody walked, tag by tag in the duty room, and set right again. */
  'clock-jump': (month, care) => {
    const round = aRound(month, undefined);
    const guard = round.guards[0]!;
    without(month, round);
    const walked = month.walk(round, guard);
    const at = walked.at(-1)! + month.between(1, 6) * hourMs;
    const set = month.between(...back[care]) * minuteMs;
    const batch = `forged/${round.id}`;
    const early: MadeTouch[] = Array.from({ length: 5 }, (_, n) => ({
      ...{ reader: round.points[n]!.reader, card: guard.card, person: guard.id, source: 'import', batch, at },
      taken: Math.round(walked[0]! + set - (4 - n) * 5 * minuteMs),
      ...{ forged: true, round: round.id },
    }));
    month.touches.push(...early);
    const shift = care === 'cunning' ? 5 * minuteMs : 0;
    forge(
      month,
      round,
      guard,
      walked.map((time) => time + shift),
      { source: 'import', batch, at },
    );
  },
  'late-batch': (month, care) => {
    const round = aRound(month);
    const guard = round.guards[0]!;
    without(month, round);
    const walked = month.walk(round, guard);
    const at = walked.at(-1)! + month.between(...late[care]) * minuteMs;
    forge(month, round, guard, walked, { source: 'upload', at });
  },
  'by-hand': (month, care) => {
    const guard = month.pick(month.guards);
    const from = month.whole(1, 20);
    const rounds = month.rounds.filter(({ day }) => day >= from && day < from + 6);
    for (let n = month.whole(...hand[care]); n > 0; n--)
      month.touches.push({ ...month.byHand(month.pick(rounds), guard), forged: true });
  },
  'one-place': (month, care) => {
    const round = aRound(month, undefined);
    const guard = round.guards[0]!;
    without(month, round);
    forge(
      month,
      round,
      guard,
      times(month, round, () => month.between(...drawer[care])),
    );
  },
  'one-address': (month, care) => {
    const round = aRound(month);
    const guard = round.guards[0]!;
    without(month, round);
    const made = times(month, round, () => month.between(...laptop[care]));
    forge(month, round, guard, made, { address: '10.9.9.9' });
  },
} as const satisfies Record<string, (month: Month, care: Care) => void>;

export type Fraud = keyof typeof frauds;
export const fraudKinds = Object.keys(frauds) as Fraud[];

/** Days since the month began, of a time. */
export const dayOf = (time: number): number => Math.floor((time - firstDay) / dayMs);
