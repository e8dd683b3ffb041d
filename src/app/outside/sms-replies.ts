/**
 * Answers by SMS: what smsd of smstools lays into `incoming` is read, matched to the person whose number it came from, handed to the gateway
 * and deleted once that is kept. It never hands over a number or a text, only what was understood; it decides nothing, and what is
 * no short text of a person it takes away unread.
 */
import { constants, open, readdir, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isOff } from '../../core/tell/reply-book.ts';
import type { Durable, Input, ReplyHeard, Site, State, Words } from '../../core/types.ts';
import type { Config } from '../../site/load-site.ts';
import { type Contact, plainNumber } from '../../site/parts/schema-person.ts';
import { peopleOff, replyFolderUnusable, replySpellings } from '../../words/reach/reply-words.ts';
import type { World } from '../../world/world.ts';
import type { Gateway } from '../gateway.ts';
import type { Troubles } from '../troubles.ts';

/** smsd looks each second; whoever waits for an answer does not notice two. */
const everyMs = 2_000;
/** Files taken at one look; the others wait. Ours. */
const perLook = 20;
/** Bytes of a file that are read: headers and the longest answer that makes sense. Ours. */
const readMax = 4_096;
/** What lay there longer, while the gateway was off, was said of what waited then: without a number it means nothing now. Ours. */
const staleMs = 600_000;

/** An SMS as smsd lays it there: headers, an empty line, and the text as `Alphabet` says. */
export function readSms(file: Buffer): { readonly from: string; readonly text: string } | undefined {
  const cut = file.indexOf('\n\n');
  if (cut < 0) return undefined;
  const head = file.toString('latin1', 0, cut);
  const header = (name: string) => new RegExp(`^${name}: *(.*)$`, 'm').exec(head)?.[1]?.trim();
  const from = header('From');
  // A report on one of ours is no answer.
  if (from === undefined || header('Report')?.toLowerCase() === 'yes') return undefined;
  const body = file.subarray(cut + 2);
  const even = body.subarray(0, body.length & ~1);
  const wide = /^ucs2?/i.test(header('Alphabet') ?? '');
  const text = wide ? Buffer.from(even).swap16().toString('utf16le') : body.toString('utf8');
  return { from, text };
}

/** What an answer says: `1确认`, `确认 1`, `1`, `退订`. Width, case, spaces and marks do not count; anything more is not understood. */
export function understood(text: string): Pick<ReplyHeard, 'said' | 'number' | 'bare'> {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '');
  const parts = /^(\d{1,2})?(\D*)(\d{1,2})?$/u.exec(plain);
  if (!parts || plain === '') return { said: 'other' };
  const [, before, word = '', behind] = parts;
  const digits = before ?? behind;
  if (before !== undefined && behind !== undefined) return { said: 'other' };
  if (word === '') return { said: 'acknowledge', number: Number(digits), bare: true };
  const said = (['acknowledge', 'stop', 'start'] as const).find((one) => replySpellings[one].includes(word));
  if (said === undefined || (said !== 'acknowledge' && digits !== undefined)) return { said: 'other' };
  return { said, ...(digits !== undefined && { number: Number(digits) }) };
}

/** Reads what smsd laid there, as long as the configuration in force says so. */
export function smsRepliesOf(
  config: () => Config,
  gateway: Gateway,
  world: World,
  { set: trouble }: Troubles,
): SmsReplies {
  return new SmsReplies({
    world,
    site: () => gateway.site,
    channels: () => config().channels.flatMap((one) => (one.protocol === 'sms-modem' && one.replies ? [one] : [])),
    contacts: () => config().contacts,
    offer: (input) => gateway.offer(input),
    read: (look) => gateway.read(look),
    trouble,
  });
}

/** A channel whose answers are read, and the folder of its smsd. */
export interface ReplyChannel {
  readonly id: string;
  readonly spool: string;
}

