/**
 * Turns the routes of a checked configuration into what the core judges rounds by. Pure; it must never judge whether the file is right.
 */
import type { Route } from '../../core/types.ts';
import { dayNumbers, given, milliseconds, minuteOf } from '../parts/compile-parts.ts';
import { dayNumber } from '../parts/schema-parts.ts';
import type { SiteFile } from '../site-schema.ts';

/** Exports write the letters of a number large or small. */
const chipNumber = (chip: string): string => chip.toUpperCase();

/** A route: what a checkpoint does not say of its window is as usual on the route. `places`: where each device stands. */
export function compileRoute(
  route: SiteFile['routes'][number],
  places: ReadonlyMap<string, SiteFile['devices'][number]['at']>,
): Route {
  const dayOf = (date: string | undefined) => (date === undefined ? undefined : dayNumber(date));
  const { usual } = route;
  const checkpoints = route.checkpoints.map((point) =>
    given({
      id: point.id,
      title: point.title,
      reader: point.reader ?? chipNumber(point.chip ?? ''),
      chip: point.chip === undefined ? undefined : chipNumber(point.chip),
      at: point.at ?? (point.reader === undefined ? undefined : places.get(point.reader)),
      camera: point.camera,
      items: point.items?.map((item) => given(item)),
      afterMs: milliseconds(point.afterMin),
      leastMs: point.leastMin === undefined ? undefined : milliseconds(point.leastMin),
      mostMs: point.mostMin === undefined ? undefined : milliseconds(point.mostMin),
      earlyMs: milliseconds(point.earlyMin ?? usual.earlyMin ?? 0),
      lateMs: milliseconds(point.lateMin ?? usual.lateMin ?? 0),
      missMs: milliseconds(point.missMin ?? usual.missMin ?? 0),
    }),
  );
  const rounds = route.rounds.map(({ days, start, person, second, from, to, only }) =>
    given({ days: dayNumbers(days), start: minuteOf(start), person, second, from: dayOf(from), to: dayOf(to), only }),
  );
  const { id, title, ordered, uploadBy } = route;
  return given({
    id,
    title,
    ordered,
    uploadBy: uploadBy === undefined ? undefined : minuteOf(uploadBy),
    checkpoints,
    rounds,
  });
}
