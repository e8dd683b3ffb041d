/**
 * Which days the audit looks at: a day, the week or the month it lies in, as they stand in the page's address, so that a bookmark,
 * a reload and a print show the same. Days are the school's.
 */
import { signal } from '@preact/signals';
import { localDay, timeOf, weekday } from '../../core/site/calendar.ts';
import type { Time } from '../../core/types.ts';
import { now } from '../page/page-clock.ts';
import { offset } from '../page/views.ts';
import { dateOf } from '../text/period.ts';

export type AuditUnit = 'day' | 'week' | 'month';
export const auditUnits: readonly AuditUnit[] = ['day', 'week', 'month'];

interface Chosen {
  readonly unit: AuditUnit;
  /** `2026-11-23`; absent: today, whichever that is. */
  readonly date?: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

function fromAddress(): Chosen {
  const query = new URLSearchParams(location.search);
  const unit = auditUnits.find((one) => one === query.get('unit')) ?? 'month';
  const date = query.get('date') ?? '';
  return DATE.test(date) && Number.isFinite(Date.parse(date)) ? { unit, date } : { unit };
}

export const chosen = signal<Chosen>(fromAddress());

/** Changes the days and the address; going back comes back to the days before. */
export function look(next: Chosen): void {
  const query = new URLSearchParams(location.search);
  for (const key of ['unit', 'date']) query.delete(key);
  for (const [key, value] of Object.entries(next)) query.set(key, String(value));
  history.pushState(null, '', `${location.pathname}?${query}`);
  chosen.value = next;
}
addEventListener('popstate', () => {
  chosen.value = fromAddress();
});

const DAY_MS = 86_400_000;
/** Days since 1970-01-01. */
export const dayOf = ({ date }: Chosen): number =>
  date === undefined ? localDay(now.peek(), offset.peek()) : Math.round(Date.parse(date) / DAY_MS);

function monthOf(day: number, months: number): number {
  const at = new Date(day * DAY_MS);
  return Math.round(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1) / DAY_MS);
}

/** First day, and the day after the last. A week begins on Monday. */
function daysOf(unit: AuditUnit, day: number): readonly [from: number, to: number] {
  if (unit === 'day') return [day, day + 1];
  if (unit === 'month') return [monthOf(day, 0), monthOf(day, 1)];
  const monday = day - ((weekday(day) + 6) % 7);
  return [monday, monday + 7];
}

/** What to ask the gateway for. */
export function spanOf(asked: Chosen): { readonly from: Time; readonly to: Time } {
  const [from, to] = daysOf(asked.unit, dayOf(asked));
  return { from: timeOf(from, 0, offset.peek()), to: timeOf(to, 0, offset.peek()) };
}

/** The stretch before (-1) or after (1). */
export function beside(asked: Chosen, step: -1 | 1): Chosen {
  const [from, to] = daysOf(asked.unit, dayOf(asked));
  return { unit: asked.unit, date: dateOf(step < 0 ? from - 1 : to) };
}
