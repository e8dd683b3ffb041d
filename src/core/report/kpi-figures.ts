/**
 * The table of alarm figures: what each is called, its target and its limit, and how a number is judged by them. Screen,
 * export and tests read this one table. The numbers follow the principles of ISA-18.2 and EEMUA 191; they were made for
 * plants with one operator, and a school should see far fewer alarms.
 */
import { figureTitles } from '../../words/screens/kpi-words.ts';
import type { Figure, FigureId, FigureRow, Judged, Spread } from './kpi-types.ts';

export const figureRows: Readonly<Record<FigureId, FigureRow>> = {
  perHour: {
    title: figureTitles.perHour,
    unit: 'count',
    is: 'most',
    target: 6,
    limit: 12,
  },
  perTenMinutes: {
    title: figureTitles.perTenMinutes,
    unit: 'count',
    is: 'most',
    target: 1,
    limit: 2,
  },
  perDay: {
    title: figureTitles.perDay,
    unit: 'count',
    is: 'most',
    target: 150,
    limit: 300,
  },
  windowsOver: {
    title: figureTitles.windowsOver,
    unit: 'share',
    is: 'below',
    target: 0.01,
  },
  windowMax: {
    title: figureTitles.windowMax,
    unit: 'count',
    is: 'most',
    target: 10,
  },
  floodTime: { title: figureTitles.floodTime, unit: 'share', is: 'below', target: 0.01 },
  topTen: {
    title: figureTitles.topTen,
    unit: 'share',
    is: 'most',
    target: 0.01,
    limit: 0.05,
  },
  chattering: { title: figureTitles.chattering, unit: 'count', is: 'most', target: 0 },
  fleeting: { title: figureTitles.fleeting, unit: 'count', is: 'most', target: 0 },
  stale: {
    title: figureTitles.stale,
    unit: 'count',
    is: 'below',
    target: 5,
  },
  priority1: { title: figureTitles.priority1, unit: 'share', is: 'most', target: 0.05 },
  priority2: {
    title: figureTitles.priority2,
    unit: 'share',
    is: 'most',
    target: 0.15,
  },
  priority3: {
    title: figureTitles.priority3,
    unit: 'share',
    is: 'least',
    target: 0.8,
  },
  suppression: {
    title: figureTitles.suppression,
    unit: 'count',
    is: 'most',
    target: 0,
  },
};

/** So many of all acknowledgements must be in time. */
export const ackShare = 0.9;

/** Of fewer alarms than these a single one is more than the target of 5 % that urgent ones may be. */
export const sharesFrom = 20;

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
