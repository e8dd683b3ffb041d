/**
 * Which camera looks at a checkpoint or a post: the one that is named, else the nearest on the map.
 */
import type { Alarm, Site } from '../types.ts';
import { lookup } from './lookup.ts';
import { postOfKey } from './round-plan.ts';

/** What an alarm of patrol speaks of: the checkpoint that was missed, or the post that is short-handed. */
function placeOfPatrol(site: Site, { kind, checkpoint, device, key }: Alarm) {
  if (kind === 'short-handed') return lookup(site.posts ?? {}, postOfKey(key) ?? '');
  const points = Object.values(site.routes).flatMap((route) => route.checkpoints);
  return points.find(({ id, reader }) => id === checkpoint && reader === device);
}

/** The camera whose still goes with an alarm of patrol; undefined where the site has none. */
export function cameraOfPatrol(site: Site, alarm: Alarm): string | undefined {
  const { kind, device } = alarm;
  if (kind !== 'missed' && kind !== 'short-handed') return undefined;
  const point = placeOfPatrol(site, alarm);
  if (point?.camera !== undefined) return point.camera;
  const at = point?.at ?? lookup(site.devices, device)?.at;
  if (!at) return undefined;
  let nearest: { readonly id: string; readonly far: number } | undefined;
  for (const { id, family, at: spot } of Object.values(site.devices)) {
    if (family !== 'camera' || !spot) continue;
    const far = Math.hypot(spot[0] - at[0], spot[1] - at[1]);
    if (!nearest || far < nearest.far) nearest = { id, far };
  }
  return nearest?.id;
}
