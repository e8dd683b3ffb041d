/**
 * Alarm figures in words: a number with its unit, a target with its sign, a verdict, the place of a kind of alarm.
 */
import { figureRows } from '../../core/report/kpi-figures.ts';
import type { Figure, FigureRow, Judged, KeyFigures } from '../../core/report/kpi-types.ts';
import { kinds } from '../../words/trade-words.ts';
import { say } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { type KpiKey, t } from '../text/kpi-language.ts';

const SIGN: Readonly<Record<FigureRow['is'], string>> = { most: '≤', below: '<', least: '≥' };

/** `4.2`, `318`: two digits where they say something. */
export function count(n: number): string {
  return String(n >= 100 || Number.isInteger(n) ? Math.round(n) : Number(n.toPrecision(2)));
}

/** `0.83%`, `12%`; a dash of nothing. */
export function percent(part: number, whole = 1): string {
  if (whole === 0) return '—';
  const n = (part / whole) * 100;
  return `${n === 0 || n >= 10 ? Math.round(n) : Number(n.toPrecision(2))}%`;
}

/** The value of a figure; a dash when there was nothing to count. */
export function figureText({ id, value }: Figure): string {
  if (value === null) return '—';
  return figureRows[id].unit === 'share' ? percent(value) : count(value);
}

/** `≤ 6`, `< 1%`; empty without a bound. Of what must not be at all, a plain 0. */
export function boundOf({ is, unit }: FigureRow, bound: number | undefined): string {
  if (bound === undefined) return '';
  if (bound === 0) return '0';
  return `${SIGN[is]} ${unit === 'share' ? percent(bound) : count(bound)}`;
}

const VERDICT: Readonly<Record<Judged, KpiKey>> = {
  within: 'kpiWithin',
  near: 'kpiNear',
  beyond: 'kpiBeyond',
  none: 'kpiUnjudged',
};

export const verdictOf = (judged: Judged): string => t(VERDICT[judged]);

/** `4区 东围栏`, or the device where there is no zone, or what is left of a place the site no longer has. */
export function zoneName(zone: string | undefined, device?: string): string {
  const here = site.value;
  if (zone === undefined) {
    const title = device === undefined ? undefined : here?.devices[device]?.title;
    return title ? say(title) : (device ?? t('kpiOutside'));
  }
  const found = here?.zones[zone];
  return found ? t('zoneTitle', { n: found.number, title: say(found.title) }) : zone;
}

/** `4区 东围栏 拉紧` */
export const keyName = ({ zone, device, kind }: KeyFigures): string => `${zoneName(zone, device)} ${say(kinds[kind])}`;
