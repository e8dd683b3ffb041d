/**
 * Whether what an alarm speaks of may leave a fence that watches blind, deaf or open: then it is urgent while nobody is heard,
 * and is never put aside; and which alarms lives hang on. It only looks.
 */

import type { Alarm, AlarmKind, Device, Priority, ReadOnly, Site, State } from '../types.ts';
import { lookup } from './lookup.ts';
import { watching, zoneMode } from './watched.ts';

/** What says that a wire moved or broke, or that what watches it may not hear, see or be trusted. */
const blinding: ReadonlySet<AlarmKind> = new Set([
  'climb',
  'pull',
  'slack',
  'cut',
  'intrusion',
  'static',
  'tamper',
  'power',
  'fault',
  'comms',
]);

/** The same of a camera, which is an ornament where a fence stands beside it and the only guard where none does. */
const dazzling: ReadonlySet<AlarmKind> = new Set(['masked', 'motion']);

/** Whether an alarm says that hardware is out: equally urgent, it stands below what says that somebody is there. */
export const isOutage = ({ kind }: Pick<Alarm, 'kind'>): boolean =>
  kind === 'comms' || kind === 'power' || kind === 'fault';

/** What people have to leave a building for. */
const leaving: ReadonlySet<AlarmKind> = new Set(['fire', 'gas']);

/**
 * Whether lives hang on an alarm of this kind: nothing makes it wait, puts it aside or lets another speak for it, neither a flood, nor a
 * shelf, nor an arm state, nor a walk test.
 */
export const isLifeSafety = ({ kind }: Pick<Alarm, 'kind'>): boolean => leaving.has(kind);

/** The key under which a device's silence is an alarm. */
export const commsKey = (device: string): string => device + commsTail;
const commsTail = '/comms';

/** Whether an alarm says that a device is lost, and not that wires of a device that is there are silent. */
export const isLost = ({ key, device }: Pick<Alarm, 'key' | 'device'>): boolean =>
  // Asked of every open alarm whenever one is raised, so no text is made for the answer.
  key.length === device.length + commsTail.length && key.endsWith(commsTail) && key.startsWith(device);

/** Whether a device is what hears a zone: a fence host or a contact is, a camera only where there is nothing else. */
function hears(site: Site, device: Device, zone: string): boolean {
  if (!device.zones.includes(zone)) return false;
  if (device.family !== 'camera') return true;
  return !Object.values(site.devices).some(({ family, zones }) => family !== 'camera' && zones.includes(zone));
}

/** The zones that watch and that this device hears. `armed`: a zone that this very step arms. */
function zonesHeard(site: Site, state: ReadOnly<State>, device: Device, armed?: string): readonly string[] {
  return device.zones.filter(
    (zone) => hears(site, device, zone) && (zone === armed || watching(site, zone, zoneMode(state, zone))),
  );
}

/**
 * How urgent it is that a device cannot be heard. A fence that watches and is deaf looks calm while somebody climbs, and a
 * skilled climber needs four seconds: that is as urgent as the climb. Otherwise as its model says.
 */
export function lossPriority(site: Site, state: ReadOnly<State>, device: Device, armed?: string): Priority {
  return zonesHeard(site, state, device, armed).length > 0 ? 1 : device.commsPriority;
}

/** Whether the alarm, put aside, could hide a break-in: what it says may blind or open a zone that watches. */
export function mayHideBreakIn(
  site: Site,
  state: ReadOnly<State>,
  alarm: Pick<Alarm, 'kind' | 'device' | 'zone'>,
  armed?: string,
): boolean {
  const dazzles = dazzling.has(alarm.kind);
  if (!blinding.has(alarm.kind) && !dazzles) return false;
  const device = lookup(site.devices, alarm.device);
  if (device && zonesHeard(site, state, device, armed).length > 0) return true;
  if (dazzles) return false;
  const { zone } = alarm;
  if (zone === undefined || device?.family === 'camera') return false;
  return zone === armed || watching(site, zone, zoneMode(state, zone));
}
