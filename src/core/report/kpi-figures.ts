/**
 * The table of alarm figures: what each is called, its target and its limit, and how a number is judged by them. Screen,
 * export and tests read this one table. The numbers follow the principles of ISA-18.2 and EEMUA 191; they were made for
 * plants with one operator, and a school should see far fewer alarms.
 */
import type { Figure, FigureId, FigureRow, Judged, Spread } from './kpi-types.ts';

export const figureRows: Readonly<Record<FigureId, FigureRow>> = {
  perHour: {
    title: { zh: '平均每小时报警', en: 'Alarms per hour' },
    unit: 'count',
    is: 'most',
    target: 6,
    limit: 12,
  },
  perTenMinutes: {
    title: { zh: '平均每 10 分钟报警', en: 'Alarms per 10 minutes' },
    unit: 'count',
    is: 'most',
    target: 1,
    limit: 2,
  },
  perDay: {
    title: { zh: '平均每天报警', en: 'Alarms per day' },
    unit: 'count',
    is: 'most',
    target: 150,
    limit: 300,
  },
  windowsOver: {
    title: { zh: '超过 10 条的 10 分钟时段', en: '10-minute windows with more than 10' },
    unit: 'share',
    is: 'below',
    target: 0.01,
  },
  windowMax: {
    title: { zh: '10 分钟内最多', en: 'Most in one 10-minute window' },
    unit: 'count',
    is: 'most',
    target: 10,
  },
  floodTime: { title: { zh: '报警泛滥时间', en: 'Time in flood' }, unit: 'share', is: 'below', target: 0.01 },
  topTen: {
    title: { zh: '最频繁 10 种所占', en: 'Share of the ten most frequent' },
    unit: 'share',
    is: 'most',
    target: 0.01,
    limit: 0.05,
  },
  chattering: { title: { zh: '频发报警', en: 'Chattering alarms' }, unit: 'count', is: 'most', target: 0 },
  fleeting: { title: { zh: '一闪即逝的报警', en: 'Fleeting alarms' }, unit: 'count', is: 'most', target: 0 },
  stale: {
    title: { zh: '单日超过 24 小时未关闭', en: 'Open for over 24 h, worst day' },
    unit: 'count',
    is: 'below',
    target: 5,
  },
  priority1: { title: { zh: '紧急（1 级）占比', en: 'Share of urgent (P1)' }, unit: 'share', is: 'most', target: 0.05 },
  priority2: {
    title: { zh: '重要（2 级）占比', en: 'Share of important (P2)' },
    unit: 'share',
    is: 'most',
    target: 0.15,
  },
  priority3: {
    title: { zh: '一般（3 级）占比', en: 'Share of ordinary (P3)' },
    unit: 'share',
    is: 'least',
    target: 0.8,
  },
  suppression: {
    title: { zh: '无依据的抑制', en: 'Unauthorised suppression' },
    unit: 'count',
    is: 'most',
    target: 0,
  },
};

/** So many of all acknowledgements must be in time. */
export const ackShare = 0.9;

function meets({ is }: FigureRow, value: number, bound: number): boolean {
  if (is === 'least') return value >= bound;
  return is === 'below' ? value < bound : value <= bound;
}

/** A number held against its row. */
export function figure(id: FigureId, value: number | null, judgeable = true): Figure {
  const row = figureRows[id];
  let judged: Judged = 'beyond';
  if (value === null || !judgeable) judged = 'none';
  else if (meets(row, value, row.target)) judged = 'within';
  else if (row.limit !== undefined && meets(row, value, row.limit)) judged = 'near';
  return { id, value, judged };
}

/** The value at a share of the sorted numbers by nearest rank; null of none. */
function rank(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/** Median and 90th percentile of lengths in ms. */
export function spread(lengths: readonly number[]): Spread {
  const sorted = [...lengths].sort((a, b) => a - b);
  return { count: sorted.length, medianMs: rank(sorted, 0.5), p90Ms: rank(sorted, 0.9) };
}
