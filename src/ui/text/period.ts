/**
 * The period a page looks at: whole days of the school, as a person chooses them. It lives in the page's address, so that
 * a bookmark, a reload and a print show the same days. Days are the school's, never the browser's.
 */
import { signal } from '@preact/signals';
import { localDay, timeOf } from '../../core/site/calendar.ts';
import type { Time } from '../../core/types.ts';
import { now } from '../page/page-clock.ts';
import { offset } from '../page/views.ts';

/** Today and so many whole days before it, or from one day to another, both included; days as `2026-11-23`. */
export type Period = { readonly days: number } | { readonly first: string; readonly last: string };

const DAY_MS = 86_400_000;
/** How many whole days a person may choose by one press; 0 is today alone. */
export const dayChoices: readonly number[] = [0, 7, 30];
const DATE = /^\d{4}-\d{2}-\d{2}$/;

function fromAddress(): Period {
  const query = new URLSearchParams(location.search);
  const [first, last, days] = [query.get('first') ?? '', query.get('last') ?? '', Number(query.get('days'))];
  if (DATE.test(first) && DATE.test(last)) return { first, last };
  return { days: query.has('days') && dayChoices.includes(days) ? days : 7 };
}

export const period = signal<Period>(fromAddress());

/** Changes the period and the address; whatever else stands in the address stays. */
export function choose(next: Period): void {
  const query = new URLSearchParams(location.search);
  for (const key of ['days', 'first', 'last']) query.delete(key);
  for (const [key, value] of Object.entries(next)) query.set(key, String(value));
  history.replaceState(null, '', `${location.pathname}?${query}`);
  period.value = next;
}

/** The day as `2026-11-23`; days since 1970-01-01. */
export const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** What to ask the gateway for; without `to` it is until now. */
export function spanOf(chosen: Period): { readonly from: Time; readonly to?: Time } {
  if ('days' in chosen) {
    const today = localDay(now.peek(), offset.peek());
    return { from: timeOf(today - chosen.days, 0, offset.peek()) };
  }
  const day = (date: string) => Math.round(Date.parse(date) / DAY_MS);
  return { from: timeOf(day(chosen.first), 0, offset.peek()), to: timeOf(day(chosen.last) + 1, 0, offset.peek()) };
}

/** The question as it goes to the gateway. */
export function queryOf(chosen: Period): string {
  const { from, to } = spanOf(chosen);
  return to === undefined ? `from=${from}` : `from=${from}&to=${to}`;
}
