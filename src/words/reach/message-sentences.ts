/**
 * What facts about messages say: on their way, told that it was taken, tests. One sentence for each, in both languages.
 */
import type { Fact, LadderTelling } from '../../core/types.ts';
import type { Words } from '../words.ts';
import { replyCame } from './reply-words.ts';

type MessageFactOf<K extends Fact['kind']> = Extract<Fact, { kind: K }>;
/** How people are called. */
interface MessageNames {
  who(name: string): Words;
  channel(id: string): Words;
}

/** `李刚、王强`; nothing where nobody is named. */
function people(all: readonly string[], names: MessageNames): Words {
  const called = all.map((one) => names.who(one));
  return { zh: called.map(({ zh }) => zh).join('、'), en: called.map(({ en }) => en).join(', ') };
}

/** `企微群 → 李刚`; a channel alone where it goes to whoever reads it. */
export function tellingWords(
  { channel, people: told }: Pick<LadderTelling, 'channel' | 'people'>,
  names: MessageNames,
): Words {
  const way = names.channel(channel);
  if (told.length === 0) return way;
  const { zh, en } = people(told, names);
  return { zh: `${way.zh} → ${zh}`, en: `${way.en} → ${en}` };
}

export const messageSentences = {
  sending: (
    { channel, people: told = [], again, bundles = [] }: MessageFactOf<'sending'>,
    names: MessageNames,
  ): Words => {
    const to = tellingWords({ channel, people: told }, names);
    const more = bundles.length > 0 ? [`，合并 ${bundles.length} 条`, `, with ${bundles.length} more in it`] : ['', ''];
    return again
      ? { zh: `重发通知：${to.zh}${more[0]}`, en: `sending again: ${to.en}${more[1]}` }
      : { zh: `发送通知：${to.zh}${more[0]}`, en: `sending: ${to.en}${more[1]}` };
  },
  'taken-told': ({ tell }: MessageFactOf<'taken-told'>, names: MessageNames): Words => {
    const to = tell.map((one) => tellingWords(one, names));
    return {
      zh: `告知已接手：${to.map(({ zh }) => zh).join('；')}`,
      en: `told that it is taken: ${to.map(({ en }) => en).join('; ')}`,
    };
  },
  replied: ({ channel, person, number, came }: MessageFactOf<'replied'>, names: MessageNames): Words => {
    const who = person === undefined ? { zh: '未知号码', en: 'an unknown number' } : names.who(person);
    const [zh, en] = number === undefined ? ['', ''] : [` ${number} `, ` ${number}`];
    const [what, way] = [replyCame[came], names.channel(channel)];
    return {
      zh: `${who.zh} 经${way.zh}回复${zh}：${what.zh}`,
      en: `${who.en} answered${en} by ${way.en}: ${what.en}`,
    };
  },
  'passed-on': ({ from, tell }: MessageFactOf<'passed-on'>, names: MessageNames): Words => {
    const to = tell.map((one) => tellingWords(one, names));
    return {
      zh: `同一事件 ${from} 号已接手，其余通知改由本条发出：${to.map(({ zh }) => zh).join('；')}`,
      en: `${from} of the same incident is taken; what it had still to tell is told of this one: ${to.map(({ en }) => en).join('; ')}`,
    };
  },
  'shift-told': ({ channel, person }: MessageFactOf<'shift-told'>, names: MessageNames): Words => {
    const to = tellingWords({ channel, people: [person] }, names);
    return { zh: `上岗提醒：${to.zh}`, en: `reminded of duty: ${to.en}` };
  },
  'channel-tried': ({ channel, person, by }: MessageFactOf<'channel-tried'>, names: MessageNames): Words => {
    const to = tellingWords({ channel, people: person === undefined ? [] : [person] }, names);
    if (by === undefined) return { zh: `每日通道测试：${to.zh}`, en: `daily test of a channel: ${to.en}` };
    const who = names.who(by);
    return { zh: `${who.zh} 发送测试消息：${to.zh}`, en: `${who.en} sends a test message: ${to.en}` };
  },
  resubscribed: ({ channel, person, by, consent }: MessageFactOf<'resubscribed'>, names: MessageNames): Words => {
    const [who, whose, way] = [names.who(by), names.who(person), names.channel(channel)];
    return {
      zh: `${who.zh} 恢复向 ${whose.zh} 发送（${way.zh}），本人同意：${consent}`,
      en: `${who.en} has messages sent to ${whose.en} again by ${way.en}; his consent: ${consent}`,
    };
  },
  'channel-confirmed': ({ channel, person, by }: MessageFactOf<'channel-confirmed'>, names: MessageNames): Words => {
    const [who, whose, way] = [names.who(by), names.who(person), names.channel(channel)];
    return {
      zh: `${who.zh} 确认 ${whose.zh} 已收到测试消息：${way.zh}`,
      en: `${who.en} says that ${whose.en} received the test message: ${way.en}`,
    };
  },
};
