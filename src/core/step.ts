/**
 * The gateway as a pure function: what may have happened, held against what is so, gives what did happen.
 * No clock, no chance, no waiting. State is read, never written; the gateway folds the returned events with `evolve`.
 */

import { removedFromSite, tooOldToWrite } from '../words/link-words.ts';
import { returnToNormal } from './alarm/alarms.ts';
import { refuse } from './alarm/authorize.ts';
import { callForHelp, uncoded } from './alarm/duress.ts';
import { displayed, keepEscalation } from './alarm/escalation.ts';
import { watchFlood } from './alarm/flood.ts';
import { handle } from './alarm/handling.ts';
import { answer } from './alarm/procedures.ts';
import { keepShelves, shelve, unshelve } from './alarm/shelving.ts';
import { silence } from './alarm/sounding.ts';
import { armArea, keepAreas } from './arming/areas.ts';
import { keepLimits, tune } from './arming/tuning.ts';
import { endWalkTest, keepWalk, startWalkTest } from './arming/walk-test.ts';
import { armZone } from './arming/zones.ts';
import { commsKey, link, takeReading } from './condition/classify.ts';
import { sensed } from './condition/detection.ts';
import { keepEntries } from './condition/entry-delay.ts';
import { alarmKey } from './condition/rules.ts';
import { Draft } from './draft.ts';
import { keepRounds } from './patrol/rounds.ts';
import { detectionOf } from './site/detection-keys.ts';
import { lookup } from './site/lookup.ts';
import { may } from './site/rights.ts';
import type { Command, Event, Input, Refusal, Site, State, Time, User } from './types.ts';

/** A write that a restart interrupted is still wanted within this time. */
const writeWithinMs = 60_000;

function order(draft: Draft, by: User, command: Extract<Command, { do: 'write' }>): void {
  const target = lookup(draft.site.devices, command.device);
  const point = target && lookup(target.points, command.point);
  let why: Refusal | undefined;
  if (!may(by.role, 'write')) why = 'no-right';
  else if (!point || typeof command.value !== point.type) why = 'unknown-point';
  else if (!point.writable) why = 'not-writable';
  if (why) refuse(draft, by, command, why);
  else {
    const { device, point: key, value } = command;
    draft.add({ kind: 'ordered', device, point: key, value, by: by.name });
  }
}

/** Arms or sets as was asked; nothing of it with a wrong code, which is kept as a refusal: somebody tried. */
function armOrSet(draft: Draft, by: User, asked: Extract<Command, { do: 'arm-zone' | 'arm-area' }>): void {
  const plain = uncoded(asked);
  if (asked.wrongPin) return refuse(draft, by, plain, 'wrong-pin');
  if (plain.do === 'arm-zone') armZone(draft, by, plain);
  else armArea(draft, by, plain);
  callForHelp(draft, by, asked);
}

function command(draft: Draft, by: User, asked: Command): void {
  switch (asked.do) {
    case 'acknowledge':
    case 'dispatch':
    case 'accept':
    case 'arrive':
    case 'dispose':
    case 'close':
    case 'note':
      return handle(draft, by, asked);
    case 'silence':
      return silence(draft, by, asked);
    case 'shelve':
      return shelve(draft, by, asked);
    case 'answer':
      return answer(draft, by, asked);
    case 'unshelve':
      return unshelve(draft, by, asked);
    case 'arm-zone':
    case 'arm-area':
      return armOrSet(draft, by, asked);
    case 'walk':
      return startWalkTest(draft, by, asked);
    case 'end-walk':
      return endWalkTest(draft, by, asked);
    case 'tune':
      return tune(draft, by, asked);
    case 'write':
      return order(draft, by, asked);
    default:
      return refuse(draft, by, asked, 'no-right');
  }
}

/** Whether the site still has what could end this cause of an alarm: the device, the point, and the key they speak under. */
function watches(draft: Draft, key: string, cause: string): boolean {
  const sense = detectionOf(cause);
  if (sense) return lookup(draft.site.zones, sense.zone)?.signal !== undefined;
  const [id = '', name = ''] = cause.split('/');
  const device = lookup(draft.site.devices, id);
  if (!device) return false;
  if (name === 'link' && key === commsKey(id)) return true;
  const point = lookup(device.points, name);
  return point?.alarm !== undefined && alarmKey(id, point, point.alarm) === key;
}

/** Conditions of devices, points and zones that the site no longer has are over: nobody is left who could say so. */
function settleRemoved(draft: Draft): void {
  for (const alarm of draft.state.alarms.values()) {
    for (const cause of alarm.causes) {
      if (watches(draft, alarm.key, cause)) continue;
      returnToNormal(draft, alarm.key, cause, removedFromSite);
    }
  }
}

/** What a person asked for long before the restart is not done now: nobody expects it any more. */
function dropOldWrites(draft: Draft): void {
  for (const { id, at } of draft.state.writes.values()) {
    if (draft.at - at <= writeWithinMs) continue;
    draft.add({
      kind: 'done',
      duty: id,
      ok: false,
      why: tooOldToWrite,
    });
  }
}

/**
 * The events an input causes, numbered after `state.seq`. An input that says nothing new causes none. `now` is the time of
 * the clock on the wall, which may be set back; `at` is the gateway's own time, which never goes back.
 */
export function step(site: Site, state: State, input: Input, now: Time, at: Time = now): Event[] {
  const draft = new Draft(site, state, now, at);
  switch (input.kind) {
    case 'reading':
      takeReading(draft, input);
      break;
    case 'link': {
      const device = lookup(site.devices, input.device);
      if (device) link(draft, device, input.up, input.why);
      break;
    }
    case 'detected':
      sensed(draft, input);
      break;
    case 'displayed':
      displayed(draft, input);
      break;
    case 'command':
      command(draft, input.by, input.command);
      break;
    case 'outcome': {
      const { duty, ok, why, brought, wrote } = input;
      draft.add({
        kind: 'done',
        duty,
        ok,
        ...(why !== undefined && { why }),
        ...(brought !== undefined && { brought }),
        ...(wrote !== undefined && { wrote }),
      });
      break;
    }
    case 'lost':
      draft.add(input);
      break;
    case 'started':
      draft.add({ ...input, utcOffsetMin: site.utcOffsetMin });
      dropOldWrites(draft);
      settleRemoved(draft);
      keepLimits(draft);
      break;
    case 'configured':
      draft.add(input);
      settleRemoved(draft);
      keepLimits(draft);
      break;
    case 'tick':
      // First, so that what the schedule arms in this very step is no longer under test.
      keepWalk(draft);
      keepEntries(draft);
      keepAreas(draft);
      keepLimits(draft);
      keepRounds(draft);
      keepShelves(draft);
      keepEscalation(draft);
      break;
  }
  watchFlood(draft);
  return draft.events;
}
