/**
 * How much of State a role may see: for an integrator one entry for every table and every field, as with facts. What
 * is shown of State must be what the shown facts fold to, or a page would change when it connects again.
 */

import type {
  Alarm,
  AreaState,
  DeviceState,
  ItemAnswer,
  LooseSpan,
  PendingWrite,
  Role,
  Shelf,
  Site,
  State,
  Tuned,
  Vouched,
  WalkTest,
  ZoneState,
} from '../types.ts';
import { shownCamera } from './camera/sight-camera.ts';
import { alarmOfDuty, orderOfDuty } from './duty-names.ts';
import type { EncodedState } from './feed-codec.ts';
import { mayReadNames, sight } from './rights.ts';
import { type FieldTable, nameless, show, withheld } from './sight.ts';
import {
  alarmValue,
  alarmWhy,
  dutyWhy,
  namelessBy,
  namelessGuard,
  namelessTests,
  pointValue,
  shownAnswer,
  shownChanges,
  shownHeld,
  shownPage,
  shownRounds,
  shownSent,
  typedValue,
} from './sight-values.ts';
import { hiddenOfGuards, hiddenOfIntegrators } from './told/sight-hidden.ts';
import { groupNotices, integratorsCanary, isShownDuty, pledge, shownCall } from './told/sight-told.ts';

type Table<K, T> = readonly (readonly [K, T])[];

/** Each entry of a table of State. */
const each =
  <K, T>(shown: (entry: T, site: Site, key: K) => T) =>
  (entries: Table<K, T>, _whole: unknown, site: Site): Table<K, T> =>
    entries.map(([key, entry]) => [key, shown(entry, site, key)] as const);

/** Each entry of a table, by one table of fields. */
const alike = <K, T extends object>(fields: FieldTable<T>) => each<K, T>((entry, site) => show(fields, entry, site));

const by = { by: 'name', at: 'shown' } as const;
const notes: FieldTable<Alarm['notes'][number]> = { ...by, text: 'text', district: 'shown' };
const dispatched: FieldTable<NonNullable<Alarm['dispatched']>> = { ...by, to: 'text' };
const disposed: FieldTable<NonNullable<Alarm['disposed']>> = { ...by, reason: 'shown', note: 'left-out' };

const alarms: FieldTable<Alarm> = {
  id: 'shown',
  key: 'shown',
  kind: 'shown',
  priority: 'shown',
  device: 'shown',
  zone: 'shown',
  round: 'shown',
  checkpoint: 'shown',
  post: 'shown',
  raisedAt: 'shown',
  sourceTime: 'shown',
  lastAt: 'shown',
  count: 'shown',
  causes: 'shown',
  value: alarmValue,
  why: alarmWhy,
  returnedAt: 'shown',
  acked: namelessBy,
  parts: (all) => all.map(namelessBy),
  numbers: 'left-out',
  firstAcked: namelessBy,
  decidedBy: 'shown',
  times: 'shown',
  waitingSince: 'shown',
  waitingFrom: 'shown',
  dispatched: (sent, _whole, site) => show(dispatched, sent, site),
  accepted: namelessBy,
  arrived: (there) => ({ ...namelessBy(there), how: there.how }),
  disposed: (finding, _whole, site) => show(disposed, finding, site),
  notes: (written, _whole, site) => written.map((note) => show(notes, note, site)),
  sent: shownSent,
  displayed: (told) => told.map((one) => ({ ...namelessBy(one), page: shownPage(one.page) })),
  answers: (given, _whole, site) => given.map((answer) => shownAnswer(answer, site)),
  procedure: 'shown',
  escalated: 'shown',
  pledge: (owed, _whole, site) => show(pledge, owed, site),
  silences: 'shown',
  looked: (all) => all.map(namelessBy),
  renewed: namelessBy,
  notices: groupNotices,
  incident: 'shown',
  joining: 'shown',
  guard: namelessGuard,
  foundSo: 'shown',
  covert: 'shown',
  certainty: 'shown',
  ...{ picture: 'shown', pictureBefore: 'shown', pictureAfter: 'shown', clip: 'shown' },
  ownPicture: 'shown',
  police: shownCall,
};
const closed: FieldTable<State['closed'][number]> = { ...alarms, reason: 'shown', closedBy: 'name', closedAt: 'shown' };

