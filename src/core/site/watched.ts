/**
 * Whether a zone watches now: how it is armed, and whether it is under walk test. It only looks.
 */

import type { ArmMode, ReadOnly, Site, State, WalkTest } from '../types.ts';
import { lookup } from './lookup.ts';

/** The arm state of a zone. A zone nobody has set is armed: doubt never disarms. */
export function zoneMode(state: ReadOnly<State>, zone: string): ArmMode {
  return state.zones.get(zone)?.mode ?? 'armed';
}

/** Whether a zone watches in this mode: armed, or armed day and night and not taken out by name. */
export function watching(site: Site, zone: string, mode: ArmMode): boolean {
  return mode === 'armed' || (mode === 'disarmed' && lookup(site.zones, zone)?.always === true);
}

/** The walk test that runs. */
export function walkOf(state: ReadOnly<State>): WalkTest | undefined {
  return state.walk && !state.walk.ended ? state.walk : undefined;
}

/** Whether a zone is under test now. */
export function underTest(state: ReadOnly<State>, zone: string): boolean {
  return walkOf(state)?.zones.includes(zone) ?? false;
}
