/**
 * Which camera looks at a checkpoint: the one that is named, else the nearest on the map.
 */
import type { Alarm, Site } from '../types.ts';
import { lookup } from './lookup.ts';

/** The camera whose still goes with the alarm that a checkpoint was missed; undefined where the site has none. */
export function cameraOfMissed(site: Site, { kind, checkpoint, device }: Alarm): string | undefined {
  if (kind !== 'missed') return undefined;
  const points = Object.values(site.routes).flatMap((route) => route.checkpoints);
  const point = points.find(({ id, reader }) => id === checkpoint && reader === device);
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
