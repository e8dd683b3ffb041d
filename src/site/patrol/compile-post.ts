/**
 * Turns posts and bells of a configuration into the hours in which each post is held. Checks and compiling reckon them here, so
 * that what was found right is what is run. It must never judge whether they are right.
 */
import type { Post, PostHours } from '../../core/types.ts';
import { dayNumbers, given, milliseconds, minuteOf } from '../parts/compile-parts.ts';
import type { SiteFile } from '../site-schema.ts';

type BellPart = SiteFile['bells'][number];
type PostPart = SiteFile['posts'][number];
type EdgePart = PostPart['from'];

/** When a bell rings, minutes after midnight, by weekday. */
export const ringsOf = ({ rings }: Pick<BellPart, 'rings'>): ReadonlyMap<number, number> =>
  new Map(rings.flatMap(({ days, at }) => dayNumbers(days).map((day) => [day, minuteOf(at)] as const)));

/** A time by the bell: so long before it rings, or after. */
export const edgeAt = (ring: number, { beforeMin = 0, afterMin = 0 }: Omit<EdgePart, 'bell'>): number =>
  ring - beforeMin + afterMin;

/** The hours of a post: on each weekday on which both its bells ring. */
export function hoursOf(
  { from, until }: Pick<PostPart, 'from' | 'until'>,
  bells: readonly Pick<BellPart, 'id' | 'rings'>[],
): PostHours[] {
  const rings = ({ bell }: EdgePart) => {
    const found = bells.find(({ id }) => id === bell);
    return found ? ringsOf(found) : new Map<number, number>();
  };
  const [first, last] = [rings(from), rings(until)];
  return [...first]
    .flatMap(([weekday, ring]) => {
      const end = last.get(weekday);
      return end === undefined ? [] : [{ weekday, from: edgeAt(ring, from), until: edgeAt(end, until) }];
    })
    .sort((a, b) => a.weekday - b.weekday);
}

/** Where a post is held: its reader, or the checkpoint it names. */
function placeOf({ checkpoint: id, reader }: PostPart, { routes, devices }: SiteFile) {
  const point = routes.flatMap(({ checkpoints }) => checkpoints).find((one) => one.id === id);
  // Exports write the letters of a number large or small.
  const known = reader ?? point?.reader ?? point?.chip?.toUpperCase() ?? '';
  const device = devices.find((one) => one.id === known);
  return { checkpoint: id, reader: known, camera: point?.camera, at: point?.at ?? device?.at };
}

/** Every post as the core judges it. */
export const compilePosts = (file: SiteFile): Post[] =>
  file.posts.map((post) =>
    given({
      id: post.id,
      title: post.title,
      ...placeOf(post, file),
      hours: hoursOf(post, file.bells),
      persons: post.persons,
      earlyMs: milliseconds(post.earlyMin),
      everyMs: post.everyMin === undefined ? undefined : milliseconds(post.everyMin),
      graceMs: milliseconds(post.graceMin),
      uploadBy: post.uploadBy === undefined ? undefined : minuteOf(post.uploadBy),
    }),
  );
