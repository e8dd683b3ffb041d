/**
 * WeCom as its robots and applications meet it: keys, tokens, trusted addresses, lengths in bytes, checksums and rates, answered
 * as its servers do. Where no source tells which number a fault gets, the answer is the nearest that one does.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  type AppAccount,
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

const pictureMax = 2 * 1024 * 1024;
const appPictureMax = 10 * 1024 * 1024;
/** Pictures that wait for their message. */
const keptMost = 20;
const minuteMs = 60_000;

const no = (errcode: number, errmsg: string): ChatReply => ({
  said: {
    errcode,
    errmsg: `${errmsg}, hint: [1755605200056773468916791], from ip: 127.0.0.1, more info at https://open.work.weixin.qq.com/devtool/query?e=${errcode}`,
  },
});
const ok = { errcode: 0, errmsg: 'ok' };
const tooLong = (what: string, most: number) => no(40058, `${what} exceed max length ${most}`);

/** What a form of message holds once it was looked at; or why it is not taken. */
type Looked = { text: string; rings?: string[]; link?: string; button?: string; picture?: Uint8Array } | ChatReply;

/** A card of an application whose button calls back. */
function withButton(body: unknown, ids: Set<string>): Looked {
  const card = (...names: (string | number)[]) => textAt(body, 'template_card', ...names);
  const id = card('task_id');
  if (card('card_type') !== 'button_interaction') return no(40008, 'invalid message type');
  if (!/^[\w@-]{1,128}$/.test(id) || ids.has(id)) return no(40058, 'template_card.task_id invalid or repeated');
  ids.add(id);
  const [button, title, text] = [card('button_list', 0, 'key'), card('main_title', 'title'), card('sub_title_text')];
  if (button === '' || card('button_list', 0, 'text') === '') return no(40058, 'template_card.button_list missing');
  if (title === '' || [...text].length > 160) return tooLong('template_card.sub_title_text', 160);
  const link = card('card_action', 'url');
  return { text: `${title}\n${text}`, button, ...(link !== '' && { link }) };
}

function looked(body: unknown, msgtype: string): Looked {
  const content = textAt(body, msgtype, 'content');
  switch (msgtype) {
    case 'text': {
      if (content === '') return no(44004, 'empty content');
      if (bytesOf(content) > 2_048) return tooLong('text.content', 2_048);
      return { text: content, rings: textsAt(body, 'text', 'mentioned_mobile_list') };
    }
    case 'markdown':
      return bytesOf(content) > 4_096 ? tooLong('markdown.content', 4_096) : { text: content };
    case 'image': {
      const picture = Buffer.from(textAt(body, 'image', 'base64'), 'base64');
      const md5 = createHash('md5').update(picture).digest('hex');
      if (picture.length > pictureMax) return no(40009, 'invalid image size');
      if (md5 !== textAt(body, 'image', 'md5')) return no(301019, 'media md5 not match');
      return { text: '', picture };
    }
    case 'template_card': {
      const link = textAt(body, 'template_card', 'card_action', 'url');
      if (link === '') return no(40058, 'template_card.card_action missing');
      const title = textAt(body, 'template_card', 'main_title', 'title');
      return { text: `${title}\n${textAt(body, 'template_card', 'sub_title_text')}`, link };
    }
    case 'textcard': {
      const title = textAt(body, 'textcard', 'title');
      const description = textAt(body, 'textcard', 'description');
      if (bytesOf(title) > 128) return tooLong('textcard.title', 128);
      if (bytesOf(description) > 512) return tooLong('textcard.description', 512);
      return { text: `${title}\n${description.replaceAll('<br>', '\n')}`, link: textAt(body, 'textcard', 'url') };
    }
    default:
      return no(40008, 'invalid message type');
  }
}

/** The robot of a group. */
export class WecomGroup {
  readonly #account: RobotAccount;
  readonly #pace = new ChatPace(20, minuteMs);

  constructor(account: RobotAccount) {
    this.#account = account;
  }

