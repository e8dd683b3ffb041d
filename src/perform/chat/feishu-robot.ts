/**
 * A robot of a Feishu group (飞书 自定义机器人): a text or a card, either of which rings those it names by their ids. The
 * signature and its time, in seconds, stand in the body. It shows only pictures that were brought to its servers by an
 * application before, which a robot has not; so pictures are left out.
 */
import { createHmac } from 'node:crypto';
import type { ChannelOptions } from '../../site/schema-channel.ts';
import { openPage } from '../../words/reach/robot-words.ts';
import type { Maker, Recipient, Sending } from '../sending/channel.ts';
import { jsonHeaders } from '../sending/http-post.ts';
import { askChat, type ChatDialect } from './chat-answer.ts';
import { fitting, unmarked, within } from './chat-text.ts';

const host = 'https://open.feishu.cn';
/** A whole request, bytes. */
const bodyMax = 20 * 1024;

const dialect: ChatDialect = {
  vendor: 'feishu',
  // Older answers have the second alone.
  fields: ['code', 'StatusCode'],
  saying: 'msg',
  tooFast: { 11232: undefined },
  reasons: {
    ...{ 9499: 'malformed', 11246: 'malformed', 19002: 'malformed' },
    ...{ 19001: 'gone-robot', 19007: 'robot-off' },
    ...{ 19021: 'signature-or-clock', 19022: 'address', 19024: 'keyword' },
  },
};

/** The signature of a time in seconds. Time and secret are the key, and what is signed is empty. */
export function feishuSign(secret: string, seconds: number): string {
  return createHmac('sha256', `${seconds}\n${secret}`).update('').digest('base64');
}

type FeishuLooks = Pick<ChannelOptions<'feishu-robot'>, 'form' | 'language' | 'mentionAll'>;

/** Colours of a card's head, by priority. */
const heads = { 1: 'red', 2: 'orange', 3: 'yellow', 4: 'grey' } as const;

/** Those who are named: their id in this chat and what stands for them until it is read. */
function named(to: readonly Recipient[], everybody: boolean): { id: string; name: string }[] {
  const people = to.flatMap(({ feishu, name }) => (feishu === undefined ? [] : [{ id: feishu, name: unmarked(name) }]));
  return everybody ? [...people, { id: 'all', name: 'all' }] : people;
}

/** What is posted for a message; `signed` are the fields of the signature, if there is one. */
export function feishuBody({ message, to }: Sending, looks: FeishuLooks, signed: object): string {
  const { form, language, mentionAll } = looks;
  const { link, text, title, priority } = message;
  const people = named(to, mentionAll && message.about === 'alarm' && priority === 1);
  if (form === 'text') {
    const names = people.map(({ id, name }) => `<at user_id="${id}">${name}</at>`).join(' ');
    const tail = (link ? `\n${openPage[language]} ${link}` : '') + (names && `\n${names}`);
    return fitting(
      (room) =>
        JSON.stringify({
          ...signed,
          msg_type: 'text',
          content: { text: unmarked(within(text, language, room)) + tail },
        }),
      bodyMax,
    );
  }
  const plain = (content: string) => ({ tag: 'plain_text', content });
  const ats = people.map(({ id }) => `<at id=${id}></at>`).join(' ');
  const header = { template: heads[priority], title: plain(title[language]) };
  const open = link && { tag: 'button', text: plain(openPage[language]), type: 'primary', url: link };
  return fitting((room) => {
    const shown = within(text, language, room).split('\n').slice(1).join('\n');
    const elements = [
      { tag: 'div', text: plain(shown) },
      ...(ats ? [{ tag: 'div', text: { tag: 'lark_md', content: ats } }] : []),
      ...(open ? [{ tag: 'action', actions: [open] }] : []),
    ];
    const card = { config: { wide_screen_mode: true }, header, elements };
    return JSON.stringify({ ...signed, msg_type: 'interactive', card });
  }, bodyMax);
}

/** A channel to a group of Feishu. */
export const feishuRobot: Maker<'feishu-robot'> = (options) => {
  const { id, hook, secret, proxy, timeoutMs } = options;
  const token = /[\w-]+$/.exec(hook)?.[0] ?? '';
  const url = `${proxy ?? host}/open-apis/bot/v2/hook/${token}`;
  return async (sending, world) => {
    const seconds = Math.floor(world.now() / 1_000);
    const signed = secret === undefined ? {} : { timestamp: String(seconds), sign: feishuSign(secret, seconds) };
    const body = feishuBody(sending, options, signed);
    const answer = await askChat({ id, url, headers: jsonHeaders, body, timeoutMs }, dialect, world);
    return answer.is === 'taken' ? { is: 'told' } : answer;
  };
};
