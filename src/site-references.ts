/**
 * The words in which `site-check` and `site-device` refuse: unknown references, things only one may have, labels too wide,
 * places off the map. Every function reports at the path it is given and changes nothing; it must never show a secret.
 */
import type { Profile } from './profile.ts';
import type { ListName, SiteFile } from './site-schema.ts';
import type { Path, Source } from './site-text.ts';
import { suggest } from './suggest.ts';

/** The file's parts; undefined where the shape was wrong and has been reported. */
export type Parts = { readonly [L in ListName]: readonly (SiteFile[L][number] | undefined)[] } & {
  readonly school: SiteFile['school'] | undefined;
  readonly map: SiteFile['map'] | undefined;
};

export interface Check {
  readonly source: Source;
  readonly parts: Parts;
  readonly profiles: ReadonlyMap<string, Profile>;
  /** Ids written in a list, also those of entries that are wrong otherwise. */
  readonly declared: Readonly<Record<ListName, ReadonlySet<string>>>;
}

export const noun: Readonly<Record<ListName, string>> = {
  lines: 'line',
  devices: 'device',
  zones: 'zone',
  schedules: 'schedule',
  people: 'person',
  routes: 'route',
};

/** The entries of a list that have the right shape, with their place. */
export function* entries<L extends ListName>(
  check: Check,
  list: L,
): Iterable<readonly [number, NonNullable<Parts[L][number]>]> {
  for (const [i, entry] of check.parts[list].entries()) if (entry) yield [i, entry as NonNullable<Parts[L][number]>];
}

export function byId<L extends ListName>(check: Check, list: L, id: string): NonNullable<Parts[L][number]> | undefined {
  for (const [, entry] of entries(check, list)) if (entry.id === id) return entry;
  return undefined;
}

/** A hint for a wrong word; silent where the word or the right ones came from the environment. */
export function hint(check: Check, path: Path, word: string, right: Iterable<string>): string {
  return check.source.secret(path) ? '' : suggest(word, right);
}

/** Ids that stand in the file itself and may be shown. */
function shownIds(check: Check, list: ListName, fits: (id: string) => boolean = () => true): string[] {
  const ids: string[] = [];
  for (const [i, entry] of entries(check, list)) {
    if (!check.source.secret([list, i, 'id']) && fits(entry.id)) ids.push(entry.id);
  }
  return ids;
}

/** Refuses an id that its list does not declare. */
export function mustExist(check: Check, path: Path, id: string, list: ListName): boolean {
  if (check.declared[list].has(id)) return true;
  const more = hint(check, path, id, shownIds(check, list));
  check.source.refuse(path, `found ${check.source.found(path)}, expected the id of a ${noun[list]}${more}`);
  return false;
}

/** Refuses the second holder of something only one may have. */
export function mustDiffer(check: Check, seen: Map<string, Path>, path: Path, value: string, what: string): void {
  const first = seen.get(value);
  if (first)
    check.source.refuse(path, `${what} ${check.source.found(path)} is taken already, by ${placeText(check, first)}`);
  else seen.set(value, path);
}

function placeText(check: Check, path: Path): string {
  const owner = path.slice(0, 2);
  const idPath = [...owner, 'id'];
  const named = check.source.has(idPath) ? ` ${check.source.found(idPath)}` : '';
  return `${noun[path[0] as ListName]}${named} (entry ${Number(path[1]) + 1})`;
}

/** A device of the family that a reference needs. */
export function mustBeFamily(check: Check, path: Path, id: string, family: Profile['family']): Profile | undefined {
  if (!mustExist(check, path, id, 'devices')) return undefined;
  const profileOf = (device: string) => check.profiles.get(byId(check, 'devices', device)?.profile ?? '');
  const profile = profileOf(id);
  if (!profile || profile.family === family) return profile;
  const fits = shownIds(check, 'devices', (other) => profileOf(other)?.family === family);
  const more = hint(check, path, id, fits);
  check.source.refuse(
    path,
    `found ${check.source.found(path)}, which is a ${profile.family}; expected a ${family}${more}`,
  );
  return undefined;
}

/** Width in Chinese characters: one for each of them, a half for Latin letters, digits and spaces. */
export function labelWidth(text: string): number {
  let width = 0;
  for (const char of text) width += char.codePointAt(0)! >= 0x2e80 ? 1 : 0.5;
  return width;
}

/** Longest alarm title that the wall shows whole, in Chinese characters (design of the wall, 2.3). */
const alarmTitleMax = 12;
/** The wall puts a blank and a word of two characters for what happened behind a name. */
const happeningWidth = 2.5;

/** Refuses a name that makes its alarm's title wider than the wall's row. `before` is what the title says ahead of it. */
export function mustFitWall(check: Check, path: Path, name: string, before: string): void {
  const over = labelWidth(before + name) + happeningWidth - alarmTitleMax;
  if (over <= 0) return;
  const room = Math.floor((labelWidth(name) - over) * 2) / 2;
  const remedy = room > 0 ? `expected at most ${room}` : 'shorten what stands before it';
  check.source.refuse(
    path,
    `found ${check.source.found(path)}, ${labelWidth(name)} Chinese characters wide; ${remedy}: an alarm title has ${alarmTitleMax} on the wall`,
  );
}

/** Refuses a point that is not on the map. */
export function mustBeOnMap(check: Check, path: Path, at: readonly [number, number] | undefined): void {
  const map = check.parts.map;
  if (!map || !at) return;
  const [x, y] = at;
  if (x >= 0 && y >= 0 && x <= map.width && y <= map.height) return;
  check.source.refuse(path, `found [${x}, ${y}], expected a place on the map, at most [${map.width}, ${map.height}]`);
}
