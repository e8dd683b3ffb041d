/**
 * Which camera shows an alarm, and where its pictures are had. It brings nothing that shows them, so that a phone need not wait for
 * what only walls and desks show.
 */
import { isSaidLate, stillWithinMs } from '../../core/round/patrol-still.ts';
import { cameraOfPatrol } from '../../core/site/checkpoint-camera.ts';
import type { Alarm, Device, State } from '../../core/types.ts';
import { say, t } from '../page/language.ts';
import { site } from '../page/page-feed.ts';

/** The camera that shows an alarm: the zone's, the device itself, or the one that looks at the checkpoint or post. */
export function cameraOf(alarm: Alarm): Device | undefined {
  const here = site.value;
  const zone = alarm.zone === undefined ? undefined : here?.zones[alarm.zone];
  const id = zone?.camera ?? (here && cameraOfPatrol(here, alarm)) ?? alarm.device;
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

/** Why an alarm has no kept picture, as far as State knows it: nobody put a camera there, it was said too late, or the camera did not give one. */
export function noStillText(
  alarm: Alarm,
  state: Pick<State, 'rounds' | 'changedRounds' | 'duties'>,
  at: number,
): string {
  const here = site.value;
  if (!here || !cameraOf(alarm)) return noCameraText(alarm);
  if (isSaidLate(here, state, alarm)) return t('stillSaidLate');
  const why = state.duties.get(`snapshot/${alarm.id}`)?.why;
  if (why) return t('evidenceFailed', { why: say(why) });
  return t(at > alarm.raisedAt + stillWithinMs ? 'noEvidence' : 'evidenceWait');
}
