/**
 * The duty roster in words: its facts as sentences, what somebody asked for, and why that may be refused. Pages, the journal and exports
 * take it from here, so that a cover is called the same everywhere.
 */
import type { RosterCommand, RosterFact, RosterRefusal, ShiftMove, SignOnCommand } from '../../core/types.ts';
import type { FactNames, FactOf } from '../alarm-sentences.ts';
import type { Words } from '../words.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS: readonly Words[] = [
  { zh: '周日', en: 'Sun' },
  { zh: '周一', en: 'Mon' },
  { zh: '周二', en: 'Tue' },
  { zh: '周三', en: 'Wed' },
  { zh: '周四', en: 'Thu' },
  { zh: '周五', en: 'Fri' },
  { zh: '周六', en: 'Sat' },
];

/** A local day, by its number since 1970-01-01: 11月30日, 30 Nov. */
export function dayText(day: number): Words {
  const date = new Date(day * 86_400_000);
  const [month, nth] = [date.getUTCMonth(), date.getUTCDate()];
  return { zh: `${month + 1}月${nth}日`, en: `${nth} ${MONTHS[month]}` };
}

/** 周一, Mon. */
export const weekdayText = (day: number): Words => WEEKDAYS[(((day + 4) % 7) + 7) % 7] ?? { zh: '', en: '' };

type ShiftNames = Pick<FactNames, 'shift' | 'who'>;

function shiftText({ shift, day }: Pick<ShiftMove, 'shift' | 'day'>, names: ShiftNames): Words {
  const [date, title] = [dayText(day), names.shift(shift)];
  return { zh: `${date.zh}${title.zh}`, en: `${title.en} of ${date.en}` };
}

/** 11月30日夜班：王建国 替 李强. Of a swap both halves. */
export function movesText(moves: readonly ShiftMove[], names: ShiftNames): Words {
  const all = moves.map((move) => {
    const [when, comes, goes] = [shiftText(move, names), names.who(move.in), names.who(move.out)];
    return { zh: `${when.zh} ${comes.zh} 替 ${goes.zh}`, en: `${when.en}: ${comes.en} instead of ${goes.en}` };
  });
  return { zh: all.map(({ zh }) => zh).join('；'), en: all.map(({ en }) => en).join('; ') };
}

export const shiftChangeNames = {
  cover: { zh: '顶班', en: 'cover' },
  swap: { zh: '换班', en: 'swap' },
} as const satisfies Record<string, Words>;

type DutySentences = {
  readonly [K in RosterFact['kind']]: (fact: FactOf<K>, names: FactNames) => Words;
};

export const dutySentences: DutySentences = {
  'shift-changed': ({ how, moves, by, reason }, names) => {
    const [who, what, done] = [names.who(by), shiftChangeNames[how], movesText(moves, names)];
    return {
      zh: `${who.zh} 登记${what.zh}：${done.zh}，原因：${reason}`,
      en: `${what.en} by ${who.en}: ${done.en}: ${reason}`,
    };
  },
  'shift-change-withdrawn': ({ change, by, reason }, names) => {
    const who = names.who(by);
    return {
      zh: `${who.zh} 撤销顶班或换班（记录 ${change}），原因：${reason}`,
      en: `${who.en} took a cover or swap back (record ${change}): ${reason}`,
    };
  },
  'signed-on': (fact, names) => {
    const [who, shift] = [names.who(fact.person), shiftText(fact, names)];
    return { zh: `${who.zh} 签到上岗：${shift.zh}`, en: `${who.en} signed on to ${shift.en}` };
  },
  'handed-over': (fact, names) => {
    const [goes, comes, shift] = [names.who(fact.outgoing), names.who(fact.person), shiftText(fact, names)];
    const { alarms, heard, note } = fact;
    return {
      zh: `交接班：${goes.zh} 交给 ${comes.zh}（${shift.zh}），${heard ? '已听到测试音' : '没有听到测试音'}，已读未关闭报警 ${alarms.length} 条${note ? `，备注：${note}` : ''}`,
      en: `${goes.en} handed over to ${comes.en} (${shift.en}); test tone ${heard ? 'heard' : 'not heard'}; ${alarms.length} open alarms read${note ? `; note: ${note}` : ''}`,
    };
  },
  'calendar-given': ({ person, by }, names) => {
    const [whose, who] = [names.who(person), names.who(by)];
    return {
      zh: `${who.zh} 为 ${whose.zh} 发放值班日历地址，旧地址随之失效`,
      en: `${who.en} gave ${whose.en} a calendar address; one before it leads nowhere now`,
    };
  },
  'calendar-withdrawn': ({ person, by }, names) => {
    const [whose, who] = [names.who(person), names.who(by)];
    return {
      zh: `${who.zh} 停用 ${whose.zh} 的值班日历地址`,
      en: `${who.en} withdrew the calendar address of ${whose.en}`,
    };
  },
};

