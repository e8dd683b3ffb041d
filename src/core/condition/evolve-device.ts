/**
 * What devices say and whether they are there, and what the gateway's own detection found, folded into State. A part of `evolve`;
 * it must never judge a value.
 */
import { detectionKey } from '../site/detection-keys.ts';
import type { DeviceState, Event, KnownValue, State, Time } from '../types.ts';

/** Event ids remembered per device; more than any client may have in flight, so a repeat is always recognised. */
export const seenMax = 256;

const unheard: DeviceState = { up: undefined, since: 0, values: {}, before: {} };

/** What each point said last, by now or before the link was lost. */
const lastWords = ({ values, before }: DeviceState) => ({ ...before, ...values });

/** After a start nothing is known of any device but what it said last. */
export function foldSilence(state: State, at: Time): void {
  for (const [id, was] of state.devices) state.devices.set(id, { ...unheard, since: at, before: lastWords(was) });
}

/** What the gateway's own detection found of a zone, and the bases it learned. */
export function foldSensed(state: State, event: Extract<Event, { kind: 'detected' | 'learned' }>): void {
  if (event.kind === 'learned') {
    state.bases.set(event.zone, event.bases);
    return;
  }
  const { zone, device, detection, active, wire, value, at } = event;
  const key = detectionKey(detection, wire);
  const { [key]: _was, ...others } = state.detections.get(zone)?.active ?? {};
  const now = { detection, since: at, ...(wire !== undefined && { wire }), ...(value !== undefined && { value }) };
  state.detections.set(zone, { device, active: active ? { ...others, [key]: now } : others });
}

/** A device is there, or is lost and loses its values. */
export function foldLinked(state: State, { device, up, why, at }: Extract<Event, { kind: 'linked' }>): void {
  const was = state.devices.get(device) ?? unheard;
  const { values, before } = up ? was : { values: {}, before: lastWords(was) };
  state.devices.set(device, { up, why, since: at, values, before });
}

/** What a point says now. */
export function foldRead(state: State, event: Extract<Event, { kind: 'read' }>): void {
  const was = state.devices.get(event.device) ?? unheard;
  const known: KnownValue = { value: event.value, at: event.at, ...(event.initial && { initial: true }) };
  const values = { ...was.values, [event.point]: known };
  state.devices.set(event.device, { ...was, values });
  if (event.id === undefined) return;
  const seen = state.recentIds.get(event.device) ?? new Set();
  if (seen.size === 0) state.recentIds.set(event.device, seen);
  seen.add(event.id);
  for (const oldest of seen) {
    if (seen.size <= seenMax) break;
    seen.delete(oldest);
  }
}
