/**
 * The walk test: for a while some zones count touches instead of raising, so that an installer can prove them without a
 * siren. It ends by itself, whatever happens to the gateway meanwhile, and what stands in a zone then raises as if the zone
 * were being armed. It must never reach beyond its zones, and never hold back tamper, power, panic or a lost device.
 */

import { beginWatching } from '../condition/active-conditions.ts';
import type { Draft } from '../draft.ts';
import { walkTimer } from '../site/armed-plan.ts';
import { lookup } from '../site/lookup.ts';
import { walkOf } from '../site/watched.ts';

/** How long a walk test lasts, in minutes: at most, and where nobody says otherwise. */
export const walkMinutes = { least: 1, most: 60, usual: 30 } as const;

/** Ends a walk test: what stands in its zones is watched again. */
export function endWalkTest(draft: Draft, by: string, zones: readonly string[]): void {
  draft.add({ kind: 'walk-ended', by });
  for (const zone of zones) if (lookup(draft.site.zones, zone)) beginWatching(draft, zone);
}

/** Ends the walk test whose time is over. */
export function keepWalk(draft: Draft): void {
  const running = walkOf(draft.state);
  if (running && running.until <= draft.at) endWalkTest(draft, walkTimer, running.zones);
}
