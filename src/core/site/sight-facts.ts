/**
 * Which facts a role may see, and how much of each: one row for every kind of fact, one entry for every field. A kind or a
 * field that stands in no row does not compile. A guard sees a fact whole or not at all; an integrator (the installer) sees
 * set-up, health and how things stand, and never a person's name or a text that somebody typed.
 */

import type { ConfigDifference, Event, Fact, Role, Site } from '../types.ts';
import { pictureSight } from './camera/sight-camera.ts';
import { deviceSight } from './device/sight-device.ts';
import { dutySight } from './duty/sight-duty.ts';
import { patrolSight } from './duty/sight-patrol.ts';
import { mayReadNames, sight } from './rights.ts';
import { type FieldTable, show } from './sight.ts';
import {
  alarmValue,
  alarmWhy,
  dutyWhy,
  namelessGuard,
  pointValue,
  shownCut,
  shownDuty,
  shownHeld,
  shownPage,
  shownWrote,
  typedValue,
} from './sight-values.ts';
import { sensorSight } from './told/sight-sensor.ts';
import { toldSight } from './told/sight-told.ts';

type FactFields<K extends Fact['kind']> = Extract<Fact, { readonly kind: K }>;
/** What a fact says beyond what every event says. */
type SaidFact<K extends Fact['kind']> = Omit<FactFields<K>, 'kind' | 'covert'>;

interface FactRow<K extends Fact['kind']> {
  /** Facts a guard's phone has no use for speak of people's mistakes, of the set-up and of broken wires. */
  readonly guard: boolean;
  readonly integrator: FieldTable<SaidFact<K>> | 'hidden';
}

const by = { by: 'name' } as const;
/** Who is named in the configuration is nobody's business who set it up. */
const shownDifference = ({ changes, ...rest }: ConfigDifference): ConfigDifference => ({
  ...rest,
  changes: changes.filter(({ part }) => part !== 'person' && part !== 'wall'),
});
const aboutAlarm = { alarm: 'shown', ...by } as const;

