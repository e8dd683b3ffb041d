/**
 * What stands in a zone already when the zone begins to be watched, and what ends when it no longer is. Arming and the end
 * of a walk test come through here alike: a climber who hangs on the wire at that moment must not be overlooked.
 */
import { nothingHeard } from '../../words/link-words.ts';
import { returnToNormal } from '../alarm/alarms.ts';
import { liftWhereArmed } from '../alarm/shelving.ts';
import type { Draft } from '../draft.ts';
import { areaOf } from '../site/armed-plan.ts';
import { detectionCause } from '../site/detection-keys.ts';
import { watching, zoneMode } from '../site/watched.ts';
import type { Alarm, ArmMode, Device, Value, Words } from '../types.ts';
import { tellLoss } from './classify.ts';
import { detectionAlarmKey, presentDetection, whileArmed } from './detection.ts';
import { guardsOfZone, type WatchedPoint, watchedPoints } from './not-ready.ts';
import { alarmKey, judge, matches } from './rules.ts';

/** The last word of the device on a point that says how things are; what a gauge shows is judged with its next value. */
function known(draft: Draft, { device, point }: WatchedPoint): Value | undefined {
  return point.keep === 'state' ? draft.state.devices.get(device.id)?.values[point.key]?.value : undefined;
}

/** What the gateway's own detection holds of the zone and is watched only while it is armed. */
function signs(draft: Draft, zone: string) {
  const senses = draft.state.detections.get(zone);
  if (!senses) return [];
  const { device } = senses;
  return Object.entries(senses.active).flatMap(([key, held]) =>
    whileArmed(held.detection) ? [{ key, held, device }] : [],
  );
}

/** The causes that stand in the zone, as the last words on them say. */
export function activeCauses(draft: Draft, zone: string): string[] {
  const told = watchedPoints(draft.site, zone).flatMap((one) => {
    const value = known(draft, one);
    const stands = value !== undefined && matches(one.rule.when, value, false);
    return stands ? [`${one.device.id}/${one.point.key}`] : [];
  });
  return [...told, ...signs(draft, zone).map(({ key }) => detectionCause(zone, key))];
}

/**
 * Whether the wires an alarm told of as cut are cut, as the last words on them say, though their zone was disarmed since and the
 * alarm is over by that. A zone that was left out by name stands so on every map until it was repaired.
 */
export function stillCut(draft: Draft, { zone, kind }: Pick<Alarm, 'zone' | 'kind'>): boolean {
  if (kind !== 'cut' || zone === undefined || zoneMode(draft.state, zone) !== 'disarmed') return false;
  const told = watchedPoints(draft.site, zone).some((one) => {
    const value = one.rule.kind === 'cut' ? known(draft, one) : undefined;
    return value !== undefined && matches(one.rule.when, value, false);
  });
  return told || signs(draft, zone).some(({ held }) => held.detection === 'cut');
}

/** A host that cannot be heard is urgent from now on, and nothing that could hide a break-in stays put aside. */
function endDisregard(draft: Draft, zone: string): void {
  for (const device of guardsOfZone(draft.site, zone)) {
    const known = draft.state.devices.get(device.id);
    if (known?.up === false) tellLoss(draft, device, known.why ?? nothingHeard(device.staleMs / 1_000), zone);
  }
  liftWhereArmed(draft, zone);
}

/** Presents what stands in the zone, which is in `mode` from now on. Nothing of it waits for an entry delay. */
export function beginWatching(draft: Draft, zone: string, mode: ArmMode = zoneMode(draft.state, zone)): void {
  if (watching(draft.site, zone, mode)) endDisregard(draft, zone);
  for (const { held, device } of signs(draft, zone)) presentDetection(draft, zone, device, held, { mode });
  for (const one of watchedPoints(draft.site, zone)) {
    const value = known(draft, one);
    if (value !== undefined) judge(draft, one.device, one.point, value, {}, mode);
  }
}

/** At a start: by another configuration zones may watch that did not, or devices guard them. What devices said before is judged when they say it anew. */
export function disregardNothing(draft: Draft): void {
  for (const zone of watchedZones(draft)) endDisregard(draft, zone);
}

/**
 * The configuration is another: whatever stands in a zone that watches by it is presented, as if the zone were being armed; and so is
 * what is known of a device that was not in the configuration for a while, which will not say again what it said before.
 */
export function watchAnew(draft: Draft): void {
  for (const device of Object.values(draft.site.devices)) presentKnown(draft, device);
  for (const zone of Object.values(draft.site.zones)) if (zone.signal) presentSigns(draft, zone.id);
  for (const zone of watchedZones(draft)) {
    const area = areaOf(draft.site, zone);
    // What waits for the end of an entry delay is presented then.
    if (area && draft.state.entryTimers.has(area.id)) endDisregard(draft, zone);
    else beginWatching(draft, zone);
  }
}

/** That a device is lost, and what it says in every arm state. A call to the police and its answers are no state of a zone. */
function presentKnown(draft: Draft, device: Device): void {
  const { up, why, values = {} } = draft.state.devices.get(device.id) ?? {};
  if (up === false) return tellLoss(draft, device, why ?? nothingHeard(device.staleMs / 1_000));
  for (const point of Object.values(device.points)) {
    const { alarm: rule, keep, police, zone } = point;
    if (!rule || keep !== 'state' || police || rule.kind === 'police') continue;
    const said = values[point.key];
    if (said && (rule.always || zone === undefined)) judge(draft, device, point, said.value, {});
  }
}

/** What the gateway's own detection holds of a zone in every arm state. */
function presentSigns(draft: Draft, zone: string): void {
  const senses = draft.state.detections.get(zone);
  for (const held of Object.values(senses?.active ?? {}))
    if (!whileArmed(held.detection)) presentDetection(draft, zone, senses?.device ?? '', held);
}

const watchedZones = ({ site, state }: Draft): string[] =>
  Object.keys(site.zones).filter((zone) => watching(site, zone, zoneMode(state, zone)));

/** Ends the conditions that are no longer watched, and says why. */
export function endWatching(draft: Draft, zone: string, why: Words): void {
  for (const { key, held } of signs(draft, zone))
    returnToNormal(draft, detectionAlarmKey(zone, held.detection), detectionCause(zone, key), why);
  for (const { device, point, rule } of watchedPoints(draft.site, zone)) {
    returnToNormal(draft, alarmKey(device.id, point, rule), `${device.id}/${point.key}`, why);
  }
}