const zones: FieldTable<ZoneState> = {
  mode: 'shown',
  by: 'name',
  since: 'shown',
  reason: 'left-out',
  until: 'shown',
  edge: 'shown',
};
const areas: FieldTable<AreaState> = {
  ...by,
  mode: 'shown',
  edge: 'shown',
  exitUntil: 'shown',
  entryExpiredAt: 'shown',
};
const tuned: FieldTable<Tuned> = {
  ...by,
  configured: 'shown',
  limits: 'shown',
  reason: 'text',
  until: 'shown',
  enabled: (before, _whole, site) => show(tuned, before, site),
  dated: 'shown',
};
const vouched: FieldTable<Vouched> = { ...by, limits: 'shown' };
const loose: FieldTable<LooseSpan> = {
  since: 'shown',
  until: 'shown',
  people: (all) => [...new Set(all?.map(nameless))],
};
const walk: FieldTable<WalkTest> = {
  ...by,
  zones: 'shown',
  until: 'shown',
  ended: namelessBy,
  active: 'shown',
  touches: 'shown',
};
const shelves: FieldTable<Shelf> = {
  ...by,
  key: 'shown',
  alarm: 'shown',
  reason: 'text',
  until: 'shown',
  once: 'shown',
  priority: 'shown',
};
const items: FieldTable<ItemAnswer> = {
  ...{ ...by, person: 'name', value: 'shown', right: 'shown' },
  ...{ note: 'left-out', picture: 'left-out', sha256: 'left-out' },
};
const writes: FieldTable<PendingWrite> = { ...by, id: 'shown', device: 'shown', point: 'shown', value: typedValue };
const silence: FieldTable<NonNullable<State['silence']>> = { ...by, until: 'shown', upTo: 'shown' };

const shownValues = (values: DeviceState['values'], site: Site, device: string): DeviceState['values'] =>
  Object.fromEntries(
    Object.entries(values).map(([key, known]) => [
      key,
      { ...known, value: pointValue(site, device, key, known.value) },
    ]),
  );

const state: FieldTable<EncodedState> = {
  ...hiddenOfIntegrators,
  seq: 'shown',
  at: 'shown',
  since: 'shown',
  startedAt: 'shown',
  configuredAt: 'shown',
  utcOffsetMin: 'shown',
  clock: 'shown',
  devices: each((device, site, id) => ({
    ...device,
    values: shownValues(device.values, site, id),
    before: shownValues(device.before, site, id),
  })),
  zones: alike(zones),
  areas: alike(areas),
  entryTimers: each((timer, site) => ({ ...timer, held: timer.held.map((one) => shownHeld(one, site)) })),
  ...{ detections: 'shown', bases: 'shown', cameras: alike(shownCamera(withheld)), identities: 'shown' },
  ...{ excursions: 'shown', doubted: 'shown' },
  tuned: alike(tuned),
  vouched: alike(vouched),
  loose: alike(loose),
  walk: (test, _whole, site) => show(walk, test, site),
  shelves: alike(shelves),
  silence: (asked, _whole, site) => show(silence, asked, site),
  flood: 'shown',
  ...{ calmSince: 'shown', raises: 'shown' },
  alarms: alike(alarms),
  keys: 'shown',
  rounds: alike(shownRounds),
  posts: each((watch) => ({
    ...watch,
    here: [],
    ...(watch.outcome && { outcome: { ...watch.outcome, people: [] } }),
  })),
  changedRounds: alike(shownChanges),
  items: alike(items),
  duties: (entries) =>
    entries
      .filter(([id]) => isShownDuty(id))
      .map(([id, duty]) => [id, { ...duty, ...(duty.why && { why: dutyWhy(duty.why, { duty: id }) }) }] as const),
  pruned: 'shown',
  channelFails: 'shown',
  channelLoads: (entries) => entries.filter(([key]) => !key.includes('/')),
  channelTests: namelessTests,
  canary: (run) => run && integratorsCanary(run),
  writes: alike(writes),
  outputs: each(typedValue),
  sounding: 'shown',
  today: 'shown',
  closed: (last, _whole, site) => last.map((alarm) => show(closed, alarm, site)),
};

/** The state as this role may see it. */
export function redactState(role: Role, site: Site, whole: EncodedState): EncodedState {
  const from = sight(role);
  if (from === 'full') return whole;
  const quiet = new Set(whole.alarms.flatMap(([id, alarm]) => (alarm.covert ? [id] : [])));
  const hushed = new Set(whole.orders.flatMap(([id, order]) => (order.covert ? [id] : [])));
  const heard: EncodedState = {
    ...whole,
    alarms: whole.alarms.filter(([id]) => !quiet.has(id)),
    keys: whole.keys.filter(([, id]) => !quiet.has(id)),
    shelves: whole.shelves.filter(([, { alarm }]) => !quiet.has(alarm)),
    held: whole.held.filter(([, { covert }]) => !covert),
    orders: whole.orders.filter(([, { covert }]) => !covert),
    duties: whole.duties.filter(
      ([duty]) => !quiet.has(alarmOfDuty(duty) ?? 0) && !hushed.has(orderOfDuty(duty)?.id ?? ''),
    ),
  };
  if (from === 'guard') return { ...heard, ...hiddenOfGuards };
  return mayReadNames(role) ? heard : show(state, heard, site);
}
