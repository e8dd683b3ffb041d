/**
 * Messages of an application of the school in WeCom (企业微信 应用消息): to single persons by their ids, each in his language, as
 * a card with a button (where answers come back, one that acknowledges) or as text, and after it the picture. Every request needs a token that is had for corp and secret; it is kept
 * until it runs out or is refused. WeCom wants that secret in an address: here only, and over TLS. A message is never sent a second
 * time but with a fresh token after the old one was refused, and never for the sake of its picture.
 */
import { randomUUID } from 'node:crypto';
import type { Language, Words } from '../../core/types.ts';
import type { ChannelOptions } from '../../site/schema-channel.ts';
import {
  goButton,
  lookButton,
  nobodyToSendTo,
  noIdOf,
  notInApp,
  openPage,
  pictureElsewhere,
  pictureNotTaken,
} from '../../words/reach/robot-words.ts';
import type { World } from '../../world/world.ts';
import type { Maker, Recipient, Verdict } from '../sending/channel.ts';
import { type HttpRequest, jsonHeaders, type NotTold } from '../sending/http-post.ts';
import type { Message } from '../sending/message.ts';
import { minuteGate } from '../sending/minute-gate.ts';
import { AppToken, leftUntil } from './app-token.ts';
import { askChat, type Taken } from './chat-answer.ts';
import { beginning, byteLength, unmarked, within } from './chat-text.ts';
import { pictureMs, wecomDialect, wecomHost } from './wecom-dialect.ts';

/** Bytes of a text, of the head and the text of a card, and of a card with a button (160 characters, document 90236). */
const limits = { text: 2_048, title: 128, description: 512, card: 480 } as const;
/** A picture, bytes (document 90253). */
const pictureMax = 10 * 1024 * 1024;
/** Of the thirty messages a minute that one person may get, fifteen are for texts (see `natures`), and so many for pictures. Ours. */
const picturesPerMin = 10;
/** A token that is no longer good, or never was. */
const tokenCodes: ReadonlySet<string> = new Set(['40014', '42001', '41001']);

/**
 * What of a message is posted, without whom to. A card that its text does not fit into is a text: nothing is cut for looks.
 * `elsewhere`: there is a picture that does not follow.
 */
export function wecomAppContent(
  { link, text, title }: Message,
  form: 'text' | 'card',
  language: Language,
  elsewhere: boolean,
): object {
  const note = elsewhere ? [pictureElsewhere[language]] : [];
  if (form === 'card' && link !== undefined) {
    const description = [...unmarked(text[language]).split('\n').slice(1), ...note].join('<br>');
    const head = beginning(unmarked(title[language]), limits.title);
    if (byteLength(description) <= limits.description)
      return { msgtype: 'textcard', textcard: { title: head, description, url: link, btntxt: lookButton[language] } };
  }
  const open = link === undefined ? [] : [`<a href="${link}">${openPage[language]}</a>`];
  const tail = [...note, ...open].map((line) => `\n${line}`).join('');
  const room = Math.max(0, limits.text - byteLength(tail));
  return { msgtype: 'text', text: { content: within({ ...both(text, unmarked) }, language, room) + tail } };
}

