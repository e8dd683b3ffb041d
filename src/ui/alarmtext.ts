/**
 * An alarm in words: its title, its second line, its state. Built from the site's own titles, so that wall, console and
 * phone call a thing by the same name.
 */
import type { Alarm, Point, Site } from '../core/types.ts';
import { phaseOf } from '../core/view.ts';
import { site } from './feed.ts';
import { hm, valueText } from './format.ts';
import { kinds, type ReasonCode, reasons } from './words/trade.ts';
import { half, say, t } from './words.ts';

function place(alarm: Alarm, here: Site | undefined, short: boolean): string {
  const zone = alarm.zone === undefined ? undefined : here?.zones[alarm.zone];
  if (zone)
    return short ? t('zoneShort', { n: zone.number }) : t('zoneTitle', { n: zone.number, title: say(zone.title) });
  const point = checkpointOf(alarm, here);
  if (point) return short ? say(point.checkpoint.title) : `${say(point.route.title)} ${say(point.checkpoint.title)}`;
  const device = here?.devices[alarm.device];
  return device ? say(device.title) : alarm.device;
}

function checkpointOf(alarm: Alarm, here: Site | undefined) {
  if (!here || alarm.checkpoint === undefined) return undefined;
  for (const route of Object.values(here.routes)) {
    const checkpoint = route.checkpoints.find((c) => c.id === alarm.checkpoint);
    if (checkpoint) return { route, checkpoint };
  }
  return undefined;
}

/** `4区 东围栏 攀爬 ×3` */
export function titleOf(alarm: Alarm): string {
  const times = alarm.count > 1 ? ` ×${alarm.count}` : '';
  return `${place(alarm, site.value, false)} ${say(kinds[alarm.kind])}${times}`;
}

/** `4区 攀爬` */
export function shortTitle(alarm: Alarm): string {
  return `${place(alarm, site.value, true)} ${say(kinds[alarm.kind])}`;
}

/** The point of the profile that raised the alarm, if the device still has it. */
function causeOf(alarm: Alarm): Point | undefined {
  const device = site.value?.devices[alarm.device];
  const key = alarm.causes[0]?.split('/').pop();
  return device && key !== undefined ? device.points[key] : undefined;
}

/** What was measured, or why: `张力 +38%，限 +25%`. Empty when there is nothing to say beyond the title. */
export function whatOf(alarm: Alarm): string {
  if (alarm.why) return half(alarm.why);
  const point = causeOf(alarm);
  if (!point || alarm.value === undefined) return '';
  const when = point.alarm?.when;
  if (typeof alarm.value !== 'number' || !when) return say(point.title);
  const holes = { what: say(point.title), value: valueText(alarm.value, point.unit) };
  if ('above' in when) return t('limitAbove', { ...holes, limit: valueText(when.above, point.unit) });
  if ('below' in when) return t('limitBelow', { ...holes, limit: valueText(when.below, point.unit) });
  return `${holes.what} ${holes.value}`;
}

/** The second line: who took it, else what was measured, else when it began. */
export function detailOf(alarm: Alarm, utcOffsetMin: number): string {
  if (alarm.acked) return t('ackedBy', { name: alarm.acked.by, time: hm(alarm.acked.at, utcOffsetMin) });
  return whatOf(alarm) || t('firstAt', { time: hm(alarm.taken ?? alarm.raisedAt, utcOffsetMin) });
}

const phaseKeys = {
  unacked: 'stUnacked',
  'unacked-returned': 'stReturned',
  acked: 'stAcked',
  'to-close': 'stToClose',
} as const;

/** `待确认`, `已恢复`, `处置中`, `缺原因` */
export function phaseText(alarm: Alarm): string {
  return t(phaseKeys[phaseOf(alarm)]);
}

/** The words of a stored reason code; an unknown code is shown as it is. */
export function reasonText(code: string): string {
  return code in reasons ? `${code} ${say(reasons[code as ReasonCode])}` : code;
}
