/**
 * What a phone may touch, and how long it may keep what it has to say. Pure; who touches is decided by the acts.
 */
import type { Site } from '../types.ts';

/** A phone that was out of reach keeps what it has to say for so long: a shift; ours. */
export const keptAtMostMs = 12 * 3_600_000;

/** Every place that a phone may touch, by its reader: checkpoints, and posts that stand elsewhere. */
export function phonePlaces({ routes, posts = {} }: Pick<Site, 'routes' | 'posts'>) {
  const places = new Map<string, { readonly zh: string; readonly en: string }>();
  for (const { checkpoints } of Object.values(routes))
    for (const { reader, title } of checkpoints) if (!places.has(reader)) places.set(reader, title);
  for (const { reader, title } of Object.values(posts)) if (!places.has(reader)) places.set(reader, title);
  return places;
}
