/**
 * Which check lists a kitchen's day has, when each is answered, and what of it is answered. From the configuration and the answers alone;
 * gateway, pages and reports ask here. It must never decide who may answer.
 */
import { dayKind, timeOf, weekday } from '../site/calendar.ts';
import type { CheckList, ListDay, ListItem, Site, Time } from '../types.ts';

/** A sample is kept so long (food safety rules for schools: 48 h), and weighs at least so much, g (125 g of each dish). */
export const sampleKeptMs = 48 * 3_600_000;
export const sampleLeastGrams = 125;

export const listKey = (list: string, day: number): string => `${list}/${day}`;

/** A list of one day with its times. */
export interface PlannedList {
  readonly list: CheckList;
  readonly day: number;
  readonly from: Time;
  readonly until: Time;
}

/** The lists of a local day, by when they are due. */
export function listsOn(
  { canteen, calendar, utcOffsetMin }: Pick<Site, 'canteen' | 'calendar' | 'utcOffsetMin'>,
  day: number,
): PlannedList[] {
  const { as } = dayKind(calendar, day);
  return Object.values(canteen?.lists ?? {})
    .filter(({ days, only }) => (only === 'term' ? as !== 'holiday' && days.includes(as) : days.includes(weekday(day))))
    .map((list) => ({
      ...{ list, day, from: timeOf(day, list.from, utcOffsetMin) },
      until: timeOf(day, list.until, utcOffsetMin),
    }))
    .sort((a, b) => a.until - b.until || (a.list.id < b.list.id ? -1 : 1));
}

/** Items nobody has answered. */
export function unanswered(
  { items }: Pick<CheckList, 'items'>,
  done: Pick<ListDay, 'answers'> | undefined,
): ListItem[] {
  return items.filter(({ id }) => !done?.answers.some(({ item }) => item === id));
}

/** Whether a value is an answer to the item at all. */
export function isListAnswer({ answer }: ListItem, value: boolean | number): boolean {
  if (answer === 'yes-no') return typeof value === 'boolean';
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 1e6;
}

/** Whether an answer says that all is well. */
export function isListRight({ answer, min, max }: ListItem, value: boolean | number): boolean {
  if (typeof value === 'boolean') return value;
  const least = min ?? (answer === 'sample' ? sampleLeastGrams : Number.NEGATIVE_INFINITY);
  return value >= least && value <= (max ?? Number.POSITIVE_INFINITY);
}
