/**
 * The channels messages leave by, as the configuration in force names them. It sends, shows a channel that fails as a
 * trouble, and reports; which message is owed, and whether it is tried again, is decided in the core.
 */
import type { Duty, Site, Words } from '../core/types.ts';
import type { ChannelOptions } from '../site/schema-channel.ts';
import { noChannel } from '../words/channel-words.ts';
import { WordedError, wordsOf } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';
import type { Channel } from './channel.ts';
import { makeChannel } from './channel-kinds.ts';
import { messageOf } from './message.ts';

type NotifyDuty = Extract<Duty, { do: 'notify' }>;

/** What channels need of the gateway. */
export interface ChannelContext {
  readonly world: World;
  site(): Site;
  /** A channel failed, and why; undefined when it works. */
  trouble(part: string, why: Words | undefined): void;
}

export class Channels {
  readonly #around: ChannelContext;
  #channels: ReadonlyMap<string, Channel> = new Map();

  constructor(around: ChannelContext) {
    this.#around = around;
  }

  /** The channels there are from now on; what was said of one that is gone is said no longer. */
  use(all: readonly ChannelOptions[]): void {
    const next = new Map(all.map((options) => [options.id, makeChannel(options)]));
    for (const id of this.#channels.keys()) if (!next.has(id)) this.#around.trouble(`channel:${id}`, undefined);
    this.#channels = next;
  }

  /** Sends the message a duty asks for. Rejects with a sentence for the operator, which is also shown as a trouble. */
  async send(notify: NotifyDuty): Promise<void> {
    const why = await this.#tell(notify);
    if (why) throw new WordedError(why);
  }

  /** Why the message was not told; undefined when it was. */
  async #tell(notify: NotifyDuty): Promise<Words | undefined> {
    const { id, channel: name } = notify;
    const { world, site, trouble } = this.#around;
    const channel = this.#channels.get(name);
    if (!channel) return noChannel(name);
    try {
      const verdict = await channel(messageOf(site(), notify, world.now()), id, world);
      const why = verdict.is === 'told' ? undefined : verdict.why;
      trouble(`channel:${name}`, why);
      return why;
    } catch (error) {
      // Our own mistake: the operator must see all the same that nothing leaves by this channel.
      trouble(`channel:${name}`, wordsOf(error));
      throw error;
    }
  }
}
