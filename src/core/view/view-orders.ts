/**
 * What the desk asks of the district's orders: urges that wait for an answer, and what else came lately. Pure queries; they hold no rule
 * about who may answer.
 */
import type { DistrictOrder, State, Time } from '../types.ts';

/** What came or ended no longer ago than a day is shown; the journal has the rest. */
const latelyMs = 86_400_000;
/** Nobody reads more lines than these beside the alarms. */
const lateMax = 30;

export interface OrderLists {
  /** The soonest date first. */
  readonly urges: readonly DistrictOrder[];
  /** Answered urges, comments, reports and stills, the newest first, bounded. */
  readonly lately: readonly DistrictOrder[];
}

/** When something last happened to it. */
const movedAt = ({ cameAt, over }: DistrictOrder): Time => over?.at ?? cameAt;

/** The orders of State as the desk lists them. */
export function orderLists({ orders, at }: Pick<State, 'orders' | 'at'>): OrderLists {
  const all = [...orders.values()];
  const urges = all.filter(({ ask, over }) => ask === 'urge' && !over).sort((a, b) => a.due - b.due);
  const lately = all
    .filter((one) => !(one.ask === 'urge' && !one.over) && movedAt(one) > at - latelyMs)
    .sort((a, b) => movedAt(b) - movedAt(a));
  return { urges, lately: lately.slice(0, lateMax) };
}
