/**
 * What the gateway saw in a camera's pictures becomes a fact, and an alarm under the same key as the camera's own word for it, with a
 * cause of its own: the two are one alarm and can still be told apart. It must never look at a picture itself.
 */
import { returnToNormal, trigger } from '../alarm/alarms.ts';
import type { Draft } from '../draft.ts';
import { pictureCause } from '../site/detection-keys.ts';
import { lookup } from '../site/lookup.ts';
import type { AlarmKind, PictureFigures, PictureSaid, PictureSign, Priority, Site } from '../types.ts';

/**
 * What each sign is an alarm of, by the kinds a camera has itself: `masked`, `scene_change` and `picture_poor`. A frozen picture is graver
 * than a poor one: it looks calm, and nobody could be seen on it. All of them hold however the zone is armed.
 */
const meanings: Readonly<Record<PictureSign, { readonly kind: AlarmKind; readonly priority: Priority }>> = {
  covered: { kind: 'masked', priority: 2 },
  dark: { kind: 'masked', priority: 2 },
  moved: { kind: 'tamper', priority: 3 },
  frozen: { kind: 'fault', priority: 3 },
  blurred: { kind: 'fault', priority: 4 },
  overexposed: { kind: 'fault', priority: 4 },
};

/** Whether the pictures of this device are judged. */
export function isJudged({ cameras, devices }: Pick<Site, 'cameras' | 'devices'>, camera: string): boolean {
  return cameras !== undefined && lookup(devices, camera)?.family === 'camera' && !cameras.off.includes(camera);
}

/** What kind of alarm a sign is, and how grave. */
export const alarmOfSign = (sign: PictureSign) => meanings[sign];

/** Takes in what the gateway's own looks came to. What State has already says nothing new. */
export function takePicture(draft: Draft, said: PictureSaid): void {
  if (said.kind === 'cameras-watched') return draft.add(said);
  if (!lookup(draft.site.devices, said.camera)) return;
  const known = draft.state.cameras.get(said.camera);
  switch (said.kind) {
    case 'picture-learned':
      return draft.add(said);
    case 'camera-seen':
      if (known?.seen?.seen !== said.seen || known.seen.why !== said.why) draft.add(said);
      return;
    case 'picture-judged': {
      if (said.active === (known?.signs[said.sign] !== undefined)) return;
      draft.add(said);
      const { kind, priority } = meanings[said.sign];
      const [key, cause] = [`${said.camera}/${kind}`, pictureCause(said.camera, said.sign)];
      if (!said.active) return returnToNormal(draft, key, cause);
      return trigger(draft, { key, alarm: kind, priority, device: said.camera, cause, active: true });
    }
    default:
      said satisfies never;
  }
}

/**
 * At a start, or with another configuration: of a camera whose pictures are judged no more nobody knows what it shows. A sign that stayed
 * would be no news when the camera is judged again, and a lens that is still covered no alarm.
 */
export function settlePictures(draft: Draft): void {
  for (const [camera, { signs, learned }] of draft.state.cameras) {
    if (isJudged(draft.site, camera)) continue;
    const hours = learned.day || !learned.night ? 'day' : 'night';
    for (const [sign, { figures }] of Object.entries(signs) as [PictureSign, { readonly figures: PictureFigures }][])
      draft.add({ kind: 'picture-judged', camera, sign, active: false, hours, figures });
  }
}
