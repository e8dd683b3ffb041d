/** The words of the monthly assessment of schools: its rules, its columns, its page. */
import type { Words } from '../words.ts';

interface RuleWords {
  readonly title: Words;
  readonly rule: (weight: string, full: string, none: string) => Words;
}

export const assessmentTitles: Readonly<
  Record<'answer' | 'patrol' | 'kitchen' | 'rectify' | 'nuisance' | 'drill', RuleWords>
> = {
  answer: {
    title: { zh: '一级报警 60 秒内确认', en: 'P1 acknowledged within 60 s' },
    rule: (weight, full, none) => ({
      zh: `一级报警确认（${weight} 分）：60 秒内确认的比例，达到 ${full} 得满分，${none} 及以下不得分。`,
      en: `P1 acknowledged (${weight} points): the share within 60 s; full at ${full}, none at ${none} or below.`,
    }),
  },
  patrol: {
    title: { zh: '巡更到点率', en: 'Patrol points on time' },
    rule: (weight, full, none) => ({
      zh: `巡更（${weight} 分）：应到点位中按时到点的比例，达到 ${full} 得满分，${none} 及以下不得分。`,
      en: `Patrol (${weight} points): checkpoints reached on time of those due; full at ${full}, none at ${none} or below.`,
    }),
  },
  kitchen: {
    title: { zh: '后厨在线率', en: 'Kitchen cameras online' },
    rule: (weight, full, none) => ({
      zh: `明厨亮灶（${weight} 分）：后厨摄像机在线时长占应在线时长，达到 ${full} 得满分，${none} 及以下不得分。`,
      en: `Bright kitchen (${weight} points): time the kitchen's cameras were online of the time they should be; full at ${full}, none at ${none} or below.`,
    }),
  },
  rectify: {
    title: { zh: '逾期整改', en: 'Rectifications overdue' },
    rule: (weight, full, none) => ({
      zh: `整改（${weight} 分）：月末逾期未整改 ${full} 项得满分，${none} 项及以上不得分。`,
      en: `Rectification (${weight} points): overdue at the end of the month; full at ${full}, none at ${none} or more.`,
    }),
  },
  nuisance: {
    title: { zh: '每防区每月误报', en: 'Nuisance per zone and month' },
    rule: (weight, full, none) => ({
      zh: `误报（${weight} 分）：每防区每 30 天误报和故障报警 ${full} 次及以下得满分，${none} 次及以上不得分。`,
      en: `Nuisance (${weight} points): nuisance and malfunction alarms per zone in 30 days; full at ${full} or fewer, none at ${none} or more.`,
    }),
  },
  drill: {
    title: { zh: '演练', en: 'Drills' },
    rule: (weight, full, none) => ({
      zh: `演练（${weight} 分）：学校每月一次、幼儿园每季度一次，完成 ${full} 得满分，${none} 不得分。`,
      en: `Drills (${weight} points): a school each month, a kindergarten each quarter; full at ${full} done, none at ${none}.`,
    }),
  },
};

export const assessmentWords = {
  title: { zh: '学校月度考核', en: 'Monthly assessment of schools' },
  rank: { zh: '名次', en: 'Rank' },
  school: { zh: '学校', en: 'School' },
  street: { zh: '街道', en: 'Street' },
  score: { zh: '得分', en: 'Score' },
  noScore: { zh: '数据不足，不评分', en: 'too little to judge' },
  median: { zh: '确认用时中位（秒）', en: 'Median to acknowledge (s)' },
  lost: { zh: '失联时长（分钟）', en: 'Lost to the district (min)' },
  figures: { zh: '指标', en: 'Figures' },
  points: { zh: '得分明细', en: 'Points' },
  rules: { zh: '评分规则', en: 'Rules' },
  basis: {
    zh: '数据取自各校上报的日志，逐校按同一程序折算；没有发生的项目不计入，也不扣分；可评项目合计不足 50 分的学校不评分。权重和上下限是本系统的默认值，由教育局确认。',
    en: 'Taken from the journals the schools send, reckoned by the same program for each. What there was nothing of counts neither way; a school with less than 50 points of it gets no score. Weights and bounds are this system’s own, for the bureau to confirm.',
  },
  notOver: { zh: '本月未结束，截至现在。', en: 'The month is not over; as of now.' },
  none: { zh: '这个月没有学校的数据。', en: 'No school has data of this month.' },
  month: { zh: '月份', en: 'Month' },
} as const satisfies Readonly<Record<string, Words>>;
