/**
 * What the page of the duty roster says, and the line about duty on the wall and at the desk. Names of covers, swaps and refusals stand
 * in `duty-words.ts`.
 */
import type { Words } from '../words.ts';

export const dutyPage = {
  now: { zh: '现在值班', en: 'On duty now' },
  nothingNow: { zh: '现在没有班次', en: 'No shift is running' },
  noRoster: {
    zh: '配置里没有值班表（roster）。写上班次和轮换后，这里显示谁值班，也能签到、交接班。',
    en: 'The configuration has no roster. With shifts and turns in it, this page says who is on duty, and people sign on and hand over here.',
  },
  begins: { zh: '即将开始', en: 'begins soon' },
  notSigned: { zh: '未签到', en: 'not signed on' },
  nobodyPlanned: { zh: '没有排人', en: 'nobody' },
  signOn: { zh: '签到', en: 'Sign on' },
  handOver: { zh: '交接班', en: 'Hand over' },
  signOnNote: {
    zh: '由到岗的人输入自己的密码。人换了请先在下面登记顶班。',
    en: 'Whoever is there types his own code. If somebody else came, make a cover below first.',
  },
  back: { zh: '返回', en: 'Back' },
  close: { zh: '收起', en: 'Close' },
  outgoing: { zh: '交班人', en: 'Hands over' },
  incoming: { zh: '接班人', en: 'Takes over' },
  playTone: { zh: '播放测试音', en: 'Play the test tone' },
  heard: { zh: '听到了', en: 'I heard it' },
  notHeard: { zh: '没有听到', en: 'I did not hear it' },
  toneFirst: { zh: '先播放测试音，再选听到没有', en: 'Play the tone first, then say whether it was heard' },
  soundOff: {
    zh: '这台电脑的声音被禁用或没有声音设备，报警也不会响。',
    en: 'Sound is blocked here or there is none; alarms would make no sound either.',
  },
  openAlarms: { zh: '未关闭的报警', en: 'Open alarms' },
  noOpenAlarms: { zh: '没有未关闭的报警', en: 'No open alarms' },
  readThem: { zh: '两人都已看过这些报警', en: 'Both have read these alarms' },
  note: { zh: '交代事项', en: 'Note' },
  confirmSignOn: { zh: '确认签到', en: 'Sign on' },
  confirmHandOver: { zh: '确认交接', en: 'Hand over' },
  nobodyBefore: {
    zh: '四小时内没有别人在班，不用交接，直接签到即可。',
    en: 'Nobody else was on duty within four hours: sign on instead.',
  },
  ahead: { zh: '未来十四天', en: 'The next fourteen days' },
  day: { zh: '日期', en: 'Day' },
  today: { zh: '今天', en: 'today' },
  aheadNote: {
    zh: '按值班表和已登记的顶班、换班推算。点一个班可以登记顶班或换班；只换人，不改时间。',
    en: 'By the roster and the covers and swaps made so far. Press a shift to make one; names change, hours do not.',
  },
  allCovered: { zh: '未来十四天没有缺人的班', en: 'No shift lacks people' },
  outsideTerm: { zh: '学期以外', en: 'outside term' },
  holiday: { zh: '放假', en: 'holiday' },
  none: { zh: '—', en: '—' },
  cover: { zh: '顶班', en: 'Cover' },
  swap: { zh: '换班', en: 'Swap' },
  whoGoes: { zh: '谁不来', en: 'Who does not come' },
  whoComes: { zh: '谁来顶班', en: 'Who comes instead' },
  swapWith: { zh: '和哪个班换', en: 'Swap with' },
  reason: { zh: '原因', en: 'Reason' },
  confirmCover: { zh: '登记顶班', en: 'Make the cover' },
  confirmSwap: { zh: '登记换班', en: 'Make the swap' },
  changes: { zh: '已登记的顶班、换班', en: 'Covers and swaps' },
  noChanges: { zh: '没有', en: 'None' },
  noEffect: { zh: '不起作用', en: 'no effect' },
  noEffectWhy: {
    zh: '被替的人已不在这个班里，或来的人本来就在',
    en: 'whoever was to go is not on the shift any more, or whoever was to come is on it already',
  },
  withdraw: { zh: '撤销', en: 'Take back' },
  confirmWithdraw: { zh: '确认撤销', en: 'Take it back' },
  handovers: { zh: '最近的交接班', en: 'Last hand-overs' },
  noHandovers: { zh: '还没有交接班记录', en: 'No hand-over yet' },
  toneHeard: { zh: '测试音已听到', en: 'tone heard' },
  toneNotHeard: { zh: '没有听到测试音', en: 'tone not heard' },
  calendars: { zh: '手机日历', en: 'Calendars on phones' },
  calendarsNote: {
    zh: '每人一个地址，在手机日历里“订阅”，只含本人的班次。地址只显示一次，等同密码；丢了就停用或重发。',
    en: 'One address a person, to subscribe to in a phone’s calendar; it holds his shifts and nothing else. It is shown once and is as good as a password: withdraw it or give a new one when it is lost.',
  },
  give: { zh: '发放地址', en: 'Give an address' },
  giveAnew: { zh: '重发', en: 'Give a new one' },
  stop: { zh: '停用', en: 'Withdraw' },
  copyNow: { zh: '现在抄下或扫到手机，之后看不到：', en: 'Take it down now; it is not shown again:' },
  wallDuty: { zh: '值班', en: 'On duty' },
  wallNobody: { zh: '值班 未签到', en: 'No sign-on yet' },
} as const satisfies Record<string, Words>;

