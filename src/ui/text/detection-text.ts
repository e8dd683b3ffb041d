/**
 * What devices and the gateway's own detection say, in words: points, wires and signs. A value always has its unit, and a
 * wire the name the profile gives it.
 */

import { detectionOf, pictureOf } from '../../core/site/detection-keys.ts';
import { wiresOf } from '../../core/site/layout.ts';
import type { ActiveDetection, Point } from '../../core/types.ts';
import { pictureSigns } from '../../words/camera/picture-names.ts';
import { channelName, lookupWords, signs } from '../../words/trade-words.ts';
import { valueText } from '../page/format.ts';
import { say, t } from '../page/language.ts';
import { site } from '../page/page-feed.ts';

/** The title of a point without the host's own name of its channel, which a person would take for a zone. */
export function pointTitle(point: Point): string {
  return say(point.title).replace(channelName, '');
}

/** The name of a wire of a zone by its index, lowest first. */
function wireText(device: string, zone: string, wire: number): string {
  const found = site.value?.devices[device];
  const point = found && wiresOf(found, zone)[wire];
  return point ? pointTitle(point) : t('wireNo', { n: wire + 1 });
}

/** `攀爬`, `断线 3号线 4 N`: a sign of the gateway's own detection. */
export function signText(
  device: string,
  zone: string,
  { detection, wire, value }: Omit<ActiveDetection, 'since'>,
): string {
  const parts = [say(signs[detection])];
  if (wire !== undefined) parts.push(wireText(device, zone, wire));
  if (value !== undefined) parts.push(valueText(value, detection === 'drift' ? 'N/h' : 'N'));
  return parts.join(' ');
}

/** A cause that the gateway's own detection gave, in words; undefined when a device gave it. */
export function senseText(device: string, cause: string, value?: number): string | undefined {
  const picture = pictureOf(cause);
  if (picture) return say(lookupWords(pictureSigns, picture.sign));
  const sense = detectionOf(cause);
  if (!sense) return undefined;
  const [sign = '', wire] = sense.key.split('.');
  if (!(sign in signs)) return sense.key;
  const said = { ...(wire !== undefined && { wire: Number(wire) }), ...(value !== undefined && { value }) };
  return signText(device, sense.zone, { detection: sign as ActiveDetection['detection'], ...said });
}

/** `4号围栏主机 拉紧`, `网关检测 断线 3号线`: who said so, and what. */
export function causeText(id: string, cause: string): string {
  const sensed = senseText(id, cause);
  if (sensed !== undefined) return `${t('byGateway')} ${sensed}`;
  const device = site.value?.devices[id];
  const point = device?.points[cause.split('/').pop() ?? ''];
  return [device ? say(device.title) : id, point && pointTitle(point)].filter(Boolean).join(' ');
}
