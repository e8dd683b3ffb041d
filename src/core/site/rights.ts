/**
 * Who may do, ask and see what: the one table of rights. The core refuses by it, the server closes its routes and cuts
 * the feed by it, and the screens hide buttons by it. Pure; it must never be copied anywhere else.
 */

import type { Alarm, Command, DeviceState, Event, GuardNear, Role, Round, Site, Value } from '../types.ts';
import { alarmOfDuty } from './duty-names.ts';
import type { EncodedState } from './feed-codec.ts';

/** What a person may ask the server for, beyond giving commands. */
export type Request =
  /** Anything every person who is logged in may have: who am I, the feed, the health of the lines. */
  | 'self'
  | 'alarms'
  | 'rounds'
  | 'scans'
  | 'events'
  | 'samples'
  /** What other limits would have done. */
  | 'rehearse'
  | 'picture'
  | 'evidence'
  | 'export'
  | 'verify'
  | 'discover'
  /** First bytes of what devices sent and nobody could read; they may hold card numbers. */
  | 'quarantine'
  | 'metrics';

/** What everybody may do who answers for alarms, at the desk or in the yard. */
const HANDLING = ['acknowledge', 'silence', 'accept', 'arrive', 'dispose', 'note', 'answer'] as const;
const DESK = [...HANDLING, 'dispatch', 'close', 'shelve', 'unshelve', 'arm-zone', 'arm-area'] as const;

const COMMANDS: Readonly<Record<Role, readonly Command['do'][]>> = {
  operator: [...DESK, 'write'],
  head: [...DESK, 'walk', 'end-walk'],
  admin: [...DESK, 'walk', 'end-walk', 'tune', 'write'],
  guard: HANDLING,
  integrator: ['arm-zone', 'arm-area', 'write', 'note', 'close', 'walk', 'end-walk', 'tune'],
  auditor: [],
};

const AUDIT: readonly Request[] = [
  ...(['self', 'alarms', 'rounds', 'scans', 'events', 'samples', 'picture', 'evidence'] as const),
  ...(['export', 'verify', 'quarantine', 'metrics'] as const),
];

const ASKS: Readonly<Record<Role, readonly Request[]>> = {
  operator: [...AUDIT, 'discover'],
  admin: [...AUDIT, 'discover', 'rehearse'],
  head: [...AUDIT, 'rehearse'],
  auditor: AUDIT,
  guard: ['self', 'alarms', 'rounds', 'picture', 'evidence'],
  integrator: ['self', 'alarms', 'events', 'samples', 'rehearse', 'picture', 'discover', 'quarantine', 'metrics'],
};

/** Whether a role may give this command at all; the core still judges the command itself. */
export function may(role: Role, act: Command['do']): boolean {
  return COMMANDS[role].includes(act);
}

/** Whether a command of arming takes watch away, so that whoever has a code must give it. */
export function needsCode(command: Extract<Command, { readonly do: 'arm-zone' | 'arm-area' }>): boolean {
  return command.do === 'arm-zone' ? command.mode !== 'armed' : command.mode !== 'away';
}

/** Whether a role may ask the server for this. */
export function mayAsk(role: Role, what: Request): boolean {
  return ASKS[role].includes(what);
}

/** How much a role sees. Roles of one sight get the same bytes, so a batch is encoded once for each sight. */
export type RecordSight = 'full' | 'desk' | 'guard' | 'integrator';

/** Heads, auditors and administrators see everything; whoever may stand beside an intruder does not see a silent call for help. */
export function sight(role: Role): RecordSight {
  if (role === 'operator') return 'desk';
  return role === 'guard' || role === 'integrator' ? role : 'full';
}

/** Facts a guard's phone has no use for: they speak of people's mistakes, of the set-up and of broken wires. */
const NOT_FOR_GUARDS: ReadonlySet<Event['kind']> = new Set(['refused', 'configured', 'lost']);

/** Whether an event may leave the server for this role. None that changes what a screen shows is hidden. */
export function maySee(role: Role, event: Event): boolean {
  const from = sight(role);
  if (from !== 'full' && 'covert' in event && event.covert) return false;
  return from !== 'guard' || !NOT_FOR_GUARDS.has(event.kind);
}

