/**
 * What the patrol board and the page of the next seven days say of changing a round. Names of the changes themselves stand in
 * `round-words.ts`.
 */
import type { RoundCommand } from '../../core/types.ts';
import type { Words } from '../words.ts';

type RoundActName = RoundCommand['do'];

/** What the buttons are called. */
export const roundActs: Readonly<Record<RoundActName, Words>> = {
  'cancel-round': { zh: '取消', en: 'Cancel' },
  'reinstate-round': { zh: '恢复', en: 'Reinstate' },
  'extend-round': { zh: '顺延', en: 'Put off' },
  'pause-round': { zh: '暂停', en: 'Pause' },
  'resume-round': { zh: '继续', en: 'Resume' },
  'cover-round': { zh: '换人', en: 'Cover' },
  'review-round': { zh: '复核', en: 'Review' },
};

/** What comes of it, before it is done. */
export const roundActNotes: Readonly<Record<RoundActName, Words>> = {
  'cancel-round': {
    zh: '还没到时的点不再要求；已经漏巡的仍算漏巡。取消会列入报表，不算完成趟；结束前可以恢复。',
    en: 'What is not due yet is not asked for any more; what was missed stays missed. It stands in the report and counts as no complete round. Until its time is over it can be reinstated.',
  },
  'reinstate-round': {
    zh: '这趟照计划继续；取消期间过了时限而没人到的点算漏巡。',
    en: 'The round is due as planned; what nobody reached meanwhile and has run out is missed.',
  },
  'extend-round': {
    zh: '时限还没过的点全部推后；已经漏巡的不变。合计最多 120 分钟。',
    en: 'Every point whose time has not run out is later; what was missed stays. 120 minutes at most, all in all.',
  },
  'pause-round': {
    zh: '暂停期间各点不计时，合计最多 60 分钟，到时自动继续。',
    en: 'Its clock stands still, for 60 minutes at most, all in all; then it goes on by itself.',
  },
  'resume-round': { zh: '余下各点按暂停的时长顺延。', en: 'What is left is later by as long as it stood still.' },
  'cover-round': {
    zh: '从现在起按接替的人判定；之前的打点仍按原来的人。',
    en: 'From now on whoever takes over is expected; touches before are judged as they were.',
  },
  'review-round': {
    zh: '表示您已看过值班员对这趟的变更；结果不变。',
    en: 'You say that you have seen what the operator changed; nothing else changes by it.',
  },
};

export const roundPage = {
  change: { zh: '变更', en: 'Change' },
  close: { zh: '收起', en: 'Close' },
  reason: { zh: '原因', en: 'Reason' },
  minutes: { zh: '推后', en: 'By' },
  who: { zh: '由谁巡', en: 'Who walks' },
  instead: { zh: '顶替', en: 'In place of' },
  back: { zh: '返回', en: 'Back' },
  waits: { zh: '待复核', en: 'to be reviewed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  board: { zh: '今日巡更', en: 'Today' },
  weekEmpty: {
    zh: '未来七天没有巡更计划。在配置的线路里排班后，这里会列出每一趟。',
    en: 'No rounds are planned for the next seven days. Once a route of the configuration has rounds, each is listed here.',
  },
  dayEmpty: { zh: '这一天没有巡更计划。', en: 'No rounds are planned for this day.' },
  weekNote: {
    zh: '按线路排班和校历列出，今天从现在起算。可提前换人、顺延或取消，原因会记入日志。',
    en: 'From the plan and the school calendar, today from now on. A round can be covered, put off or cancelled ahead; why is kept in the journal.',
  },
  anybody: { zh: '不限人员', en: 'anybody' },
  holiday: { zh: '放假', en: 'no school' },
  outsideTerm: { zh: '不在学期内', en: 'outside term' },
} as const satisfies Record<string, Words>;

/** Days of the week, Sunday first. */
export const weekDaysShort: readonly Words[] = [
  { zh: '周日', en: 'Sunday' },
  { zh: '周一', en: 'Monday' },
  { zh: '周二', en: 'Tuesday' },
  { zh: '周三', en: 'Wednesday' },
  { zh: '周四', en: 'Thursday' },
  { zh: '周五', en: 'Friday' },
  { zh: '周六', en: 'Saturday' },
];

/** Reasons that are common, to be taken with one key. */
export const roundReasons: readonly Words[] = [
  { zh: '恶劣天气', en: 'Bad weather' },
  { zh: '处置报警', en: 'Seeing to an alarm' },
  { zh: '校园活动', en: 'An event at the school' },
  { zh: '当班人请假', en: 'The guard is on leave' },
  { zh: '人手不足', en: 'Too few people' },
];

/** A button that does it, after the reason was given: 确认取消. */
export const confirmAct = (act: RoundActName): Words => ({
  zh: `确认${roundActs[act].zh}`,
  en: `${roundActs[act].en} the round`,
});
export const minutesText = (n: number): Words => ({ zh: `${n} 分钟`, en: `${n} min` });
export const extendedBy = (n: number): Words => ({ zh: `顺延 ${n} 分钟`, en: `put off by ${n} min` });
export const pausedUntil = (time: string): Words => ({
  zh: `暂停中，最迟 ${time} 继续`,
  en: `paused, goes on by ${time} at the latest`,
});
export const brokenOff = (point: string): Words => ({ zh: `中断于 ${point}`, en: `broken off before ${point}` });
/** A leg between two points, by their numbers, and what it took beyond the longest allowed. */
export const longLeg = (from: number, to: number, seconds: number): Words => ({
  zh: `${from}→${to} 段超时 +${seconds} 秒`,
  en: `leg ${from}→${to} too long, +${seconds} s`,
});
export const coverOf = (who: string, was: string): Words => ({ zh: `${who}（替 ${was}）`, en: `${who} (for ${was})` });
/** The button of a row, for those who hear it: which round it is of. */
export const changeOfRound = (route: string, time: string): Words => ({
  zh: `变更 ${route} ${time}`,
  en: `Change ${route} ${time}`,
});
export const waitingForHead = (n: number): Words => ({
  zh: `${n} 趟的变更待保卫负责人复核`,
  en: `${n} changed rounds wait for the head of security`,
});
export const makeUpDay = (weekday: Words, title: Words): Words => ({
  zh: `${title.zh} 按${weekday.zh}上课`,
  en: `${title.en}: school as on a ${weekday.en}`,
});
