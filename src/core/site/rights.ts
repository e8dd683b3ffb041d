/**
 * Who may ask the server for what, and of which sight a role is. The server closes its routes by it, and the screens hide links
 * by it. Who may give which command stands with each act, in `act`; what each sight shows is in `sight-facts`, `sight-state` and
 * `sight-records`. Pure; it must never be copied anywhere else.
 */

import type { Command, Role, Site } from '../types.ts';
import { lookup } from './lookup.ts';

/** What a person may ask the server for, beyond giving commands. */
export type Request =
  /** Anything every person who is logged in may have: who am I, the feed, the health of the lines. */
  | 'self'
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
  ...(['self', 'alarms', 'rounds', 'scans', 'touches', 'posts', 'events', 'samples', 'picture', 'evidence'] as const),
  ...(['export', 'verify', 'quarantine', 'metrics'] as const),
];

const ASKS: Readonly<Record<Role, readonly Request[]>> = {
  operator: [...AUDIT, 'discover', 'import', 'phone', 'phones'],
  admin: [...AUDIT, 'discover', 'rehearse', 'import', 'phone', 'phones'],
  head: [...AUDIT, 'rehearse', 'import', 'point-codes', 'phone', 'phones'],
  auditor: AUDIT,
  guard: ['self', 'alarms', 'rounds', 'point', 'phone', 'picture', 'evidence'],
  integrator: [
    'self',
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

/** Whether a command takes watch away, so that whoever has a code must give it. There is no way around: every act is asked. */
export function needsCode(site: Pick<Site, 'devices'>, command: Command): boolean {
  switch (command.do) {
    case 'arm-zone':
      return command.mode !== 'armed';
    case 'arm-area':
      return command.mode !== 'away';
    case 'walk':
    case 'tune':
    case 'confirm-base':
    case 'vouch':
    case 'sign-on':
    case 'hand-over':
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

/** How much a role sees. Roles of one sight get the same bytes, so a batch is encoded once for each sight. */
export type RecordSight = 'full' | 'desk' | 'guard' | 'integrator';

/** Heads, auditors and administrators see everything; whoever may stand beside an intruder does not see a silent call for help. */
export function sight(role: Role): RecordSight {
  if (role === 'operator') return 'desk';
  return role === 'guard' || role === 'integrator' ? role : 'full';
}
