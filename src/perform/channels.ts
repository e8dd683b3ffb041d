/**
 * The channels messages leave by, as the configuration in force names them. It sends, shows a channel that fails as a
 * trouble, and reports; which message is owed, and whether it is tried again, is decided in the core.
 */
import { lookup } from '../core/site/lookup.ts';
import { canaryNumber } from '../core/tell/canary.ts';
import type { Alarm, Duty, Site, Words } from '../core/types.ts';
import type { Contact } from '../site/parts/schema-person.ts';
import type { ChannelOptions } from '../site/schema-channel.ts';
import { noChannel } from '../words/channel-words.ts';
import { wordsOf } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';
import { makeChannel } from './channel-kinds.ts';
import type { Channel, Recipient, Sending, Verdict } from './sending/channel.ts';
import { answerMessage, canaryMessage, messageOf, reminderMessage, testMessage } from './sending/message.ts';

type NotifyDuty = Extract<Duty, { do: 'notify' }>;
type TestDuty = Extract<Duty, { do: 'test' }>;
type RemindDuty = Extract<Duty, { do: 'remind' }>;
type AnswerDuty = Extract<Duty, { do: 'answer' }>;
type CanaryDuty = Extract<Duty, { do: 'canary' }>;
type MessageDuty = AnswerDuty | CanaryDuty | NotifyDuty | RemindDuty | TestDuty;
/** Ids of the persons a message is for. */
interface Persons {
  readonly persons: readonly string[];
}

/** What the configuration says of channels. */
export interface ChannelsConfig {
  readonly channels: readonly ChannelOptions[];
  readonly contacts: Contacts;
  /** Where phones find the pages; messages link to it. */
  readonly pages?: string;
}

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
  #pages: string | undefined;

  constructor(around: ChannelContext) {
    this.#around = around;
  }

  /** The channels and addresses there are from now on; what was said of a channel that is gone is said no longer. */
  use({ channels: all, contacts, pages }: ChannelsConfig): void {
    this.#contacts = contacts;
    this.#pages = pages?.replace(/\/+$/, '');
    const next = new Map(all.map((options) => [options.id, makeChannel(options)]));
    for (const id of this.#channels.keys()) if (!next.has(id)) this.#around.trouble(`channel:${id}`, undefined);
    this.#channels = next;
  }

  /**
   * Sends the message a duty asks for, or a test; what became of it. That a channel does not take messages is also shown as a trouble.
   * Rejects only for a mistake of ours.
   */
  async send(duty: MessageDuty): Promise<Verdict> {
    const { id, channel: name } = duty;
    const { world } = this.#around;
    // Of a silent call for help no screen may say that its message failed.
    const covert = duty.do === 'notify' && duty.alarm.covert === true;
    // What a test address does not take says nothing of the channel; the canary's failure is a trouble of its own.
    const apart = covert || (duty.do === 'canary' && duty.failure === undefined);
    const trouble: ChannelContext['trouble'] = apart ? () => undefined : this.#around.trouble;
    const channel = this.#channels.get(name);
    if (!channel) return { is: 'refused', code: 'no-channel', why: noChannel(name) };
    try {
      const { persons, ...sending } = await this.#sending(duty);
      const verdict = await channel({ ...sending, delivery: id, to: this.#recipients(persons) }, world);
      trouble(`channel:${name}`, verdict.is === 'told' ? verdict.lacking : verdict.why);
      return verdict;
    } catch (error) {
      // Our own mistake: the operator must see all the same that nothing leaves by this channel.
      trouble(`channel:${name}`, wordsOf(error));
      throw error;
    }
  }

  /** What is sent, and to whom. */
  async #sending(duty: MessageDuty): Promise<Pick<Sending, 'message' | 'numbers' | 'picture'> & Persons> {
    const { world, site } = this.#around;
    if (duty.do === 'test') {
      const persons = duty.person === undefined ? [] : [duty.person];
      return { message: testMessage(site(), duty.channel, world.now()), persons };
    }
    if (duty.do === 'canary') {
      const { person, answers } = duty;
      const persons = person === undefined ? [] : [person];
      const numbers = answers && person !== undefined && { numbers: { [person]: canaryNumber } };
      return { message: canaryMessage(site(), duty, world.now()), persons, ...numbers };
    }
    if (duty.do === 'answer') return { message: answerMessage(site(), duty), persons: [duty.person] };
    if (duty.do === 'remind') return { message: reminderMessage(site(), duty), persons: [duty.person] };
    const message = messageOf(site(), duty, world.now());
    const picture = duty.taken ? undefined : await this.#pictureOf(duty.alarm);
    const link = this.#pages && { link: `${this.#pages}/m/a/${duty.alarm.id}` };
    const { to: persons = [], numbers } = duty;
    return { message: { ...message, ...link }, persons, ...(numbers && { numbers }), ...(picture && { picture }) };
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
