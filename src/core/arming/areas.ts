/**
 * Areas of zones: set away or stay and unset, by a person or by the schedule, with time to leave. Setting an area sets its
 * zones; zones somebody has left out by name stay left out. A person is refused while a zone is open; the schedule is not,
 * and what is open then raises at once.
 */

import { expireEntry } from '../condition/entry-delay.ts';
import type { Draft } from '../draft.ts';
import { holdsAt, leftOut, modeIn, planner, schedulerName } from '../site/armed-plan.ts';
import type { Wish } from '../site/calendar.ts';
import { schedulesHeld } from '../site/clock-trust.ts';
import { lookup } from '../site/lookup.ts';
import { zoneMode } from '../site/watched.ts';
import type { Area, AreaMode, AreaState, Fact } from '../types.ts';
import { keepZones, setZone } from './zones.ts';

type SetFact = Extract<Fact, { kind: 'area-armed' }>;

/** Sets an area and its zones. */
export function setArea(draft: Draft, area: Area, fact: SetFact): void {
  // Only a person who unsets the area may end an entry delay without an alarm.
  if (fact.mode !== 'disarmed' || fact.by === schedulerName) expireEntry(draft, area.id);
  draft.add(fact);
  for (const id of area.zones) {
    const zone = lookup(draft.site.zones, id);
    if (!zone || leftOut(draft.state.zones.get(id), draft.at)) continue;
    const mode = modeIn(area, fact.mode, zone);
    const leaving = fact.exitUntil !== undefined && mode === 'armed' && !zone.always;
    // Who leaves goes through the entry zones, so these stand open meanwhile; the others stay as they are.
    if (leaving && !(zone.entry && zoneMode(draft.state, id) === 'armed')) continue;
    const edge = fact.edge === undefined ? {} : { edge: fact.edge };
    setZone(draft, { kind: 'zone-armed', zone: id, mode: leaving ? 'disarmed' : mode, by: fact.by, ...edge });
  }
}

/** Whether what is set still holds against the plan, as with zones. */
function holds(known: AreaState, { mode, edge }: Wish, { now, at }: Draft): boolean {
  // People who are leaving are not shut in by a schedule that wants the same.
  if (known.exitUntil !== undefined && known.exitUntil > at && known.mode === mode) return true;
  if (known.by === schedulerName && known.mode !== mode) return false;
  return holdsAt(known.edge, edge, now);
}

const watch: Readonly<Record<AreaMode, number>> = { disarmed: 0, stay: 1, away: 2 };

/**
 * Whether the area stays as it is because the plan would take watch away by a clock that was only just set, or is in doubt: from the
 * area, or from a zone of it that somebody armed by name.
 */
function keepsWatch({ site, state, at }: Draft, area: Area, known: AreaState, { mode }: Wish): boolean {
  if (!schedulesHeld(state, at)) return false;
  const losesWatch = (id: string) => {
    const zone = lookup(site.zones, id);
    return zone !== undefined && zoneMode(state, id) === 'armed' && modeIn(area, mode, zone) !== 'armed';
  };
  return watch[mode] < watch[known.mode] || area.zones.some(losesWatch);
}

/** Everybody has left, or should have: the zones are armed. */
function endExit(draft: Draft, area: Area, { mode, by, edge }: AreaState): void {
  setArea(draft, area, { kind: 'area-armed', area: area.id, mode, by, ...(edge !== undefined && { edge }) });
}

/** Ends exit delays, applies the schedules' edges to areas, and then does the same for zones. */
export function keepAreas(draft: Draft): void {
  const planned = planner(draft.site, draft.now);
  const done = new Set<string>();
  for (const area of Object.values(draft.site.areas)) {
    const known = draft.state.areas.get(area.id);
    const wish = planned(area.schedule);
    if (!known || !(holds(known, wish, draft) || keepsWatch(draft, area, known, wish))) {
      setArea(draft, area, { kind: 'area-armed', area: area.id, ...wish, by: schedulerName });
    } else if (known.exitUntil !== undefined && known.exitUntil <= draft.at) endExit(draft, area, known);
    else continue;
    for (const zone of area.zones) done.add(zone);
  }
  keepZones(draft, done);
}
