/**
 * A robot of a DingTalk group (钉钉 自定义机器人): a text that rings those it names by their mobile numbers, or a card with a
 * button when nobody is to be named. Signed where the robot was set to it (加签). It takes pictures only by an address that
 * its servers can reach, which a school has not; so pictures are left out.
 */
import type { ChannelOptions } from '../../site/schema-channel.ts';
import { type ChatReason, guardSayings, lookButton, openPage } from '../../words/reach/robot-words.ts';
import type { Maker, Sending } from '../sending/channel.ts';
import { jsonHeaders } from '../sending/http-post.ts';
import { dingtalkSignature } from '../sign/dingtalk-signature.ts';
import { askChat, type ChatDialect } from './chat-answer.ts';
import { fitting, mobile, unmarked, within } from './chat-text.ts';

const host = 'https://oapi.dingtalk.com';
/** A whole request, bytes. */
const bodyMax = 20_000;
/** After 20 messages in a minute nothing is taken for so long. */
const shutMs = 10 * 60_000;

/** One number stands for everything that the security settings of a robot hold against a message. */
function guardOf(saying: string): ChatReason {
  // What follows is advice, and names the other things, too.
  const [what = ''] = saying.split(/;|, more/);
  return guardSayings.find(([says]) => says.test(what))?.[1] ?? 'which-guard';
}

const dialect: ChatDialect = {
  vendor: 'dingtalk',
  fields: ['errcode'],
  saying: 'errmsg',
  tooFast: { 130101: shutMs, 410100: shutMs },
  reasons: {
    '-1': 'busy',
    310000: guardOf,
    ...{ 300001: 'gone-robot', 300005: 'gone-robot', 400101: 'gone-robot', 400106: 'gone-robot' },
    ...{ 400013: 'gone-group', 400102: 'robot-off' },
    ...{ 40035: 'malformed', 43004: 'malformed', 400105: 'malformed' },
    ...{ 430101: 'content', 430102: 'content', 430103: 'content', 430104: 'content' },
  },
};

/** The signature of a time in ms, as it stands in the address: with what a query would take for something else escaped. */
export function dingtalkSign(secret: string, time: number): string {
  return encodeURIComponent(dingtalkSignature(secret, time));
}

type DingtalkLooks = Pick<ChannelOptions<'dingtalk-robot'>, 'form' | 'language' | 'mentionAll'>;

/** What is posted for a message, as JSON. */
export function dingtalkBody({ message, to }: Sending, { form, language, mentionAll }: DingtalkLooks): string {
  const { link, text, title } = message;
  const phones = to.flatMap(({ phone }) => (phone === undefined ? [] : [mobile(phone)]));
  const isAtAll = mentionAll && message.about === 'alarm' && message.priority === 1;
  if (form === 'card' && link !== undefined && phones.length === 0 && !isAtAll)
    return fitting((room) => {
      // A single line end is none in its markdown.
      const shown = unmarked(within(text, language, room)).replaceAll('\n', '\n\n');
      const card = { title: title[language], text: shown, singleTitle: lookButton[language], singleURL: link };
      return JSON.stringify({ msgtype: 'actionCard', actionCard: card });
    }, bodyMax);
  // Whom it names must stand in the text, too.
  const named = phones.length > 0 ? `\n${phones.map((phone) => `@${phone}`).join(' ')}` : '';
  const tail = (link ? `\n${openPage[language]} ${link}` : '') + named;
  return fitting((room) => {
    const content = within(text, language, room) + tail;
    return JSON.stringify({ msgtype: 'text', text: { content }, at: { atMobiles: phones, isAtAll } });
  }, bodyMax);
}

/** A channel to a group of DingTalk. */
export const dingtalkRobot: Maker<'dingtalk-robot'> = (options) => {
  const { id, hook, secret, proxy, timeoutMs } = options;
  const token = /[\w-]+$/.exec(hook)?.[0] ?? '';
  const base = `${proxy ?? host}/robot/send?access_token=${token}`;
  return async (sending, world) => {
    const time = world.now();
    const url = secret === undefined ? base : `${base}&timestamp=${time}&sign=${dingtalkSign(secret, time)}`;
    const asked = { id, url, headers: jsonHeaders, body: dingtalkBody(sending, options), timeoutMs };
    const answer = await askChat(asked, dialect, world);
    return answer.is === 'taken' ? { is: 'told' } : answer;
  };
};
