/**
 * The gateway as a pure function: what may have happened, held against what is so, gives what did happen.
 * No clock, no chance, no waiting. State is read, never written; the gateway folds the returned events with `evolve`.
 */

import { removedFromSite, tooOldToWrite } from '../words/link-words.ts';
import { ask } from './act/acts.ts';
import { returnToNormal } from './alarm/alarms.ts';
import { keepTests } from './alarm/daily-tests.ts';
import { mayTell } from './alarm/duties.ts';
import { displayed, keepEscalation } from './alarm/escalation.ts';
import { watchFlood } from './alarm/flood.ts';
import { keepSending } from './alarm/outbox.ts';
import { keepPledges } from './alarm/pledge.ts';
import { keepPoliceTests } from './alarm/police.ts';
import { closeHints } from './alarm/self-closing.ts';
import { keepShelves } from './alarm/shelving.ts';
import { keepAreas } from './arming/areas.ts';
import { keepLimits } from './arming/tuning.ts';
import { keepWalk } from './arming/walk-test.ts';
import { type ClassifiedReading, link, takeClassified, takeReading } from './condition/classify.ts';
import { sensed } from './condition/detection.ts';
import { keepEntries } from './condition/entry-delay.ts';
import { alarmKey } from './condition/rules.ts';
import { keepWatchGiven, unwatchedKey } from './condition/unwatched.ts';
import { Draft } from './draft.ts';
import { keepPosts, leavePosts } from './patrol/posts.ts';
import { keepRounds } from './patrol/rounds.ts';
import { suspect, worthLooking } from './patrol/suspect.ts';
import { commsKey } from './site/deafness.ts';
import { detectionOf } from './site/detection-keys.ts';
import { lookup } from './site/lookup.ts';
import { postOfKey } from './site/round-plan.ts';
import { keepReminders } from './tell/reminders.ts';
import type { Event, Input, Site, State, Time } from './types.ts';

/** A write that a restart interrupted is still wanted within this time. */
const writeWithinMs = 60_000;

/** Whether the site still has what could end this cause of an alarm: the device, the point, and the key they speak under. */
function watches(draft: Draft, key: string, cause: string): boolean {
  if (key === unwatchedKey) return true;
  const sense = detectionOf(cause);
  if (sense) return lookup(draft.site.zones, sense.zone)?.signal !== undefined;
  const post = postOfKey(key);
  if (post !== undefined) return lookup(draft.site.posts ?? {}, post) !== undefined;
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

/** What time alone brings about. */
function keepTime(draft: Draft): void {
  // First, so that what the schedule arms in this very step is no longer under test.
  keepWalk(draft);
  keepEntries(draft);
  keepAreas(draft);
  keepWatchGiven(draft);
  keepLimits(draft);
  keepRounds(draft);
  keepPosts(draft);
  keepShelves(draft);
  closeHints(draft);
  keepPledges(draft);
  keepEscalation(draft);
  keepTests(draft);
  keepReminders(draft);
  keepPoliceTests(draft);
}

/**
 * The events an input causes, numbered after `state.seq`. An input that says nothing new causes none. `now` is what schedules
 * go by; `at` is the gateway's own time, and another only while a person is asked which clock is right.
 */
export function step(site: Site, state: State, input: Input | ClassifiedReading, now: Time, at: Time = now): Event[] {
  const draft = new Draft(site, state, now, at);
  switch (input.kind) {
    case 'reading':
      takeReading(draft, input);
      break;
    case 'classified':
      takeClassified(draft, input);
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
      ask(draft, input.by, input.command);
      break;
    case 'outcome': {
      const { kind: _kind, ...outcome } = input;
      draft.add({ kind: 'done', ...outcome });
      break;
    }
    case 'lost':
    case 'journal-gap':
    case 'record-doubted':
    case 'pruned':
    case 'clock-doubted':
      draft.add(input);
      break;
    case 'door':
      draft.add(input.fact);
      break;
    case 'started':
      draft.add({ ...input, utcOffsetMin: site.utcOffsetMin });
      leavePosts(draft, state.at);
      dropOldWrites(draft);
      settleRemoved(draft);
      keepLimits(draft);
      break;
    case 'configured':
      draft.add(input);
      settleRemoved(draft);
      keepLimits(draft);
      break;
    case 'clock-stepped':
      draft.add({ kind: 'clock-stepped', from: draft.at, to: input.to });
      leavePosts(draft, Math.min(state.at, input.to), Math.max(now, input.to));
      break;
    case 'tick':
      keepTime(draft);
      // What this very tick moves is folded first, and then messages are looked for.
      if (!mayTell(draft.events)) keepSending(draft);
      break;
    case 'escalate':
      keepEscalation(draft);
      break;
    case 'send':
      keepSending(draft);
      break;
    default:
      input satisfies never;
  }
  if (worthLooking(draft)) suspect(draft);
  // What State counts a flood by moves with the clock when this is folded, and not before.
  if (!draft.events.some(({ kind }) => kind === 'clock-stepped')) watchFlood(draft);
  return draft.events;
}
