/**
 * The words in which `check` and `device` refuse: unknown references, things only one may have, labels too wide,
 * places off the map. Every function reports at the path it is given and changes nothing; it must never show a secret.
 */
import { labelWidth } from '../core/site/naming.ts';
import type { Profile } from '../profile/profile.ts';
import {
  entryNamed,
  entryNames,
  idOf,
  offTheMap,
  otherFamily,
  takenAlready,
  tooWideForWall,
} from '../words/site/config-part-words.ts';
import { followed, foundExpected } from '../words/site/config-shape-words.ts';
import { kinds } from '../words/trade-words.ts';
import { untranslated, type Words } from '../words/words.ts';
import type { ListName, SiteFile } from './site-schema.ts';
import { suggest } from './suggest.ts';
import { type Path, pathText, type YamlSource } from './yaml-text.ts';

/** A part of the file in which everything that is there has the right shape, and what had not is left out. */
export type Partly<T> = T extends readonly (infer E)[]
  ? readonly (Partly<E> | undefined)[]
  : T extends object
    ? { readonly [K in keyof T]?: Partly<T[K]> | undefined }
    : T;

export interface ConfigCheck {
  readonly source: YamlSource;
  readonly file: Partly<SiteFile>;
  readonly profiles: ReadonlyMap<string, Profile>;
}

const noun: Readonly<Record<ListName, Words>> = entryNames;

export type ListEntry<L extends ListName> = Partly<SiteFile[L][number]>;

/** The entries of a list, with their place. */
export function* entries<L extends ListName>(check: ConfigCheck, list: L): Iterable<readonly [number, ListEntry<L>]> {
  for (const [i, entry] of (check.file[list] ?? []).entries()) if (entry) yield [i, entry as ListEntry<L>];
}

/** The entries of a list by id, and the ids that may be shown. */
interface ListIndex {
  readonly byId: ReadonlyMap<string, ListEntry<ListName>>;
  readonly shown: readonly string[];
}

/** Made when a list is first asked for, and once: ten thousand devices name ten thousand lines. */
const indexes = new WeakMap<ConfigCheck, Map<ListName, ListIndex>>();

function indexOf(check: ConfigCheck, list: ListName): ListIndex {
  const lists = indexes.get(check) ?? new Map<ListName, ListIndex>();
  indexes.set(check, lists);
  const known = lists.get(list);
  if (known) return known;
  const byId = new Map<string, ListEntry<ListName>>();
  const shown: string[] = [];
  for (const [i, entry] of entries(check, list)) {
    if (entry.id === undefined) continue;
    if (!check.source.secret([list, i, 'id'])) shown.push(entry.id);
    // Of two with one id the first stands; the second is refused elsewhere.
    if (!byId.has(entry.id)) byId.set(entry.id, entry);
  }
  const index = { byId, shown };
  lists.set(list, index);
  return index;
}

export function byId<L extends ListName>(
  check: ConfigCheck,
  list: L,
  id: string | undefined,
): ListEntry<L> | undefined {
  return id === undefined ? undefined : (indexOf(check, list).byId.get(id) as ListEntry<L> | undefined);
}

/** The model of a device, by the device's id. */
export function modelOf(check: ConfigCheck, device: string): Profile | undefined {
  return check.profiles.get(byId(check, 'devices', device)?.profile ?? '');
}

/** A hint for a wrong word; silent where the word or the right ones came from the environment. */
export function hint(check: ConfigCheck, path: Path, word: string, right: Iterable<string>): Words {
  return check.source.secret(path) ? untranslated('') : suggest(word, right);
}

/** Ids that stand in the file itself and may be shown. */
function shownIds(check: ConfigCheck, list: ListName): readonly string[] {
  return indexOf(check, list).shown;
}

/** Refuses an id that its list does not declare. */
export function mustExist(check: ConfigCheck, path: Path, id: string | undefined, list: ListName): boolean {
  if (id === undefined) return false;
  if (byId(check, list, id)) return true;
  const more = hint(check, path, id, shownIds(check, list));
  check.source.refuse(path, followed(foundExpected(check.source.found(path), idOf(list)), more));
  return false;
}

/** Refuses the second holder of something only one may have. */
export function mustDiffer(
  check: ConfigCheck,
  seen: Map<string, Path>,
  path: Path,
  value: string | undefined,
  what: Words,
): void {
  if (value === undefined) return;
  const first = seen.get(value);
  if (!first) {
    seen.set(value, path);
    return;
  }
  check.source.refuse(path, takenAlready(what, check.source.found(path), holder(check, first)));
}

/** Who has it already: an entry of a list of the file, or the place where it stands. */
function holder(check: ConfigCheck, path: Path): Words {
  const [list, n] = path;
  if (typeof list !== 'string' || !Object.hasOwn(noun, list)) return untranslated(pathText(path));
  const idPath = [list, n ?? 0, 'id'];
  const named = check.source.has(idPath) ? followed(untranslated(' '), check.source.found(idPath)) : untranslated('');
  return entryNamed(noun[list as ListName], named, Number(n) + 1);
}

/** A device of the family that a reference needs. */
export function mustBeFamily(check: ConfigCheck, path: Path, id: string | undefined, family: Profile['family']): void {
  if (id === undefined || !mustExist(check, path, id, 'devices')) return;
  const profile = modelOf(check, id);
  if (!profile || profile.family === family) return;
  const fits = shownIds(check, 'devices').filter((other) => modelOf(check, other)?.family === family);
  const more = hint(check, path, id, fits);
  check.source.refuse(path, followed(otherFamily(check.source.found(path), profile.family, family), more));
}

/** Longest alarm title that the wall shows whole, in Chinese characters (design of the wall, 2.3). */
const alarmTitleMax = 12;
/** What the wall puts behind a name: a blank and what happened, at its widest. */
const happening = {
  device: ` ${kinds.climb.zh}`,
  patrol: ` ${kinds.order.zh}`,
  post: ` ${kinds['short-handed'].zh}`,
} as const;

/** Refuses a name that makes its alarm's title wider than the wall's row. `before` is what the title says ahead of it. */
export function mustFitWall(
  check: ConfigCheck,
  path: Path,
  name: string | undefined,
  before: string,
  alarm: keyof typeof happening,
): void {
  if (name === undefined) return;
  const over = labelWidth(before + name + happening[alarm]) - alarmTitleMax;
  if (over <= 0) return;
  const room = labelWidth(name) - over;
  check.source.refuse(path, tooWideForWall(check.source.found(path), labelWidth(name), room, alarmTitleMax));
}

/** Refuses a point that is not on the map. */
export function mustBeOnMap(check: ConfigCheck, path: Path, at: readonly (number | undefined)[] | undefined): void {
  const { width, height } = check.file.map ?? {};
  const [x, y] = at ?? [];
  if (x === undefined || y === undefined || width === undefined || height === undefined) return;
  if (x >= 0 && y >= 0 && x <= width && y <= height) return;
  check.source.refuse(path, offTheMap(x, y, width, height));
}