export interface SmsRepliesParts {
  readonly world: Pick<World, 'sleep' | 'log' | 'now'>;
  readonly site: () => Site;
  /** As the configuration in force has them. */
  readonly channels: () => readonly ReplyChannel[];
  readonly contacts: () => Readonly<Record<string, Contact>>;
  /** Resolves once what it caused is kept. */
  readonly offer: (input: Input) => Promise<void>;
  /** Rejects while the journal cannot be written. */
  readonly read: <T>(look: (state: Durable<State>) => T) => Promise<T>;
  readonly trouble: (part: string, why: Words | undefined) => void;
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

/** The beginning of a file that is one; undefined where it is a link, a folder, or gone. */
async function beginning(path: string): Promise<{ readonly bytes: Buffer; readonly laid: number } | undefined> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch((error) => {
    if (codeOf(error) === 'EACCES') throw error;
    return undefined;
  });
  if (!file) return undefined;
  try {
    const known = await file.stat();
    if (!known.isFile()) return undefined;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(readMax), 0, readMax, 0);
    return { bytes: buffer.subarray(0, bytesRead), laid: known.mtimeMs };
  } finally {
    await file.close();
  }
}

export class SmsReplies {
  readonly #parts: SmsRepliesParts;
  /** Files that were not whole at the last look: smsd makes the file first and fills it then. */
  readonly #unfinished = new Set<string>();
  /** Channels of which something is said, so that it is taken back when they are gone. */
  #said: ReadonlySet<string> = new Set();

  constructor(parts: SmsRepliesParts) {
    this.#parts = parts;
  }

  /** The person whose number it is. */
  #personOf(from: string): string | undefined {
    const { contacts, site } = this.#parts;
    const number = plainNumber(from);
    const known = Object.entries(contacts()).find(([, { phone }]) => phone && plainNumber(phone) === number);
    return known && Object.hasOwn(site().people, known[0]) ? known[0] : undefined;
  }

  #isStale(laid: number): boolean {
    return Math.abs(this.#parts.world.now() - laid) > staleMs;
  }

  async #take({ id: channel }: ReplyChannel, path: string): Promise<void> {
    const file = await beginning(path);
    // What has no end of its head yet is taken away only where it is still so at the next look.
    if (file && !file.bytes.includes('\n\n') && !this.#unfinished.delete(path)) {
      this.#unfinished.add(path);
      return;
    }
    this.#unfinished.delete(path);
    const sms = file && readSms(file.bytes);
    if (sms) {
      const person = this.#personOf(sms.from);
      // Of whom nobody knows it is not even said what he wrote.
      const meant = understood(sms.text);
      const stale = meant.number === undefined && meant.said === 'acknowledge' && this.#isStale(file.laid);
      const what = person === undefined || stale ? { said: 'other' as const } : meant;
      const said = { ...(person !== undefined && { person }), ...what };
      await this.#parts.offer({ kind: 'reply', channel, ...said });
    }
    await unlink(path);
  }

  async #lookAt(channel: ReplyChannel): Promise<Words | undefined> {
    const folder = join(channel.spool, 'incoming');
    try {
      const names = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
      for (const path of this.#unfinished) if (!names.includes(basename(path))) this.#unfinished.delete(path);
      let [left, bad] = [perLook, ''];
      for (const name of names) {
        if (left === 0) break;
        try {
          await this.#take(channel, join(folder, name));
          left -= 1;
        } catch (error) {
          // The journal does not take it: the file stays, and is read again.
          if (codeOf(error) === 'unknown') return undefined;
          // One that cannot be read or taken away keeps no other from being read.
          bad = codeOf(error);
        }
      }
      return bad === '' ? undefined : replyFolderUnusable(folder, bad);
    } catch (error) {
      return replyFolderUnusable(folder, codeOf(error));
    }
  }

  /** One look at every channel. */
  async look(): Promise<void> {
    const { channels, site, read, trouble } = this.#parts;
    const all = channels();
    const said = new Set<string>();
    for (const channel of all) {
      const unread = await this.#lookAt(channel);
      const off = await read(({ replyBooks }) =>
        Object.values(site().people).filter(({ id }) => isOff(replyBooks, channel.id, id)),
      ).catch(() => undefined);
      const part = `replies:${channel.id}`;
      said.add(part);
      const named =
        off && off.length > 0
          ? peopleOff(
              channel.id,
              off.map(({ name }) => name),
            )
          : undefined;
      if (off) trouble(part, unread ?? named);
    }
    for (const part of this.#said) if (!said.has(part)) trouble(part, undefined);
    this.#said = said;
  }

  /** Looks until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.look();
      await this.#parts.world.sleep(everyMs, signal).catch((error) => {
        if (!signal.aborted) throw error;
      });
    }
  }
}
