/**
 * The robot of a DingTalk group as its servers behave: the signature of the address, its hour, keywords, the length of a request
 * and twenty messages a minute, after which ten minutes nothing is taken.
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
  textsAt,
} from './chat-types.ts';

const hourMs = 3_600_000;
const bodyMax = 20_000;

const no = (errcode: number, errmsg: string): ChatReply => ({ said: { errcode, errmsg } });
const guard = (what: string) => no(310000, `${what}, more: [https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq]`);

export class DingtalkGroup {
  readonly #account: RobotAccount;
  readonly #pace = new ChatPace(20, 60_000, 600_000);

  constructor(account: RobotAccount) {
    this.#account = account;
  }

  send(asked: ChatAsked): ChatReply {
    const { query, body, now } = asked;
    const token = query.get('access_token') ?? '';
    if (token !== this.#account.key) return no(300001, 'token is not exist');
    const wrong = this.#signatureOf(asked);
    if (wrong) return guard(wrong);
    if (!this.#pace.lets(token, now)) return no(130101, 'send too fast, exceed 20 times per minute');
    const json = parsed(body);
    if (json === undefined || bytesOf(body) > bodyMax) return no(40035, 'missing parameter json');
    const form = textAt(json, 'msgtype');
    const text = form === 'actionCard' ? textAt(json, form, 'text') : textAt(json, form, 'content');
    if (!['text', 'actionCard'].includes(form)) return no(400105, 'unsupported msgtype');
    const { keywords } = this.#account;
    if (keywords && !keywords.some((word) => text.includes(word))) return guard('keywords not in content');
    const link = textAt(json, 'actionCard', 'singleURL');
    const rings = [...textsAt(json, 'at', 'atMobiles'), ...(partOf(json, 'at', 'isAtAll') === true ? ['@all'] : [])];
    const message = { at: now, kind: 'dingtalk-robot', form, text, rings, ...(link && { link }) } as const;
    return { said: { errcode: 0, errmsg: 'ok' }, message };
  }

  /** What is wrong with the signature; undefined where nothing is, or none is asked for. */
  #signatureOf({ query, now }: ChatAsked): string | undefined {
    const { secret } = this.#account;
    if (secret === undefined) return undefined;
    const timestamp = query.get('timestamp') ?? '';
    if (!(Math.abs(now - Number(timestamp)) <= hourMs)) return 'invalid timestamp';
    const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
    return query.get('sign') === sign ? undefined : 'sign not match';
  }
}
