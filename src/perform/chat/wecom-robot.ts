/**
 * A robot of a WeCom group (企业微信 消息推送, formerly 群机器人): a text that rings those it names by their mobile numbers, and
 * after it the picture. The key in its address is the whole secret. Only a text rings; so whoever is to be named gets one,
 * whatever form is set for the rest. The text is never sent a second time for the sake of its picture.
 */
import { createHash } from 'node:crypto';
import type { Language, Words } from '../../core/types.ts';
import type { ChannelOptions } from '../../site/schema-channel.ts';
import { openPage, pictureElsewhere, pictureNotTaken } from '../../words/reach/robot-words.ts';
import type { Maker, Sending } from '../sending/channel.ts';
import { jsonHeaders } from '../sending/http-post.ts';
import { minuteGate } from '../sending/minute-gate.ts';
import { askChat } from './chat-answer.ts';
import { byteLength, fitting, mobile, unmarked, within } from './chat-text.ts';
import { pictureMs, wecomDialect, wecomHost } from './wecom-dialect.ts';

/** Bytes of a text, of a markdown, and of the text on a card (the last is ours: a card shows about a hundred characters). */
const limits = { text: 2_048, markdown: 4_096, card: 512 } as const;
/** A picture before base64, bytes. */
const pictureMax = 2 * 1024 * 1024;
/** Of the 20 messages a minute fifteen are for texts (see `natures`), and so many for pictures; one is left over. Ours. */
const picturesPerMin = 4;

type WecomLooks = Pick<ChannelOptions<'wecom-robot'>, 'form' | 'language' | 'mentionAll'>;

/** A link as a line of a text. */
const linkLine = (link: string | undefined, language: Language) => (link ? [`${openPage[language]} ${link}`] : []);

/** All lines of a text but the first, which stands elsewhere. */
const rest = ({ zh, en }: Words): Words => ({ zh: below(zh), en: below(en) });
const below = (text: string): string => text.split('\n').slice(1).join('\n');

/** What is posted for a message; `brings`: its picture follows. */
export function wecomContent({ message, to, picture }: Sending, looks: WecomLooks, brings: boolean): object {
  const { form, language, mentionAll } = looks;
  const { link, text, title, school } = message;
  const phones = to.flatMap(({ phone }) => (phone === undefined ? [] : [mobile(phone)]));
  const everybody = mentionAll && message.about === 'alarm' && message.priority === 1 ? ['@all'] : [];
  const named = [...phones, ...everybody];
  const note = picture && !brings ? [pictureElsewhere[language]] : [];
  if (named.length === 0 && form === 'card' && link !== undefined) {
    const main = { title: title[language], desc: school[language] };
    const more = [within(rest(text), language, limits.card), ...note].join('\n');
    const card = { card_type: 'text_notice', main_title: main, sub_title_text: more };
    return { msgtype: 'template_card', template_card: { ...card, card_action: { type: 1, url: link } } };
  }
  if (named.length === 0 && form === 'markdown') {
    const tail = link ? [`[${openPage[language]}](${link})`] : [];
    const content = fitting((room) => {
      const [first, ...others] = unmarked(within(text, language, room)).split('\n');
      return [`**${first}**`, ...[...others, ...note].map((line) => `> ${line}`), ...tail].join('\n');
    }, limits.markdown);
    return { msgtype: 'markdown', markdown: { content } };
  }
  const tail = [...note, ...linkLine(link, language)].map((line) => `\n${line}`).join('');
  const content = within(text, language, Math.max(0, limits.text - byteLength(tail))) + tail;
  return { msgtype: 'text', text: { content, ...(named.length > 0 && { mentioned_mobile_list: named }) } };
}

/** A picture as it is posted: its bytes, and what they have to come to. */
export function wecomPicture(picture: Uint8Array): object {
  // WeCom asks for MD5, as a checksum and no proof.
  const md5 = createHash('md5').update(picture).digest('hex');
  return { msgtype: 'image', image: { base64: Buffer.from(picture).toString('base64'), md5 } };
}

/** A channel to a group of WeCom. */
export const wecomRobot: Maker<'wecom-robot'> = (options) => {
  const { id, hook, proxy, timeoutMs } = options;
  const key = /[\w-]+$/.exec(hook)?.[0] ?? '';
  const url = `${proxy ?? wecomHost}/cgi-bin/webhook/send?key=${key}`;
  const mayShow = minuteGate(picturesPerMin);
  return async (sending, world) => {
    const post = (content: object, limitMs: number) => {
      const asked = { id, url, headers: jsonHeaders, body: JSON.stringify(content), timeoutMs: limitMs };
      return askChat(asked, wecomDialect, world);
    };
    const { picture } = sending;
    const shown = picture && picture.length <= pictureMax && mayShow(world.elapsed()) ? picture : undefined;
    const told = await post(wecomContent(sending, options, shown !== undefined), timeoutMs);
    if (told.is !== 'taken') return told;
    const after = shown && (await post(wecomPicture(shown), Math.min(timeoutMs, pictureMs)));
    return after && after.is !== 'taken' ? { is: 'told', lacking: pictureNotTaken(after.why) } : { is: 'told' };
  };
};
