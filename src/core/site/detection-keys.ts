/**
 * How what the gateway's own detection says is named where it meets what devices say: the key of a sign in State, and the
 * cause of an alarm. A device's cause is `device/point`; no device can be called `detection` or `picture`, so the two never meet.
 */
import type { Detection, PictureSign } from '../types.ts';

const prefix = 'detection/';
const picturePrefix = 'picture/';

/** `cut.3`, or `climb` for what is said of the whole zone. */
export const detectionKey = (sign: Detection, wire: number | undefined): string =>
  wire === undefined ? sign : `${sign}.${wire}`;

/** `detection/z4/cut.3` */
export const detectionCause = (zone: string, key: string): string => `${prefix}${zone}/${key}`;

/** The zone and sign key of a cause of ours; undefined for a device's. */
export function detectionOf(cause: string): { readonly zone: string; readonly key: string } | undefined {
  if (!cause.startsWith(prefix)) return undefined;
  const [zone = '', key = ''] = cause.slice(prefix.length).split('/');
  return { zone, key };
}

/** `picture/canteen-1/covered`: what the gateway saw in a camera's pictures. */
export const pictureCause = (camera: string, sign: PictureSign): string => `${picturePrefix}${camera}/${sign}`;

/** The camera whose pictures a cause is of, and the sign; undefined for any other cause. */
export function pictureOf(cause: string): { readonly camera: string; readonly sign: string } | undefined {
  if (!cause.startsWith(picturePrefix)) return undefined;
  const [camera = '', sign = ''] = cause.slice(picturePrefix.length).split('/');
  return { camera, sign };
}

/** Who a cause comes from. */
export const deciderOf = (cause: string): 'device' | 'gateway' =>
  detectionOf(cause) || pictureOf(cause) ? 'gateway' : 'device';
