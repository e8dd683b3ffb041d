/**
 * What a channel is: it carries one message to people beyond the screens and says how that went. What the world does (an
 * answer, a refusal, a broken connection, silence) is a verdict and never thrown; only our own mistakes are. No verdict may
 * carry an address, a secret, or a text of the other side, which could hold either.
 */
import type { Language } from '../../core/types.ts';
import type { Contact } from '../../site/parts/schema-person.ts';
import type { ChannelKind, ChannelOptions } from '../../site/schema-channel.ts';
import type { Words } from '../../words/words.ts';
import type { World } from '../../world/world.ts';
import type { Message } from './message.ts';

/** How sending went. `why` is for the operator: it names the channel, what the other side said, and the remedy. */
export type Verdict =
  /**
   * The other side has taken it. `receipt`: the number it gave the message, where it tells later what became of it. `unreached`:
   * persons among several to whom it will not go, and why. `lacking`: what of it was left on the way, and why; it is not sent
   * again for that.
   */
  | {
      readonly is: 'told';
      readonly receipt?: string;
      readonly unreached?: readonly { readonly person: string; readonly why: Words }[];
      readonly lacking?: Words;
    }
  /** It has not, and said so or was never reached. `code` is the status of the answer, or of the system or TLS. */
  | { readonly is: 'refused'; readonly code: string; readonly why: Words }
  /** Nobody answered in time, or the connection broke: it may have arrived. */
  | { readonly is: 'unknown'; readonly why: Words }
  /** It has not been taken because too much was sent; after how long it may be sent again, where the other side said so. */
  | { readonly is: 'too-fast'; readonly retryAfterMs?: number; readonly why: Words };

/** A person a message is for, with what he can be reached by. A channel must not repeat any of it in a verdict. */
export interface Recipient extends Contact {
  readonly person: string;
  readonly name: string;
  readonly language: Language;
}

/** One message on its way. */
export interface Sending {
  readonly message: Message;
  /** The same for every try of one message, so that the receiver can tell one sent twice. */
  readonly delivery: string;
  /** Whom it is for. Of a channel that sends to single persons, exactly these; of one to a group, who is named in it. */
  readonly to: readonly Recipient[];
  /** By person, the number of the alarm that he may answer with, where answers come back by the channel. */
  readonly numbers?: Readonly<Record<string, number>>;
  /** JPEG of what is told of, as it was taken; what a channel cannot carry it leaves out, and says nothing of it. */
  readonly picture?: Uint8Array;
}

/** Sends one message. */
export type Channel = (sending: Sending, world: World) => Promise<Verdict>;

/** Makes the channels of a kind. */
export type Maker<K extends ChannelKind> = (options: ChannelOptions<K>) => Channel;
