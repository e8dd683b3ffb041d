/** Drills across the schools of a district, in words: the page, and the file that is taken from it. */
import type { Words } from '../words.ts';

export const drillStands = {
  overdue: { zh: '逾期', en: 'Overdue' },
  due: { zh: '未开展', en: 'Due' },
  exempt: { zh: '不要求', en: 'Not asked for' },
  held: { zh: '已开展', en: 'Held' },
} as const satisfies Record<string, Words>;

export const drillHows = {
  ended: { zh: '已完成', en: 'Completed' },
  'broken-off': { zh: '因真实报警中止', en: 'Broken off by a real alarm' },
  running: { zh: '进行中', en: 'Running' },
} as const satisfies Record<string, Words>;

export const standCount = (word: Words, n: number): Words => ({ zh: `${word.zh} ${n}`, en: `${word.en} ${n}` });
export const daysStill = (n: number): Words => ({ zh: `剩 ${n} 天`, en: `${n} days left` });
export const heldTimes = (n: number): Words => ({ zh: `${n} 次`, en: `${n} held` });

export const drillCountWords = {
  title: { zh: '应急疏散演练统计', en: 'Drills across schools' },
  rule: {
    zh: '中小学每月至少一次，幼儿园每季度至少一次（教基一厅〔2014〕2号）。完成且有班级报到才计次；教学日不足 10 天的月份或季度不要求。',
    en: 'Schools once a month, kindergartens once a quarter. One counts when it was seen through and somebody was counted; a month or quarter with fewer than ten school days asks for none.',
  },
  schools: { zh: '各校情况', en: 'Schools' },
  school: { zh: '学校', en: 'School' },
  street: { zh: '街镇', en: 'Street' },
  period: { zh: '周期', en: 'Period' },
  month: { zh: '每月', en: 'monthly' },
  quarter: { zh: '每季度', en: 'quarterly' },
  stands: { zh: '状态', en: 'Stands' },
  heldNow: { zh: '本期次数', en: 'In this period' },
  left: { zh: '剩余', en: 'Left' },
  last: { zh: '上次演练', en: 'Last held' },
  runs: { zh: '演练中', en: 'drill in progress' },
  recent: { zh: '近期演练', en: 'Drills held lately' },
  began: { zh: '开始', en: 'Began' },
  kind: { zh: '类型', en: 'Kind' },
  count: { zh: '实到/应到', en: 'Present/due' },
  present: { zh: '实到', en: 'Present' },
  due: { zh: '应到', en: 'Due' },
  took: { zh: '全部到齐', en: 'All there' },
  tookS: { zh: '全部到齐(秒)', en: 'All there (s)' },
  outcome: { zh: '结果', en: 'Outcome' },
  problems: { zh: '整改项', en: 'Problems' },
  all: { zh: '全部', en: 'All' },
  noSchools: { zh: '没有这样的学校。', en: 'No such school.' },
  noDrills: { zh: '半年内没有演练记录。', en: 'None in half a year.' },
  stale: { zh: '区平台没有应答，以下是先前的内容。', en: 'The district does not answer; this is from before.' },
} as const satisfies Record<string, Words>;
