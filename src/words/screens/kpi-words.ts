/**
 * What the page of alarm figures says. The export says the names of the figures too.
 */
import type { FigureId } from '../../core/report/kpi-types.ts';
import type { Words } from '../words.ts';

export const kpi = {
  kpiAgain: { zh: '重新统计', en: 'Count again' },
  kpiPosition: {
    zh: '全校为一个值班席位；统计 1–3 级报警，维护提示 {maintenance} 条不计入',
    en: 'The school is one operator position; priorities 1 to 3 count, {maintenance} maintenance hints do not',
  },
  kpiTests: {
    zh: '其中 {n} 条以测试或演练关闭：计入负荷，不计入干扰',
    en: '{n} were closed as test or drill: part of the load, not of the nuisance',
  },
  kpiShort: {
    zh: '时段不足 30 天，结论仅供参考',
    en: 'Less than 30 days: take the verdicts as hints',
  },
  kpiStarts: {
    zh: '期间网关启动 {n} 次；停机时的情况不在统计内',
    en: 'Starts of the gateway: {n}; what happened while it was off is not counted',
  },
  kpiNone: { zh: '这段时间没有报警', en: 'No alarms in this period' },
  kpiNoTime: { zh: '这段时间没有记录', en: 'There are no records of this period' },
  kpiAlarms: { zh: '报警', en: 'Alarms' },
  kpiBusiest: { zh: '最忙的 10 分钟', en: 'Busiest 10 minutes' },
  kpiInTime: { zh: '按时确认', en: 'Acknowledged in time' },
  kpiInTimeNote: { zh: '目标内确认 ÷（已确认 + 超时未确认）', en: 'in time ÷ (acknowledged + overdue)' },
  kpiPerHourNote: { zh: '平均每小时 {n} 条', en: '{n} per hour on average' },
  kpiFlooded: { zh: '报警泛滥共 {time}', en: 'in flood for {time}' },
  kpiNoFlood: { zh: '没有报警泛滥', en: 'no flood' },
  kpiStrip: { zh: '每 10 分钟的报警', en: 'Alarms in every 10 minutes' },
  kpiStripNote: {
    zh: '一格 10 分钟，空格也是时段；超过 10 条的标色，共 {n} 段',
    en: 'One step is 10 minutes, empty ones count; more than 10 is coloured: {n} of them',
  },
  kpiDay: { zh: '{day}：{n} 条，10 分钟内最多 {most} 条', en: '{day}: {n} alarms, at most {most} in 10 minutes' },
  kpiDayShort: { zh: '{n} 条 · 最多 {most}', en: '{n} · max {most}' },
  kpiTop: { zh: '最频繁的 10 种', en: 'The ten most frequent' },
  kpiTopRow: { zh: '{n} 条，累计 {share}', en: '{n}, {share} in sum' },
  kpiZones: { zh: '各防区的干扰与误报', en: 'Nuisance and false alarms by zone' },
  kpiZonesNote: {
    zh: '折合每 30 天。B 类：传感器正常、并无威胁；C 类：系统故障。没有公认的目标值',
    en: 'Per 30 days. B: the sensor was right about a harmless thing; C: the system was wrong. No accepted target exists',
  },
  kpiZonesCount: {
    zh: '实际条数（不足 7 天，不折算）。B 类：传感器正常、并无威胁；C 类：系统故障',
    en: 'As counted (less than 7 days). B: the sensor was right about a harmless thing; C: the system was wrong',
  },
  kpiTooFew: { zh: '少于 {n} 条报警，不判断', en: 'fewer than {n} alarms: not judged' },
  kpiTooShort: { zh: '时段太短，不算平均', en: 'too short for an average' },
  kpiZoneRow: { zh: '干扰 {b} · 误报 {c}', en: 'nuisance {b} · false {c}' },
  kpiOutside: { zh: '防区以外', en: 'Outside zones' },
  kpiNoClosings: { zh: '这段时间没有关闭过报警', en: 'No alarm was closed in this period' },
  kpiNuisance: { zh: 'B 干扰', en: 'B nuisance' },
  kpiMalfunction: { zh: 'C 误报', en: 'C false' },
  kpiTable: { zh: '指标与目标', en: 'Figures and targets' },
  kpiFigure: { zh: '指标', en: 'Figure' },
  kpiTarget: { zh: '目标', en: 'Target' },
  kpiLimit: { zh: '上限', en: 'Limit' },
  kpiWithin: { zh: '达标', en: 'met' },
  kpiNear: { zh: '可承受', en: 'bearable' },
  kpiBeyond: { zh: '超标', en: 'not met' },
  kpiUnjudged: { zh: '无从判断', en: 'nothing to judge' },
  kpiTopFew: {
    zh: '只有 {n} 种报警，前 10 种即是全部',
    en: 'only {n} kinds, so the ten are all of them',
  },
  kpiFleeting: { zh: '触发后 3 秒内自行恢复', en: 'over within 3 s' },
  kpiChattering: { zh: '60 秒内触发 3 次以上', en: '3 or more triggers in 60 s' },
  kpiSuppression: {
    zh: '搁置 {shelved} · 旁路 {bypassed} · 停用 {out} · 越权被拒 {refused}',
    en: 'shelved {shelved} · inhibited {bypassed} · out of service {out} · refused {refused}',
  },
  kpiHandling: { zh: '处置时间', en: 'Handling' },
  kpiWho: { zh: '人员', en: 'Person' },
  kpiAll: { zh: '全部', en: 'All' },
  kpiWhat: { zh: '环节', en: 'Step' },
  kpiAck: { zh: '{n} 级确认', en: 'P{n} acknowledged' },
  kpiArrive: { zh: '派单到到场', en: 'Sent to arrived' },
  kpiClose: { zh: '报警到关闭', en: 'Raised to closed' },
  kpiTimes: { zh: '次数', en: 'Times' },
  kpiMedian: { zh: '中位数', en: 'Median' },
  kpiNine: { zh: '九成在此以内', en: '90 % within' },
  kpiWaiting: { zh: '尚未确认 {n}，其中超时 {overdue}', en: '{n} waiting, {overdue} overdue' },
  kpiSources: {
    zh: '目标与上限参照 ISA-18.2 与 EEMUA 191 的原则（流程工业，按一个席位），学校应远低于此。一闪即逝以 3 秒为界，是本系统自定。确认时间只计时段内触发的报警；关闭时间与防区原因计时段内关闭的全部报警。胁迫等静默报警不在任何统计内。',
    en: 'Targets and limits follow the principles of ISA-18.2 and EEMUA 191, made for plants and one position; a school should stay far below. The 3 s of a fleeting alarm are our own number. Acknowledgements are those of alarms raised in the period; closings and reasons those of all alarms closed in it. Silent calls for help are in no figure.',
  },
} as const satisfies Record<string, Words>;

