/**
 * Times as people of the school read them, where text leaves the server: exports and sentences. Screens format their own.
 */
import type { Site } from '../../core/types.ts';

/** Local time of the school as `2026-11-23 14:32:07`; empty when there is none. */
export function localTime(at: unknown, site: Site): string {
  if (typeof at !== 'number') return '';
  return new Date(at + site.utcOffsetMin * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}