/** What somebody asked for. */
export const dutyCommands: Readonly<Record<(RosterCommand | SignOnCommand)['do'], Words>> = {
  'cover-shift': { zh: '登记顶班', en: 'for a cover' },
  'swap-shifts': { zh: '登记换班', en: 'for a swap of shifts' },
  'withdraw-shift-change': { zh: '撤销顶班或换班', en: 'to take a cover or swap back' },
  'sign-on': { zh: '签到上岗', en: 'to sign on' },
  'hand-over': { zh: '交接班', en: 'to hand over' },
  'give-calendar': { zh: '发放日历地址', en: 'for a calendar address' },
  'withdraw-calendar': { zh: '停用日历地址', en: 'to withdraw a calendar address' },
};

/** Why it was refused. */
export const dutyRefusals: Readonly<Record<RosterRefusal, Words>> = {
  'unknown-shift': {
    zh: '这一天没有这个班次。请刷新页面重选。',
    en: 'There is no such shift on this day. Load the page again and choose another.',
  },
  'shift-over': { zh: '这个班已经结束，不能再改。', en: 'This shift is over and stays as it was.' },
  'shift-far': { zh: '只能改 180 天以内的班。', en: 'Only shifts within 180 days may be changed.' },
  'shift-not-near': {
    zh: '离上班还早，上班前 60 分钟起可以签到。',
    en: 'It is too early: one signs on from 60 minutes before the shift.',
  },
  'not-on-shift': {
    zh: '此人不在这个班里。人换了请先登记顶班。',
    en: 'This person is not on this shift. If somebody else comes, a cover is made first.',
  },
  'already-on-shift': {
    zh: '来顶班的人本来就在这个班里，顶班不起作用。',
    en: 'Whoever shall come is on this shift already, so the cover would have no effect.',
  },
  'on-other-shift': {
    zh: '来顶班的人同一时间还有另一个班，一个人不能在两处值班。',
    en: 'Whoever shall come has another shift at the same time; nobody is on duty in two places.',
  },
  'same-shift': { zh: '换班要选两个不同的班。', en: 'A swap is between two different shifts.' },
  'shifts-changed-enough': {
    zh: '登记的顶班、换班太多，请改配置里的值班表。',
    en: 'There are too many covers and swaps; change the roster in the configuration instead.',
  },
  'unknown-shift-change': {
    zh: '没有这条顶班或换班，或已撤销，或已超过五周。',
    en: 'There is no such cover or swap; it was taken back, or is more than five weeks old.',
  },
  'already-signed-on': { zh: '此人已签到。', en: 'This person has signed on already.' },
  'not-before': {
    zh: '交班的人现在不在班，四小时内也没有在班，不能由其交班。接班的人可直接签到。',
    en: 'Whoever shall hand over is not on duty and was not within four hours. Whoever comes can sign on instead.',
  },
  'alarms-unread': {
    zh: '有新的报警没有读过，请看完列表再确认。',
    en: 'There is an alarm that was not read. Look at the list again, then confirm.',
  },
  'no-calendar': { zh: '此人没有日历地址。', en: 'This person has no calendar address.' },
};

/** What the first person did, where somebody else was first. */
export const dutyFirsts = {
  'already-signed-on': { zh: '为此人登记了签到', en: 'signed this person on' },
} as const satisfies Partial<Record<RosterRefusal, Words>>;

/** Whoever has no account or no code cannot prove at the desk that he is there. */
export const cannotSign = (name: string): Words => ({
  zh: `${name} 没有登录账号或没有设置密码，不能在值班台签到。请管理员用 npm run user -- pin 设置，并在配置的人员里写上 account。`,
  en: `${name} has no account or no code, so nobody can tell that it is him. An administrator sets one with npm run user -- pin, and names the account with the person in the configuration.`,
});

/** What a calendar on a phone is called. */
export const calendarTitle = (name: string): Words => ({ zh: `${name} 值班`, en: `${name}: duty` });
/** A shift one has in somebody’s place; whose it was stands not in a calendar. */
export const coveredTitle = ({ zh, en }: Words): Words => ({ zh: `${zh}（顶班）`, en: `${en} (cover)` });
