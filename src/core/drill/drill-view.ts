/** How a drill stands, as screens, reports and the district show it. It asks and decides nothing. */
import type { Drill, DrillClass, DrillEnd, DrillKind, DrillRow, Site, Time, Words } from '../types.ts';

/** A class: nobody has said anything; some are not there; all are. */
export type ClassStand = 'waiting' | 'partly' | 'full';

export const standOf = ({ count, fullAt }: Pick<DrillRow, 'count' | 'fullAt'>): ClassStand =>
  count === undefined ? 'waiting' : fullAt === undefined ? 'partly' : 'full';

export interface DrillTotals {
  readonly present: number;
  /** Of today where a class has said so, else as its list has it. */
  readonly due: number;
  readonly full: number;
  readonly classes: number;
  /** From the start until all were there; until now or the end while they are not. */
  readonly tookMs: number;
  /** Within the target: all there in time. Undefined while it can still be. */
  readonly inTime?: boolean;
}

/** The figures of a drill at `now`. */
export function drillTotals(
  { at, over, allAt, targetMs, classes }: Pick<Drill, 'at' | 'over' | 'allAt' | 'targetMs' | 'classes'>,
  now: Time,
): DrillTotals {
  const sum = (of: (row: DrillRow) => number) => classes.reduce((all, row) => all + of(row), 0);
  const until = allAt ?? over?.at ?? now;
  const tookMs = Math.max(0, until - at);
  const late = tookMs > targetMs;
  const known = allAt !== undefined || over !== undefined || late;
  return {
    present: sum(({ count }) => count?.present ?? 0),
    due: sum(({ count, due }) => count?.due ?? due),
    full: classes.filter(({ fullAt }) => fullAt !== undefined).length,
    ...{ classes: classes.length, tookMs },
    ...(known && { inTime: allAt !== undefined && !late }),
  };
}

/** What the phone of a class is shown: numbers and the class, and nobody’s name. */
export interface TapView {
  /** waiting: the drill this code is for has not begun. */
  readonly stage: 'waiting' | 'running' | 'over';
  readonly school: Words;
  readonly class: Words;
  /** On the list. */
  readonly listed: number;
  readonly exercise?: DrillKind;
  readonly place?: Words;
  /** Since the start, ms. */
  readonly sinceMs?: number;
  readonly targetMs?: number;
  readonly count?: { readonly present: number; readonly due: number; readonly full: boolean; readonly afterMs: number };
  readonly ended?: DrillEnd;
}

/** What whoever has the code of this class on this sheet is shown; undefined where the class or the sheet is none. */
export function tapView(
  { name, drill: plan }: Pick<Site, 'name' | 'drill'>,
  drills: Iterable<Drill>,
  sheet: number,
  id: string,
  now: Time,
): TapView | undefined {
  const drill = [...drills].filter((one) => one.sheet === sheet && one.over?.how !== 'void').at(-1);
  const row: DrillRow | DrillClass | undefined = (drill?.classes ?? plan?.classes)?.find((one) => one.id === id);
  if (!row) return undefined;
  const who = { school: name, class: row.title, listed: row.due };
  if (!drill) return { stage: 'waiting', ...who };
  const { exercise, place, at, targetMs, over } = drill;
  const { count, fullAt, firstAt } = row as DrillRow;
  return {
    ...{ stage: over ? ('over' as const) : ('running' as const), ...who, exercise, place, targetMs },
    sinceMs: Math.max(0, (over?.at ?? now) - at),
    ...(over && { ended: over.how }),
    ...(count && {
      count: {
        ...{ present: count.present, due: count.due, full: fullAt !== undefined },
        afterMs: Math.max(0, (fullAt ?? firstAt ?? count.at) - at),
      },
    }),
  };
}
