/**
 * What the page of the patrol audit says beside the report itself, whose words stand in `audit-words.ts`.
 */
import type { Words } from '../words.ts';

export const audit = {
  keptTitle: { zh: '记录留存', en: 'Retention of records' },
  keptCut: {
    zh: '{what}：{day} 之前的已满 {days} 天，除留存的以外，内容已清除，哈希保留（最短保存期的依据：{rule}）。',
    en: '{what}: those before {day} were kept for {days} days; the content of what is not held back is cut, the hashes stay (the least time is by {rule}).',
  },
  keptOpen: {
    zh: '未关闭的报警 {n} 条，关闭之前连同所在事件都不会清除。',
    en: 'Open alarms: {n}. Nothing of their incidents is cut until they are closed.',
  },
  keptProof: {
    zh: '每次清除都是日志里的一条记录，清除前已签名；留下的记录照样可以验证。',
    en: 'Each cut is a record of the journal, signed for before it was done; what stays is verified as before.',
  },
  keptIncident: { zh: '事件 {incident} 号', en: 'Incident {incident}' },
  keptHeld: {
    zh: '{by} 于 {time} 取走档案；解除留存之前，它的记录都不会清除。',
    en: '{by} took its file at {time}; none of its records are cut until it is released.',
  },
  keptReason: { zh: '解除原因', en: 'Why it is released' },
  keptRelease: { zh: '解除留存', en: 'Release' },
  auditUnit: { zh: '时段', en: 'Period' },
  auditDay: { zh: '日', en: 'Day' },
  auditWeek: { zh: '周', en: 'Week' },
  auditMonth: { zh: '月', en: 'Month' },
  auditDate: { zh: '日期', en: 'Date' },
  auditBefore: { zh: '上一段', en: 'Earlier' },
  auditAfter: { zh: '下一段', en: 'Later' },
  auditCsv: { zh: '导出 CSV', en: 'CSV' },
  auditXlsx: { zh: '生成 XLSX', en: 'Make XLSX' },
  auditPdf: { zh: '生成 PDF', en: 'Make PDF' },
  auditPrint: { zh: '打印本页', en: 'Print this page' },
  auditMaking: { zh: '正在生成 {name}：{percent}%', en: 'Making {name}: {percent} %' },
  auditMade: { zh: '已生成：{name}', en: 'Made: {name}' },
  auditStop: { zh: '取消', en: 'Stop' },
  auditRatesNote: { zh: '到点 {reached} ÷ 计划 {planned}', en: 'reached {reached} / planned {planned}' },
  auditOnTimeNote: { zh: '准时 {onTime} ÷ 计划 {planned}', en: 'on time {onTime} / planned {planned}' },
  auditRounds: { zh: '完成趟', en: 'Complete rounds' },
  auditRoundsNote: {
    zh: '{met}/{days} 天达到每日 {required} 趟 · 未结束 {open} 趟',
    en: '{met} of {days} days had {required} · {open} not over',
  },
  auditGap: { zh: '最长无人到点', en: 'Longest gap' },
  auditGapNote: { zh: '{from} 至 {to}', en: '{from} to {to}' },
  auditNothing: {
    zh: '这段时间没有巡更记录。换一个日期，或检查线路是否已排班。',
    en: 'There are no patrol records in this period. Choose another date, or look whether rounds are planned.',
  },
  auditHeat: { zh: '各点每日到点率（%）', en: 'Arrival by checkpoint and day (%)' },
  auditHeatNote: {
    zh: '深浅表示到点率；低于 95 黄框，低于 90 黄底加斜线；· 表示当天没有计划。点数字看当天。',
    en: 'Shade is the arrival rate; below 95 a yellow edge, below 90 yellow and hatched; · nothing planned. Press a number for its day.',
  },
  auditHeatCut: {
    zh: '斜纹 – 表示那天的记录已按留存设置清除，不是没有巡更；2/3 是因故留存的点次（到点/留下），不计入合计。',
    en: 'Striped – : the records of that day were cut by the settings for retention, which does not mean that nobody walked; 2/3: what is left (reached of left), in no total.',
  },
  auditHeatLeft: {
    zh: '{point} {day}：已清除，只留下 {planned} 点次，其中到点 {reached}',
    en: '{point} {day}: cut; {planned} records are left, {reached} of them reached',
  },
  auditHeatCell: {
    zh: '{point} {day}：到点 {reached}/{planned}',
    en: '{point} {day}: {reached} of {planned} reached',
  },
  auditWhole: { zh: '全部', en: 'All' },
  auditSum: { zh: '合计', en: 'Total' },
  auditTimeline: { zh: '{route}：各趟各点', en: '{route}: every checkpoint of every round' },
  auditTimelineNote: {
    zh: '浅条是允许的时间，黑块是刷卡，+9 是晚 9 分钟，黄底 ✕ 是漏巡。点格子看详情。',
    en: 'The pale bar is the time allowed, the black block the touch, +9 nine minutes late, yellow ✕ missed. Press a cell for its details.',
  },
  auditStrip: { zh: '{route} 当天 24 小时：{n} 趟', en: '{route}, 24 hours: {n} rounds' },
  auditNotYet: { zh: '未判定', en: 'not judged' },
  auditBasis: { zh: '口径', en: 'What the figures mean' },
  auditLate: { zh: '+{min}', en: '+{min}' },
  auditEarly: { zh: '−{min}', en: '−{min}' },
} as const satisfies Record<string, Words>;
