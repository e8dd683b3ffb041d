/**
 * In what a configuration disagrees about whom alarms go to: channels, steps, ladders, procedures and the duty roster. `found` is what stands
 * in the file, as the check words it. It must never show an address.
 */
import { untranslated, type Words } from '../words.ts';
import { weekdayName } from './config-watch-words.ts';

export const channelNeedsPassword = (use: Words, remedy: Words): Words => ({
  zh: `缺少 password；${use.zh}：${remedy.zh}`,
  en: `password is missing; ${use.en}: ${remedy.en}`,
});

/** What the password of a kind of channel is for. */
export const secretUses = {
  signedForReceiver: {
    zh: '消息用它签名，接收方才知道是谁发的',
    en: 'messages are signed with it, so that the receiver knows who sent them',
  },
  signed: { zh: '消息用它签名', en: 'messages are signed with it' },
  application: {
    zh: '这是应用的密钥，用来申请令牌',
    en: 'it is the secret of the application, with which tokens are asked for',
  },
  mailServer: { zh: '邮件服务器要它', en: 'the mail server asks for it' },
  accessKey: {
    zh: '这是 AccessKey 密钥，请求用它签名',
    en: 'it is the AccessKey secret, with which requests are signed',
  },
  accessToken: { zh: '这是访问令牌', en: 'it is the access token' },
  barkKey: { zh: '这是 Bark 应用里显示的手机密钥', en: 'it is the key of the phone, as the Bark app shows it' },
  horn: { zh: '号角要它', en: 'the horn asks for it' },
} as const satisfies Readonly<Record<string, Words>>;

export const stepAfterBefore = (found: Words, before: number): Words => ({
  zh: `此处为 ${found.zh}，至少应为 ${before}：每一步在前一步之后`,
  en: `found ${found.en}, expected at least ${before}: a step comes after the one before it`,
});

const someoneWhoActs = (roles: readonly string[], person: boolean): Words => ({
  zh: `应写通知通道${person ? '、人员' : ''}，或 ${roles.join('、')} 之一`,
  en: `expected a channel, ${person ? 'a person, ' : ''}or one of ${roles.join(', ')}`,
});

export const rolesMayNotAct = (roles: readonly string[]): Words => ({
  zh: `这些角色都不能处置，这一步会被跳过；${someoneWhoActs(roles, true).zh}`,
  en: `nobody of these roles may act, so that the step is passed; ${someoneWhoActs(roles, true).en}`,
});

export const stepsReachNobody = (roles: readonly string[]): Words => ({
  zh: `这些步骤通知不到任何能处置的人；${someoneWhoActs(roles, false).zh}`,
  en: `none of these steps reaches anybody who may act; ${someoneWhoActs(roles, false).en}`,
});

export const lastResortMissing = (roles: readonly string[]): Words => ({
  zh: `缺少 lastResort；请写明哪一步都通知不到人时找谁。在此之前通知 ${roles.join('、')} 和全部通道`,
  en: `lastResort is missing; name whom an alarm goes to when no step reaches anybody. Until then ${roles.join(', ')} and every channel are told`,
});

export const lastResortReachesNobody = (roles: readonly string[]): Words => ({
  zh: `最后联系人里没有能处置的人；${someoneWhoActs(roles, false).zh}`,
  en: `the last resort reaches nobody who may act; ${someoneWhoActs(roles, false).en}`,
});

export const lastResortOnScreens: Words = {
  zh: '最后联系人没有写通道：只有正在看屏幕的人才知道',
  en: 'the last resort names no channel: it reaches only who looks at a screen just then',
};

export const usualProcedure = (found: Words): Words => ({
  zh: `此处为 ${found.zh}，请换一个编号：自带的预案用了它`,
  en: `found ${found.en}, expected another id: a procedure that comes with the gateway has this one`,
});

export const branchNoMeaning = (branch: string, answer: string): Words => ({
  zh: `回答方式为 ${answer} 时 ${branch} 没有意义`,
  en: `${branch} has no meaning for an answer of ${answer}`,
});