/** The event as this role may see it: an installer learns that a checkpoint was visited and somebody sent, not who. */
export function redact(role: Role, site: Site, event: Event): Event {
  if (sight(role) !== 'integrator') return event;
  switch (event.kind) {
    case 'checked': {
      const { card: _card, person: _person, ...rest } = event;
      return rest;
    }
    case 'opened': {
      const { person: _person, ...rest } = event;
      return rest;
    }
    case 'read':
      return site.devices[event.device]?.points[event.point]?.scan ? { ...event, value: '' } : event;
    case 'raised': {
      const { guard, ...rest } = event;
      return withoutCard(site, guard ? { ...rest, guard: nameless(guard) } : rest);
    }
    case 'repeated':
      return withoutCard(site, event);
    case 'dispatched':
      return { ...event, to: '' };
    case 'arrived':
      return event.how === 'scan' ? { ...event, by: '' } : event;
    case 'answered':
      return unnamed(event);
    default:
      return event;
  }
}

/** The site as this role may see it. */
export function redactSite(role: Role, site: Site): Site {
  if (sight(role) !== 'integrator') return site;
  const routes = Object.fromEntries(
    Object.entries(site.routes).map(([id, route]) => [
      id,
      { ...route, rounds: route.rounds.map(({ person: _person, ...plan }) => plan) },
    ]),
  );
  return { ...site, routes, people: {} };
}

/** The state as this role may see it. */
export function redactState(role: Role, site: Site, state: EncodedState): EncodedState {
  const from = sight(role);
  if (from === 'full') return state;
  const quiet = new Set(state.alarms.flatMap(([id, alarm]) => (alarm.covert ? [id] : [])));
  const alarms = state.alarms.filter(([id]) => !quiet.has(id));
  const heard: EncodedState = {
    ...state,
    alarms,
    keys: state.keys.filter(([, id]) => !quiet.has(id)),
    shelves: state.shelves.filter(([, { alarm }]) => !quiet.has(alarm)),
    duties: state.duties.filter(([duty]) => !quiet.has(alarmOfDuty(duty) ?? 0)),
  };
  if (from !== 'integrator') return heard;
  return {
    ...heard,
    devices: state.devices.map(([id, device]) => [id, withoutScans(site, id, device)] as const),
    alarms: alarms.map(([id, alarm]) => [id, withoutNames(site, alarm)] as const),
    closed: state.closed.map((alarm) => withoutNames(site, alarm)),
    rounds: state.rounds.map(([id, round]) => [id, withoutPeople(round)] as const),
  };
}

function withoutScans(site: Site, id: string, device: DeviceState): DeviceState {
  const points = site.devices[id]?.points;
  const values = Object.fromEntries(Object.entries(device.values).filter(([key]) => !points?.[key]?.scan));
  return { ...device, values };
}

/** What a reader reports is the number of somebody's card. */
function withoutCard<T extends { readonly device: string; readonly value?: Value }>(site: Site, told: T): T {
  if (site.devices[told.device]?.family !== 'reader') return told;
  const copy: { -readonly [K in keyof T]: T[K] } = { ...told };
  delete copy.value;
  return copy;
}

/** A text in a procedure is the name of a person. */
function unnamed<T extends { readonly value?: Value }>(answer: T): T {
  return typeof answer.value === 'string' ? { ...answer, value: '' } : answer;
}

function nameless({ person: _person, ...guard }: GuardNear): GuardNear {
  return guard;
}

function withoutNames<A extends Alarm>(site: Site, alarm: A): A {
  const { dispatched, arrived, guard } = alarm;
  return withoutCard(site, {
    ...alarm,
    answers: alarm.answers.map(unnamed),
    ...(dispatched && { dispatched: { ...dispatched, to: '' } }),
    ...(arrived?.how === 'scan' && { arrived: { ...arrived, by: '' } }),
    ...(guard && { guard: nameless(guard) }),
  });
}

function withoutPeople(round: Round): Round {
  const { person: _person, ...rest } = round;
  const checks = Object.fromEntries(
    Object.entries(round.checks).map(([id, { card: _card, person: _who, ...check }]) => [id, check]),
  );
  return { ...rest, checks };
}
