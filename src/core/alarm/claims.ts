/**
 * What a reason claims, held against what was done: who says that an urgent alarm was nothing has looked, or sent somebody; who
 * says that somebody was there has somebody who was; a walk test has been walked; and a cut wire is not over because its zone was
 * disarmed. It must never ask for anything before an alarm is acknowledged, somebody is sent or help is called.
 */

import type { Draft } from '../draft.ts';
import { neighbours } from '../site/layout.ts';
import { lookup } from '../site/lookup.ts';
import type { Alarm, By, Refusal } from '../types.ts';

/** Whoever walks a fence for a test sets off what belongs to it so long before and after. */
const walkWithinMs = 30 * 60_000;

/** The open alarms of the same incident, this one among them. */
function crew({ state }: Draft, alarm: Alarm): Alarm[] {
  const mates = [...state.alarms.values()].filter(
    ({ incident }) => incident !== undefined && incident === alarm.incident,
  );
  return mates.length > 0 ? mates : [alarm];
}

const since = (alarm: Alarm, deed: By | undefined): boolean => deed !== undefined && deed.at >= alarm.raisedAt;

/** Whether the walk test that runs, or was the last one, touched this place at that time. */
function walked({ site, state }: Draft, alarm: Alarm): boolean {
  const { walk } = state;
  if (!walk) return false;
  const over = walk.ended?.at ?? walk.until;
  if (walk.at > alarm.lastAt + walkWithinMs || over < alarm.raisedAt - walkWithinMs) return false;
  const zone = alarm.zone === undefined ? undefined : lookup(site.zones, alarm.zone);
  return !zone || [zone, ...neighbours(site, zone)].some(({ id }) => walk.zones.includes(id));
}

/** Why this reason claims what was not so; undefined when it may stand. `cut`: a wire of its zone is still cut. */
export function unfounded(draft: Draft, alarm: Alarm, reason: string, cut: boolean): Refusal | undefined {
  if (alarm.covert || alarm.priority === 4) return undefined;
  if (cut) return 'still-standing';
  const all = crew(draft, alarm);
  const there = all.some((one) => since(alarm, one.arrived));
  if (reason === 'E1' && !there) return 'nobody-there';
  if (reason === 'D1' && !walked(draft, alarm)) return 'no-walk-test';
  if (alarm.priority > 1 || !/^[BC]/.test(reason)) return undefined;
  const sent = all.some((one) => since(alarm, one.dispatched));
  return there || sent || alarm.looked?.some((one) => since(alarm, one)) ? undefined : 'not-looked';
}
