/**
 * A button that was pressed in a chat: WeCom calls the gateway back, by a way that the school has opened for just that. What is signed, fresh
 * and of a person of the school is handed on as his answer, as one by SMS is; the same call twice, an old one, or one that is signed
 * with nothing we know does nothing, but that it came is on record, as far as not too many come. It decides nothing and keeps no text.
 */
import type { Input, ReplyHeard } from '../../core/types.ts';
import { openWecom, wecomField } from '../../perform/sign/wecom-callback.ts';
import type { CallbackCame, ChatCall } from '../../server/gateway-port.ts';
import type { Config } from '../../site/load-site.ts';
import type { World } from '../../world/world.ts';
import type { Gateway } from '../gateway.ts';

/** A call is this old at most, and no newer than ours; the usual window of signed calls. Ours. */
const freshMs = 300_000;
/** Calls that are remembered, so that none counts twice: more than come in that time. Ours. */
const rememberedMost = 5_000;
/** What a button of ours is called: the number that the alarm has for this person. */
const buttonKey = /^ack-(\d{1,2})$/;
/** What WeCom asks an address with: digits, as far as it was seen, and no XML. */
const echoed = /^[\w+/=-]{1,200}$/;

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
  async take({ channel, query, body }: ChatCall): Promise<CallbackCame> {
    const options = this.#parts.config().channels.find(({ id }) => id === channel);
    if (options?.protocol !== 'wecom-app' || !options.callbackToken || !options.callbackKey) return 'unknown';
    const { callbackToken: token, callbackKey: key, corp } = options;
    const { msg_signature: signature = '', timestamp = '', nonce = '', echostr = '' } = query;
    const encrypted = body === undefined ? echostr : wecomField(body, 'Encrypt');
    const said = openWecom({ token, key, corp }, { signature, timestamp, nonce, encrypted });
    if (said === undefined) return await this.#nothing(channel, 'refused');
    // What somebody pressed is signed in the same way, and is nobody's to be read here.
    if (body === undefined) return echoed.test(said) ? { echo: said } : await this.#nothing(channel, 'refused');
    if (!this.#isFresh(signature, Number(timestamp) * 1_000)) return await this.#nothing(channel, 'refused');
    const heard = this.#heard(said, options.agent);
    if (!heard) return 'taken';
    try {
      await this.#parts.offer({ kind: 'reply', channel, ...heard });
    } catch (error) {
      // It was not kept: WeCom, which gets no answer, may say it again.
      this.#seen.delete(signature);
      throw error;
    }
    return 'taken';
  }

  /** It came from nobody known, or once too often: a fact, and nothing else. */
  async #nothing(channel: string, came: CallbackCame): Promise<CallbackCame> {
    await this.#parts.offer({ kind: 'reply', channel, said: 'other' });
    return came;
  }

  /** Whether a call of this time is believed, and was not taken before. */
  #isFresh(signature: string, at: number): boolean {
    const now = this.#parts.world.now();
    for (const [old, until] of this.#seen) if (until < now) this.#seen.delete(old);
    if (!(Math.abs(now - at) <= freshMs) || this.#seen.has(signature) || this.#seen.size >= rememberedMost)
      return false;
    this.#seen.set(signature, at + freshMs);
    return true;
  }

  /** What a press of a button says; undefined for everything else that WeCom tells, such as that somebody has opened the application. */
  #heard(xml: string, agent: number): Pick<ReplyHeard, 'person' | 'said' | 'number'> | undefined {
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
