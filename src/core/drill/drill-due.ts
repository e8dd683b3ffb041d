/**
 * Whether a school has practised as often as it has to: once a month, a kindergarten once a quarter (教基一厅〔2014〕2号). It asks what was held
 * and the calendar, and decides nothing. A period with next to no school days asks for nothing.
 */
import { dayKind, localDay, timeOf, weekday } from '../site/calendar.ts';
import type { Calendar, Drill, DrillPlan, Time } from '../types.ts';

const dayMs = 86_400_000;
/** Ours: with fewer school days in it, a month or a quarter asks for no drill. */
const schoolDaysLeast = 10;

/** A month or a quarter; local days since 1970-01-01, the last one not in it. */
export interface DrillPeriod {
  readonly first: number;
  readonly after: number;
}

/** What a drill has to be known by, to say whether it counts. */
export type HeldDrill = Pick<Drill, 'at' | 'over' | 'classes'>;

/** How it stands. exempt: nothing is asked for; overdue: not in this period, nor in the one before, which asked for it. */
export interface DrillDue {
  readonly every: DrillPlan['every'];
  readonly stands: 'held' | 'due' | 'overdue' | 'exempt';
  /** So often in this period. */
  readonly held: number;
  /** Days left of this period, today among them. */
  readonly daysLeft: number;
  readonly period: DrillPeriod;
  /** The beginning of the last one that counted. */
  readonly lastAt?: Time;
}

/** The period `back` before the one this local day is in. */
export function drillPeriod(every: DrillPlan['every'], day: number, back = 0): DrillPeriod {
  const date = new Date(day * dayMs);
  const length = every === 'month' ? 1 : 3;
  const month = Math.floor(date.getUTCMonth() / length) * length - back * length;
  const start = (at: number) => Date.UTC(date.getUTCFullYear(), at, 1) / dayMs;
  return { first: start(month), after: start(month + length) };
}

/** Whether it is one of the drills that have to be held: it was seen through, and somebody was counted. */
export function countsAsDrill({ over, classes }: Pick<HeldDrill, 'over' | 'classes'>): boolean {
  return (
    (over?.how === 'ended' || over?.how === 'forgotten') &&
    classes.some(({ count }) => count !== undefined && count.present > 0)
  );
}

function asks(calendar: Calendar | undefined, { first, after }: DrillPeriod): boolean {
  let days = 0;
  for (let day = first; day < after; day++) {
    const as = calendar ? dayKind(calendar, day).as : weekday(day);
    if (as !== 'holiday' && as !== 0 && as !== 6) days++;
  }
  return days >= schoolDaysLeast;
}

/** How a school stands at `now`. `since`: from when on its drills are known; nothing is said of a period before. */
export function drillDue(
  {
    every,
    calendar,
    utcOffsetMin,
  }: {
    readonly every: DrillPlan['every'];
    /** Without one every Monday to Friday is a school day. */
    readonly calendar?: Calendar | undefined;
    readonly utcOffsetMin: number;
  },
  drills: Iterable<HeldDrill>,
  since: Time,
  now: Time,
): DrillDue {
  const today = localDay(now, utcOffsetMin);
  const held = [...drills].filter(countsAsDrill).sort((a, b) => a.at - b.at);
  const heldIn = ({ first, after }: DrillPeriod) =>
    held.filter(({ at }) => at >= timeOf(first, 0, utcOffsetMin) && at < timeOf(after, 0, utcOffsetMin)).length;
  const [period, before] = [drillPeriod(every, today), drillPeriod(every, today, 1)];
  const here = heldIn(period);
  const lastAt = held.at(-1)?.at;
  const known = since <= timeOf(before.first, 0, utcOffsetMin);
  const missed = known && asks(calendar, before) && heldIn(before) === 0;
  const stands = here > 0 ? 'held' : missed ? 'overdue' : asks(calendar, period) ? 'due' : 'exempt';
  return {
    ...{ every, stands, held: here, daysLeft: period.after - today, period },
    ...(lastAt !== undefined && { lastAt }),
  };
}
