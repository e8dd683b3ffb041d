/**
 * Exceptions of patrol in the order one reads them, and the camera that may have seen a touch. It asks and decides nothing.
 */
import type { Device, OpenSuspicion, Site, State } from '../types.ts';

/** Those nobody has said anything of first, each newest first. */
export function suspicionsOf({ suspicions }: Pick<State, 'suspicions'>): OpenSuspicion[] {
  return [...suspicions.values()].sort(
    (a, b) => Number(a.finding !== undefined) - Number(b.finding !== undefined) || b.from - a.from || b.id - a.id,
  );
}

/** The camera of a point, else the one that stands nearest to its reader; undefined where neither is known. */
export function cameraNear({ devices, routes }: Pick<Site, 'devices' | 'routes'>, reader: string): Device | undefined {
  const points = Object.values(routes).flatMap(({ checkpoints }) => checkpoints);
  const named = points.find((point) => point.reader === reader && point.camera !== undefined)?.camera;
  if (named !== undefined) return devices[named];
  const place = devices[reader]?.at ?? points.find((point) => point.reader === reader)?.at;
  if (!place) return undefined;
  const far = ({ at }: Device) => (at ? Math.hypot(at[0] - place[0], at[1] - place[1]) : Number.POSITIVE_INFINITY);
  const cameras = Object.values(devices).filter(({ family, at }) => family === 'camera' && at);
  return cameras.sort((a, b) => far(a) - far(b))[0];
}
