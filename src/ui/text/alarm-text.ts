/**
 * An alarm in words: its title, its second line, its state. Built from the site's own titles, so that wall, console and
 * phone call a thing by the same name. A second line says what a title cannot: the value, the wire, since when, who.
 */

import { isLost } from '../../core/site/deafness.ts';
import { wiresOf } from '../../core/site/layout.ts';
import { placeOf as placeIn } from '../../core/site/naming.ts';
import type { Alarm, Device, Gauge, Point, Site } from '../../core/types.ts';
import { policeStanding } from '../../words/reach/police-words.ts';
import { kinds } from '../../words/trade-words.ts';
import { hm, hms, valueText } from '../page/format.ts';
import { say, t } from '../page/language.ts';
import { gauges, site } from '../page/page-feed.ts';
import { rounds } from '../page/views.ts';
import { pointTitle, senseText } from './detection-text.ts';
import { inHandText } from './handling-text.ts';

/** The route and checkpoint an alarm of the patrol speaks of. */
export function checkpointOf(alarm: Alarm, here: Site | undefined) {
  if (!here || alarm.checkpoint === undefined) return undefined;
  for (const route of Object.values(here.routes)) {
    const checkpoint = route.checkpoints.find((c) => c.id === alarm.checkpoint);
    if (checkpoint) return { route, checkpoint };
  }
  return undefined;
}

/** What a title is made of: of an alarm that is open, or of a record of one. */
export type Titled = Pick<Alarm, 'key' | 'key' | 'kind' | 'count' | 'device' | 'zone' | 'checkpoint'>;

/** `4区 东围栏` */
export function placeOf(alarm: Titled): string {
  const here = site.value;
  return here ? say(placeIn(here, alarm)) : alarm.device;
}

/** `拉紧 ×3`: the part of a title that must never be cut off. */
export function kindOf(alarm: Titled): string {
  return alarm.count > 1 ? `${say(kinds[alarm.kind])} ×${alarm.count}` : say(kinds[alarm.kind]);
}

/** `4区 东围栏 攀爬 ×3` */
export function titleOf(alarm: Titled): string {
  return `${placeOf(alarm)} ${kindOf(alarm)}`;
}

/** `4区 攀爬`, `2号点 漏巡` */
export function shortTitle(alarm: Alarm): string {
  const zone = alarm.zone === undefined || isLost(alarm) ? undefined : site.value?.zones[alarm.zone];
  const point = zone ? undefined : checkpointOf(alarm, site.value)?.checkpoint;
  const place = zone ? t('zoneShort', { n: zone.number }) : point ? say(point.title) : placeOf(alarm);
  return `${place} ${say(kinds[alarm.kind])}`;
}

/** The point of the profile that raised the alarm, if the device still has it. */
export function causeOf(alarm: Alarm, cause = alarm.causes[0]): Point | undefined {
  const device = site.value?.devices[alarm.device];
  const key = cause?.split('/').pop();
  return device && key !== undefined ? device.points[key] : undefined;
}

/** What was measured against its limit: `张力 +38%，限 +25%`; undefined when nothing was measured. */
function measured(alarm: Alarm, point: Point): string | undefined {
  const when = point.alarm?.when;
  if (typeof alarm.value !== 'number' || !when) return undefined;
  const holes = { what: pointTitle(point), value: valueText(alarm.value, point.unit) };
  if ('above' in when) return t('limitAbove', { ...holes, limit: valueText(when.above, point.unit) });
  if ('below' in when) return t('limitBelow', { ...holes, limit: valueText(when.below, point.unit) });
  return `${holes.what} ${holes.value}`;
}

/** What was measured, or why. Empty when there is nothing to say beyond the title. */
export function whatOf(alarm: Alarm): string {
  if (alarm.why) return say(alarm.why);
  const sensed = sensedOf(alarm);
  if (sensed !== undefined) return sensed;
  const point = causeOf(alarm);
  if (!point) return '';
  return measured(alarm, point) ?? (repeatsKind(alarm, point) ? '' : pointTitle(point));
}

/** What the gateway's own detection says, when it was that which raised the alarm: `断线 3号线 4 N`. */
function sensedOf(alarm: Alarm): string | undefined {
  const cause = alarm.causes[0];
  if (cause === undefined) return undefined;
  return senseText(alarm.device, cause, typeof alarm.value === 'number' ? alarm.value : undefined);
}

/** Whether the point's title says no more than the kind of alarm: 断线 of 断线. */
function repeatsKind(alarm: Alarm, point: Point): boolean {
  return pointTitle(point).toLowerCase().includes(say(kinds[alarm.kind]).toLowerCase());
}

/** The wire a fence alarm is about: the slackest for what lowers tension, the tightest for what raises it. */
export function wireOf(alarm: Alarm): { readonly point: Point; readonly gauge: Gauge } | undefined {
  const device = site.value?.devices[alarm.device];
  if (!device || alarm.zone === undefined) return undefined;
  const wires = liveWires(device, alarm.zone);
  const sign = alarm.kind === 'cut' || alarm.kind === 'slack' ? 1 : -1;
  return wires.sort((a, b) => sign * (a.gauge.value - b.gauge.value))[0];
}

function liveWires(device: Device, zone: string) {
  const live = gauges().get(device.id);
  return wiresOf(device, zone).flatMap((point) => {
    const gauge = live?.get(point.key);
    return gauge ? [{ point, gauge }] : [];
  });
}

const ofFence: readonly Alarm['kind'][] = ['climb', 'pull', 'slack', 'cut'];

/** The second line: who took it, else what was measured, else since when. Short enough for the wall. */
export function detailOf(alarm: Alarm, utcOffsetMin: number): string {
  // Whether the police come is what everybody wants to know.
  if (alarm.kind === 'police') {
    const { answered, came } = alarm.police ?? {};
    return say(policeStanding[came ? 'came' : answered ? 'answered' : 'called']);
  }
  const inHand = alarm.acked && inHandText(alarm);
  if (inHand !== undefined) return inHand;
  const from = alarm.sourceTime ?? alarm.raisedAt;
  const time = hms(from, utcOffsetMin);
  if (alarm.kind === 'missed') {
    const cell = rounds.value
      .find((row) => row.id === alarm.round)
      ?.cells.find((c) => c.checkpoint.id === alarm.checkpoint);
    if (cell) return t('planUnmet', { time: hm(cell.plan, utcOffsetMin) });
  }
  const over = alarm.causes.length === 0;
  if (over && alarm.returnedAt !== undefined)
    return t('overFromTo', { from: time, to: hms(alarm.returnedAt, utcOffsetMin) });
  if ((alarm.kind === 'short-handed' || alarm.kind === 'unwatched') && alarm.why) return say(alarm.why);
  if (alarm.kind === 'comms') return t('silentSince', { time });
  const point = causeOf(alarm);
  const value = sensedOf(alarm) ?? (point && measured(alarm, point));
  if (value) return value;
  const wire = !over && ofFence.includes(alarm.kind) ? wireOf(alarm) : undefined;
  if (wire)
    return t('wireSince', { what: pointTitle(wire.point), value: valueText(wire.gauge.value, wire.point.unit), time });
  return point && !repeatsKind(alarm, point) ? pointTitle(point) : t('firstAt', { time });
}
