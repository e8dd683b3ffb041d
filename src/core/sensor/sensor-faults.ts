/**
 * A sensor that is not to be believed: it gives nothing it could measure though its device is there, or the same value for hours.
 * It is an alarm however the school is armed; a cold store of which nobody knows the temperature must not look cold. What it says
 * and when is found beside State; here it becomes a fact and an alarm.
 */
import { sensorFaultWhy } from '../../words/sensor/sensor-alarm-words.ts';
import { returnToNormal, trigger } from '../alarm/alarms.ts';
import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import type { DoubtedSensor, Point, SensorInput, Site } from '../types.ts';
import { limitKey } from './limits.ts';

const faultKey = (device: string): string => `${device}/fault`;
/** A cause of its own: the point may have an alarm, and that is another. */
const faultCause = ({ device, point, fault }: Pick<DoubtedSensor, 'device' | 'point' | 'fault'>): string =>
  `${device}/${point}/${fault}`;

/** Takes in what the watch over sensors found. */
export function doubtSensor(draft: Draft, { device: id, point: key, fault, active }: SensorInput): void {
  const device = lookup(draft.site.devices, id);
  const point = device && lookup(device.points, key);
  const known = draft.state.doubted.get(`${id}/${key}`);
  if (!point || active === (known?.fault === fault)) return;
  draft.add({ kind: 'sensor-doubted', device: id, point: key, fault, active });
  const cause = faultCause({ device: id, point: key, fault });
  if (!active) return returnToNormal(draft, faultKey(id), cause);
  trigger(draft, {
    key: faultKey(id),
    alarm: 'fault',
    // Somebody relies on a gauge that has limits.
    priority: point.limits || point.quantity === 'gas' ? 2 : 3,
    device: id,
    cause,
    active: true,
    why: sensorFaultWhy(point.title, fault),
  });
}

/** Whether such a fault of a gauge is looked for at all: else nothing would ever say that it is over. */
const isWatched = ({ limits, alarm, stuckMs }: Point, fault: DoubtedSensor['fault']): boolean =>
  fault === 'stuck' ? stuckMs !== undefined : (limits ?? alarm ?? stuckMs) !== undefined;

/** At a start, or with another configuration: sensors the site no longer has, or no longer watches, are in no doubt. */
export function settleDoubts(draft: Draft): void {
  for (const { device, point, fault } of draft.state.doubted.values()) {
    const known = lookup(draft.site.devices, device);
    const gauge = known?.family === 'sensor' ? lookup(known.points, point) : undefined;
    if (gauge && isWatched(gauge, fault)) continue;
    draft.add({ kind: 'sensor-doubted', device, point, fault, active: false });
    returnToNormal(draft, faultKey(device), faultCause({ device, point, fault }));
  }
}

/** Whether a cause of an alarm is a limit or a fault of a sensor that the site still has; undefined: it is neither. */
export function watchesSensor(site: Site, key: string, cause: string): boolean | undefined {
  const [id = '', name = '', fault] = cause.split('/');
  const device = lookup(site.devices, id);
  const point = device && lookup(device.points, name);
  if (!point) return undefined;
  if (fault === 'no-reading' || fault === 'stuck') return key === faultKey(id);
  return point.limits && key === limitKey(id, point) ? true : undefined;
}
