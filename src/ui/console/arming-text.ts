/**
 * Arming in words: how an area stands, what is open in a zone, why something will be as it will be, and when. Built from the
 * site's own titles. It must never hold State or ask anybody.
 */

import type { NotReady } from '../../core/condition/not-ready.ts';
import type { ModeSpan } from '../../core/report/arming-forecast.ts';
import { localDay, weekday } from '../../core/site/calendar.ts';
import type { AreaMode, ArmMode, Time, Zone } from '../../core/types.ts';
import { modes } from '../../words/trade-words.ts';
import { hm } from '../page/format.ts';
import { say } from '../page/language.ts';
import { offset } from '../page/views.ts';
import { type ArmingKey, t } from '../text/arming-language.ts';
import { pointTitle, signText } from '../text/detection-text.ts';

const dayKeys = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** `周二 18:00`: a time within a week from now. */
export function dayTime(at: Time): string {
  const day = weekday(localDay(at, offset.value));
  return `${t(dayKeys[day] ?? 'sun')} ${hm(at, offset.value)}`;
}

/** `周二 24`: a day of the coming week. */
export function dayName(at: Time): string {
  const local = new Date(at + offset.value * 60_000);
  return `${t(dayKeys[local.getUTCDay()] ?? 'sun')} ${local.getUTCDate()}`;
}

/** `4区 东围栏` */
export const zoneName = (zone: Zone): string => t('zoneTitle', { n: zone.number, title: say(zone.title) });

/** How an area stands. */
export const areaStands: Readonly<Record<AreaMode, ArmingKey>> = {
  away: 'areaIsAway',
  stay: 'areaIsStay',
  disarmed: 'areaIsDisarmed',
};

/** What will be done with an area. */
export const areaDoes: Readonly<Record<AreaMode, ArmingKey>> = {
  away: 'areaAway',
  stay: 'areaStay',
  disarmed: 'areaDisarmed',
};

/** `断线，4号主机 失联`: everything that is open in a zone. */
export function openText(zone: Zone, all: readonly NotReady[]): string {
  const texts = all.map((one) => {
    if (one.what === 'silent') return t('openSilent', { device: say(one.device.title) });
    if (one.what === 'condition') return pointTitle(one.point);
    return signText(one.device, zone.id, one.sensed);
  });
  return texts.join(t('listComma'));
}

/** Why a span is as it is. */
export function whyText({ why, title, by = '' }: ModeSpan<unknown>): string {
  switch (why) {
    case 'plan':
      return t('whyPlan');
    case 'holiday':
      return t('whyHoliday', { title: title ? say(title) : '' });
    case 'outside-term':
      return t('whyOutsideTerm');
    case 'exception':
      return t('whyException', { title: title ? say(title) : '' });
    case 'no-schedule':
      return t('whyNoSchedule');
    case 'always':
      return t('whyAlways');
    case 'hand':
    case 'inhibited':
    case 'out-of-service':
      return t('whyHand', { by });
  }
}

/** `布防`, `留守`, `撤防`: of an area or a zone. */
export function modeText(mode: AreaMode | ArmMode): string {
  if (mode === 'away') return t('previewArmed');
  return mode === 'stay' ? t('previewStay') : say(modes[mode]);
}

/** `周一 18:00 至 周二 07:00 布防（按计划）` */
export function spanText(span: ModeSpan<AreaMode> | ModeSpan<ArmMode>): string {
  const { from, to, mode } = span;
  return t('previewSpan', { from: dayTime(from), to: dayTime(to), mode: modeText(mode), why: whyText(span) });
}