/** A card whose button says that this person goes: the key of the button is the number that the alarm has for him. */
export function wecomButtonCard(
  { link, text, title }: Message,
  number: number,
  { language, elsewhere, once }: { readonly language: Language; readonly elsewhere: boolean; readonly once: string },
): object {
  const said = both(text, unmarked);
  const note = elsewhere ? `\n${pictureElsewhere[language]}` : '';
  return {
    msgtype: 'template_card',
    template_card: {
      card_type: 'button_interaction',
      main_title: { title: beginning(unmarked(title[language]), limits.title) },
      sub_title_text: within(said, language, limits.card - byteLength(note)) + note,
      ...(link !== undefined && { card_action: { type: 1, url: link } }),
      // WeCom takes each id once.
      task_id: once,
      button_list: [{ text: goButton[language], style: 1, key: `ack-${number}` }],
    },
  };
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
  readonly #token: AppToken;

  constructor(options: ChannelOptions<'wecom-app'>) {
    this.#options = options;
    const { id, corp, secret } = options;
    const path = `gettoken?corpid=${encodeURIComponent(corp)}&corpsecret=${encodeURIComponent(secret)}`;
    this.#token = new AppToken({
      id,
      stale: tokenCodes,
      ask: (end, world) => askChat({ ...this.#asked(path, end, world), method: 'GET' }, wecomDialect, world),
      read: ({ access_token: token, expires_in: seconds }) => ({ token: String(token), seconds: Number(seconds) }),
    });
  }

  /** Sends a message. */
  async post(content: object, world: World): Promise<Taken | NotTold> {
    return await this.#send(content, world.elapsed() + this.#options.timeoutMs, world);
  }

  /** Shows a picture to these ids: brings it to the servers first, which name it, and sends it by that name. */
  async show(picture: Uint8Array, to: object, world: World): Promise<Taken | NotTold> {
    const end = world.elapsed() + Math.min(this.#options.timeoutMs, pictureMs);
    const body = new FormData();
    body.set('media', new Blob([Buffer.from(picture)], { type: 'image/jpeg' }), 'alarm.jpg');
    const brought = await this.#with('media/upload?type=image&', { body }, end, world);
    if (brought.is !== 'taken') return brought;
    const image = { media_id: String(brought.said.media_id) };
    return await this.#send({ ...to, msgtype: 'image', image }, end, world);
  }

  #send(content: object, end: number, world: World): Promise<Taken | NotTold> {
    return this.#with('message/send?', { headers: jsonHeaders, body: JSON.stringify(content) }, end, world);
  }

  #with(
    path: string,
    sent: Pick<HttpRequest, 'headers' | 'body'>,
    end: number,
    world: World,
  ): Promise<Taken | NotTold> {
    return this.#token.with(end, world, (token) => {
      const asked = this.#asked(`${path}access_token=${encodeURIComponent(token)}`, end, world);
      return askChat({ ...asked, ...sent }, wecomDialect, world);
    });
  }

  #asked(path: string, end: number, world: World): HttpRequest {
    const { id, proxy = wecomHost } = this.#options;
    return { id, url: `${proxy}/cgi-bin/${path}`, timeoutMs: leftUntil(end, world) };
  }
}

/** Those who get the same: who speak one language, and whoever has a number of his own by himself. */
const alike = (to: readonly Recipient[], numbers: Readonly<Record<string, number>>) => [
  ...to.filter(({ person }) => numbers[person] !== undefined).map((one) => ({ language: one.language, some: [one] })),
  ...(['zh', 'en'] as const).flatMap((language) => {
    const some = to.filter((one) => one.language === language && numbers[one.person] === undefined);
    return some.length > 0 ? [{ language, some }] : [];
  }),
];

/** A channel to single persons by an application of WeCom. */
export const wecomApp: Maker<'wecom-app'> = (options) => {
  const door = new AppDoor(options);
  const { id, agent, form, callbackToken } = options;
  const mayShow = minuteGate(picturesPerMin);
  return async ({ message, to, picture, numbers = {} }, world): Promise<Verdict> => {
    const known = to.filter(({ wecom }) => wecom !== undefined);
    if (known.length === 0) return { is: 'refused', code: 'nobody', why: nobodyToSendTo(id, 'wecom') };
    const missing = to.filter(({ wecom }) => wecom === undefined);
    const unreached = missing.map(({ person }) => ({ person, why: noIdOf('wecom') }));
    const shown = picture && picture.length <= pictureMax && mayShow(world.elapsed()) ? picture : undefined;
    const elsewhere = picture !== undefined && shown === undefined;
    let failed: NotTold | undefined;
    const reached: Recipient[] = [];
    for (const { language, some } of alike(known, callbackToken === undefined ? {} : numbers)) {
      const touser = some.map(({ wecom }) => wecom).join('|');
      const number = callbackToken === undefined ? undefined : numbers[some[0]!.person];
      const content =
        number === undefined
          ? wecomAppContent(message, form, language, elsewhere)
          : wecomButtonCard(message, number, { language, elsewhere, once: `${message.alarm ?? 0}-${randomUUID()}` });
      const answer = await door.post({ touser, agentid: agent, ...content }, world);
      if (answer.is === 'taken') {
        const refused = refusedOf(answer, some);
        unreached.push(...refused);
        reached.push(...some.filter(({ person }) => refused.every((one) => one.person !== person)));
      } else {
        failed ??= answer;
        unreached.push(...some.map(({ person }) => ({ person, why: answer.why })));
      }
    }
    if (reached.length === 0) return failed ?? { is: 'refused', code: 'nobody', why: nobodyToSendTo(id, 'wecom') };
    const touser = reached.map(({ wecom }) => wecom).join('|');
    const after = shown && (await door.show(shown, { touser, agentid: agent }, world));
    return {
      is: 'told',
      ...(unreached.length > 0 && { unreached }),
      ...(after && after.is !== 'taken' && { lacking: pictureNotTaken(after.why) }),
    };
  };
};
