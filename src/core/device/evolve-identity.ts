/** The part of `evolve` that folds who devices say they are. Like all of it, it holds no rules. */
import type { DeviceFact, Event, State } from '../types.ts';

type DeviceEvent = Extract<Event, { kind: DeviceFact['kind'] }>;

const kinds: Readonly<Record<DeviceFact['kind'], true>> = { 'device-identified': true, 'device-clock-set': true };

/** Whether a fact is one of what a device says of itself. */
export const isOfDevice = (event: Event): event is DeviceEvent => Object.hasOwn(kinds, event.kind);

/** Folds one fact of a device. That a clock was set changes nothing that State knows. */
export function foldDevice(state: State, event: DeviceEvent): void {
  if (event.kind === 'device-clock-set') return;
  const { device, identity, was, swapped, at } = event;
  const before = swapped ? was : state.identities.get(device)?.before;
  state.identities.set(device, { ...identity, at, ...(before && { before }) });
}
