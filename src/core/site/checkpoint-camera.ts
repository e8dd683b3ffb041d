/**
 * Which camera looks at a checkpoint or a post: the one that is named, else the nearest on the map.
 */
import type { Alarm, Site } from '../types.ts';
import { lookup } from './lookup.ts';
import { postOfKey } from './round-plan.ts';

/** The checkpoint that an alarm says was missed, with its route; undefined for other alarms, and where the plan has it no more. */
export function routeOfPatrol(site: Site, { kind, checkpoint, device }: Alarm) {
  if (kind !== 'missed') return undefined;
  for (const route of Object.values(site.routes)) {
    const point = route.checkpoints.find(({ id, reader }) => id === checkpoint && reader === device);
    if (point) return { route, point };
  }
  return undefined;
}

/** What an alarm of patrol speaks of: the checkpoint that was missed, or the post that is short-handed. */
function placeOfPatrol(site: Site, alarm: Alarm) {
  if (alarm.kind === 'short-handed') return lookup(site.posts ?? {}, postOfKey(alarm.key) ?? '');
  return routeOfPatrol(site, alarm)?.point;
}

/** The camera whose still goes with an alarm of patrol; undefined where the site has none. */
export function cameraOfPatrol(site: Site, alarm: Alarm): string | undefined {
  const { kind, device } = alarm;
  if (kind !== 'missed' && kind !== 'short-handed') return undefined;
  const point = placeOfPatrol(site, alarm);
  if (point?.camera !== undefined) return point.camera;
  const at = point?.at ?? lookup(site.devices, device)?.at;
  return at && nearestCamera(site, at);
}

/** The camera of the checkpoint or post that has this reader; undefined where the site has none. */
export function cameraOfReader(site: Pick<Site, 'devices' | 'routes' | 'posts'>, reader: string): string | undefined {
  const points = Object.values(site.routes).flatMap(({ checkpoints }) => checkpoints);
  const places = [...points, ...Object.values(site.posts ?? {})].filter((one) => one.reader === reader);
  const named = places.find(({ camera }) => camera !== undefined)?.camera;
  if (named !== undefined) return named;
  const at = lookup(site.devices, reader)?.at ?? places.find((one) => one.at)?.at;
  return at && nearestCamera(site, at);
}

function nearestCamera({ devices }: Pick<Site, 'devices'>, [x, y]: readonly [number, number]): string | undefined {
  let nearest: { readonly id: string; readonly far: number } | undefined;
  for (const { id, family, at: spot } of Object.values(devices)) {
    if (family !== 'camera' || !spot) continue;
    const far = Math.hypot(spot[0] - x, spot[1] - y);
    if (!nearest || far < nearest.far) nearest = { id, far };
  }
  return nearest?.id;
}