/** What the figures of the table are called. */
export const figureTitles: Readonly<Record<FigureId, Words>> = {
  perHour: { zh: '平均每小时报警', en: 'Alarms per hour' },
  perTenMinutes: { zh: '平均每 10 分钟报警', en: 'Alarms per 10 minutes' },
  perDay: { zh: '平均每天报警', en: 'Alarms per day' },
  windowsOver: { zh: '超过 10 条的 10 分钟时段', en: '10-minute windows with more than 10' },
  windowMax: { zh: '10 分钟内最多', en: 'Most in one 10-minute window' },
  floodTime: { zh: '报警泛滥时间', en: 'Time in flood' },
  topTen: { zh: '最频繁 10 种所占', en: 'Share of the ten most frequent' },
  chattering: { zh: '频发报警', en: 'Chattering alarms' },
  fleeting: { zh: '一闪即逝的报警', en: 'Fleeting alarms' },
  stale: { zh: '单日超过 24 小时未关闭', en: 'Open for over 24 h, worst day' },
  priority1: { zh: '紧急（1 级）占比', en: 'Share of urgent (P1)' },
  priority2: { zh: '重要（2 级）占比', en: 'Share of important (P2)' },
  priority3: { zh: '一般（3 级）占比', en: 'Share of ordinary (P3)' },
  suppression: { zh: '无依据的抑制', en: 'Unauthorised suppression' },
};
