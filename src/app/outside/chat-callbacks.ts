/**
 * A button that was pressed in a chat, or what somebody wrote to the robot of an application: WeCom and DingTalk call the gateway back, by a
 * way that the school has opened for just that. What is signed, fresh
 * and of a person of the school is handed on as his answer, as one by SMS is; the same call twice, an old one, or one that is signed
 * with nothing we know does nothing, but that it came is on record, as far as not too many come. It decides nothing and keeps no text.
 */
import { z } from 'zod';
import type { Input, ReplyHeard } from '../../core/types.ts';
import { dingtalkSignature } from '../../perform/sign/dingtalk-signature.ts';
import { sameText } from '../../perform/sign/same-text.ts';
import { openWecom, wecomField } from '../../perform/sign/wecom-callback.ts';
import type { CallbackCame, ChatCall } from '../../server/gateway-port.ts';
import type { Config } from '../../site/load-site.ts';
import type { ChannelOptions } from '../../site/schema-channel.ts';
import type { World } from '../../world/world.ts';
import type { Gateway } from '../gateway.ts';
import { understood } from './sms-replies.ts';

/** A call is this old at most, and no newer than ours; the usual window of signed calls. Ours. */
const freshMs = 300_000;
/** Calls that are remembered, so that none counts twice: more than come in that time. Ours. */
const rememberedMost = 5_000;
/** What a button of ours is called: the number that the alarm has for this person. */
const buttonKey = /^ack-(\d{1,2})$/;
/** What WeCom asks an address with: digits, as far as it was seen, and no XML. */
const echoed = /^[\w+/=-]{1,200}$/;

/** What DingTalk tells of a message to the robot (help.dingtalk.io, receive-message), as far as it counts here. Pictures have no text. */
const writtenCall = z.object({
  msgId: z.string().min(1).max(200),
  /** Absent for people outside the company. */
  senderStaffId: z.string().max(100).optional(),
  text: z.object({ content: z.string() }).optional(),
});

/** What somebody said, without by which channel. */
type HeardAnswer = Omit<ReplyHeard, 'channel'>;

/** Takes what chats call back with, as the configuration in force says. */
export function chatCallbacksOf(config: () => Config, gateway: Gateway, world: World): ChatCallbacks {
  return new ChatCallbacks({ config, offer: (input) => gateway.offer(input), world });
}

export interface CallbackParts {
  readonly config: () => Pick<Config, 'channels' | 'contacts'>;
  readonly offer: (input: Input) => Promise<void>;
  readonly world: Pick<World, 'now'>;
}

export class ChatCallbacks {
  readonly #parts: CallbackParts;
  /** Signatures that were taken, with the time after which they are too old by themselves. */
  readonly #seen = new Map<string, number>();

  constructor(parts: CallbackParts) {
    this.#parts = parts;
  }

  /** Takes a call; resolves once what came of it is kept. */
  async take(call: ChatCall): Promise<CallbackCame> {
    const options = this.#parts.config().channels.find(({ id }) => id === call.channel);
    if (options?.protocol === 'wecom-app') return await this.#fromWecom(options, call);
    if (options?.protocol === 'dingtalk-app' && options.replies) return await this.#fromDingtalk(options, call);
    return 'unknown';
  }

  async #fromWecom(options: ChannelOptions<'wecom-app'>, { channel, query, body }: ChatCall): Promise<CallbackCame> {
    const { callbackToken: token, callbackKey: key, corp, agent } = options;
    if (!token || !key) return 'unknown';
    const { msg_signature: signature = '', timestamp = '', nonce = '', echostr = '' } = query;
    const encrypted = body === undefined ? echostr : wecomField(String(body), 'Encrypt');
    const said = openWecom({ token, key, corp }, { signature, timestamp, nonce, encrypted });
    if (said === undefined) return await this.#nothing(channel);
    // What somebody pressed is signed in the same way, and is nobody's to be read here.
    if (body === undefined) return echoed.test(said) ? { echo: said } : await this.#nothing(channel);
    if (!this.#isFresh([signature], Number(timestamp) * 1_000)) return await this.#nothing(channel);
    const heard = this.#pressed(said, agent);
    return heard ? await this.#kept(channel, [signature], heard) : 'taken';
  }

  async #fromDingtalk(
    { secret }: ChannelOptions<'dingtalk-app'>,
    { channel, signed: { timestamp, sign }, body }: ChatCall,
  ): Promise<CallbackCame> {
    if (body === undefined) return 'unknown';
    const known = writtenCall.safeParse(body).data;
    // The signature says nothing of what was written, so that each counts once, whatever stands below it.
    const keys = [sign, `id ${known?.msgId}`];
    const isSigned = /^\d{13}$/.test(timestamp) && sameText(dingtalkSignature(secret, timestamp), sign);
    if (!known || !isSigned || !this.#isFresh(keys, Number(timestamp))) return await this.#nothing(channel);
    const { senderStaffId: id, text } = known;
    const all = Object.entries(this.#parts.config().contacts);
    const person = id === undefined ? undefined : all.find(([, { dingtalk }]) => dingtalk === id)?.[0];
    // Of whom nobody knows it is not even said what he wrote.
    if (person === undefined) return await this.#kept(channel, keys, { said: 'other' });
    return await this.#kept(channel, keys, { person, ...understood(text?.content ?? '') });
  }

  /** Hands an answer on; it counts again where it was not kept, for the chat, which gets no answer, may say it again. */
  async #kept(channel: string, keys: readonly string[], heard: HeardAnswer): Promise<CallbackCame> {
    try {
      await this.#parts.offer({ kind: 'reply', channel, ...heard });
    } catch (error) {
      for (const key of keys) this.#seen.delete(key);
      throw error;
    }
    return 'taken';
  }

  /** It came from nobody known, or once too often: a fact, and nothing else. */
  async #nothing(channel: string): Promise<CallbackCame> {
    await this.#parts.offer({ kind: 'reply', channel, said: 'other' });
    return 'refused';
  }

  /** Whether a call of this time is believed, and was not taken before. */
  #isFresh(keys: readonly string[], at: number): boolean {
    const now = this.#parts.world.now();
    for (const [old, until] of this.#seen) if (until < now) this.#seen.delete(old);
    if (!(Math.abs(now - at) <= freshMs) || this.#seen.size >= rememberedMost) return false;
    if (keys.some((key) => this.#seen.has(key))) return false;
    for (const key of keys) this.#seen.set(key, at + freshMs);
    return true;
  }

  /** What a press of a button says; undefined for everything else that WeCom tells, such as that somebody has opened the application. */
  #pressed(xml: string, agent: number): HeardAnswer | undefined {
    // In what somebody types anything may stand, also what a button says.
    if (wecomField(xml, 'MsgType') !== 'event') return undefined;
    if (wecomField(xml, 'Event') !== 'template_card_event' || Number(wecomField(xml, 'AgentID')) !== agent)
      return undefined;
    const who = wecomField(xml, 'FromUserName').toLowerCase();
    const { contacts } = this.#parts.config();
    // WeCom's ids of members differ by more than their case.
    const person = Object.entries(contacts).find(([, { wecom }]) => wecom?.toLowerCase() === who)?.[0];
    const number = buttonKey.exec(wecomField(xml, 'EventKey'))?.[1];
    if (person === undefined || number === undefined) return { said: 'other' };
    return { person, said: 'acknowledge', number: Number(number) };
  }
}
