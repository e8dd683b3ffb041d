/**
 * What a channel is: it carries one message to people beyond the screens and says how that went. What the world does (an
 * answer, a refusal, a broken connection, silence) is a verdict and never thrown; only our own mistakes are. No verdict may
 * carry an address, a secret, or a text of the other side, which could hold either.
 */
import type { ChannelKind, ChannelOptions } from '../site/schema-channel.ts';
import type { Words } from '../words/words.ts';
import type { World } from '../world/world.ts';
import type { Message } from './message.ts';

/** How sending went. `why` is for the operator: it names the channel, what the other side said, and the remedy. */
export type Verdict =
  /** The other side has taken it. */
  | { readonly is: 'told' }
  /** It has not, and said so or was never reached. `code` is the status of the answer, or of the system or TLS. */
  | { readonly is: 'refused'; readonly code: string; readonly why: Words }
  /** Nobody answered in time, or the connection broke: it may have arrived. */
  | { readonly is: 'unknown'; readonly why: Words }
  /** It has not been taken because too much was sent; after how long it may be sent again, where the other side said so. */
  | { readonly is: 'too-fast'; readonly retryAfterMs?: number; readonly why: Words };

/** Sends one message. `delivery` is the same for every try of one message, so that the receiver can tell one sent twice. */
export type Channel = (message: Message, delivery: string, world: World) => Promise<Verdict>;

/** Makes the channels of a kind. */
export type Maker<K extends ChannelKind> = (options: ChannelOptions<K>) => Channel;
