/**
 * What happened, before what it means: which values of a message are facts, which are samples, which say nothing new.
 * Each value is classified once: the gateway's ledger books from the same answer that the core makes facts of, so the two
 * can never disagree.
 */
import { dataReceived } from '../../words/link-words.ts';
import { returnToNormal, trigger } from '../alarm/alarms.ts';
import { arrivedByScan } from '../alarm/arrival.ts';
import type { Draft } from '../draft.ts';
import { scanned } from '../patrol/rounds.ts';
import { commsKey, lossPriority } from '../site/deafness.ts';
import { lookup } from '../site/lookup.ts';
import { isCanary } from '../tell/canary.ts';
import type { Device, DeviceState, Input, Point, Site, State, Value, Words } from '../types.ts';
import { judge, type LastWord } from './rules.ts';

export type Class = 'fact' | 'sample' | 'same' | 'unknown-point' | 'wrong-type' | 'out-of-range';

/** True when this device already told us of this event. */
function isRepeat(state: State, device: string, id: string | undefined): boolean {
  return id !== undefined && (state.recentIds.get(device)?.has(id) ?? false);
}

/** What a value of a point amounts to, given what is known of the device; `initial` as the message says. */
function classify(point: Point | undefined, known: DeviceState | undefined, value: Value, initial?: boolean): Class {
  if (!point) return 'unknown-point';
  if (typeof value !== point.type || Number.isNaN(value)) return 'wrong-type';
  if (point.keep === 'gauge') return measurable(point, value) ? 'sample' : 'out-of-range';
  if (point.keep === 'pulse') return 'fact';
  const last = known?.up === true ? known.values[point.key] : undefined;
  return last?.value === value && (!last.initial || initial) ? 'same' : 'fact';
}

/** Whether a sensor can measure this at all: an open circuit gives −3276.8 °C, which is no cold. */
function measurable({ range }: Point, value: Value): boolean {
  return range === undefined || (Number(value) >= range[0] && Number(value) <= range[1]);
}

/** What the point said last, by now or before the link was lost. */
function lastWord(known: DeviceState | undefined, key: string): LastWord | undefined {
  const now = known?.values[key];
  if (now) return { ...now, stale: false };
  const before = known?.before[key];
  return before && { ...before, stale: true };
}

export type Reading = Extract<Input, { kind: 'reading' }>;

/** A reading whose values were classified, and the device it is of: what `step` makes facts of. */
export interface ClassifiedReading {
  readonly kind: 'classified';
  readonly reading: Reading;
  readonly device: Device;
  /** One for each value of the reading, in the same order. */
  readonly classes: readonly Class[];
}

/**
 * Classifies each value of a reading into `classes`, which grows as far as it must and is the caller's to use again; gives
 * the device, or why nothing of the reading counts.
 */
export function classifyValues(
  site: Site,
  state: State,
  { device: id, id: event, values, initial }: Reading,
  classes: Class[],
): Device | 'unknown-device' | 'duplicate' {
  const device = lookup(site.devices, id);
  if (!device) return 'unknown-device';
  if (isRepeat(state, id, event)) return 'duplicate';
  const known = state.devices.get(id);
  for (let i = 0; i < values.length; i++) {
    const [key, value] = values[i]!;
    classes[i] = classify(lookup(device.points, key), known, value, initial);
  }
  return device;
}

/** Takes in a reading that nobody has classified yet. */
export function takeReading(draft: Draft, reading: Reading): void {
  const classes: Class[] = [];
  const device = classifyValues(draft.site, draft.state, reading, classes);
  if (typeof device === 'string') return;
  takeClassified(draft, { kind: 'classified', reading, device, classes });
}

/** Takes in one message: the device is there, its values are facts or samples as classified, and each is judged. */
export function takeClassified(draft: Draft, { reading, device, classes }: ClassifiedReading): void {
  if (draft.state.devices.get(device.id)?.up !== true) link(draft, device, true, dataReceived);
  let index = 0;
  for (const [key, value] of reading.values) {
    const klass = classes[index++];
    const point = lookup(device.points, key);
    if (!point || klass === 'unknown-point' || klass === 'wrong-type' || klass === 'out-of-range') continue;
    let before: LastWord | undefined;
    if (klass === 'fact') {
      const { sourceTime, id, initial, certainty } = reading;
      before = lastWord(draft.state.devices.get(device.id), key);
      draft.add({
        kind: 'read',
        device: device.id,
        point: key,
        value,
        ...(sourceTime !== undefined && { sourceTime }),
        ...(id !== undefined && { id }),
        ...(initial && { initial }),
        ...(certainty !== undefined && { certainty }),
      });
      if (point.scan) {
        scanned(draft, device.id, String(value), reading);
        arrivedByScan(draft, device.id, String(value), sourceTime);
      }
    }
    if (klass !== 'same') judge(draft, device, point, value, reading.initial ? { ...reading, before } : reading);
  }
}

/** The device can or cannot be reached. An unreachable device is an alarm in every arm state, never a calm tile. */
export function link(draft: Draft, device: Device, up: boolean, why: Words): void {
  // The device of the canary is there for a moment each day.
  if (draft.state.devices.get(device.id)?.up === up || isCanary(draft.site, device.id)) return;
  draft.add({ kind: 'linked', device: device.id, up, why });
  if (up) return returnToNormal(draft, commsKey(device.id), `${device.id}/link`, why);
  tellLoss(draft, device, why);
}

/** Says that a device cannot be heard. `armed`: a zone that this very step arms, which makes it urgent. */
export function tellLoss(draft: Draft, device: Device, why: Words, armed?: string): void {
  // A camera looks at a zone and is none of it: what is lost is the camera.
  const zone = device.family === 'camera' ? undefined : device.zones[0];
  trigger(draft, {
    key: commsKey(device.id),
    alarm: 'comms',
    priority: lossPriority(draft.site, draft.state, device, armed),
    device: device.id,
    cause: `${device.id}/link`,
    why,
    active: true,
    ...(zone !== undefined && { zone }),
  });
}
