/**
 * What happened, before what it means: which values of a message are facts, which are samples, which say nothing new.
 * The gateway asks `classify` too, so that its ledger and the journal can never disagree.
 */
import { dataReceived } from '../../words/link-words.ts';
import { returnToNormal, trigger } from '../alarm/alarms.ts';
import { arrivedByScan } from '../alarm/handling.ts';
import type { Draft } from '../draft.ts';
import { scanned } from '../patrol/rounds.ts';
import { lookup } from '../site/lookup.ts';
import type { Device, DeviceState, Input, Point, State, Value, Words } from '../types.ts';
import { judge } from './rules.ts';

export type Class = 'fact' | 'sample' | 'same' | 'unknown-point' | 'wrong-type';

/** True when this device already told us of this event. */
export function isRepeat(state: State, device: string, id: string | undefined): boolean {
  return id !== undefined && (state.recentIds.get(device)?.has(id) ?? false);
}

/** What a value of a point amounts to, given what is known of the device; `initial` as the message says. */
export function classify(
  point: Point | undefined,
  known: DeviceState | undefined,
  value: Value,
  initial?: boolean,
): Class {
  if (!point) return 'unknown-point';
  if (typeof value !== point.type || Number.isNaN(value)) return 'wrong-type';
  if (point.keep === 'gauge') return 'sample';
  if (point.keep === 'pulse') return 'fact';
  const last = known?.up === true ? known.values[point.key] : undefined;
  return last?.value === value && (!last.initial || initial) ? 'same' : 'fact';
}

type Reading = Extract<Input, { kind: 'reading' }>;

/** Takes in one message: the device is there, its values are facts or samples, and each is judged. */
export function takeReading(draft: Draft, input: Reading): void {
  const device = lookup(draft.site.devices, input.device);
  if (!device || isRepeat(draft.state, device.id, input.id)) return;
  const known = draft.state.devices.get(device.id);
  if (known?.up !== true) link(draft, device, true, dataReceived);
  for (const [key, value] of input.values) {
    const point = lookup(device.points, key);
    const klass = classify(point, known, value, input.initial);
    if (!point || klass === 'unknown-point' || klass === 'wrong-type') continue;
    if (klass === 'fact') {
      const { sourceTime, id, initial } = input;
      draft.add({
        kind: 'read',
        device: device.id,
        point: key,
        value,
        ...(sourceTime !== undefined && { sourceTime }),
        ...(id !== undefined && { id }),
        ...(initial && { initial }),
      });
      if (point.scan) {
        scanned(draft, device.id, String(value), sourceTime);
        arrivedByScan(draft, device.id, String(value), sourceTime);
      }
    }
    if (klass !== 'same') judge(draft, device, point, value, input);
  }
}

/** The key under which a device's silence is an alarm. */
export const commsKey = (device: string): string => `${device}/comms`;

/** The device can or cannot be reached. An unreachable device is an alarm in every arm state, never a calm tile. */
export function link(draft: Draft, device: Device, up: boolean, why: Words): void {
  if (draft.state.devices.get(device.id)?.up === up) return;
  draft.add({ kind: 'linked', device: device.id, up, why });
  const key = commsKey(device.id);
  const cause = `${device.id}/link`;
  if (up) {
    returnToNormal(draft, key, cause, why);
    return;
  }
  const zone = device.zones[0];
  trigger(draft, {
    key,
    alarm: 'comms',
    priority: device.commsPriority,
    device: device.id,
    cause,
    why,
    active: true,
    ...(zone !== undefined && { zone }),
  });
}
