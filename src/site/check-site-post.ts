/**
 * What posts say about bells, places and people, and about each other: hours that begin and end on one day, one post at a place at a
 * time, no more people than there are. It must never change anything, nor judge the shape of a single field.
 */
import { followed, foundExpected } from '../words/site/config-shape-words.ts';
import {
  beforeOrAfter,
  bellSilent,
  checkpointId,
  checkpointInPlaces,
  chipNeedsUpload,
  morePeopleThanKnown,
  neverAgain,
  noTimeAtAll,
  postBeyondDay,
  postNeedsPlace,
  postsOverlap,
  ringsAlready,
} from '../words/site/config-watch-words.ts';
import { dayNumbers } from './parts/compile-parts.ts';
import { hoursOf, ringsOf } from './patrol/compile-post.ts';
import {
  byId,
  type ConfigCheck,
  entries,
  hint,
  type ListEntry,
  mustBeFamily,
  mustExist,
  mustFitWall,
} from './references.ts';
import type { SiteFile } from './site-schema.ts';
import type { Path } from './yaml-text.ts';

type PostFile = SiteFile['posts'][number];
/** A post whose hours are known and right. */
interface HeldPost {
  readonly n: number;
  readonly place: string;
  readonly hours: ReturnType<typeof hoursOf>;
}

const dayMin = 1_440;

