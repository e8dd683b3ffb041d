/**
 * The alarm figures as a table for a spreadsheet: one figure a row, with its unit, target, limit and whether it is met, so
 * that a reader needs no second page to understand one. It must never round what it gives.
 */
import { figureRows } from '../../core/report/kpi-figures.ts';
import { windowMs } from '../../core/report/kpi-load.ts';
import type { FigureRow, KeyFigures, Kpi, Spread, Waits } from '../../core/report/kpi-types.ts';
import { ackTargetMs } from '../../core/site/targets.ts';
import type { CutSpan, Site } from '../../core/types.ts';
import { BOM, row } from '../../paper/csv.ts';
import {
  ackOf,
  countOf,
  inTimeOf,
  judgements,
  kpiCsv as k,
  medianOf,
  ninetyOf,
  overdueOf,
  reasonRow,
  waitingOf,
} from '../../words/csv-words.ts';
import { cutNotice } from '../../words/proof/retention-words.ts';
import { kinds } from '../../words/trade-words.ts';
import { bothLanguages } from '../../words/words.ts';
import { localTime } from '../http/localtime.ts';

/** part, subject, figure, value, unit, target, limit, judged */
type FigureLine = readonly [
  part: string,
  subject: string,
  figure: string,
  value: unknown,
  unit: string,
  target?: unknown,
  limit?: unknown,
  judged?: string,
];

const HEAD = [k.part, k.subject, k.figure, k.value, k.unit, k.target, k.limit, k.judged];
const SIGN: Readonly<Record<FigureRow['is'], string>> = { most: '≤', below: '<', least: '≥' };

const seconds = (ms: number | null): number | undefined => (ms === null ? undefined : ms / 1000);

function* figureLines(kpi: Kpi, site: Site): Generator<FigureLine> {
  yield [k.period, '', k.from, localTime(kpi.from, site), ''];
  yield [k.period, '', k.to, localTime(kpi.to, site), ''];
  for (const { id, value, judged } of kpi.figures) {
    const { title, unit, is, target, limit } = figureRows[id];
    const bound = (n: number | undefined) => (n === undefined ? undefined : `${SIGN[is]} ${n}`);
    yield [
      k.table,
      '',
      title.zh,
      value,
      unit === 'share' ? k.share : k.alarms,
      bound(target),
      bound(limit),
      judgements[judged],
    ];
  }
  yield [k.counts, '', k.raised, kpi.raised, k.alarms];
  yield [k.counts, '', k.maintenance, kpi.maintenance, k.alarms];
  yield [k.counts, '', k.tests, kpi.tests, k.alarms];
  yield [k.counts, '', k.windows, kpi.windows.counts.length, k.steps];
  yield [k.counts, '', k.flood, kpi.floodMs / 1000, k.seconds];
  yield [k.counts, '', k.starts, kpi.starts, k.times];
  yield [k.suppression, '', k.shelved, kpi.suppression.shelved, k.times];
  yield [k.suppression, '', k.inhibited, kpi.suppression.inhibited, k.times];
  yield [k.suppression, '', k.outOfService, kpi.suppression.outOfService, k.times];
  yield [k.suppression, '', k.refused, kpi.suppression.refused, k.times];
}

function* spreadLines(part: string, subject: string, what: string, of: Spread, target?: number): Generator<FigureLine> {
  yield [part, subject, countOf(what), of.count, k.times];
  yield [part, subject, medianOf(what), seconds(of.medianMs), k.seconds, target];
  yield [part, subject, ninetyOf(what), seconds(of.p90Ms), k.seconds, target];
}

function* waitLines(subject: string, waits: Omit<Waits, 'waiting' | 'overdue' | 'judged'>): Generator<FigureLine> {
  const what = ackOf(waits.priority);
  yield* spreadLines(k.handling, subject, what, waits, ackTargetMs[waits.priority] / 1000);
  yield [k.handling, subject, inTimeOf(what), waits.inTime, k.times];
}

function* handlingLines(kpi: Kpi): Generator<FigureLine> {
  for (const waits of kpi.waits) {
    const what = ackOf(waits.priority);
    yield* waitLines(k.everybody, waits);
    yield [k.handling, k.everybody, waitingOf(what), waits.waiting, k.alarms];
    yield [
      k.handling,
      k.everybody,
      overdueOf(what),
      waits.overdue,
      k.alarms,
      undefined,
      undefined,
      judgements[waits.judged],
    ];
  }
  yield* spreadLines(k.handling, k.everybody, k.arrivals, kpi.arrivals);
  yield* spreadLines(k.handling, k.everybody, k.closings, kpi.closings);
  for (const person of kpi.people) {
    for (const waits of person.waits) if (waits.count > 0) yield* waitLines(person.name, waits);
    if (person.arrivals.count > 0) yield* spreadLines(k.handling, person.name, k.arrivals, person.arrivals);
    if (person.closings.count > 0) yield* spreadLines(k.handling, person.name, k.closings, person.closings);
  }
}

function place({ zone, device }: Pick<KeyFigures, 'zone' | 'device'>, site: Site): string {
  const title = zone === undefined ? site.devices[device]?.title : site.zones[zone]?.title;
  return title?.zh ?? zone ?? device;
}

function* placeLines(kpi: Kpi, site: Site): Generator<FigureLine> {
  for (const key of kpi.top) yield [k.mostFrequent, place(key, site), kinds[key.kind].zh, key.count, k.alarms];
  for (const key of kpi.chattering) yield [k.chattering, place(key, site), kinds[key.kind].zh, key.count, k.triggers];
  for (const zone of kpi.zones) {
    const name = zone.zone === undefined ? k.outside : place({ zone: zone.zone, device: '' }, site);
    yield [k.zones, name, k.alarm, zone.raised, k.alarms];
    yield [k.zones, name, k.closed, zone.closed, k.alarms];
    yield [k.zones, name, k.nuisance, zone.nuisance, k.alarms];
    yield [k.zones, name, k.nuisancePerMonth, zone.nuisancePerMonth, k.alarms];
    yield [k.zones, name, k.malfunction, zone.malfunction, k.alarms];
    yield [k.zones, name, k.malfunctionPerMonth, zone.malfunctionPerMonth, k.alarms];
    for (const [code, count] of Object.entries(zone.byCode)) yield [k.zones, name, reasonRow(code), count, k.alarms];
  }
  for (const { day, count } of kpi.stale) {
    if (count === 0) continue;
    yield [k.over24h, new Date(day * 86_400_000).toISOString().slice(0, 10), k.open, count, k.alarms];
  }
  for (const [i, count] of kpi.windows.counts.entries()) {
    if (count > 0) yield [k.tenMinutes, localTime(kpi.windows.from + i * windowMs, site), k.alarm, count, k.alarms];
  }
}

/** The rows, in chunks of text. Windows and days without an alarm have none; how many windows there were is said. */
export function* kpiLines(kpi: Kpi, site: Site, cut?: CutSpan): Generator<string> {
  yield BOM + row(HEAD);
  for (const lines of [figureLines(kpi, site), handlingLines(kpi), placeLines(kpi, site)]) {
    yield [...lines].map((line) => row(HEAD.map((_, i) => line[i]))).join('');
  }
  if (!cut) return;
  const day = localTime(cut.before, site).slice(0, 10);
  yield `# ${bothLanguages(cutNotice('alarm', day, cut.days))}\r\n`;
}
