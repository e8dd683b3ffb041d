/**
 * What compiling is made of: tables by id, objects without what was not said, minutes and days. It knows no part of the file.
 */
import { dayNames } from './schema-parts.ts';

export type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The object without its undefined entries: absent and undefined must not differ when lines are compared. */
export function given<T extends object>(entries: T): Given<T> {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as Given<T>;
}

/** Rows by their id. */
export function table<T extends { readonly id: string }>(rows: readonly T[]): Readonly<Record<string, T>> {
  return Object.fromEntries(rows.map((row) => [row.id, row]));
}

/** Minutes after midnight of `06:30` or `06:30:15`. */
export function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes + seconds / 60;
}

/** ms of minutes, whole. */
export function milliseconds(minutes: number): number {
  return Math.round(minutes * 60_000);
}

/** Days of the week in the order `Date` numbers them, 0 is Sunday. */
export function dayNumbers(written: string | readonly string[]): number[] {
  const spans = written === 'daily' ? ['sun-sat'] : [written].flat();
  const numbers = new Set<number>();
  for (const span of spans) {
    const [first, last = first] = span.split('-').map((name) => dayNames.indexOf(name as (typeof dayNames)[number]));
    const length = ((last! - first! + 7) % 7) + 1;
    for (let i = 0; i < length; i++) numbers.add((first! + i) % 7);
  }
  return [...numbers].sort();
}
