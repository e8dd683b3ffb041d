/**
 * Messages of an application of the school in WeCom (企业微信 应用消息): to single persons by their ids, each in his language, as
 * a card with a button or as text. Every request needs a token that is had for corp and secret; it is kept until it runs out or
 * is refused. WeCom wants that secret in an address: here only, and over TLS. A message is never sent a second time but with a
 * fresh token after the old one was refused.
 */
import type { Language, Words } from '../core/types.ts';
import type { ChannelOptions } from '../site/schema-channel.ts';
import { lookButton, nobodyToSendTo, noIdOf, notInApp, openPage } from '../words/reach/robot-words.ts';
import type { World } from '../world/world.ts';
import type { Maker, Recipient, Verdict } from './channel.ts';
import { askChat, type Taken } from './chat-answer.ts';
import { beginning, byteLength, unmarked, within } from './chat-text.ts';
import { type HttpRequest, jsonHeaders, type NotTold } from './http-post.ts';
import type { Message } from './message.ts';
import { wecomDialect, wecomHost } from './wecom-dialect.ts';

/** Bytes of a text, and of the head and the text of a card. */
const limits = { text: 2_048, title: 128, description: 512 } as const;
/** A token that is no longer good, or never was. */
const tokenCodes: ReadonlySet<string> = new Set(['40014', '42001', '41001']);
/** A token is asked for anew so long before it runs out, ms. Ours. */
const earlyMs = 60_000;

/** What of a message is posted, without whom to. A card that its text does not fit into is a text: nothing is cut for looks. */
export function wecomAppContent({ link, text, title }: Message, form: 'text' | 'card', language: Language): object {
  if (form === 'card' && link !== undefined) {
    const description = unmarked(text[language]).split('\n').slice(1).join('<br>');
    const head = beginning(unmarked(title[language]), limits.title);
    if (byteLength(description) <= limits.description)
      return { msgtype: 'textcard', textcard: { title: head, description, url: link, btntxt: lookButton[language] } };
  }
  const tail = link === undefined ? '' : `\n<a href="${link}">${openPage[language]}</a>`;
  const room = Math.max(0, limits.text - byteLength(tail));
  return { msgtype: 'text', text: { content: within({ ...both(text, unmarked) }, language, room) + tail } };
}
const both = ({ zh, en }: Words, as: (text: string) => string): Words => ({ zh: as(zh), en: as(en) });

/** The persons whom WeCom says it will not send to: it tells their ids in small letters. */
function refusedOf({ said }: Taken, to: readonly Recipient[]) {
  const ids = ['invaliduser', 'unlicenseduser'].flatMap((field) => String(said[field] ?? '').split('|'));
  const refused = new Set(ids.map((one) => one.toLowerCase()));
  return to
    .filter(({ wecom }) => refused.has(wecom!.toLowerCase()))
    .map(({ person }) => ({ person, why: notInApp('wecom') }));
}

/** Asks the servers of WeCom in the name of one application. */
class AppDoor {
  readonly #options: ChannelOptions<'wecom-app'>;
  #held: { readonly token: string; readonly until: number } | undefined;

  constructor(options: ChannelOptions<'wecom-app'>) {
    this.#options = options;
  }

  /** Posts with a token that is good. All of it ends within the time one request may take. */
  async post(content: object, world: World): Promise<Taken | NotTold> {
    const end = world.elapsed() + this.#options.timeoutMs;
    const first = await this.#postOnce(content, end, world);
    if (first.is !== 'refused' || !tokenCodes.has(first.code)) return first;
    this.#held = undefined;
    return await this.#postOnce(content, end, world);
  }

  async #postOnce(content: object, end: number, world: World): Promise<Taken | NotTold> {
    const token = await this.#token(end, world);
    if (typeof token !== 'string') return token;
    const path = `message/send?access_token=${encodeURIComponent(token)}`;
    const body = JSON.stringify(content);
    return await askChat({ ...this.#asked(path, end, world), headers: jsonHeaders, body }, wecomDialect, world);
  }

  /** A token, or why there is none; without one nothing was sent, so nothing is unknown. */
  async #token(end: number, world: World): Promise<string | NotTold> {
    if (this.#held && world.elapsed() < this.#held.until) return this.#held.token;
    const { corp, secret } = this.#options;
    const path = `gettoken?corpid=${encodeURIComponent(corp)}&corpsecret=${encodeURIComponent(secret)}`;
    const answer = await askChat({ ...this.#asked(path, end, world), method: 'GET' }, wecomDialect, world);
    if (answer.is === 'unknown') return { is: 'refused', code: 'timeout', why: answer.why };
    if (answer.is !== 'taken') return answer;
    const { access_token: token, expires_in: seconds } = answer.said;
    const until = world.elapsed() + Math.max(0, Number(seconds) * 1_000 - earlyMs);
    this.#held = { token: String(token), until };
    return this.#held.token;
  }

  #asked(path: string, end: number, world: World): HttpRequest {
    const { id, proxy = wecomHost } = this.#options;
    // To a tenth of a second, as it is told when it was not enough.
    const timeoutMs = Math.max(100, Math.ceil((end - world.elapsed()) / 100) * 100);
    return { id, url: `${proxy}/cgi-bin/${path}`, timeoutMs };
  }
}

/** Those who speak one language, by language. */
const byLanguage = (to: readonly Recipient[]) =>
  (['zh', 'en'] as const).flatMap((language) => {
    const some = to.filter((one) => one.language === language);
    return some.length > 0 ? [{ language, some }] : [];
  });

/** A channel to single persons by an application of WeCom. */
export const wecomApp: Maker<'wecom-app'> = (options) => {
  const door = new AppDoor(options);
  const { id, agent, form } = options;
  return async ({ message, to }, world): Promise<Verdict> => {
    const known = to.filter(({ wecom }) => wecom !== undefined);
    if (known.length === 0) return { is: 'refused', code: 'nobody', why: nobodyToSendTo(id, 'wecom') };
    const missing = to.filter(({ wecom }) => wecom === undefined);
    const unreached = missing.map(({ person }) => ({ person, why: noIdOf('wecom') }));
    let failed: NotTold | undefined;
    let taken = false;
    for (const { language, some } of byLanguage(known)) {
      const touser = some.map(({ wecom }) => wecom).join('|');
      const answer = await door.post({ touser, agentid: agent, ...wecomAppContent(message, form, language) }, world);
      if (answer.is === 'taken') {
        taken = true;
        unreached.push(...refusedOf(answer, some));
      } else {
        failed ??= answer;
        unreached.push(...some.map(({ person }) => ({ person, why: answer.why })));
      }
    }
    if (failed && !taken) return failed;
    return { is: 'told', ...(unreached.length > 0 && { unreached }) };
  };
};
