/**
 * The only writer of State: one event folded in. Gateway, replay, browser and simulation all run this.
 * It holds no rules: what should happen was decided before. It takes any event of any device, known or not, as long as the
 * event follows: one that contradicts State (a number left out, time running back without the clock being set, an alarm that is not open or is opened
 * twice) is a mistake of ours, and it throws. `Draft` promises the same of what it writes.
 */

import { foldAlarm } from './alarm/evolve-alarm.ts';
import { foldInterrupted, foldMessage, foldMessageDone } from './alarm/evolve-message.ts';
import { foldQuieting } from './alarm/evolve-quieting.ts';
import { foldPolice } from './alarm/police.ts';
import { foldArming } from './arming/evolve-arming.ts';
import { foldCommission } from './arming/evolve-commission.ts';
import { assert } from './assert.ts';
import { foldBureau, foldOrderedStill, isOfBureau } from './bureau/evolve-bureau.ts';
import { foldPicture, isOfPicture, unlooked } from './camera/evolve-camera.ts';
import { foldList, isOfLists } from './canteen/evolve-canteen.ts';
import { foldMenu, isOfMenu } from './canteen/menu.ts';
import { clockAfter, moveTimes } from './clock-step.ts';
import { foldLinked, foldRead, foldSensed, foldSilence } from './condition/evolve-device.ts';
import { foldDevice, isOfDevice } from './device/evolve-identity.ts';
import { foldDrill, foldDrillStill, isOfDrill } from './drill/evolve-drill.ts';
import { foldDuty, isOfDuty } from './duty/evolve-duty.ts';
import { foldItem, foldRound, foldSuspicion, foldTouches, isOfException } from './patrol/evolve-patrol.ts';
import { foldPost, isOfPost } from './patrol/evolve-post.ts';
import { foldPairing, foldPhone } from './phone/evolve-phone.ts';
import { foldRectify, foldStill, isOfRectify } from './rectify/evolve-rectify.ts';
import { foldRetention } from './retention/evolve-retention.ts';
import { foldSensor, isOfSensor } from './sensor/evolve-sensor.ts';
import { localDay } from './site/calendar.ts';
import { lookup } from './site/lookup.ts';
import type { DoorFact, Event, State, Time, Wrote } from './types.ts';

/** Folds one event into `state`, which it changes in place; entries of its tables are replaced, never edited. */
export function evolve(state: State, event: Event): void {
  assert(event.seq === state.seq + 1, `event ${event.seq} does not follow ${state.seq}`);
  if (event.kind === 'clock-stepped') turnClock(state, event);
  assert(event.at >= state.at, `time ran backwards at event ${event.seq}`);
  state.seq = event.seq;
  state.at = event.at;
  if (event.seq === 1) state.since = event.at;
  turnDay(state, event.at);
  fold(state, event);
}

/** Passes over events that a viewer may not see: nothing happens but the count. `seq` is the last one hidden. */
export function pass(state: State, seq: number): void {
  assert(seq >= state.seq, `cannot pass back to ${seq} from ${state.seq}`);
  state.seq = seq;
}

function fold(state: State, event: Event): void {
  if (isOfDuty(event)) return foldDuty(state, event);
  if (isOfPost(event)) return foldPost(state, event);
  if (isOfPicture(event)) return foldPicture(state, event);
  if (isOfDevice(event)) return foldDevice(state, event);
  if (isOfRectify(event)) return foldRectify(state, event);
  if (isOfLists(event)) return foldList(state, event);
  if (isOfMenu(event)) return foldMenu(state, event);
  if (isOfDrill(event)) return foldDrill(state, event);
  if (isOfBureau(event)) return foldBureau(state, event);
  if (isOfException(event)) return foldSuspicion(state, event);
  if (isOfSensor(event)) return foldSensor(state, event);
  switch (event.kind) {
    case 'started':
      state.startedAt = event.at;
      foldInterrupted(state);
      unlooked(state);
      state.utcOffsetMin = event.utcOffsetMin;
      return foldSilence(state, event.at);
    case 'clock-stepped':
    case 'clock-doubted':
      state.clock = clockAfter(event);
      return;
    case 'read':
      return foldRead(state, event);
    case 'linked':
      return foldLinked(state, event);
    case 'zone-armed':
    case 'area-armed':
    case 'entry-started':
    case 'entry-expired':
      return foldArming(state, event);
    case 'walk-started':
    case 'zone-tested':
    case 'zone-restored':
    case 'walk-ended':
    case 'tuned':
    case 'vouched':
    case 'limits-dated':
    case 'untuned':
      return foldCommission(state, event);
    case 'detected':
    case 'learned':
      return foldSensed(state, event);
    case 'touched':
    case 'touch-withdrawn':
    case 'imported':
    case 'import-undone':
      return foldTouches(state, event);
    case 'item-checked':
      return foldItem(state, event);
    case 'opened':
    case 'round-changed':
    case 'checked':
    case 'unchecked':
    case 'completed':
      return foldRound(state, event);
    case 'ordered':
      return foldOrdered(state, event);
    case 'done':
      return foldDone(state, event);
    case 'silenced':
    case 'shelved':
    case 'unshelved':
    case 'flooded':
      return foldQuieting(state, event);
    case 'configured':
      state.configuredAt = event.at;
      return;
    default:
      return foldLast(state, event);
  }
}

function foldOrdered(state: State, { seq, device, point, value, by, at }: Extract<Event, { kind: 'ordered' }>): void {
  const id = `write/${seq}`;
  state.writes.set(id, { id, device, point, value, by, at });
}

