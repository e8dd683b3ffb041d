/**
 * Times as people of the school read them, where text leaves the server: exports and sentences. Screens format their own.
 */
import type { Site } from '../../core/types.ts';

/** As far as texts with four digits of a year go. */
const farthest = 8.64e13;

/** Local time of the school as `2026-11-23 14:32:07`; empty when there is none. */
export function localTime(at: unknown, site: Site): string {
  // A time that no calendar has must not break off an export in the midst.
  if (typeof at !== 'number' || Math.abs(at) > farthest) return '';
  return new Date(at + site.utcOffsetMin * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}
