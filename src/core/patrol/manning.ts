/**
 * Who was at a post and when, from its plan and the touches of its reader: docs/patrol.md says what each means. It rests on when
 * the touches were made, never on the order in which they reached us, nor on how often each was told. Pure; it must never ask State.
 */
import type { PostOutcome, PostPlan, PostStanding, ReaderTouch, Time, UnheardSpan } from '../types.ts';
import { countedAt } from './touches.ts';

/** From a touch on, for so long its person is there. */
interface PostPresence {
  readonly who: string;
  readonly from: Time;
  readonly until: Time;
}

/** A stretch of time in which nothing changes. */
interface PostStretch {
  readonly from: Time;
  readonly until: Time;
  readonly here: readonly string[];
  /** Fewer than planned, and it would have been heard if they had touched. */
  readonly lacking: boolean;
  /** Fewer than planned as far as is known, and a touch may have been lost. */
  readonly unheard: boolean;
}

/** A time in which somebody was lacking for longer than is let be. */
export interface PostGap {
  readonly from: Time;
  readonly until: Time;
}

/** How a post was held up to a moment. */
export interface Manning {
  readonly gaps: readonly PostGap[];
  readonly outcome: PostOutcome;
  readonly standing: PostStanding;
  /** Who is there at that moment. */
  readonly here: readonly string[];
}

/**
 * Whom a touch vouches for. A card of nobody does not count where people's cards are known, nor does what a person wrote down; a
 * baton that names nobody is one somebody, however often.
 */
function whose({ source, person, card }: ReaderTouch, cardsKnown: boolean): string | undefined {
  if (source === 'hand') return undefined;
  if (person !== undefined) return person;
  return cardsKnown && source !== 'import' ? undefined : card;
}

/** How long what happened at `at` says that somebody is there: what came before the post began counts as of its beginning. */
const lasts = ({ from, until, everyMs }: PostPlan, at: Time): Time =>
  everyMs === undefined ? until : Math.max(at, from) + everyMs;

function presences(plan: PostPlan, touches: readonly ReaderTouch[], cardsKnown: boolean): PostPresence[] {
  return touches.flatMap((touch) => {
    const at = countedAt(touch);
    const who = whose(touch, cardsKnown);
    if (at === undefined || who === undefined || at < plan.from - plan.earlyMs || at > plan.until) return [];
    return [{ who, from: at, until: lasts(plan, at) }];
  });
}

/** Times that a touch which nobody heard would cover. */
const silences = (plan: PostPlan, unheard: readonly UnheardSpan[]) =>
  unheard
    .map(({ from, until = plan.until }) => ({
      from: Math.max(from, plan.from - plan.earlyMs),
      until: Math.min(until, plan.until),
    }))
    .filter(({ from, until }) => until >= from)
    .map(({ from, until }) => ({ from, until: lasts(plan, until) }));

function stretches(
  plan: PostPlan,
  there: readonly PostPresence[],
  silent: readonly PostGap[],
  until: Time,
): PostStretch[] {
  const edges = new Set([plan.from, until]);
  for (const one of [...there, ...silent])
    for (const at of [one.from, one.until]) if (at > plan.from && at < until) edges.add(at);
  const times = [...edges].sort((a, b) => a - b);
  return times.slice(0, -1).map((from, i) => {
    const covers = (one: PostGap) => one.from <= from && from < one.until;
    const here = [...new Set(there.filter(covers).map(({ who }) => who))].sort();
    const few = here.length < plan.persons;
    const unheard = few && silent.some(covers);
    return { from, until: times[i + 1]!, here, lacking: few && !unheard, unheard };
  });
}

/** Times without a break in which somebody was lacking. */
function lackings(all: readonly PostStretch[]): PostGap[] {
  const found: PostGap[] = [];
  for (const { from, until, lacking } of all) {
    if (!lacking) continue;
    const last = found.at(-1);
    if (last?.until === from) found[found.length - 1] = { from: last.from, until };
    else found.push({ from, until });
  }
  return found;
}

/** Who was there, and what was lacking, until `at`, which is not after the post is over. */
export function manningOf(
  plan: PostPlan,
  touches: readonly ReaderTouch[],
  unheard: readonly UnheardSpan[],
  cardsKnown: boolean,
  at: Time = plan.until,
): Manning {
  const there = presences(plan, touches, cardsKnown);
  const silent = silences(plan, unheard);
  const all = stretches(plan, there, silent, at);
  const lacking = lackings(all);
  const gaps = lacking.filter((one) => one.until - one.from > plan.graceMs);
  const few = all.filter(
    (one) => one.unheard || gaps.some(({ from, until }) => from <= one.from && one.until <= until),
  );
  const people = [...new Set(there.map(({ who }) => who))].sort();
  const silentEver = all.some((one) => one.unheard);
  const result =
    gaps.length > 0
      ? people.length === 0 && !silentEver
        ? 'unmanned'
        : 'short-handed'
      : silentEver
        ? 'unheard'
        : 'manned';
  const outcome: PostOutcome = {
    result,
    fewest: Math.min(plan.persons, ...few.map(({ here }) => here.length)),
    shortMs: gaps.reduce((sum, { from, until }) => sum + until - from, 0),
    people,
  };
  const now = standingAt(plan, there, silent, gaps, at);
  return { gaps, outcome, ...now };
}

/** How it stands at a moment. */
function standingAt(
  plan: PostPlan,
  there: readonly PostPresence[],
  silent: readonly PostGap[],
  gaps: readonly PostGap[],
  at: Time,
): Pick<Manning, 'standing' | 'here'> {
  const covers = (one: PostGap) => one.from <= at && at <= one.until;
  const here = [...new Set(there.filter(covers).map(({ who }) => who))].sort();
  if (here.length >= plan.persons) return { standing: 'manned', here };
  if (silent.some(covers)) return { standing: 'unheard', here };
  if (gaps.at(-1)?.until !== at) return { standing: 'awaited', here };
  return { standing: here.length === 0 ? 'unmanned' : 'short-handed', here };
}
