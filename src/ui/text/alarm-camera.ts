/**
 * Which camera shows an alarm, and where its pictures are had. It brings nothing that shows them, so that a phone need not wait for
 * what only walls and desks show.
 */
import type { Alarm, Device } from '../../core/types.ts';
import { t } from '../page/language.ts';
import { site } from '../page/page-feed.ts';

/** The camera that shows an alarm: the zone's, or the device itself. */
export function cameraOf(alarm: Alarm): Device | undefined {
  const here = site.value;
  const zone = alarm.zone === undefined ? undefined : here?.zones[alarm.zone];
  const id = zone?.camera ?? alarm.device;
  const device = here?.devices[id];
  return device?.family === 'camera' ? device : undefined;
}

export const picturePath = (camera: Device) => `/api/cameras/${encodeURIComponent(camera.id)}/picture`;
export const evidencePath = (name: string) => `/api/evidence/${encodeURIComponent(name)}`;

/** Why an alarm has no picture and never will: nobody put a camera there. */
export function noCameraText(alarm: Alarm): string {
  const zone = alarm.zone === undefined ? undefined : site.value?.zones[alarm.zone];
  return zone ? t('zoneNoCamera', { n: zone.number }) : t('placeNoCamera');
}
