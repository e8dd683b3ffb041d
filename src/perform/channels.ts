/**
 * The channels messages leave by, as the configuration in force names them. It sends, shows a channel that fails as a
 * trouble, and reports; which message is owed, and whether it is tried again, is decided in the core.
 */
import { lookup } from '../core/site/lookup.ts';
import type { Alarm, Duty, Site, Words } from '../core/types.ts';
import type { Contact } from '../site/parts/schema-person.ts';
import type { ChannelOptions } from '../site/schema-channel.ts';
import { noChannel } from '../words/channel-words.ts';
import { WordedError, wordsOf } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';
import type { Channel, Recipient } from './channel.ts';
import { makeChannel } from './channel-kinds.ts';
import { messageOf } from './message.ts';

type NotifyDuty = Extract<Duty, { do: 'notify' }>;

/** By person, by what he is reached. */
type Contacts = Readonly<Record<string, Contact>>;

/** What channels need of the gateway. */
export interface ChannelContext {
  readonly world: World;
  site(): Site;
  /** A channel failed, and why; undefined when it works. */
  trouble(part: string, why: Words | undefined): void;
  /** The picture kept of an alarm, JPEG; undefined where there is none, or it is gone. */
  picture(name: string): Promise<Uint8Array | undefined>;
}

export class Channels {
  readonly #around: ChannelContext;
  #channels: ReadonlyMap<string, Channel> = new Map();
  #contacts: Contacts = {};

  constructor(around: ChannelContext) {
    this.#around = around;
  }

  /** The channels and addresses there are from now on; what was said of a channel that is gone is said no longer. */
  use(all: readonly ChannelOptions[], contacts: Contacts): void {
    this.#contacts = contacts;
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
      const message = messageOf(site(), notify, world.now());
      const picture = await this.#pictureOf(notify.alarm);
      const sending = { message, delivery: id, to: this.#recipients(notify.to ?? []), ...(picture && { picture }) };
      const verdict = await channel(sending, world);
      const why = verdict.is === 'told' ? undefined : verdict.why;
      trouble(`channel:${name}`, verdict.is === 'told' ? verdict.lacking : why);
      return why;
    } catch (error) {
      // Our own mistake: the operator must see all the same that nothing leaves by this channel.
      trouble(`channel:${name}`, wordsOf(error));
      throw error;
    }
  }

  /** The persons of these ids that the configuration knows. */
  #recipients(persons: readonly string[]): Recipient[] {
    const { people } = this.#around.site();
    return persons.flatMap((person): Recipient[] => {
      const known = lookup(people, person);
      if (!known) return [];
      const { name, language = 'zh' } = known;
      return [{ ...lookup(this.#contacts, person), person, name, language }];
    });
  }

  /** A message must not wait for its picture, nor fail for the want of it. */
  async #pictureOf({ picture }: Alarm): Promise<Uint8Array | undefined> {
    return picture === undefined ? undefined : await this.#around.picture(picture).catch(() => undefined);
  }
}
