/**
 * What can be asked of the items of a checkpoint: which there are, whether an answer is right, and when one is due. From the
 * configuration and the last answer alone; page and gateway ask the same. It must never decide who may answer.
 */
import type { CheckItem, Checkpoint, ItemAnswer, Route, Site, Time } from '../types.ts';

const dayMs = 86_400_000;
/** Said to be due this long before; ours: a week to plan a month’s look, a month for a year’s. */
const soonMs = { month: 7 * dayMs, year: 30 * dayMs } as const;
/** An answer belongs to a touch of the point this short a time ago; ours: time to open a cabinet and write it down. */
export const answerWithinMs = 30 * 60_000;

/** The key of an item in State. Ids hold no slash; a reader may stand on several routes. */
export const itemKey = (reader: string, item: string): string => `${reader}/${item}`;
/** The key of the note of upkeep about an item. */
export const upkeepKey = (reader: string, item: string): string => `${reader}/${item}/upkeep`;

interface PlacedItem {
  readonly point: Checkpoint;
  readonly item: CheckItem;
}

/** Every item of a place, by its key: of a reader that stands on several routes each item once. */
export function itemsOf({ routes }: Pick<Site, 'routes'>): Map<string, PlacedItem> {
  const found = new Map<string, PlacedItem>();
  for (const { checkpoints } of Object.values(routes))
    for (const point of checkpoints)
      for (const item of point.items ?? [])
        if (!found.has(itemKey(point.reader, item.id))) found.set(itemKey(point.reader, item.id), { point, item });
  return found;
}

/** How many items each round of a route has due. */
export const itemsEachRound = ({ checkpoints }: Pick<Route, 'checkpoints'>): number =>
  checkpoints.reduce((sum, { items = [] }) => sum + items.filter(({ due }) => due === 'round').length, 0);

/** Whether a value is an answer to the item at all. */
export const isAnswer = ({ answer }: CheckItem, value: boolean | number): boolean =>
  answer === 'yes-no' ? typeof value === 'boolean' : typeof value === 'number' && Number.isFinite(value);

/** Whether an answer says that all is well. */
export function isRight({ min, max }: CheckItem, value: boolean | number): boolean {
  if (typeof value === 'boolean') return value;
  return value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY);
}

/** The same day of the month so many months later; of a shorter month its last one. */
function monthsLater(at: Time, months: number, utcOffsetMin: number): Time {
  const ms = utcOffsetMin * 60_000;
  const day = new Date(at + ms);
  const wanted = day.getUTCDate();
  const later = new Date(at + ms);
  later.setUTCDate(1);
  later.setUTCMonth(later.getUTCMonth() + months);
  const last = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0)).getUTCDate();
  later.setUTCDate(Math.min(wanted, last));
  return later.getTime() - ms;
}

/** never: nobody has answered yet; each-round: it is due anew in every round, and has no date. */
export type ItemStanding = 'fine' | 'soon' | 'overdue' | 'never' | 'each-round';

/** When an item is due, and how it stands at `now`. */
export function itemDue(
  { due }: CheckItem,
  last: Pick<ItemAnswer, 'at'> | undefined,
  now: Time,
  utcOffsetMin: number,
): { readonly is: ItemStanding; readonly by?: Time } {
  if (due === 'round') return { is: 'each-round' };
  if (!last) return { is: 'never' };
  const by = monthsLater(last.at, due === 'month' ? 1 : 12, utcOffsetMin);
  if (now > by) return { is: 'overdue', by };
  return { is: now > by - soonMs[due] ? 'soon' : 'fine', by };
}
