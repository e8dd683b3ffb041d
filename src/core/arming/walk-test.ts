/**
 * The walk test: for a while some zones count touches instead of raising, so that an installer can prove them without a
 * siren. It ends by itself, whatever happens to the gateway meanwhile, and what stands in a zone then raises as if the zone
 * were being armed. It must never reach beyond its zones, and never hold back tamper, power, panic or a lost device.
 */

import { activeCauses, beginWatching } from '../condition/active-conditions.ts';
import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import { may } from '../site/rights.ts';
import { walkOf } from '../site/watched.ts';
import type { Command, Refusal, User } from '../types.ts';

type WalkCommand = Extract<Command, { do: 'walk' }>;
type EndCommand = Extract<Command, { do: 'end-walk' }>;

/** How long a walk test lasts, in minutes: at most, and where nobody says otherwise. */
export const walkMinutes = { least: 1, most: 60, usual: 30 } as const;
const minuteMs = 60_000;

/** Who ended a walk test whose time was over. */
export const walkTimer = 'timer';

function refusal(draft: Draft, by: User, { zones, minutes }: WalkCommand): Refusal | undefined {
  if (!may(by.role, 'walk')) return 'no-right';
  if (walkOf(draft.state)) return 'walk-running';
  if (zones.length === 0 || !zones.every((zone) => lookup(draft.site.zones, zone))) return 'unknown-zone';
  return minutes >= walkMinutes.least && minutes <= walkMinutes.most ? undefined : 'too-long';
}

/** Begins a walk test. */
export function startWalkTest(draft: Draft, by: User, command: WalkCommand): void {
  const why = refusal(draft, by, command);
  if (why) {
    draft.add({ kind: 'refused', by: by.name, command, why });
    return;
  }
  const zones = [...new Set(command.zones)];
  const standing = zones.flatMap((zone) => activeCauses(draft, zone));
  draft.add({
    kind: 'walk-started',
    zones,
    by: by.name,
    until: draft.at + command.minutes * minuteMs,
    active: standing,
  });
}

function end(draft: Draft, by: string, zones: readonly string[]): void {
  draft.add({ kind: 'walk-ended', by });
  for (const zone of zones) if (lookup(draft.site.zones, zone)) beginWatching(draft, zone);
}

/** Ends the walk test before its time. */
export function endWalkTest(draft: Draft, by: User, command: EndCommand): void {
  const running = walkOf(draft.state);
  if (running && may(by.role, 'end-walk')) return end(draft, by.name, running.zones);
  draft.add({ kind: 'refused', by: by.name, command, why: may(by.role, 'end-walk') ? 'no-walk' : 'no-right' });
}

/** Ends the walk test whose time is over. */
export function keepWalk(draft: Draft): void {
  const running = walkOf(draft.state);
  if (running && running.until <= draft.at) end(draft, walkTimer, running.zones);
}