/** Of the step `number` of so many. */
export const leadsForward = (found: Words, number: number, steps: number): Words => ({
  zh: `此处为 ${found.zh}，应为 ${number < steps ? `第 ${number + 1} 到 ${steps} 步，或 end` : 'end'}：步骤只向后`,
  en: `found ${found.en}, expected ${number < steps ? `a step from ${number + 1} to ${steps}, or end` : 'end'}: steps only lead forward`,
});

export const stepUnreached = (number: number): Words => ({
  zh: `没有回答通向第 ${number} 步；请加分支，或删去这一步`,
  en: `no answer leads to step ${number}; expected a branch to it, or no such step`,
});

// Whom messages go to.

export const groupIdTaken = (found: Words, duty: boolean): Words => ({
  zh: `此处为 ${found.zh}，请换一个编号：${duty ? '当班的人叫这个名' : '有人员叫这个名'}`,
  en: `found ${found.en}, expected another id: ${duty ? 'whoever is on duty is called so' : 'a person is called so'}`,
});

export const groupTwice = (found: Words): Words => ({
  zh: `编号 ${found.zh} 已被一个组占用`,
  en: `the id ${found.en} is taken already, by a group`,
});

export const groupWouldLearn = (found: Words): Words => ({
  zh: `${found.zh} 是群，群里的人会看到静默求助；应为发给个人的通道，或在 to 里写人员`,
  en: `${found.en} is a group, which would learn of a silent call for help; expected a channel to single persons, or persons under to`,
});

export const targetExpected = (duty: string, more: Words): Words => ({
  zh: ` ${duty}，或人员、组的编号${more.zh}`,
  en: `${duty}, or the id of a person or group${more.en}`,
});

export const dutyWithoutRoster = (duty: string): Words => ({
  zh: `没有值班表，${duty} 就没有人；请加值班表，或写人员`,
  en: `${duty} means nobody without a roster; add one, or name persons`,
});

export const twoNeedTwo: Words = {
  zh: '要两个人应答，而这一步只写了一个人；请再写一人，或不写 needs',
  en: 'two must answer, and this step names one person alone; name another, or leave needs out',
};

export const rungNeedsWay = (found: Words, way: string): Words => ({
  zh: `${found.zh} 需要此人的 ${way}；请补上 ${way}，或去掉这一级`,
  en: `${found.en} needs the ${way} of this person; add ${way}, or leave the rung out`,
});

export const sameNumber = (other: string): Words => ({
  zh: `${other} 也是这个号码，而短信回复靠号码认人；请各用各的，或设 replies: false`,
  en: `this is also the number of ${other}, and answers by SMS are known by their number; give each his own, or set replies: false`,
});

export const bothCallbackKeys: Words = {
  zh: 'callbackToken 和 callbackKey 应两项都写，或都不写',
  en: 'expected both callbackToken and callbackKey, or neither',
};

export const sameChatId = (other: string): Words => ({
  zh: `${other} 也是这个账号，而应答靠账号认人；请各用各的`,
  en: `this is also the id of ${other}, and who answers is known by it; give each his own`,
});

export const takesOverOnlyNamed = (channel: string, other: string): Words => ({
  zh: `${other} 只发给个人，而 ${channel} 的消息不点名：只有写明人员的步骤才由它接替`,
  en: `${other} sends to single persons, and messages by ${channel} name none: it takes over only where a step names persons`,
});

export const noChannel = (channel: string, more: Words = untranslated('')): Words => ({
  zh: `没有通道 ${channel}${more.zh}`,
  en: `${channel} is no channel${more.en}`,
});

export const anotherChannel: Words = { zh: '另一个通道', en: 'another channel' };

export const channelNamesNobody = (channel: string): Words => ({
  zh: `${channel} 发给所有看到的人；只有逐人发送的通道才写人员`,
  en: `${channel} goes to whoever reads it; a person is named only where each gets his own`,
});

