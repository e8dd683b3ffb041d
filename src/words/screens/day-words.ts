/**
 * What the wall says of the day while nothing is open.
 */
import type { DayLane } from '../../core/view/day-line.ts';
import type { Words } from '../words.ts';

/** What each line of the day is called. */
export const dayLaneNames: Readonly<Record<DayLane, Words>> = {
  alarms: { zh: '报警', en: 'Alarms' },
  watch: { zh: '布防', en: 'Armed' },
  rounds: { zh: '巡逻', en: 'Rounds' },
  kitchen: { zh: '后厨', en: 'Kitchen' },
  faults: { zh: '故障', en: 'Faults' },
};

export const dayBoard = {
  notLoaded: { zh: '今日记录暂时读不到', en: 'Today’s records cannot be read just now' },
  partly: { zh: '今日记录过多，只画最近的', en: 'Too many records: only the newest are drawn' },
} as const satisfies Readonly<Record<string, Words>>;

/** The board in one sentence, for whoever cannot see it. */
export const daySaid = (counts: Readonly<Record<DayLane, number>>): Words => ({
  zh: `今日：报警${counts.alarms}条，后厨${counts.kitchen}条，故障${counts.faults}条，完成巡逻${counts.rounds}轮，现在布防${counts.watch}%`,
  en: `Today: ${counts.alarms} alarms, ${counts.kitchen} in the kitchen, ${counts.faults} faults, ${counts.rounds} rounds complete, ${counts.watch}% of zones armed now`,
});