/** `07:40` of minutes after midnight; what lies beyond the day is said as it is. */
function clockOf(minute: number): string {
  const sign = minute < 0 ? '-' : '';
  const [hours, rest] = [Math.floor(Math.abs(minute) / 60), Math.floor(Math.abs(minute) % 60)];
  return `${sign}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

/** Reports in which posts and bells disagree. */
export function checkPosts(check: ConfigCheck): void {
  for (const [i, bell] of entries(check, 'bells')) ringsOnce(check, ['bells', i, 'rings'], bell);
  const held: HeldPost[] = [];
  for (const [n, post] of entries(check, 'posts')) {
    const path: Path = ['posts', n];
    const place = checkPlace(check, path, post);
    mustFitWall(check, [...path, 'title', 'zh'], post.title?.zh, '', 'post');
    enoughPeople(check, path, post);
    const hours = checkHours(check, path, post);
    if (place !== undefined && hours) held.push({ n, place, hours });
  }
  onePostAtATime(check, held);
}

/** The weekdays of a ring; undefined where one of them is none. */
function daysOf(ring: NonNullable<ListEntry<'bells'>['rings']>[number]): number[] | undefined {
  const days = ring?.days as string | readonly string[] | undefined;
  return days !== undefined && [days].flat().every(Boolean) ? dayNumbers(days) : undefined;
}

function ringsOnce(check: ConfigCheck, path: Path, { rings = [] }: ListEntry<'bells'>): void {
  const seen = new Set<number>();
  for (const [n, ring] of rings.entries()) {
    const days = daysOf(ring) ?? [];
    const twice = days.find((day) => seen.has(day));
    if (twice !== undefined) {
      check.source.refuse([...path, n, 'days'], ringsAlready(twice));
    }
    for (const day of days) seen.add(day);
  }
}

/** What is touched at the place of a post; undefined where that is not known or not right. */
function checkPlace(check: ConfigCheck, path: Path, post: ListEntry<'posts'>): string | undefined {
  const said = (['checkpoint', 'reader'] as const).filter((key) => check.source.has([...path, key]));
  if (said.length !== 1) {
    check.source.refuse(path, postNeedsPlace, 'key');
    return undefined;
  }
  if (post.reader !== undefined) {
    mustBeFamily(check, [...path, 'reader'], post.reader, 'reader');
    return post.reader;
  }
  return post.checkpoint === undefined ? undefined : pointOf(check, path, post);
}

function pointOf(check: ConfigCheck, path: Path, post: ListEntry<'posts'>): string | undefined {
  const at: Path = [...path, 'checkpoint'];
  const id = post.checkpoint ?? '';
  const points = [...entries(check, 'routes')].flatMap(([, { checkpoints = [] }]) => checkpoints);
  const found = points.filter((point) => point?.id === id);
  if (found.length === 0) {
    const ids = points.flatMap((point) => point?.id ?? []);
    const more = hint(check, at, id, ids);
    check.source.refuse(at, followed(foundExpected(check.source.found(at), checkpointId), more));
    return undefined;
  }
  const touched = new Set(found.map((point) => point?.reader ?? point?.chip?.toUpperCase()));
  if (touched.size > 1) {
    check.source.refuse(at, checkpointInPlaces(check.source.found(at)));
    return undefined;
  }
  if (found.every((point) => point?.reader === undefined) && !check.source.has([...path, 'uploadBy'])) {
    check.source.refuse(at, chipNeedsUpload(check.source.found(at)));
  }
  return [...touched][0];
}

/** More people than anybody knows would never be there. Where nobody is known by name, cards are counted. */
function enoughPeople(check: ConfigCheck, path: Path, { persons }: ListEntry<'posts'>): void {
  const known = (check.file.people ?? []).length;
  if (persons === undefined || known === 0 || persons <= known) return;
  const at: Path = [...path, 'persons'];
  check.source.refuse(at, morePeopleThanKnown(check.source.found(at), known));
}

/** The hours of a post on each weekday; undefined where they are not known or not right. */
function checkHours(check: ConfigCheck, path: Path, post: ListEntry<'posts'>): HeldPost['hours'] | undefined {
  let right = true;
  const bells = (['from', 'until'] as const).map((key) => {
    const edge = post[key];
    if (edge?.beforeMin !== undefined && edge.afterMin !== undefined) {
      check.source.refuse([...path, key], beforeOrAfter, 'key');
      right = false;
    }
    const known = mustExist(check, [...path, key, 'bell'], edge?.bell, 'bells');
    return known ? byId(check, 'bells', edge?.bell) : undefined;
  });
  const [first, last] = bells;
  const whole = [first, last].every((bell) => bell?.rings?.every((ring) => ring?.at !== undefined && daysOf(ring)));
  if (!right || !whole || !post.from || !post.until) return undefined;
  const both = [first, last] as unknown as Parameters<typeof hoursOf>[1];
  const hours = hoursOf(post as PostFile, both);
  if (!sameDays(check, path, both)) return undefined;
  for (const one of hours) if (!withinDay(check, path, one)) return undefined;
  againInTime(check, path, post, hours);
  return hours;
}

function sameDays(check: ConfigCheck, path: Path, bells: Parameters<typeof hoursOf>[1]): boolean {
  const [first = new Map<number, number>(), last = first] = bells.map(ringsOf);
  const [lone] = [...first.keys(), ...last.keys()].filter((day) => !first.has(day) || !last.has(day));
  if (lone === undefined) return true;
  const [key, other] = first.has(lone) ? (['until', 'from'] as const) : (['from', 'until'] as const);
  const at: Path = [...path, key, 'bell'];
  check.source.refuse(at, bellSilent(check.source.found(at), lone, other));
  return false;
}

function withinDay(check: ConfigCheck, path: Path, { weekday, from, until }: HeldPost['hours'][number]): boolean {
  const span = [weekday, clockOf(from), clockOf(until)] as const;
  if (until <= from) check.source.refuse([...path, 'until'], noTimeAtAll(...span), 'key');
  else if (from < 0 || until > dayMin) check.source.refuse([...path, 'until'], postBeyondDay(...span), 'key');
  else return true;
  return false;
}

/** Somebody who has to touch again only after it is over is never asked to. */
function againInTime(check: ConfigCheck, path: Path, post: ListEntry<'posts'>, hours: HeldPost['hours']): void {
  const { everyMin } = post;
  const longest = Math.max(...hours.map(({ from, until }) => until - from));
  if (everyMin === undefined || everyMin < longest) return;
  check.source.warn([...path, 'everyMin'], neverAgain(longest));
}

/** Of two posts at one place nobody could say for which of them somebody is there. */
function onePostAtATime(check: ConfigCheck, held: readonly HeldPost[]): void {
  for (const [k, post] of held.entries()) {
    for (const other of held.slice(0, k)) {
      if (other.place !== post.place) continue;
      const day = post.hours.find((one) =>
        other.hours.some((two) => two.weekday === one.weekday && one.from < two.until && two.from < one.until),
      );
      if (!day) continue;
      const name = check.source.found(['posts', other.n, 'id']);
      check.source.refuse(['posts', post.n, 'from'], postsOverlap(day.weekday, name), 'key');
    }
  }
}