export const personHasNo = (found: Words, way: string): Words => ({
  zh: `${found.zh} 没有 ${way}；请在 people 里补上，或写别的人`,
  en: `${found.en} has no ${way}; add it under people, or name another`,
});

// The duty roster.

export const shiftIdTaken = (found: Words): Words => ({
  zh: `编号 ${found.zh} 前面已用过`,
  en: `the id ${found.en} is taken already above`,
});

export const shiftId = (more: Words): Words => ({ zh: `已有班次的编号${more.zh}`, en: `the id of a shift${more.en}` });

export const turnWords = {
  either: {
    zh: '应写 persons（固定的人）或 order（轮换）之一',
    en: 'expected either persons, who always have it, or order, who take turns',
  },
  anchor: {
    zh: '写了 order 却没有 anchor；应写第一组从哪天开始',
    en: 'order is written without anchor; expected the day on which the first group begins',
  },
  lone: (key: string): Words => ({
    zh: `${key} 说明各组何时轮换；旁边应有 order`,
    en: `${key} says when groups change; expected order beside it`,
  }),
} as const;

export const temporaryOverlap = (found: Words): Words => ({
  zh: `这些日子与 ${found.zh} 重叠；一天只应有一张临时值班表`,
  en: `these days overlap with ${found.en}; expected one temporary roster a day`,
});

export const somebody: Words = { zh: '某人', en: 'somebody' };

export const namedTwice = (person: Words, shift: Words, day: string): Words => ({
  zh: `${day} 的班次 ${shift.zh} 把 ${person.zh} 写了两次；每人只应写一次`,
  en: `turns name ${person.en} twice for the shift ${shift.en} of ${day}; expected each person once`,
});

/** A shift of a day, with its hours. */
export const shiftOf = (shift: Words, day: string, from: string, until: string): Words => ({
  zh: `${day} 的 ${shift.zh}（${from}–${until}）`,
  en: `${shift.en} of ${day} (${from}–${until})`,
});

export const twiceAtOnce = (person: Words, one: Words, other: Words): Words => ({
  zh: `${person.zh} 同时排在 ${one.zh} 和 ${other.zh}，时间重叠；请把其中一个换人`,
  en: `turns name ${person.en} for ${one.en} and ${other.en}, which overlap; give one of them to somebody else`,
});

export const shiftUnheld = (shift: Words): Words => ({
  zh: `班次 ${shift.zh} 没有人；应有轮值写明哪天由谁当班`,
  en: `nobody has the shift ${shift.en}; expected a turn that names people for a day it is held on`,
});

/** `named` of `persons` are there. */
export const shiftLacks = (date: string, day: number, named: number, persons: number): Words => ({
  zh: `${date}（${weekdayName(day).zh}）${named === 0 ? '没有排人' : `只排了 ${named} 人，应为 ${persons} 人`}`,
  en: `on ${date} (${weekdayName(day).en}) turns name ${named === 0 ? 'nobody' : `${named} of ${persons} persons`} for it`,
});

/** Minutes of a week as day and time. */
export interface DutyGap {
  readonly from: readonly [day: number, clock: string];
  readonly to: readonly [day: number, clock: string];
}

const gapText = ({ from, to }: DutyGap): Words => ({
  zh: `${weekdayName(from[0]).zh} ${from[1]} 到 ${weekdayName(to[0]).zh} ${to[1]}`,
  en: `from ${weekdayName(from[0]).en} ${from[1]} to ${weekdayName(to[0]).en} ${to[1]}`,
});

export function nobodyOnDuty(week: 'school' | 'holidays', gaps: readonly DutyGap[]): Words {
  const some = gaps.slice(0, 3).map(gapText);
  const rest = gaps.length - some.length;
  return {
    zh: `${week === 'school' ? '教学周' : '假期'}这些时间无人值班：${some.map(({ zh }) => zh).join('、')}${rest > 0 ? `，另有 ${rest} 段` : ''}`,
    en: `in a week of ${week} nobody is on duty ${some.map(({ en }) => en).join(', ')}${rest > 0 ? `, and ${rest} times more` : ''}`,
  };
}
