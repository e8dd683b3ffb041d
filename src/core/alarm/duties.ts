/**
 * What the gateway owes the world: a picture for a new alarm, a siren that sounds or falls silent, a message, a write a
 * person asked for. Derived from state alone, so a crash forgets none; a failure is tried again with growing pauses.
 */

import { cameraOfPatrol } from '../site/checkpoint-camera.ts';
import { lookup } from '../site/lookup.ts';
import type { Alarm, Duty, Event, Site, State, Time, View } from '../types.ts';
import { speakersInFlood } from './escalation.ts';
import { calls, isSilenced } from './sounding.ts';

/** A siren sounds at most this long for one alarm. */
export const sirenMs = 180_000;
const pictureTries = 3;
/** A picture taken much later is no evidence of the moment. */
const pictureWithinMs = 60_000;
const pauseMaxMs = 60_000;
/** Half a minute of tries; by then the next step of the chain is due, or its repetition. */
export const noticeTries = 5;

function ready(state: State, id: string, now: Time, triesMax = Number.POSITIVE_INFINITY): boolean {
  const failed = state.duties.get(id);
  if (!failed) return true;
  return failed.tries < triesMax && now >= failed.lastAt + Math.min(pauseMaxMs, 1000 * 2 ** failed.tries);
}

function wantsSiren(state: State, alarm: Alarm, now: Time): boolean {
  // A siren in the yard tells nobody that a cable is loose, and nobody is known to be there.
  if (alarm.priority !== 1 || alarm.kind === 'comms' || now >= alarm.lastAt + sirenMs) return false;
  return calls(state, alarm) && !isSilenced(state, alarm, now);
}

function sirens(site: Site, state: State, now: Time): Duty[] {
  const wanted = new Map<string, { device: string; point: string; on: boolean }>();
  for (const zone of Object.values(site.zones)) {
    if (!zone.siren) continue;
    const key = `${zone.siren.device}/${zone.siren.point}`;
    if (!wanted.has(key)) wanted.set(key, { ...zone.siren, on: false });
  }
  for (const alarm of state.alarms.values()) {
    const siren = alarm.zone === undefined ? undefined : site.zones[alarm.zone]?.siren;
    const entry = siren && wanted.get(`${siren.device}/${siren.point}`);
    if (entry && wantsSiren(state, alarm, now)) entry.on = true;
  }
  // A siren that no zone names any more must still fall silent.
  for (const [key, one] of state.sounding) if (!wanted.has(key)) wanted.set(key, { ...one, on: false });
  const duties: Duty[] = [];
  for (const [key, { device, point, on }] of wanted) {
    // Off is owed only for what was switched on here: an output a person tries out is theirs.
    const done = on ? state.outputs.get(key) === true : !state.sounding.has(key);
    const id = `siren/${key}/${on ? 'on' : 'off'}`;
    if (done || !lookup(site.devices, device) || !ready(state, id, now)) continue;
    duties.push({ id, do: 'write', device, point, value: on });
  }
  return duties;
}

function pictures(site: Site, state: State, now: Time): Duty[] {
  const duties: Duty[] = [];
  for (const alarm of state.alarms.values()) {
    if (alarm.picture !== undefined || now > alarm.raisedAt + pictureWithinMs) continue;
    const own = site.devices[alarm.device]?.family === 'camera' && alarm.kind !== 'comms' ? alarm.device : undefined;
    const camera =
      (alarm.zone === undefined ? undefined : site.zones[alarm.zone]?.camera) ?? own ?? cameraOfPatrol(site, alarm);
    const id = `snapshot/${alarm.id}`;
    if (camera !== undefined && ready(state, id, now, pictureTries)) {
      duties.push({ id, do: 'snapshot', camera, alarm: alarm.id });
    }
  }
  return duties;
}

/** The other open alarms of the same incident, most urgent first: a message has no room for all of them. A silent call for help is part of none. */
function others(state: State, { id, incident }: Alarm): Alarm[] {
  if (incident === undefined) return [];
  const found = [...state.alarms.values()].filter((one) => one.incident === incident && one.id !== id);
  return found.sort((a, b) => a.priority - b.priority || a.id - b.id);
}

/** Messages that were asked for and not sent, most urgent first. Whoever acknowledges or shelves takes them back, so they are always due. */
function notices(site: Site, state: State, now: Time): Duty[] {
  const duties: Duty[] = [];
  const speakers = speakersInFlood(site, state);
  const waiting = [...state.alarms.values()].filter((one) => calls(state, one)).length - 1;
  const telling = [...state.alarms.values()].filter((alarm) => alarm.notices.length > 0);
  for (const alarm of telling.sort((a, b) => a.priority - b.priority)) {
    for (const { id, channel, level, sentAt } of alarm.notices) {
      if (sentAt !== undefined || !ready(state, id, now, noticeTries)) continue;
      const flood = speakers.get(channel)?.id === alarm.id && { waiting };
      duties.push({ id, do: 'notify', channel, level, alarm, others: others(state, alarm), ...flood });
    }
  }
  return duties;
}

/** Whether something may be owed after a fact of this kind that was not owed before it. */
export const mayOwe: Readonly<Record<Event['kind'], boolean>> = {
  started: true,
  configured: true,
  'clock-stepped': false,
  'clock-doubted': false,
  read: false,
  detected: false,
  learned: false,
  'base-confirmed': false,
  linked: false,
  raised: true,
  repeated: true,
  'returned-to-normal': false,
  acknowledged: true,
  silenced: true,
  dispatched: false,
  accepted: false,
  arrived: false,
  pledged: false,
  renewed: false,
  looked: false,
  disposed: false,
  closed: true,
  noted: false,
  answered: false,
  displayed: false,
  escalated: true,
  shelved: true,
  unshelved: true,
  joined: false,
  flooded: false,
  'zone-armed': false,
  'area-armed': false,
  'entry-started': false,
  'entry-expired': false,
  'walk-started': false,
  'zone-tested': false,
  'zone-restored': false,
  'walk-ended': false,
  tuned: false,
  vouched: false,
  'limits-dated': false,
  untuned: false,
  touched: false,
  'touch-withdrawn': false,
  'item-checked': false,
  imported: false,
  'import-undone': false,
  suspected: false,
  'exception-disposed': false,
  'round-changed': false,
  opened: false,
  checked: false,
  unchecked: false,
  completed: false,
  'post-opened': false,
  'post-unheard': false,
  'post-heard': false,
  'post-counted': false,
  'post-completed': false,
  ordered: true,
  done: true,
  'logged-in': false,
  'login-refused': false,
  'logged-out': false,
  'account-changed': false,
  exported: false,
  'picture-viewed': false,
  'wall-changed': false,
  lost: false,
  'journal-gap': false,
  'record-doubted': false,
  refused: false,
};

/** Everything owed at `now`. A duty already under way appears again until its outcome is known; the gateway holds it once. */
export function owed(site: Site, view: View, now: Time): Duty[] {
  const { state } = view;
  const writes = [...state.writes.values()].map(
    ({ id, device, point, value }): Duty => ({ id, do: 'write', device, point, value }),
  );
  return [...writes, ...sirens(site, state, now), ...notices(site, state, now), ...pictures(site, state, now)];
}
