/**
 * Who was told of an alarm, by what and how far it got, as the desk reads it; and how the channels stand, as the wall says it. "Taken"
 * means that the other side has it, and nothing more.
 */
import type { ToldPerson } from '../../core/view/view-telling.ts';
import type { Words } from '../words.ts';

export const told = {
  title: { zh: '已通知谁', en: 'Who was told' },
  none: { zh: '还没有发出屏幕以外的通知', en: 'Nothing was sent beyond the screens yet' },
  readers: { zh: '看通道的人', en: 'its readers' },
  withheld: { zh: '有关人员', en: 'persons' },
  taken: { zh: '告知已接手', en: 'told that it is taken' },
  sending: { zh: '正在发送', en: 'on its way' },
  queued: { zh: '等候发送', en: 'waits for room' },
  unknown: { zh: '不知是否送达', en: 'may have arrived' },
  notAnswered: { zh: '没有回应', en: 'No answer from' },
} as const satisfies Record<string, Words>;

export const acceptedAt = (time: string): Words => ({ zh: `${time} 送达`, en: `taken ${time}` });
export const dueAt = (time: string): Words => ({ zh: `${time} 再发`, en: `due ${time}` });
/** What so many tries came to, and why the last one failed. */
export const failedWords = (tries: number, why: Words | undefined): Words => ({
  zh: `失败 ${tries} 次${why ? `：${why.zh}` : ''}`,
  en: `failed ${tries}×${why ? `: ${why.en}` : ''}`,
});
export const givenUpWords = (tries: number, why: Words | undefined): Words => ({
  zh: `没有送达（试了 ${tries} 次）${why ? `：${why.zh}` : ''}`,
  en: `not delivered, ${tries} tries${why ? `: ${why.en}` : ''}`,
});
/** Another channel carries it. */
export const insteadOf = (by: string, channel: string): Words => ({
  zh: `${by}（代${channel}）`,
  en: `${by} (for ${channel})`,
});
export const earlier = (n: number): Words => ({
  zh: `更早的 ${n} 条见时间线`,
  en: `${n} earlier ones in the timeline`,
});

/** What somebody who was told has answered. */
export const answeredWords: Readonly<Record<NonNullable<ToldPerson['answered']>['how'], Words>> = {
  acknowledged: { zh: '确认', en: 'acknowledged' },
  accepted: { zh: '接单', en: 'goes' },
  arrived: { zh: '到场', en: 'is there' },
};

/** On the wall, of the alarm that waits: who has not answered, and by what he was told since when. What a person must know comes first. */
export const wallTold = {
  mute: (who: string, ways: string, time: string): Words => ({
    zh: `没有回应：${who}（${time} 已发${ways}）`,
    en: `No answer: ${who} (${time} ${ways})`,
  }),
  readers: (ways: string, time: string): Words => ({
    zh: `没有人确认（${time} 已发${ways}）`,
    en: `Nobody answered (${time} ${ways})`,
  }),
  untold: (ways: string): Words => ({ zh: `通知还没有送达：${ways}`, en: `Not delivered so far: ${ways}` }),
};

/** On the wall, in the strip of health. */
export const channelChip: Words = { zh: '通知', en: 'TELL' };
export const channelsDown = (n: number): Words => ({ zh: `${n} 路不通`, en: `${n} down` });
/** Their test of today is due. English is short: the strip has no room for more. */
export const channelsUntested = (n: number): Words => ({ zh: `${n} 路今日未测通`, en: `${n} due` });
