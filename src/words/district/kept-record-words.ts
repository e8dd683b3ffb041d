/** What the district says of how long it keeps records, and of what went. */
import type { KeptClass } from '../../district/board/keep-rules.ts';
import type { Words } from '../words.ts';

export const keptClassTitles: Readonly<Record<KeptClass, Words>> = {
  alarm: { zh: '报警、布撤防、设备', en: 'Alarms, arming, devices' },
  patrol: { zh: '巡更、整改、演练', en: 'Rounds, rectifications, drills' },
  orders: { zh: '督办', en: 'Orders' },
  files: { zh: '学校传来的文件和画面', en: 'Files and pictures schools sent' },
  series: { zh: '每小时数值', en: 'Hourly values' },
};

export const retentionWords = {
  intro: {
    zh: '到期后清除的是记录内容，每条记录的编号、时间和校验值保留，见证和校验不受影响。未关闭的报警、未办结的督办和整改不会清除。操作留痕不清除。',
    en: 'What goes is the content of old lines; number, time and hash of each stay, and every check still holds. Open alarms, orders and rectifications never go. The trail is kept for ever.',
  },
  keep: { zh: '保存期限', en: 'Kept for' },
  days: { zh: '天', en: 'days' },
  forever: { zh: '永久', en: 'for ever' },
  last: { zh: '最近一次清理', en: 'Last looked through' },
  never: { zh: '还没有', en: 'not yet' },
  size: { zh: '数据库大小', en: 'Size of the database' },
  table: { zh: '数据表', en: 'Table' },
  rows: { zh: '行数（约）', en: 'Rows (about)' },
  bytes: { zh: '占用', en: 'Size' },
  school: { zh: '学校', en: 'School' },
  lines: { zh: '记录', en: 'Lines' },
  cut: { zh: '内容已清除', en: 'content cut' },
  since: { zh: '内容起自', en: 'Content since' },
  none: { zh: '还没有学校。', en: 'There is no school yet.' },
} as const satisfies Readonly<Record<string, Words>>;

export const retentionFails = (schools: number, first: string): Words => ({
  zh: `${schools} 所学校（如 ${first}）的到期记录没有清除干净：内容与校验值不符，或状态无法保存。未清除的都保留着。`,
  en: `Old records of ${schools} schools (${first} is one) did not all go: a line is not what its hash says, or the state could not be kept. What did not go is kept.`,
});
