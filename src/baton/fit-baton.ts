/**
 * What the rows of an export mean at this school: which checkpoint's reader a chip stands for, and whose name a row gives.
 * What the configuration does not know is kept as it was written, so that nothing of a file is lost: it fits no round, and is
 * listed for a person to look at.
 */
import type { Checkpoint, ImportedTouch, Person, Site, Time, Words } from '../core/types.ts';
import type { BatonRow } from './baton-types.ts';

/** How often a place or a person stands in a file. */
export interface FileCount {
  /** As the file writes it. */
  readonly said: string;
  /** Its name at this school; undefined where the configuration does not know it. */
  readonly title?: Words;
  readonly count: number;
}
export interface FittedFile {
  readonly touches: readonly ImportedTouch[];
  readonly places: readonly FileCount[];
  readonly people: readonly FileCount[];
  readonly from?: Time;
  readonly to?: Time;
}

/** A spreadsheet that took a chip's number for a number has lost the noughts in front. */
const plainChip = (chip: string): string => chip.toUpperCase().replace(/^0+(?=.)/, '');

/** The one entry a text stands for; undefined where there is none, or more than one. */
function oneOf<T>(
  list: readonly T[],
  names: (entry: T) => readonly (string | undefined)[],
): (said: string) => T | undefined {
  const known = new Map<string, T | undefined>();
  for (const entry of list) {
    for (const name of new Set(names(entry)))
      if (name !== undefined) known.set(name, known.has(name) ? undefined : entry);
  }
  return (said) => known.get(said);
}

/** The reader a title stands for; two routes may call one place differently. None where two places are called the same. */
function placesByTitle(all: readonly Checkpoint[]): ReadonlyMap<string, string | undefined> {
  const known = new Map<string, string | undefined>();
  for (const { title, reader } of all)
    for (const name of [title.zh, title.en])
      known.set(name, !known.has(name) || known.get(name) === reader ? reader : undefined);
  return known;
}

function counted<T>(
  rows: readonly BatonRow[],
  saidOf: (row: BatonRow) => string | undefined,
  titleOf: (row: BatonRow) => T,
): [string, { title: T; count: number }][] {
  const counts = new Map<string, { title: T; count: number }>();
  for (const row of rows) {
    const said = saidOf(row);
    if (said === undefined) continue;
    const was = counts.get(said);
    counts.set(said, { title: titleOf(row), count: (was?.count ?? 0) + 1 });
  }
  return [...counts];
}

/** The touches of a file, and what of it the school knows. */
export function fitRows(site: Pick<Site, 'routes' | 'people'>, rows: readonly BatonRow[]): FittedFile {
  // A point may stand on several routes: it is one place.
  const all = Object.values(site.routes).flatMap((route) => route.checkpoints);
  const points = new Map<string, Checkpoint>();
  for (const point of all) if (!points.has(point.reader)) points.set(point.reader, point);
  const byChip = oneOf([...points.values()], ({ chip }) => [chip && plainChip(chip)]);
  const byTitle = placesByTitle(all);
  const byName = oneOf(Object.values(site.people), ({ id, name, card, cards = [] }) => [id, name, card, ...cards]);
  const pointOf = ({ chip, checkpoint }: BatonRow): Checkpoint | undefined =>
    chip === undefined ? points.get(byTitle.get(checkpoint ?? '') ?? '') : byChip(plainChip(chip));
  const personOf = ({ person }: BatonRow): Person | undefined => (person === undefined ? undefined : byName(person));

  const touches = rows.map((row): ImportedTouch => {
    const person = personOf(row);
    return {
      reader: pointOf(row)?.reader ?? row.chip ?? row.checkpoint ?? '-',
      // Whoever carried it: by his card, else as the file names him, else by the baton.
      card: person?.card ?? row.person ?? row.reader ?? '-',
      sourceTime: row.sourceTime,
      ...(person && { person: person.id }),
    };
  });
  const places = counted(
    rows,
    (row) => row.chip ?? row.checkpoint,
    (row) => pointOf(row)?.title,
  );
  const people = counted(
    rows,
    (row) => row.person,
    (row) => personOf(row)?.name,
  );
  let from: Time | undefined;
  let to: Time | undefined;
  for (const { sourceTime } of rows) {
    from = Math.min(from ?? sourceTime, sourceTime);
    to = Math.max(to ?? sourceTime, sourceTime);
  }
  return {
    touches,
    places: places.map(([said, { title, count }]) => ({ said, count, ...(title && { title }) })),
    people: people.map(([said, { title, count }]) => ({
      said,
      count,
      ...(title !== undefined && { title: { zh: title, en: title } }),
    })),
    ...(from !== undefined && to !== undefined && { from, to }),
  };
}
