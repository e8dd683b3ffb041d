/**
 * The alarm figures as a table for a spreadsheet: one figure a row, with its unit, target, limit and whether it is met, so
 * that a reader needs no second page to understand one. It must never round what it gives.
 */
import { figureRows } from '../../core/report/kpi-figures.ts';
import { windowMs } from '../../core/report/kpi-load.ts';
import type { FigureRow, Judged, KeyFigures, Kpi, Spread, Waits } from '../../core/report/kpi-types.ts';
import { ackTargetMs } from '../../core/site/targets.ts';
import type { Site } from '../../core/types.ts';
import { localTime } from '../http/localtime.ts';
import { BOM, row } from './csv.ts';

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

const HEAD = ['部分', '对象', '项目', '数值', '单位', '目标', '上限', '结论'];
const JUDGED: Readonly<Record<Judged, string>> = { within: '达标', near: '可承受', beyond: '超标', none: '无从判断' };
const SIGN: Readonly<Record<FigureRow['is'], string>> = { most: '≤', below: '<', least: '≥' };

const seconds = (ms: number | null): number | undefined => (ms === null ? undefined : ms / 1000);

function* figureLines(kpi: Kpi, site: Site): Generator<FigureLine> {
  yield ['期间', '', '开始', localTime(kpi.from, site), ''];
  yield ['期间', '', '结束', localTime(kpi.to, site), ''];
  for (const { id, value, judged } of kpi.figures) {
    const { title, unit, is, target, limit } = figureRows[id];
    const bound = (n: number | undefined) => (n === undefined ? undefined : `${SIGN[is]} ${n}`);
    yield ['总表', '', title.zh, value, unit === 'share' ? '比例' : '条', bound(target), bound(limit), JUDGED[judged]];
  }
  yield ['计数', '', '报警（1–3 级）', kpi.raised, '条'];
  yield ['计数', '', '维护提示（不计入）', kpi.maintenance, '条'];
  yield ['计数', '', '其中测试或演练', kpi.tests, '条'];
  yield ['计数', '', '10 分钟时段（含空）', kpi.windows.counts.length, '段'];
  yield ['计数', '', '报警泛滥', kpi.floodMs / 1000, '秒'];
  yield ['计数', '', '网关启动', kpi.starts, '次'];
  yield ['抑制', '', '搁置', kpi.suppression.shelved, '次'];
  yield ['抑制', '', '旁路', kpi.suppression.inhibited, '次'];
  yield ['抑制', '', '停用', kpi.suppression.outOfService, '次'];
  yield ['抑制', '', '因无权限被拒绝', kpi.suppression.refused, '次'];
}

function* spreadLines(part: string, subject: string, what: string, of: Spread, target?: number): Generator<FigureLine> {
  yield [part, subject, `${what} 次数`, of.count, '次'];
  yield [part, subject, `${what} 中位数`, seconds(of.medianMs), '秒', target];
  yield [part, subject, `${what} 90% 以内`, seconds(of.p90Ms), '秒', target];
}

function* waitLines(subject: string, waits: Omit<Waits, 'waiting' | 'overdue' | 'judged'>): Generator<FigureLine> {
  const what = `${waits.priority} 级确认`;
  yield* spreadLines('处置', subject, what, waits, ackTargetMs[waits.priority] / 1000);
  yield ['处置', subject, `${what} 目标内`, waits.inTime, '次'];
}

function* handlingLines(kpi: Kpi): Generator<FigureLine> {
  for (const waits of kpi.waits) {
    const what = `${waits.priority} 级确认`;
    yield* waitLines('全部', waits);
    yield ['处置', '全部', `${what} 尚未确认`, waits.waiting, '条'];
    yield ['处置', '全部', `${what} 尚未确认且超时`, waits.overdue, '条', undefined, undefined, JUDGED[waits.judged]];
  }
  yield* spreadLines('处置', '全部', '派单到到场', kpi.arrivals);
  yield* spreadLines('处置', '全部', '报警到关闭', kpi.closings);
  for (const person of kpi.people) {
    for (const waits of person.waits) if (waits.count > 0) yield* waitLines(person.name, waits);
    if (person.arrivals.count > 0) yield* spreadLines('处置', person.name, '派单到到场', person.arrivals);
    if (person.closings.count > 0) yield* spreadLines('处置', person.name, '报警到关闭', person.closings);
  }
}

function place({ zone, device }: Pick<KeyFigures, 'zone' | 'device'>, site: Site): string {
  const title = zone === undefined ? site.devices[device]?.title : site.zones[zone]?.title;
  return title?.zh ?? zone ?? device;
}

function* placeLines(kpi: Kpi, site: Site): Generator<FigureLine> {
  for (const key of kpi.top) yield ['最频繁', place(key, site), key.kind, key.count, '条'];
  for (const key of kpi.chattering) yield ['频发', place(key, site), key.kind, key.count, '次触发'];
  for (const zone of kpi.zones) {
    const name = zone.zone === undefined ? '防区以外' : place({ zone: zone.zone, device: '' }, site);
    yield ['防区', name, '报警', zone.raised, '条'];
    yield ['防区', name, '关闭', zone.closed, '条'];
    yield ['防区', name, '干扰（B 类）', zone.nuisance, '条'];
    yield ['防区', name, '干扰（B 类）每 30 天', zone.nuisancePerMonth, '条'];
    yield ['防区', name, '误报（C 类）', zone.malfunction, '条'];
    yield ['防区', name, '误报（C 类）每 30 天', zone.malfunctionPerMonth, '条'];
    for (const [code, count] of Object.entries(zone.byCode)) yield ['防区', name, `原因 ${code}`, count, '条'];
  }
  for (const { day, count } of kpi.stale) {
    if (count === 0) continue;
    yield ['超过 24 小时', new Date(day * 86_400_000).toISOString().slice(0, 10), '未关闭报警', count, '条'];
  }
  for (const [i, count] of kpi.windows.counts.entries()) {
    if (count > 0) yield ['10 分钟时段', localTime(kpi.windows.from + i * windowMs, site), '报警', count, '条'];
  }
}

/** The rows, in chunks of text. Windows and days without an alarm have none; how many windows there were is said. */
export function* kpiLines(kpi: Kpi, site: Site): Generator<string> {
  yield BOM + row(HEAD);
  for (const lines of [figureLines(kpi, site), handlingLines(kpi), placeLines(kpi, site)]) {
    yield [...lines].map((line) => row(HEAD.map((_, i) => line[i]))).join('');
  }
}
