/**
 * The sheet a person is given who shall be told of alarms: by what, when, and what to do with it. It is printed in his own language and
 * holds no number and no address, nor the code that pairs a phone: it hangs on walls, and a code is good once and for minutes.
 */
import type { Words } from '../words.ts';

export const onboarding = {
  title: { zh: '报警通知须知', en: 'How alarms reach you' },
  school: { zh: '学校', en: 'School' },
  person: { zh: '姓名', en: 'Name' },
  desk: { zh: '值班室电话', en: 'Control room' },
  how: { zh: '有报警需要您时，依次通知', en: 'When an alarm needs you, you are told by' },
  when: { zh: '什么时候', en: 'When' },
  by: { zh: '通道', en: 'Channel' },
  where: { zh: '在哪里收', en: 'Where it arrives' },
  tested: { zh: '已收到测试', en: 'Test received' },
  none: {
    zh: '目前没有任何通道能找到您，报警只在打开的页面上显示。请告诉值班室您的手机号。',
    en: 'No channel reaches you yet; alarms are on open pages alone. Give the control room your mobile number.',
  },
  answered: {
    zh: '有人确认后，后面的就不再发。',
    en: 'Once somebody has acknowledged it, the rest is not sent.',
  },
  doTitle: { zh: '收到后怎么做', en: 'What to do with it' },
  doRead: {
    zh: '看清地点、类型和“先做”一行。消息本身已够用，打不开网页也能行动。',
    en: 'Read the place, the kind and what to do first. The message is enough, even when no page opens.',
  },
  doTake: {
    zh: '能去：点开链接，按“我去处理（确认）”；打不开就打值班室电话。只打开链接不算确认。',
    en: 'You can go: open the link and press “I am going”; if it does not open, call the control room. Opening it is no answer.',
  },
  doCannot: {
    zh: '不能去：马上打值班室电话，不要只当没看见；没人确认，系统会继续找别人。',
    en: 'You cannot go: call the control room at once. Until somebody acknowledges, others are told.',
  },
  doTaken: {
    zh: '收到“【已接手】”：有人在处理，不用再去。',
    en: '“[TAKEN]” means that somebody sees to it: nothing more to do.',
  },
  doPair: {
    zh: '当班手机：到值班室扫一次配对码，报警页就在手机上；丢了手机马上告诉值班室。',
    en: 'Your phone on duty: scan a pairing code once at the control room and the alarm page is on it; say at once when you lose it.',
  },
  doTwo: {
    zh: '到现场两人同行，先看再近，不与人冲突；有危险先报 110。',
    en: 'Go by two, look before you come near, confront nobody; in danger call the police (110) first.',
  },
  doTest: {
    zh: '收到“【测试】”：没有发生任何事，请告诉值班室“收到了”。',
    en: '“[TEST]” means that nothing happened: tell the control room that you have it.',
  },
  doChanged: {
    zh: '换手机、换号码、退群前，先告诉值班室，并重新测试一次。',
    en: 'Before you change phone or number or leave the group, tell the control room, and have a test sent again.',
  },
  silent: {
    zh: '手机不要把这个群或号码设为免打扰；夜间值班时音量开到最大。',
    en: 'Do not mute the group or the number on your phone; on night duty turn the volume up.',
  },
  signed: { zh: '本人签名', en: 'Signature' },
  date: { zh: '日期', en: 'Date' },
} as const satisfies Record<string, Words>;

export const printedAt = (time: string): Words => ({ zh: `打印于 ${time}`, en: `printed ${time}` });

/** When the rung of a ladder is. */
export const rungAfter = (seconds: number): Words =>
  seconds === 0 ? { zh: '立即', en: 'at once' } : { zh: `${seconds} 秒后`, en: `after ${seconds} s` };

/** Where a message arrives, by the way it goes. */
export const arrivesAt = (way: Words): Words => ({ zh: `您的${way.zh}`, en: `your ${way.en}` });
export const arrivesInGroup = (channel: Words, named: boolean): Words => ({
  zh: named ? `群「${channel.zh}」里点您的名` : `群「${channel.zh}」里，不点名`,
  en: named ? `in “${channel.en}”, with your name` : `in “${channel.en}”, without your name`,
});

/** Hours in which a person is left in peace. */
export const quietHours = (from: string, to: string): Words => ({
  zh: `${from} 到 ${to} 只有一级（紧急）报警会找您。`,
  en: `From ${from} to ${to} only urgent alarms (P1) are sent to you.`,
});