/** What is said of one alarm, and what changes nothing. */
function foldLast(
  state: State,
  event:
    | Parameters<typeof foldAlarm>[1]
    | Parameters<typeof foldMessage>[1]
    | Parameters<typeof foldPolice>[1]
    | Parameters<typeof foldPhone>[1]
    | Parameters<typeof foldPairing>[1]
    | Parameters<typeof foldAccount>[1]
    | Parameters<typeof foldRetention>[1]
    | Parameters<typeof changesNothing>[0],
): void {
  switch (event.kind) {
    case 'raised':
    case 'repeated':
    case 'returned-to-normal':
    case 'acknowledged':
    case 'dispatched':
    case 'accepted':
    case 'arrived':
    case 'pledged':
    case 'renewed':
    case 'part-acknowledged':
    case 'looked':
    case 'disposed':
    case 'noted':
    case 'answered':
    case 'displayed':
    case 'escalated':
    case 'taken-told':
    case 'passed-on':
    case 'joined':
    case 'closed':
      return foldAlarm(state, event);
    case 'phone-sent':
      return foldPhone(state, event);
    case 'sending':
    case 'channel-tried':
    case 'channel-confirmed':
    case 'resubscribed':
    case 'shift-told':
    case 'replied':
    case 'canary':
      return foldMessage(state, event);
    case 'police-announced':
    case 'police-tested':
    case 'police-step':
      return foldPolice(state, event);
    case 'account-changed':
      return foldAccount(state, event);
    case 'phone-paired':
    case 'phone-revoked':
      return foldPairing(state, event);
    case 'pruned':
    case 'held':
    case 'released':
      return foldRetention(state, event);
    default:
      changesNothing(event);
  }
}

/** Who may log in, for whoever has to know whether a step of a chain reaches anybody. */
function foldAccount(state: State, event: Extract<Event, { kind: 'account-changed' }>): void {
  const { name, change, role, wall, disabled } = event;
  if (change === 'removed') state.accounts.delete(name);
  else state.accounts.set(name, { role, ...(wall && { wall }), ...(disabled && { disabled }) });
}

/** What is written down and changes nothing that is so; a kind that has no case and is not named here does not compile. */
function changesNothing(
  _event: Extract<
    Event,
    {
      kind:
        | Exclude<DoorFact['kind'], 'account-changed' | 'held'>
        | 'base-confirmed'
        | 'lost'
        | 'journal-gap'
        | 'record-doubted'
        | 'refused';
    }
  >,
): void {}

/** The time is another from here on; today's figures are those of the day it is now. */
function turnClock(state: State, { from, to, at, seq }: Extract<Event, { kind: 'clock-stepped' }>): void {
  assert(from >= state.at && to === at, `event ${seq} sets the clock from a time that was over`);
  moveTimes(state, from, to);
  state.at = to;
  state.today = { ...state.today, day: localDay(to, state.utcOffsetMin) };
}

function turnDay(state: State, at: Time): void {
  const day = localDay(at, state.utcOffsetMin);
  if (state.today.day !== day) state.today = { day, raised: 0, nuisance: 0, acked: 0, ackMs: 0 };
}

/** What is kept beside the evidence of an alarm, by the last part of its duty. */
const besides = { before: 'pictureBefore', after: 'pictureAfter' } as const;

function foldDone(state: State, event: Extract<Event, { kind: 'done' }>): void {
  state.writes.delete(event.duty);
  if (event.wrote) foldWrote(state, event.duty, event.wrote);
  const [kind, first = '', second = '', way] = event.duty.split('/');
  if (kind === 'notify' || kind === 'test' || kind === 'remind' || kind === 'answer')
    return foldMessageDone(state, event);
  const alarm = kind === 'snapshot' || kind === 'clip' ? state.alarms.get(Number(first)) : undefined;
  if (!event.ok) {
    // The device may have done it and only its answer was lost: what may sound must be silenced later.
    if (kind === 'siren' && way === 'on') state.sounding.set(`${first}/${second}`, { device: first, point: second });
    // A write a person asked for is not tried again, nor is what an alarm that was dealt with meanwhile asks no longer.
    if (kind === 'write' || ((kind === 'snapshot' || kind === 'clip') && !alarm)) return;
    const tries = (state.duties.get(event.duty)?.tries ?? 0) + 1;
    state.duties.set(event.duty, { tries, lastAt: event.at, ...(event.why !== undefined && { why: event.why }) });
    return;
  }
  state.duties.delete(event.duty);
  if (kind === 'drill' && event.brought !== undefined)
    foldDrillStill(state, Number(first), second, event.brought, event.sha256);
  if (kind === 'order' && second === 'take' && event.brought !== undefined)
    return foldOrderedStill(state, first, event.brought, event.sha256);
  if (!alarm || event.brought === undefined) return;
  const beside = kind === 'clip' ? 'clip' : lookup(besides, second);
  if (beside) {
    state.alarms.set(alarm.id, { ...alarm, [beside]: event.brought });
    return;
  }
  // What came with the event shows the moment; a still that was asked for shows a later one.
  const own = second === 'own';
  if (alarm.ownPicture && !own) return;
  state.alarms.set(alarm.id, { ...alarm, picture: event.brought, ...(own && { ownPicture: true as const }) });
  foldStill(state, alarm.id, event.brought, event.sha256);
}

function foldWrote(state: State, duty: string, { device, point, value }: Wrote): void {
  const key = `${device}/${point}`;
  state.outputs.set(key, value);
  if (value === false) state.sounding.delete(key);
  else if (duty.startsWith('siren/')) state.sounding.set(key, { device, point });
}
