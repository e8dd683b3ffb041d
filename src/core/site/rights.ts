/**
 * Who may ask the server for what, and of which sight a role is. The server closes its routes by it, and the screens hide links
 * by it. Who may give which command stands in `act/act-roles`; what each sight shows is in `sight-facts`, `sight-state` and
 * `sight-records`. Pure; it must never be copied anywhere else.
 */

import type { Area, AreaMode, BureauRole, Command, Role, Site } from '../types.ts';
import { lookup } from './lookup.ts';

/** What a person may ask the server for, beyond giving commands. */
export type Request =
  /** What everybody who is logged in may have: who am I, and to log out. */
  | 'self'
  /** The feed, and the health of the lines: whoever has to do with the school as a whole. */
  | 'feed'
  /** The canteen: its cameras, its events, what has to be put right. */
  | 'canteen'
  /** What the public screen in the dining hall shows. */
  | 'kitchen'
  /** Drills: how one runs, and what came of those before. */
  | 'drill'
  | 'alarms'
  | 'rounds'
  | 'scans'
  | 'posts'
  /** Every touch of a reader: where everybody was. */
  | 'touches'
  | 'events'
  | 'samples'
  /** What other limits would have done. */
  | 'rehearse'
  | 'picture'
  | 'evidence'
  /** To touch a checkpoint with a phone and answer what is looked at there. */
  | 'point'
  /** To say of an alarm, by a phone, what it sends by a key; whoever handles alarms. */
  | 'phone'
  /** Phones that are paired: to pair one with a person, and to take one away. */
  | 'phones'
  /** What of the ledger was given to this person or reported by him, and to report more. */
  | 'own-ledger'
  /** The codes of checkpoints, to print: whoever has one can touch from anywhere. */
  | 'point-codes'
  /** Files of batons: to look at one, and what was taken in. They name people. */
  | 'import'
  | 'export'
  | 'verify'
  | 'discover'
  /** First bytes of what devices sent and nobody could read; they may hold card numbers. */
  | 'quarantine'
  | 'metrics';

/** Those who answer for alarms, at the desk or in the yard: who may acknowledge one. */
export const handlers = ['operator', 'head', 'admin', 'guard'] as const satisfies readonly Role[];

const AUDIT: readonly Request[] = [
  ...(['self', 'feed', 'alarms', 'rounds', 'scans', 'touches', 'posts', 'events', 'samples', 'picture'] as const),
  ...(['evidence', 'canteen', 'drill', 'export', 'verify', 'quarantine', 'metrics'] as const),
];

/** What the district's copy of a school has to give: what was said and done, and no file, no sample and no picture. */
const BUREAU: readonly Request[] = ['self', 'feed', 'alarms', 'events', 'rounds'];

const ASKS: Readonly<Record<Role, readonly Request[]>> = {
  operator: [...AUDIT, 'kitchen', 'discover', 'import', 'phone', 'phones'],
  admin: [...AUDIT, 'kitchen', 'discover', 'rehearse', 'import', 'phone', 'phones'],
  head: [...AUDIT, 'kitchen', 'rehearse', 'import', 'point-codes', 'phone', 'phones'],
  auditor: AUDIT,
  ...{ bureau: BUREAU, 'bureau-head': BUREAU },
  guard: ['self', 'feed', 'alarms', 'rounds', 'point', 'phone', 'own-ledger', 'picture', 'evidence'],
  canteen: ['self', 'canteen', 'kitchen'],
  kitchen: ['self', 'kitchen'],
  integrator: [
    'self',
    'feed',
    'alarms',
    'events',
    'samples',
    'rehearse',
    'picture',
    'discover',
    'quarantine',
    'metrics',
    'point-codes',
  ],
};

/**
 * Whether people leave by doors that are watched: an area set for people inside opens its ways out for the exit delay, which takes their
 * watch away. `stands`: how the area is set.
 */
const opensDoors = (area: Area | undefined, stands: AreaMode | undefined): boolean =>
  stands === 'stay' && area !== undefined && area.exitMs > 0;

/**
 * Whether a command takes watch away, so that whoever has a code must give it. There is no way around: every act is asked. `stands`: how the
 * area of the command is set.
 */
export function needsCode(
  site: Pick<Site, 'devices' | 'areas'>,
  command: Command,
  stands: AreaMode | undefined,
): boolean {
  switch (command.do) {
    case 'arm-zone':
      return command.mode !== 'armed';
    case 'arm-area':
      return command.mode !== 'away' || opensDoors(lookup(site.areas, command.area), stands);
    case 'walk':
    case 'tune':
    case 'confirm-base':
    case 'dismiss-picture':
    case 'vouch':
    case 'sign-on':
    case 'hand-over':
    // A press in the window is no alarm here.
    case 'announce-police-test':
      return true;
    case 'write':
      return lookup(lookup(site.devices, command.device)?.points ?? {}, command.point)?.takesWatch === true;
    default:
      return false;
  }
}

/** Whether a role may ask the server for this. */
export function mayAsk(role: Role, what: Request): boolean {
  return ASKS[role].includes(what);
}

/** Whether somebody of this role looks at a district's copy of the school. */
export const isBureau = (role: Role): role is BureauRole => role === 'bureau' || role === 'bureau-head';

/** Every role that a school gives an account. */
export const everyRole = (Object.keys(ASKS) as Role[]).filter((role) => !isBureau(role)) as [Role, ...Role[]];

/**
 * How much a role sees. Roles of one sight get the same bytes, so a batch is encoded once for each sight. nothing: such a role
 * is not let to the feed nor to any record, and has pages of its own.
 */
export type RecordSight = 'full' | 'desk' | 'guard' | 'integrator' | 'nothing';

/** Heads, auditors and administrators see everything; whoever may stand beside an intruder does not see a silent call for help. */
export function sight(role: Role): RecordSight {
  if (role === 'operator' || role === 'bureau') return 'desk';
  if (role === 'canteen' || role === 'kitchen') return 'nothing';
  return role === 'guard' || role === 'integrator' ? role : 'full';
}

/** Whether a role reads what people typed and who they are; to others names and texts are withheld. */
export function mayReadNames(role: Role): boolean {
  const from = sight(role);
  return from !== 'integrator' && from !== 'nothing';
}