  send({ query, body, now }: ChatAsked): ChatReply {
    const key = query.get('key') ?? '';
    if (key !== this.#account.key) return no(93000, 'invalid webhook url');
    if (!this.#pace.lets(key, now)) return no(45009, 'api freq out of limit');
    const json = parsed(body);
    const form = textAt(json, 'msgtype');
    const found = looked(json, form === 'textcard' ? '' : form);
    if ('said' in found) return found;
    return { said: ok, message: { at: now, kind: 'wecom-robot', form, rings: [], ...found } };
  }
}

/** The application of a school. */
export class WecomSchool {
  readonly #account: AppAccount;
  readonly #tokens = new Map<string, number>();
  readonly #media = new Map<string, Uint8Array>();
  readonly #cards = new Set<string>();
  readonly #pace = new ChatPace(30, minuteMs);

  constructor(account: AppAccount) {
    this.#account = account;
  }

  /** Tokens that were given are no longer good, as when somebody else asks for one with another secret. */
  forgetTokens(): void {
    this.#tokens.clear();
  }

  token({ query, now }: ChatAsked): ChatReply {
    const { corp, secret, trusted, tokenSeconds } = this.#account;
    if (query.get('corpid') !== corp) return no(40013, 'invalid corpid');
    if (query.get('corpsecret') !== secret) return no(40001, 'invalid credential');
    if (!trusted) return no(60020, 'not allow to access from your ip');
    const token = randomBytes(24).toString('base64url');
    this.#tokens.set(token, now + tokenSeconds * 1_000);
    return { said: { ...ok, access_token: token, expires_in: tokenSeconds } };
  }

  /** A picture is brought; it is named in a message afterwards. */
  upload(asked: ChatAsked): ChatReply {
    const barred = this.#barred(asked);
    if (barred) return barred;
    const { raw } = asked;
    const head = raw.indexOf('\r\n\r\n');
    const end = raw.lastIndexOf('\r\n--');
    const picture = raw.subarray(head + 4, end);
    if (asked.query.get('type') !== 'image') return no(40004, 'invalid media type');
    if (head < 0 || end < head || !raw.subarray(0, head).includes('name="media"')) return no(44001, 'empty media data');
    if (picture.length > appPictureMax) return no(40009, 'invalid image size');
    const id = randomBytes(24).toString('base64url');
    this.#media.set(id, picture);
    for (const old of this.#media.keys()) if (this.#media.size > keptMost) this.#media.delete(old);
    return { said: { ...ok, type: 'image', media_id: id, created_at: String(Math.floor(asked.now / 1_000)) } };
  }

  /** Why a request may not even be looked at; undefined when it may. */
  #barred({ query, now }: ChatAsked): ChatReply | undefined {
    const until = this.#tokens.get(query.get('access_token') ?? '');
    if (!this.#account.trusted) return no(60020, 'not allow to access from your ip');
    if (until === undefined) return no(40014, 'invalid access_token');
    return now >= until ? no(42001, 'access_token expired') : undefined;
  }

  send(asked: ChatAsked): ChatReply {
    const { agent, users } = this.#account;
    const { body, now } = asked;
    const barred = this.#barred(asked);
    if (barred) return barred;
    const json = parsed(body);
    if (partOf(json, 'agentid') !== agent) return no(40056, 'invalid agentid');
    const touser = textAt(json, 'touser').split('|').filter(Boolean);
    // Its servers do not tell big letters from small ones, and answer in small ones.
    const may = new Map(users.map((user) => [user.toLowerCase(), user]));
    const invaliduser = touser.map((user) => user.toLowerCase()).filter((user) => !may.has(user));
    const rings = touser.flatMap((user) => may.get(user.toLowerCase()) ?? []);
    if (rings.length === 0) return no(81013, 'user & party & tag all invalid');
    if (!rings.every((user) => this.#pace.lets(user, now))) return no(45009, 'api freq out of limit');
    const form = textAt(json, 'msgtype');
    const found =
      form === 'image'
        ? this.#shown(json)
        : form === 'template_card'
          ? withButton(json, this.#cards)
          : looked(json, form);
    if ('said' in found) return found;
    return {
      said: { ...ok, invaliduser: invaliduser.join('|') },
      message: { ...found, at: now, kind: 'wecom-app', form, rings },
    };
  }

  /** The picture that a message names; it may be named once. */
  #shown(json: unknown): Looked {
    const id = textAt(json, 'image', 'media_id');
    const picture = this.#media.get(id);
    this.#media.delete(id);
    return picture ? { text: '', picture } : no(40007, 'invalid media_id');
  }
}