/** Nothing that changes what a screen shows may be hidden: State would not be the same. */
const facts: { readonly [K in Fact['kind']]: FactRow<K> } = {
  started: {
    guard: true,
    integrator: { version: 'shown', config: 'shown', utcOffsetMin: 'shown', difference: shownDifference },
  },
  'clock-stepped': { guard: true, integrator: { from: 'shown', to: 'shown', ...by } },
  'clock-doubted': { guard: true, integrator: { last: 'shown', machine: 'shown' } },
  configured: { guard: false, integrator: { config: 'shown', ...by, difference: shownDifference } },
  read: {
    guard: true,
    integrator: {
      device: 'shown',
      point: 'shown',
      value: (value, { device, point }, site) => pointValue(site, device, point, value),
      sourceTime: 'shown',
      id: 'left-out',
      initial: 'shown',
      certainty: 'shown',
    },
  },
  detected: {
    guard: true,
    integrator: {
      zone: 'shown',
      device: 'shown',
      detection: 'shown',
      active: 'shown',
      wire: 'shown',
      value: 'shown',
      limit: 'shown',
      sinceMs: 'shown',
      foundSo: 'shown',
    },
  },
  learned: { guard: true, integrator: { zone: 'shown', bases: 'shown' } },
  'base-confirmed': { guard: true, integrator: { zone: 'shown', ...by, reason: 'text' } },
  ...pictureSight,
  ...sensorSight,
  ...deviceSight,
  linked: { guard: true, integrator: { device: 'shown', up: 'shown', why: 'shown' } },
  raised: {
    guard: true,
    integrator: {
      key: 'shown',
      alarm: 'shown',
      priority: 'shown',
      device: 'shown',
      cause: 'shown',
      zone: 'shown',
      value: alarmValue,
      why: alarmWhy,
      sourceTime: 'shown',
      active: 'shown',
      round: 'shown',
      checkpoint: 'shown',
      post: 'shown',
      guard: namelessGuard,
      foundSo: 'shown',
      certainty: 'shown',
    },
  },
  repeated: {
    guard: true,
    integrator: {
      alarm: 'shown',
      device: 'shown',
      cause: 'shown',
      value: alarmValue,
      sourceTime: 'shown',
      active: 'shown',
      priority: 'shown',
      foundSo: 'shown',
    },
  },
  // Why it is over may name whoever has disarmed the zone.
  'returned-to-normal': { guard: true, integrator: { alarm: 'shown', cause: 'shown', why: 'left-out' } },
  acknowledged: { guard: true, integrator: aboutAlarm },
  // A key is as good as the tap it stands for until it was used; nobody has a use for it.
  'phone-sent': {
    guard: true,
    integrator: {
      ...{ ...aboutAlarm, key: 'text', act: 'shown', madeAt: 'shown', doubt: 'shown' },
      ...{ picture: 'left-out', sha256: 'left-out', refused: 'shown' },
    },
  },
  silenced: { guard: true, integrator: { ...by, until: 'shown', upTo: 'shown' } },
  dispatched: { guard: true, integrator: { ...aboutAlarm, to: 'text' } },
  accepted: { guard: true, integrator: aboutAlarm },
  arrived: { guard: true, integrator: { ...aboutAlarm, how: 'shown' } },
  pledged: {
    guard: true,
    integrator: { ...aboutAlarm, stage: 'shown', since: 'shown', until: 'shown', words: 'shown' },
  },
  renewed: { guard: true, integrator: aboutAlarm },
  'part-acknowledged': { guard: true, integrator: { ...aboutAlarm, person: 'left-out' } },
  looked: { guard: true, integrator: aboutAlarm },
  disposed: { guard: true, integrator: { ...aboutAlarm, reason: 'shown', note: 'left-out' } },
  closed: { guard: true, integrator: { ...aboutAlarm, reason: 'shown', note: 'left-out' } },
  noted: { guard: true, integrator: { ...aboutAlarm, text: 'text' } },
  answered: {
    guard: true,
    integrator: { ...aboutAlarm, procedure: 'shown', step: 'shown', value: typedValue, skip: 'text' },
  },
  displayed: { guard: true, integrator: { ...aboutAlarm, page: shownPage } },
  escalated: {
    guard: true,
    integrator: {
      alarm: 'shown',
      level: 'shown',
      roles: 'shown',
      channels: 'shown',
      why: 'shown',
      again: 'shown',
      takenBy: 'left-out',
      needs: 'shown',
      nobody: 'shown',
      lastResort: 'shown',
      // Who is told is the school's.
      tell: 'left-out',
      laterMs: 'shown',
    },
  },
  shelved: {
    guard: true,
    integrator: { ...aboutAlarm, key: 'shown', reason: 'text', until: 'shown', once: 'shown' },
  },
  unshelved: { guard: true, integrator: { key: 'shown', ...by, why: 'shown' } },
  joined: { guard: true, integrator: { alarm: 'shown', incident: 'shown', why: 'shown' } },
  flooded: { guard: true, integrator: { on: 'shown', count: 'shown' } },
  'zone-armed': {
    guard: true,
    integrator: { zone: 'shown', mode: 'shown', ...by, reason: 'left-out', until: 'shown', edge: 'shown' },
  },
  'area-armed': {
    guard: true,
    integrator: { area: 'shown', mode: 'shown', ...by, edge: 'shown', exitUntil: 'shown' },
  },
  'entry-started': {
    guard: true,
    integrator: { area: 'shown', until: 'shown', held: (held, _whole, site) => shownHeld(held, site) },
  },
  'entry-expired': { guard: true, integrator: { area: 'shown' } },
  'walk-started': { guard: true, integrator: { zones: 'shown', ...by, until: 'shown', active: 'shown' } },
  'zone-tested': {
    guard: true,
    integrator: { zone: 'shown', alarm: 'shown', cause: 'shown', active: 'shown', ms: 'shown' },
  },
  'zone-restored': { guard: true, integrator: { cause: 'shown' } },
  'walk-ended': { guard: true, integrator: by },
  tuned: {
    guard: true,
    integrator: {
      zone: 'shown',
      ...by,
      reason: 'text',
      configured: 'shown',
      before: 'shown',
      limits: 'shown',
      until: 'shown',
      looseSince: 'shown',
    },
  },
  vouched: { guard: true, integrator: { zone: 'shown', ...by, reason: 'text', limits: 'shown' } },
  'limits-dated': { guard: true, integrator: { zone: 'shown', until: 'shown' } },
  untuned: { guard: true, integrator: { zone: 'shown', why: 'shown' } },
  ...patrolSight,
  ...dutySight,
  ordered: { guard: true, integrator: { device: 'shown', point: 'shown', value: typedValue, ...by } },
  done: {
    guard: true,
    integrator: {
      duty: shownDuty,
      ok: 'shown',
      why: dutyWhy,
      brought: 'shown',
      sha256: 'shown',
      until: 'shown',
      wrote: shownWrote,
      untaken: 'shown',
      code: 'shown',
      pauseMs: 'shown',
      receipt: 'left-out',
      unreached: 'left-out',
    },
  },
  ...toldSight,
  // Who comes and goes, and what they look at, is for those who answer for the school.
  'logged-in': { guard: false, integrator: 'hidden' },
  'login-refused': { guard: false, integrator: 'hidden' },
  'logged-out': { guard: false, integrator: 'hidden' },
  'phone-paired': { guard: false, integrator: 'hidden' },
  'phone-revoked': { guard: false, integrator: 'hidden' },
  'account-changed': { guard: false, integrator: 'hidden' },
  exported: { guard: false, integrator: 'hidden' },
  held: { guard: false, integrator: 'hidden' },
  released: { guard: false, integrator: 'hidden' },
  'picture-viewed': { guard: false, integrator: 'hidden' },
  'video-viewed': { guard: false, integrator: 'hidden' },
  'wall-changed': { guard: true, integrator: { wall: 'shown', to: 'shown' } },
  lost: { guard: false, integrator: { line: 'shown', reason: 'shown', count: 'shown' } },
  'journal-gap': {
    guard: false,
    integrator: { place: 'shown', known: 'shown', head: 'shown', how: 'shown', accepted: 'shown' },
  },
  'record-doubted': { guard: false, integrator: { what: 'shown', upTo: 'shown' } },
  pruned: { guard: true, integrator: shownCut },
  // It repeats what was asked, word for word.
  refused: { guard: false, integrator: 'hidden' },
};

/** What every event says, and its place in the chain where it comes from the journal. */
const common = { kind: 'shown', seq: 'shown', at: 'shown', covert: 'shown', hash: 'shown' } as const;

/** Whether an event may leave the server for this role. None that changes what a screen shows is hidden. */
export function maySee(role: Role, event: Event): boolean {
  const from = sight(role);
  if (from === 'full') return true;
  if (from === 'nothing') return false;
  if ('covert' in event && event.covert) return false;
  const row = facts[event.kind];
  if (from === 'guard') return row.guard;
  return from === 'desk' || row.integrator !== 'hidden';
}

/** The event as this role may see it. */
export function redact(role: Role, site: Site, event: Event): Event {
  if (mayReadNames(role)) return event;
  const table = facts[event.kind].integrator;
  const fields = { ...common, ...(table === 'hidden' ? {} : table) };
  return show(fields as unknown as FieldTable<Event>, event, site);
}
