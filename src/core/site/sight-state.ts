/**
 * How much of State and Site a role may see: for an integrator one entry for every table and every field, as with facts. What
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
  RoundPlan,
  Route,
  Shelf,
  Site,
  State,
  Tuned,
  Vouched,
  WalkTest,
  ZoneState,
} from '../types.ts';
import { alarmOfDuty } from './duty-names.ts';
import type { EncodedState } from './feed-codec.ts';
import { sight } from './rights.ts';
import { type FieldTable, nameless, show } from './sight.ts';
import {
  alarmValue,
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
import { groupNotices, isShownDuty, shownCall, shownChains, shownRules } from './told/sight-told.ts';

type Table<K, T> = readonly (readonly [K, T])[];

/** Each entry of a table of State. */
const each =
  <K, T>(shown: (entry: T, site: Site, key: K) => T) =>
  (entries: Table<K, T>, _whole: unknown, site: Site): Table<K, T> =>
    entries.map(([key, entry]) => [key, shown(entry, site, key)] as const);

/** Each entry of a table, by one table of fields. */
const alike = <K, T extends object>(fields: FieldTable<T>) => each<K, T>((entry, site) => show(fields, entry, site));

const by = { by: 'name', at: 'shown' } as const;
const notes: FieldTable<Alarm['notes'][number]> = { ...by, text: 'text' };
const dispatched: FieldTable<NonNullable<Alarm['dispatched']>> = { ...by, to: 'text' };
const disposed: FieldTable<NonNullable<Alarm['disposed']>> = { ...by, reason: 'shown', note: 'left-out' };

const pledge: FieldTable<NonNullable<Alarm['pledge']>> = {
  by: 'name',
  stage: 'shown',
  since: 'shown',
  until: 'shown',
  words: 'shown',
};

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
  why: 'shown',
  returnedAt: 'shown',
  acked: namelessBy,
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
  picture: 'shown',
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
  detections: 'shown',
  bases: 'shown',
  tuned: alike(tuned),
  vouched: alike(vouched),
  loose: alike(loose),
  walk: (test, _whole, site) => show(walk, test, site),
  shelves: alike(shelves),
  silence: (asked, _whole, site) => show(silence, asked, site),
  flood: 'shown',
  calmSince: 'shown',
  raises: 'shown',
  alarms: alike(alarms),
  keys: 'shown',
  rounds: alike(shownRounds),
  pastRounds: () => [],
  posts: each((watch) => ({
    ...watch,
    here: [],
    ...(watch.outcome && { outcome: { ...watch.outcome, people: [] } }),
  })),
  pastPosts: () => [],
  changedRounds: alike(shownChanges),
  touches: () => [],
  readerTouches: () => [],
  suspicions: () => [],
  // What people called a file is theirs.
  imports: () => [],
  items: alike(items),
  // Who has which shift is nobody's business who set the school up.
  shiftChanges: () => [],
  signOns: () => [],
  handovers: () => [],
  calendars: () => [],
  recentIds: () => [],
  usedKeys: () => [],
  duties: (entries) =>
    entries
      .filter(([id]) => isShownDuty(id))
      .map(([id, duty]) => [id, { ...duty, ...(duty.why && { why: dutyWhy(duty.why, { duty: id }) }) }] as const),
  pruned: 'shown',
  // Which incidents somebody took a file of is for those who answer for the school.
  held: () => [],
  // Who may come in is for those who answer for the school.
  accounts: () => [],
  phones: () => [],
  channelFails: 'shown',
  channelLoads: (entries) => entries.filter(([key]) => !key.includes('/')),
  // Who can be reached by what is the school's.
  reminders: () => [],
  policeLines: () => [],
  channelTests: namelessTests,
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
  const heard: EncodedState = {
    ...whole,
    alarms: whole.alarms.filter(([id]) => !quiet.has(id)),
    keys: whole.keys.filter(([, id]) => !quiet.has(id)),
    shelves: whole.shelves.filter(([, { alarm }]) => !quiet.has(alarm)),
    held: whole.held.filter(([, { covert }]) => !covert),
    duties: whole.duties.filter(([duty]) => !quiet.has(alarmOfDuty(duty) ?? 0)),
  };
  if (from === 'guard')
    return { ...heard, accounts: [], phones: [], held: [], imports: [], suspicions: [], calendars: [] };
  return from === 'integrator' ? show(state, heard, site) : heard;
}

const plans: FieldTable<RoundPlan> = {
  days: 'shown',
  start: 'shown',
  person: 'left-out',
  second: 'left-out',
  from: 'shown',
  to: 'shown',
  only: 'shown',
};
const routes: FieldTable<Route> = {
  id: 'shown',
  title: 'shown',
  ordered: 'shown',
  uploadBy: 'shown',
  checkpoints: 'shown',
  rounds: (planned, _whole, site) => planned.map((plan) => show(plans, plan, site)),
};
const sites: FieldTable<Site> = {
  name: 'shown',
  short: 'shown',
  utcOffsetMin: 'shown',
  map: 'shown',
  zones: 'shown',
  devices: 'shown',
  areas: 'shown',
  schedules: 'shown',
  calendar: 'shown',
  procedures: 'shown',
  // Whom single persons' chains name is the school's.
  escalation: shownChains,
  rules: shownRules,
  ladder: 'shown',
  channelTests: 'left-out',
  pledges: 'shown',
  channels: 'shown',
  routes: (all, _whole, site) =>
    Object.fromEntries(Object.entries(all).map(([id, route]) => [id, show(routes, route, site)])),
  posts: 'shown',
  people: () => ({}),
  roster: 'left-out',
  walls: 'shown',
  exceptions: 'shown',
  roundsPerDay: 'shown',
};

/** The site as this role may see it. */
export function redactSite(role: Role, site: Site): Site {
  return sight(role) === 'integrator' ? show(sites, site, site) : site;
}
