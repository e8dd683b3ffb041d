/** Times a person types and chooses, in the school's local time, whatever the browser's own may be. */
import type { Time } from '../../core/types.ts';

const dayMs = 86_400_000;
/** The end of a working day; ours. */
const eveningMin = 18 * 60;

/** As a field of a date and a time holds it: `2026-11-26T18:00`. */
export const fieldOf = (at: Time, utcOffsetMin: number): string =>
  new Date(at + utcOffsetMin * 60_000).toISOString().slice(0, 16);

/** The time of such a field; undefined while it holds none. */
export function timeOfField(text: string, utcOffsetMin: number): Time | undefined {
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text) ? Date.parse(`${text}:00Z`) : Number.NaN;
  return Number.isNaN(at) ? undefined : at - utcOffsetMin * 60_000;
}

/** The evening so many days after a time. */
export function eveningAfter(at: Time, days: number, utcOffsetMin: number): Time {
  const local = at + utcOffsetMin * 60_000;
  return Math.floor(local / dayMs) * dayMs + days * dayMs + (eveningMin - utcOffsetMin) * 60_000;
}
