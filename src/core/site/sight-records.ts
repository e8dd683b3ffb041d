/**
 * How much of a record, of a trouble, of what could not be read and of the Site an integrator sees: one entry for every column. A
 * column that stands in no row does not compile.
 */

import { detailsWithheld } from '../../words/trade-words.ts';
import { untranslated } from '../../words/words.ts';
import type { Records, Role, RoundPlan, Route, Site, Trouble, Words } from '../types.ts';
import { mayReadNames } from './rights.ts';
import { type FieldTable, nameless, show, withheld } from './sight.ts';
import { alarmValue, alarmWhy } from './sight-values.ts';
import { shownChains, shownRules } from './told/sight-told.ts';

const records: { readonly [T in keyof Records]: FieldTable<Records[T]> } = {
  alarms: {
    id: 'shown',
    key: 'shown',
    kind: 'shown',
    priority: 'shown',
    device: 'shown',
    zone: 'shown',
    round: 'shown',
    checkpoint: 'shown',
    raisedAt: 'shown',
    sourceTime: 'shown',
    lastAt: 'shown',
    count: 'shown',
    causes: 'shown',
    value: alarmValue,
    why: alarmWhy,
    returnedAt: 'shown',
    ackedBy: 'name',
    ackedAt: 'shown',
    firstAckedBy: 'name',
    firstAckedAt: 'shown',
    dispatchedBy: 'name',
    dispatchedTo: 'text',
    dispatchedAt: 'shown',
    acceptedBy: 'name',
    acceptedAt: 'shown',
    arrivedBy: 'name',
    arrivedAt: 'shown',
    arrivedHow: 'shown',
    disposedBy: 'name',
    disposedAt: 'shown',
    finding: 'shown',
    findingNote: 'left-out',
    level: 'shown',
    paintedAt: 'shown',
    incident: 'shown',
    joining: 'shown',
    covert: 'shown',
    closedBy: 'name',
    closedAt: 'shown',
    reason: 'shown',
    note: 'left-out',
    picture: 'shown',
  },
  rounds: {
    id: 'shown',
    route: 'shown',
    start: 'shown',
    person: 'left-out',
    second: 'left-out',
    openedAt: 'shown',
    completedAt: 'shown',
    seen: 'left-out',
    onTime: 'shown',
    early: 'shown',
    late: 'shown',
    missed: 'shown',
    wrongOrder: 'shown',
    wrongPerson: 'shown',
    unknownCard: 'shown',
    byHand: 'shown',
    itemsDue: 'shown',
    itemsAnswered: 'shown',
    itemsWrong: 'shown',
    cancelled: 'shown',
    result: 'shown',
    brokenAt: 'shown',
    // Who and why; that it was cancelled stands beside it.
    changes: 'left-out',
  },
  scans: {
    seq: 'shown',
    at: 'shown',
    round: 'shown',
    checkpoint: 'shown',
    verdict: 'shown',
    sourceTime: 'shown',
    card: 'left-out',
    person: 'left-out',
    offMs: 'shown',
    uploaded: 'shown',
    planned: 'left-out',
    before: 'shown',
    source: 'shown',
  },
  touches: {
    seq: 'shown',
    at: 'shown',
    reader: 'shown',
    card: 'text',
    sourceTime: 'shown',
    person: 'left-out',
    source: 'shown',
    batch: 'left-out',
    doubt: 'shown',
    countedAs: 'shown',
    writtenBy: 'left-out',
    reason: 'left-out',
    via: 'shown',
    picture: 'left-out',
    sha256: 'left-out',
    undoneAt: 'shown',
  },
  posts: {
    id: 'shown',
    post: 'shown',
    start: 'shown',
    until: 'shown',
    persons: 'shown',
    openedAt: 'shown',
    completedAt: 'shown',
    result: 'shown',
    fewest: 'shown',
    shortMs: 'shown',
    people: 'left-out',
  },
};

/** A row of a table as this role may see it. */
export function redactRecord<T extends keyof Records>(role: Role, site: Site, table: T, row: Records[T]): Records[T] {
  return mayReadNames(role) ? row : show(records[table], row, site);
}

/** Parts whose troubles speak of machines alone; others quote what people wrote into files. */
const technical = /^(?:line:|channel:|(?:journal|series|influx|disk|machine|walls|escalation)$)/;

/** Troubles as this role may see them. */
export function redactTroubles(role: Role, troubles: readonly Trouble[]): readonly Trouble[] {
  if (mayReadNames(role)) return troubles;
  return troubles.map((one) => (technical.test(one.part) ? one : { ...one, why: detailsWithheld }));
}

/** What nobody could read, and where it came from. */
interface Unread {
  readonly line: string;
  readonly device?: string;
  readonly topic?: string;
  readonly why: Words;
  readonly head: string;
}

/** What could not be read, as this role may see it: of a line with a card reader its first bytes may be a card or a name. */
export function redactUnread<U extends Unread>(role: Role, site: Site, items: readonly U[]): readonly U[] {
  if (mayReadNames(role)) return items;
  const devices = Object.values(site.devices);
  const reads = ({ line, device }: Unread) =>
    devices.some((one) => one.family === 'reader' && one.line === line && (device === undefined || device === one.id));
  return items.map((item) => (reads(item) ? { ...item, why: untranslated(withheld), head: withheld } : item));
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
  canary: ({ to, alert: { channel }, ...plan }) => ({ ...plan, to: nameless(to), alert: { channel } }),
  pledges: 'shown',
  channels: 'shown',
  routes: (all, _whole, site) =>
    Object.fromEntries(Object.entries(all).map(([id, route]) => [id, show(routes, route, site)])),
  posts: 'shown',
  kitchen: 'shown',
  people: () => ({}),
  roster: 'left-out',
  walls: 'shown',
  ...{ cameras: 'shown', clips: 'shown' },
  exceptions: 'shown',
  roundsPerDay: 'shown',
  ...{ canteen: 'left-out', drill: 'left-out' },
};

/** The site as this role may see it. */
export function redactSite(role: Role, site: Site): Site {
  return mayReadNames(role) ? site : show(sites, site, site);
}