export const dutyReasons: readonly Words[] = [
  { zh: '请假', en: 'on leave' },
  { zh: '生病', en: 'ill' },
  { zh: '家里有事', en: 'family matters' },
  { zh: '培训', en: 'training' },
];

/** 07:02 签到 */
export const signedAt = (time: string): Words => ({ zh: `${time} 签到`, en: `signed on ${time}` });
/** 张伟（替 李强） */
export const inPlaceOf = (who: string, whose: string): Words => ({
  zh: `${who}（替 ${whose}）`,
  en: `${who} (for ${whose})`,
});
export const lacks = (n: number): Words => ({ zh: `缺 ${n} 人`, en: `lacks ${n}` });
export const gapsAhead = (n: number): Words => ({
  zh: `${n} 个班缺人`,
  en: n === 1 ? '1 shift lacks people' : `${n} shifts lack people`,
});
export const codeOf = (name: string): Words => ({ zh: `${name} 的密码`, en: `Code of ${name}` });
export const givenAt = (when: string, by: string): Words => ({
  zh: `${when} 由 ${by} 发放`,
  en: `given ${when} by ${by}`,
});
/** 值班 07:00 起无人签到 */
export const nobodySince = (since: Words): Words => ({
  zh: `值班 ${since.zh} 起无人签到`,
  en: `No sign-on since ${since.en}`,
});
export const twoShifts = (name: string, one: string, other: string): Words => ({
  zh: `${name} 同一时间有两个班：${one}、${other}`,
  en: `${name} has two shifts at once: ${one}, ${other}`,
});
export const unreachableText = (names: readonly string[]): Words => ({
  zh: `这些人没有任何联系方式，只能在屏幕上看到报警：${names.join('、')}`,
  en: `Without any way of contact, they learn of alarms on a screen alone: ${names.join(', ')}`,
});
export const untestedText = (names: readonly string[]): Words => ({
  zh: `这些人还没有一条通道测试确认收到过：${names.join('、')}。请在“通道与联系人”页发测试`,
  en: `No test has been said to arrive with: ${names.join(', ')}. Send one from the page “Channels and people”`,
});
export const alarmsRead = (n: number): Words => ({ zh: `已读报警 ${n} 条`, en: `${n} alarms read` });
export const ofShift = (day: string, title: string): Words => ({ zh: `${day} ${title}`, en: `${title}, ${day}` });
/** What a press on a shift of the table does, for those who listen to the screen. */
export const changeShift = (what: string): Words => ({ zh: `改 ${what}`, en: `Change ${what}` });
