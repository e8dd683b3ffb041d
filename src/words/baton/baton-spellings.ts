/**
 * How the programs of the trade write what their exports hold: heads of columns, times, and the place nobody named. Read and
 * never shown; everything is compared without blanks, marks and case.
 */

import type { columnNames } from './baton-words.ts';

/** What the columns are called, the plainest case last: where two names of a column are there, the earlier counts. */
export const heads: Readonly<Record<keyof typeof columnNames, readonly string[]>> = {
  time: [
    ...['巡检时间', '巡更时间', '打点时间', '刷卡时间', '读卡时间', '采集时间', '到达时间', '日期时间', '时间'],
    ...['patroltime', 'checktime', 'readtime', 'scantime', 'datetime', 'dateandtime', 'timestamp', 'time'],
  ],
  date: ['巡检日期', '巡更日期', '日期', 'patroldate', 'date'],
  reader: [
    ...[
      '巡检器',
      '巡检器号',
      '巡检器编号',
      '巡更器',
      '巡更棒',
      '巡更棒号',
      '巡检棒',
      '巡更机',
      '棒号',
      '机号',
      '采集器',
    ],
    ...[
      '设备编号',
      '设备号',
      'readerno',
      'readerid',
      'reader',
      'batonno',
      'batonid',
      'baton',
      'wand',
      'deviceid',
      'device',
    ],
  ],
  person: [
    ...['巡检人员', '巡更人员', '巡检员', '巡更员', '人员姓名', '人员', '姓名', '保安'],
    ...['personname', 'guardname', 'person', 'guard', 'patrolman', 'officer', 'staff', 'name'],
  ],
  checkpoint: [
    ...['巡检点', '巡更点', '巡检点名称', '巡更点名称', '巡检地点', '巡更地点', '地点名称', '点位名称', '地点', '点位'],
    ...['checkpointname', 'checkpoint', 'location', 'point', 'place'],
  ],
  event: ['事件', '事件名称', 'event'],
  chip: [
    ...['芯片号', '芯片编号', '标签号', '钮号', '地点编号', '巡检点编号', '巡更点编号', '地点卡号', '卡号', '编号'],
    ...[
      'chipid',
      'chipno',
      'chip',
      'tagid',
      'tagno',
      'tag',
      'checkpointid',
      'pointid',
      'cardno',
      'cardnumber',
      'card',
      'id',
    ],
  ],
};

/** What is written where nobody named the place. */
export const unset: ReadonlySet<string> = new Set([
  '未设置',
  '未设定',
  '未定义',
  '未知',
  '无',
  'unset',
  'not set',
  'unknown',
  '-',
  '--',
]);

/** A day: year first, for 10/1/2026 is two days. */
export const dayPattern = /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?(?=\D|$)/;
/** A clock, of 24 hours or of twice twelve. */
export const clockPattern =
  /^(上午|下午|am|pm)?\s*(\d{1,2})(?::|时|点)(\d{1,2})(?:(?::|分)(\d{1,2})(?:\.\d+)?)?(?:分|秒)?\s*(am|pm)?$/i;
/** The second twelve hours. */
export const afternoon: ReadonlySet<string> = new Set(['下午', 'pm']);
