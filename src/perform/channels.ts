/**
 * The channels messages leave by, as the configuration in force names them. It sends and reports; which message is owed,
 * and whether it is tried again, is decided in the core.
 */
import type { Duty, Site, Words } from '../core/types.ts';
import type { World } from '../world/world.ts';
import { messageOf } from './message.ts';
import { sendWebhook, type Webhook } from './webhook.ts';

type Notify = Extract<Duty, { do: 'notify' }>;

/** What channels need of the gateway. */
export interface ChannelContext {
  readonly world: World;
  site(): Site;
  /** A channel failed, and why; undefined when it works. */
  trouble(part: string, why: Words | undefined): void;
}

/** Sentences of the performers come as `中文 / English`. */
function wordsOf(error: unknown): Words {
  const text = error instanceof Error ? error.message : String(error);
  const [zh = text, en = text] = text.split(' / ');
  return { zh, en };
}

export class Channels {
  readonly #around: ChannelContext;
  #hooks: ReadonlyMap<string, Webhook> = new Map();

  constructor(around: ChannelContext) {
    this.#around = around;
  }

  /** The channels there are from now on; what was said of one that is gone is said no longer. */
  use(hooks: readonly Webhook[]): void {
    const next = new Map(hooks.map((hook) => [hook.id, hook]));
    for (const id of this.#hooks.keys()) if (!next.has(id)) this.#around.trouble(`channel:${id}`, undefined);
    this.#hooks = next;
  }

  /** Sends the message a duty asks for. Rejects with a sentence for the operator, which is also shown as a trouble. */
  async send(notify: Notify): Promise<void> {
    const { id, channel } = notify;
    const { world, site, trouble } = this.#around;
    const hook = this.#hooks.get(channel);
    if (!hook) throw new Error(`配置里没有通道 ${channel} / the configuration has no channel ${channel}`);
    try {
      await sendWebhook(hook, messageOf(site(), notify, world.now()), id, world);
    } catch (error) {
      trouble(`channel:${channel}`, wordsOf(error));
      throw error;
    }
    trouble(`channel:${channel}`, undefined);
  }
}
