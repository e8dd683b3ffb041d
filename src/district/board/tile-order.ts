/**
 * In which order the schools stand: by need, then by name. An order is held for half a minute, so that nothing jumps away from under an
 * eye or a finger; only what is urgent and would stand on no page that shows breaks it. It must never read a clock.
 */
import type { Language } from '../../core/types.ts';
import type { SchoolTile } from './board-types.ts';
import { tileDoubt } from './tile-doubt.ts';

/** Tiles on one page of the wall: eight in a row, five rows. */
export const PAGE_TILES = 40;
/** An order stays so long after it has changed, ms. */
export const ORDER_MS = 30_000;

/** How much a school needs somebody: 1 and 2 an alarm of that priority waits, 3 it is lost or on hold, 4 priority 3 waits, 5 late or not joined, 6 none of these. */
export type Need = 1 | 2 | 3 | 4 | 5 | 6;

/** An alarm that waited when a school was lost still waits: silence lowers no need. */
export function needOf(tile: SchoolTile, now: number): Need {
  const [p1, p2, p3] = tile.alarms.waiting;
  const doubt = tileDoubt(tile, now);
  if (p1 > 0) return 1;
  if (p2 > 0) return 2;
  if (doubt === 'lost' || doubt === 'held') return 3;
  if (p3 > 0) return 4;
  return doubt === undefined ? 6 : 5;
}

const collators: Readonly<Record<Language, Intl.Collator>> = {
  zh: new Intl.Collator('zh-CN', { numeric: true }),
  en: new Intl.Collator('en', { numeric: true }),
};

/** Schools by need, and where that is alike by their short names in the language they are read in. */
export function byNeed(tiles: readonly SchoolTile[], now: number, language: Language): SchoolTile[] {
  const { compare } = collators[language];
  const needs = new Map(tiles.map((tile) => [tile.school, needOf(tile, now)]));
  return [...tiles].sort(
    (a, b) =>
      needs.get(a.school)! - needs.get(b.school)! ||
      compare(a.short[language], b.short[language]) ||
      (a.school < b.school ? -1 : 1),
  );
}

/** Schools in the order they are shown in, and since when, on the page's own clock. */
export interface HeldOrder {
  readonly schools: readonly string[];
  readonly since: number;
}

/** The order to show after `held`. `wanted` are the schools as they should stand by now, `urgent` those that somebody has to see at once, `at` the page's own clock, ms. */
export function holdOrder(
  held: HeldOrder | undefined,
  wanted: readonly string[],
  urgent: ReadonlySet<string>,
  at: number,
): HeldOrder {
  if (!held) return { schools: wanted, since: at };
  const there = new Set(wanted);
  const known = new Set(held.schools);
  const kept = [...held.schools.filter((one) => there.has(one)), ...wanted.filter((one) => !known.has(one))];
  const unseen = kept.slice(PAGE_TILES).some((one) => urgent.has(one) && wanted.indexOf(one) < PAGE_TILES);
  if (at - held.since < ORDER_MS && !unseen)
    return kept.length === held.schools.length && kept.every((one, n) => one === held.schools[n])
      ? held
      : { schools: kept, since: held.since };
  return wanted.every((one, n) => one === held.schools[n]) && wanted.length === held.schools.length
    ? held
    : { schools: wanted, since: at };
}
