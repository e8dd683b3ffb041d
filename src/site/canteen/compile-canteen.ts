/** Turns the canteen of a checked configuration into what the core judges by. Pure; it must never judge whether the file is right. */
import type { Canteen } from '../../core/types.ts';
import { dayNumbers, given, minuteOf, table } from '../parts/compile-parts.ts';
import type { SiteFile } from '../site-schema.ts';

type CanteenPart = NonNullable<SiteFile['canteen']>;

/** The canteen, with its parts by their ids. */
export function compileCanteen(part: CanteenPart): Canteen {
  const { chief, areas, people, lists, leastOnline, dueDays, recordDays, recordRule } = part;
  return given({
    ...{ chief, leastOnline, dueDays, recordDays, recordRule },
    areas: table(areas),
    people: table(people.map(given)),
    lists: table(
      lists.map(({ id, title, days, from, until, only, items }) =>
        given({
          ...{ id, title, only, days: dayNumbers(days), from: minuteOf(from), until: minuteOf(until) },
          items: items.map(given),
        }),
      ),
    ),
  });
}
