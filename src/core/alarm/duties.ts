/**
 * What the gateway owes the world: a picture for a new alarm, a siren that sounds or falls silent, a message, a write a
 * person asked for. Derived from state alone, so a crash forgets none; a failure is tried again with growing pauses.
 */

import { drillSiren, drillStills } from '../drill/drill-duties.ts';
import { exceptionStills } from '../round/exception-still.ts';
import { stillOfPatrol, stillWithinMs } from '../round/patrol-still.ts';
import { lookup } from '../site/lookup.ts';
import { canaryOwed } from '../tell/canary.ts';
import { ordersOwed } from '../tell/ordered-files.ts';
import { remindersOwed } from '../tell/reminders.ts';
import { answersOwed } from '../tell/reply-book.ts';
import type { Alarm, Duty, Event, Site, State, Time, View } from '../types.ts';
import { speakersInFlood } from './escalation.ts';
import { underWay } from './outbox.ts';
import { calls, isSilenced } from './sounding.ts';

/** A siren sounds at most this long for one alarm. */
export const sirenMs = 180_000;
const pictureTries = 3;
/** The third picture: by then a climber is over the wire, and whoever masked a lens has stepped back. Our own number. */
const afterMs = 5_000;
/** What a still of before is looked for in is forgotten soon. */
const beforeWithinMs = 10_000;
/** A clip reaches so far, and a little longer until the last of it has come. */
const clipMs = 21_000;
/** By then what came before is forgotten. */
const clipWithinMs = 35_000;
const pauseMaxMs = 60_000;

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
  const drill = drillSiren(state, now);
  if (drill) wanted.set(`${drill.device}/${drill.point}`, { ...drill, on: true });
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
    const { raisedAt } = alarm;
    if (now > raisedAt + stillWithinMs) continue;
    const own = site.devices[alarm.device]?.family === 'camera' && alarm.kind !== 'comms' ? alarm.device : undefined;
    const camera =
      (alarm.zone === undefined ? undefined : site.zones[alarm.zone]?.camera) ??
      own ??
      stillOfPatrol(site, state, alarm);
    if (camera === undefined) continue;
    const owe = (moment: 'before' | 'after' | undefined, tries: number) => {
      const id = `snapshot/${alarm.id}${moment ? `/${moment}` : ''}`;
      if (ready(state, id, now, tries))
        duties.push({ id, do: 'snapshot', camera, alarm: alarm.id, raisedAt, ...(moment && { moment }) });
    };
    if (alarm.picture === undefined) owe(undefined, pictureTries);
    // What did not happen, and a maintenance note, have no course of events.
    if (alarm.priority === 4 || alarm.round !== undefined || alarm.post !== undefined) continue;
    if (alarm.pictureBefore === undefined && now <= raisedAt + beforeWithinMs) owe('before', 1);
    if (alarm.pictureAfter === undefined && now >= raisedAt + afterMs) owe('after', pictureTries);
    const id = `clip/${alarm.id}`;
    const due = now >= raisedAt + clipMs && now <= raisedAt + clipWithinMs && alarm.clip === undefined;
    if (due && site.clips?.includes(camera) && ready(state, id, now, 2))
      duties.push({ id, do: 'clip', camera, alarm: alarm.id, raisedAt });
  }
  return duties;
}

/** The other open alarms of the same incident, most urgent first: a message has no room for all of them. A silent call for help is part of none. */
function others(state: State, { id, incident }: Alarm): Alarm[] {
  if (incident === undefined) return [];
  const found = [...state.alarms.values()].filter((one) => one.incident === incident && one.id !== id);
  return found.sort((a, b) => a.priority - b.priority || a.id - b.id);
}

/** Messages on their way, most urgent first. Whoever acknowledges or shelves takes back what has not left. */
function notices(site: Site, state: State): Duty[] {
  const speakers = speakersInFlood(site, state);
  const waiting = [...state.alarms.values()].filter((one) => calls(state, one)).length - 1;
  return underWay(state).map(({ alarm, notice, by, duty, within: told, again }): Duty => {
    const { channel, level, people, taken } = notice;
    return {
      ...{ id: duty, do: 'notify', channel: by, level, alarm },
      // That one was taken says nothing of the others of its incident.
      others: taken ? told : [...new Set([...others(state, alarm), ...told])],
      ...(speakers.get(channel)?.id === alarm.id && { waiting }),
      ...(people && { to: people }),
      ...(told.length > 0 && { digest: true }),
      ...(again && { again }),
      ...(alarm.numbers && !taken && { numbers: alarm.numbers }),
      ...(taken && { taken }),
    };
  });
}

