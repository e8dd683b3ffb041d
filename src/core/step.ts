/**
 * The gateway as a pure function: what may have happened, held against what is so, gives what did happen.
 * No clock, no chance, no waiting. State is read, never written; the gateway folds the returned events with `evolve`.
 */

import { removedFromSite, tooOldToWrite } from '../words/link-words.ts';
import { may } from './act/act-roles.ts';
import { ask } from './act/acts.ts';
import { hearReply } from './act/reach/reply-act.ts';
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
import { keepOrders, orderOfKey, takeOutcome } from './bureau/keep-orders.ts';
import { takeBureau } from './bureau/take-order.ts';
import { isJudged, settlePictures, takePicture } from './camera/picture-signs.ts';
import { keepLists } from './canteen/keep-lists.ts';
import { disregardNothing, watchAnew } from './condition/active-conditions.ts';
import { type ClassifiedReading, link, takeClassified, takeReading } from './condition/classify.ts';
import { sensed } from './condition/detection.ts';
import { keepEntries } from './condition/entry-delay.ts';
import { alarmKey } from './condition/rules.ts';
import { keepWatchGiven, unwatchedKey } from './condition/unwatched.ts';
import { takeSaid } from './device/identify.ts';
import { Draft } from './draft.ts';
import { breakOff, keepDrills, takeTap } from './drill/drills.ts';
import { keepPosts, leavePosts } from './patrol/posts.ts';
import { keepRounds } from './patrol/rounds.ts';
import { suspect, worthLooking } from './patrol/suspect.ts';
import { keepRectifications, rectificationOfKey } from './rectify/overdue.ts';
import { proposeFound } from './rectify/propose.ts';
import { proposeRate } from './rectify/propose-rate.ts';
import { exceptionOutcome } from './round/exception-still.ts';
import { keepExcursions, settleExcursions } from './sensor/excursions.ts';
import { doubtSensor, settleDoubts, watchesSensor } from './sensor/sensor-faults.ts';
import { commsKey } from './site/deafness.ts';
import { detectionOf, pictureOf } from './site/detection-keys.ts';
import { lookup } from './site/lookup.ts';
import { postOfKey } from './site/round-plan.ts';
import { canaryBack, canaryOutcome, interruptCanary, keepCanary } from './tell/canary.ts';
import { keepReminders } from './tell/reminders.ts';
import type { BureauInput, Event, Input, Site, State, Time } from './types.ts';

/** A write that a restart interrupted is still wanted within this time. */
const writeWithinMs = 60_000;

/** Whether the site still has what could end this cause of an alarm: the device, the point, and the key they speak under. */
function watches(draft: Draft, key: string, cause: string): boolean {
  if (key === unwatchedKey || rectificationOfKey(key) !== undefined || orderOfKey(key) !== undefined) return true;
  const sense = detectionOf(cause);
  if (sense) return lookup(draft.site.zones, sense.zone)?.signal !== undefined;
  const picture = pictureOf(cause);
  if (picture) return isJudged(draft.site, picture.camera);
  const post = postOfKey(key);
  if (post !== undefined) return lookup(draft.site.posts ?? {}, post) !== undefined;
  const sensor = watchesSensor(draft.site, key, cause);
  if (sensor !== undefined) return sensor;
  const [id = '', name = ''] = cause.split('/');
  const device = lookup(draft.site.devices, id);
  if (!device) return false;
  if (name === 'link' && key === commsKey(id)) return true;
  const point = lookup(device.points, name);
  return point?.alarm !== undefined && alarmKey(id, point, point.alarm) === key;
}

/** Conditions of devices, points and zones that the site no longer has are over: nobody is left who could say so. Limits are as it says. */
function settleRemoved(draft: Draft): void {
  settleExcursions(draft);
  settleDoubts(draft);
  settlePictures(draft);
  for (const alarm of draft.state.alarms.values()) {
    for (const cause of alarm.causes) {
      if (watches(draft, alarm.key, cause)) continue;
      returnToNormal(draft, alarm.key, cause, removedFromSite);
    }
  }
  keepLimits(draft);
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

/** What the gateway itself found, in wires, in pictures or in sensors, or learned of a device or of a class at a drill; and what came of the district. */
function takeFound(
  draft: Draft,
  input:
    | Extract<Input, { kind: 'detected' | 'device-said' | 'pictured' | 'rate-found' | 'sensor' | 'drill-tapped' }>
    | BureauInput,
): void {
  if (input.kind === 'detected') sensed(draft, input);
  else if (input.kind === 'device-said') takeSaid(draft, input.device, input.said);
  else if (input.kind === 'pictured') takePicture(draft, input.said);
  else if (input.kind === 'rate-found') proposeRate(draft, input.found);
  else if (input.kind === 'drill-tapped') takeTap(draft, input);
  else if (input.kind === 'district-order' || input.kind === 'district-joined') takeBureau(draft, input);
  else doubtSensor(draft, input);
}

function takeLink(draft: Draft, { device: id, up, why }: Extract<Input, { kind: 'link' }>): void {
  const device = lookup(draft.site.devices, id);
  if (device) link(draft, device, up, why);
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
  keepLists(draft);
  keepRectifications(draft);
  keepDrills(draft);
  keepOrders(draft);
  keepExcursions(draft);
  keepShelves(draft);
  closeHints(draft);
  keepPledges(draft);
  keepEscalation(draft);
  keepTests(draft);
  keepCanary(draft);
  keepReminders(draft);
  keepPoliceTests(draft);
  // What this very tick moves is folded first, and then messages are looked for.
  if (!mayTell(draft.events)) keepSending(draft);
}

/** What a start of the gateway settles. */
function begin(draft: Draft, started: Extract<Input, { kind: 'started' }>): void {
  draft.add({ ...started, utcOffsetMin: draft.site.utcOffsetMin });
  leavePosts(draft, draft.state.at);
  dropOldWrites(draft);
  interruptCanary(draft);
  settleRemoved(draft);
  disregardNothing(draft);
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
    case 'link':
      takeLink(draft, input);
      break;
    case 'detected':
    case 'device-said':
    case 'pictured':
    case 'rate-found':
    case 'sensor':
    case 'drill-tapped':
    case 'district-order':
    case 'district-joined':
      takeFound(draft, input);
      break;
    case 'displayed':
      displayed(draft, input);
      break;
    case 'command':
      ask(draft, input.by, input.command);
      break;
    case 'outcome':
      if (!canaryOutcome(draft, input) && !exceptionOutcome(draft, input)) takeOutcome(draft, input);
      break;
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
    case 'reply':
      if (!canaryBack(draft, input)) hearReply(draft, input, { ask, may });
      break;
    case 'started':
      begin(draft, input);
      break;
    case 'configured':
      draft.add(input);
      settleRemoved(draft);
      watchAnew(draft);
      break;
    case 'clock-stepped':
      draft.add({ kind: 'clock-stepped', from: draft.at, to: input.to });
      leavePosts(draft, Math.min(state.at, input.to), Math.max(now, input.to));
      break;
    case 'tick':
      keepTime(draft);
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
  breakOff(draft);
  proposeFound(draft);
  // What State counts a flood by moves with the clock when this is folded, and not before.
  if (!draft.events.some(({ kind }) => kind === 'clock-stepped')) watchFlood(draft);
  return draft.events;
}
