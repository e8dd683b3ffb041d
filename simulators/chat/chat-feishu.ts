/**
 * The robot of a Feishu group as its servers behave: the signature and its seconds in the body, keywords, 20 KB, and a hundred
 * messages a minute of which five in one second.
 */
import { createHmac } from 'node:crypto';
import {
  bytesOf,
  type ChatAsked,
  ChatPace,
  type ChatReply,
  parsed,
  partOf,
  type RobotAccount,
  textAt,
} from './chat-types.ts';

const hourSeconds = 3_600;
const bodyMax = 20 * 1024;

const no = (code: number, msg: string): ChatReply => ({ said: { code, msg, data: {} } });
const yes = { code: 0, msg: 'success', data: {}, Extra: null, StatusCode: 0, StatusMessage: 'success' };

/** All texts in a card, in the order they stand. */
function cardTexts(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(cardTexts);
  if (typeof part !== 'object' || part === null) return [];
  const { content, ...rest } = part as Record<string, unknown>;
  return [...(typeof content === 'string' ? [content] : []), ...Object.values(rest).flatMap(cardTexts)];
}

export class FeishuGroup {
  readonly #account: RobotAccount;
  readonly #minute = new ChatPace(100, 60_000);
  readonly #second = new ChatPace(5, 1_000);

  constructor(account: RobotAccount) {
    this.#account = account;
  }

  send({ path, body, now }: ChatAsked): ChatReply {
    const { key, secret, keywords } = this.#account;
    if (!path.endsWith(`/${key}`)) return no(19001, 'param invalid: incoming webhook access token invalid');
    if (!this.#minute.lets(key, now) || !this.#second.lets(key, now))
      return no(11232, 'frequency limited psm[lark.oapi.app_platform_runtime]');
    const json = parsed(body);
    if (json === undefined || bytesOf(body) > bodyMax) return no(9499, 'Bad Request');
    if (secret !== undefined && !signed(json, secret, now))
      return no(19021, 'sign match fail or timestamp is not within one hour from current time');
    const form = textAt(json, 'msg_type');
    const card = partOf(json, 'card');
    const text = form === 'interactive' ? cardTexts(card).join('\n') : textAt(json, 'content', 'text');
    if (!['text', 'interactive'].includes(form) || text === '') return no(9499, 'Bad Request');
    if (keywords && !keywords.some((word) => text.includes(word))) return no(19024, 'Key Words Not Found');
    const rings = [...text.matchAll(/<at (?:user_id="([^"]*)"|id=([^>]*))>/g)].map(([, user, id]) => user ?? id ?? '');
    const link = /"url":"([^"]*)"/.exec(JSON.stringify(card ?? {}))?.[1];
    return { said: yes, message: { at: now, kind: 'feishu-robot', form, text, rings, ...(link && { link }) } };
  }
}

/** Whether the body carries the right signature of a time that is not too far off. */
function signed(json: unknown, secret: string, now: number): boolean {
  const timestamp = textAt(json, 'timestamp');
  const sign = createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');
  return Math.abs(now / 1_000 - Number(timestamp)) <= hourSeconds && textAt(json, 'sign') === sign;
}