/** What people are told of their answers, with what waits for them as it stands now. */
function answers(state: State): Duty[] {
  return answersOwed(state).map(({ id, channel, person, owed: { came, alarm: about } }): Duty => {
    const alarm = about === undefined ? undefined : state.alarms.get(about);
    const open = [...state.alarms.values()].filter(({ acked, numbers }) => !acked && numbers?.[person] !== undefined);
    return { id, do: 'answer', channel, person, came, ...(alarm && { alarm }), open };
  });
}

/** Test messages that nobody has heard of yet. */
function tests({ channelTests }: State): Duty[] {
  return [...channelTests].flatMap(([key, { sentAt, failedAt }]): Duty[] => {
    if (sentAt !== undefined || failedAt !== undefined) return [];
    const [channel = '', person] = key.split('/');
    return [{ id: `test/${key}`, do: 'test', channel, ...(person !== undefined && { person }) }];
  });
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
  'excursion-began': false,
  'excursion-deepened': false,
  'excursion-ended': false,
  'sensor-doubted': false,
  'base-confirmed': false,
  'picture-judged': false,
  'picture-learned': false,
  'picture-dismissed': false,
  'camera-seen': false,
  'cameras-watched': false,
  'device-identified': false,
  'device-clock-set': false,
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
  'part-acknowledged': false,
  looked: false,
  'phone-sent': false,
  disposed: false,
  closed: true,
  noted: false,
  answered: false,
  displayed: false,
  escalated: false,
  'taken-told': false,
  'passed-on': false,
  sending: true,
  'police-announced': false,
  'police-tested': false,
  'police-step': false,
  'shift-told': true,
  replied: true,
  'channel-tried': true,
  canary: true,
  'channel-confirmed': false,
  resubscribed: false,
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
  suspected: true,
  'exception-pictured': false,
  'exception-disposed': false,
  'shift-changed': false,
  'shift-change-withdrawn': false,
  'signed-on': false,
  'handed-over': false,
  'calendar-given': false,
  'calendar-withdrawn': false,
  'rectification-proposed': false,
  'rectification-opened': false,
  'rectification-taken': false,
  'rectification-dismissed': false,
  'rectification-moved': false,
  'rectification-answered': false,
  'rectification-countersigned': false,
  'rectification-returned': false,
  'rectification-withdrawn': false,
  'rectification-overdue': false,
  'list-answered': false,
  'list-missed': false,
  'menu-set': false,
  'drill-started': true,
  'drill-counted': false,
  'drill-uncounted': false,
  'drill-ended': true,
  'district-joined': false,
  'district-ordered': true,
  'district-answered': false,
  'district-overdue': false,
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
  'phone-paired': false,
  'phone-revoked': false,
  'account-changed': false,
  exported: false,
  'picture-viewed': false,
  'video-viewed': false,
  'wall-changed': false,
  lost: false,
  'journal-gap': false,
  'record-doubted': false,
  pruned: false,
  held: false,
  released: false,
  refused: false,
};

/** After these facts other messages are owed, or others have room. */
const telling: readonly Event['kind'][] = [
  ...(['escalated', 'taken-told', 'passed-on', 'done', 'started'] as const),
  ...(['closed', 'pledged', 'unshelved'] as const),
];
const mayCall: ReadonlySet<Event['kind']> = new Set(['raised', 'repeated']);

/** Whether what goes out has to be looked for once these are folded. */
export const mayTell = (events: readonly Event[]): boolean => events.some(({ kind }) => telling.includes(kind));

/** What has to be looked for again after these events, in this order and in the same batch: it must not wait for the next tick. */
export const followUps = [
  { input: { kind: 'escalate' }, after: (events: readonly Event[]) => events.some(({ kind }) => mayCall.has(kind)) },
  { input: { kind: 'send' }, after: mayTell },
] as const;

/** Everything owed at `now`. A duty already under way appears again until its outcome is known; the gateway holds it once. */
export function owed(site: Site, view: View, now: Time): Duty[] {
  const { state } = view;
  const writes = [...state.writes.values()].map(
    ({ id, device, point, value }): Duty => ({ id, do: 'write', device, point, value }),
  );
  const reminders = remindersOwed(state).map(
    ([key, { channel, person, shift, begins, ends }]): Duty => ({
      ...{ id: `remind/${key}`, do: 'remind', channel, person, shift, begins, ends },
    }),
  );
  const told = [
    ...notices(site, state),
    ...answers(state),
    ...reminders,
    ...tests(state),
    ...canaryOwed(site, state, now),
  ];
  const tried = (id: string) => ready(state, id, now, pictureTries);
  const stills = [...exceptionStills(site, state, now), ...drillStills(site, state, now, tried)];
  const ordered = ordersOwed(state, now, (duty) => ready(state, duty, now));
  return [...writes, ...sirens(site, state, now), ...told, ...pictures(site, state, now), ...stills, ...ordered];
}
