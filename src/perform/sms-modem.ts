/**
 * SMS by a modem in the school, with no need of the internet: a file for each person is laid into the spool folder of Debian's
 * smstools, and where smsd moves it says what became of it: `sent`, or `failed` with the reason. What nobody takes away in time is
 * withdrawn, so that no alarm of yesterday leaves when smsd is started. A message is laid there once however often it is tried: its
 * name comes of the delivery. It must never put a number or a text anywhere but into that file.
 */
import { createHash } from 'node:crypto';
import { access, constants, lchown, open, readdir, rename, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { howToReply } from '../words/reach/reply-words.ts';
import { nobodyTakesSms, smsFailed, smsStillOnItsWay, spoolUnusable } from '../words/reach/sms-words.ts';
import type { World } from '../world/world.ts';
import type { Maker, Recipient, Sending, Verdict } from './sending/channel.ts';
import { toEach } from './sending/each-person.ts';
import { shortText, smsUnits } from './sending/short-text.ts';

/** How often it is looked where the file is, ms. Ours: smsd itself looks each second at most. */
const lookMs = 200;
/** A file of this name that is older is of another journal that counted its alarms anew. Ours. */
const sameMs = 24 * 3_600_000;
/** Tries of one message that smsd has failed to send; more would only fill the folder. Ours. */
const triesMax = 9;
/** Bytes of a failed file that are read for its reason: headers stand first. */
const headersMax = 2_048;

/** A number as smsd wants it: with the country and without +, or marked as one that has none. */
function numberOf(phone: string): string {
  if (phone.startsWith('+')) return phone.slice(1);
  // A Chinese mobile number has eleven digits and begins with 1 (the numbering plan of MIIT).
  return /^1\d{10}$/.test(phone) ? `86${phone}` : `s${phone}`;
}

/** Big-endian UCS-2, as the network has it. */
const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/**
 * Characters of ASCII that the alphabet of SMS has, too, some as two (3GPP TS 23.038, 6.2.1): a text of them alone needs one SMS for
 * what would need two.
 */
const plain = /^[A-Za-z0-9 !"#$%&'()*+,\-./:;<=>?@_[\]{}|~^\\]*$/;

/** The file that smsd reads. */
function spoolFile({ message, numbers = {} }: Sending, { language, person }: Recipient, phone: string): Buffer {
  const number = numbers[person];
  const how = number === undefined ? '' : howToReply(number)[language];
  const text = `${shortText(message, language, smsUnits - how.length)}${how}`;
  const ascii = plain.test(text);
  const urgent = message.priority === 1 ? 'Priority: high\n' : '';
  const head = `To: ${numberOf(phone)}\nAlphabet: ${ascii ? 'ISO' : 'UCS2'}\nAutosplit: 3\n${urgent}\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), ascii ? Buffer.from(text, 'latin1') : ucs2(text)]);
}

/** What a message to a person is called, the same for every try. When the alarm was raised tells two journals apart. */
function nameOf({ message, delivery }: Sending, person: string): string {
  const what = JSON.stringify([delivery, person, message.raisedAt, message.title.zh]);
  return `gatehouse-${createHash('sha256').update(what).digest('hex').slice(0, 24)}`;
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** The number of the error smsd wrote down, such as `+CMS ERROR: 38`; a dash where there is none. */
async function failureOf(path: string): Promise<string> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headersMax), 0, headersMax, 0);
      const [head = ''] = buffer.toString('latin1', 0, bytesRead).split('\n\n', 1);
      const reason = /^Fail_reason:(.*)$/m.exec(head)?.[1] ?? '';
      return /(?:CM[SE] ERROR: *|^ *)(\d{1,4})\b/.exec(reason)?.[1] ?? '—';
    } finally {
      await file.close();
    }
  } catch {
    return '—';
  }
}

/** The folders of smsd. */
class Spool {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  readonly at = (folder: 'outgoing' | 'sent' | 'failed', name = ''): string => join(this.#root, folder, name);

  /** The folder that is of no use, and the code of the system; undefined when all are. */
  async unusable(): Promise<{ folder: string; code: string } | undefined> {
    for (const folder of ['outgoing', 'sent', 'failed'] as const) {
      const path = this.at(folder);
      try {
        if (!(await stat(path)).isDirectory()) return { folder: path, code: 'ENOTDIR' };
        await access(path, constants.R_OK | constants.X_OK | (folder === 'outgoing' ? constants.W_OK : 0));
      } catch (error) {
        return { folder: path, code: codeOf(error) };
      }
    }
    return undefined;
  }

  /** Whether a file of this name lies in a folder and is of this message. */
  async #recent(path: string, world: World): Promise<boolean> {
    const found = await stat(path).catch(() => undefined);
    return found !== undefined && world.now() - found.mtimeMs < sameMs;
  }

  /** How the message stands that an earlier try may have laid here, and the name the next may have. */
  async before(name: string, world: World): Promise<{ name: string; is: 'sent' | 'taken' | 'new' }> {
    let free = name;
    for (let n = 2; n <= triesMax + 1; n += 1) {
      if (await this.#recent(this.at('sent', free), world)) return { name: free, is: 'sent' };
      if (!(await this.#recent(this.at('failed', free), world))) break;
      free = `${name}-${n}`;
    }
    // It may wait in any queue of smsd: those are folders beside.
    const folders = await readdir(this.#root).catch(() => []);
    for (const folder of folders) {
      if (['sent', 'failed'].includes(folder)) continue;
      if (await isThere(join(this.#root, folder, free))) return { name: free, is: 'taken' };
    }
    return { name: free, is: 'new' };
  }

  /** Lays the file there whole: smsd passes over names that begin with a dot. Rejects as the file system does. */
  async lay(name: string, content: Uint8Array): Promise<void> {
    const aside = this.at('outgoing', `.${name}.part`);
    try {
      const file = await open(aside, 'w', 0o660);
      try {
        await file.writeFile(content);
        await file.chmod(0o660);
        await file.sync();
      } finally {
        await file.close();
      }
      // Where the folder does not hand its group on, smsd could not read it; one who may not do this has that from the folder.
      await lchown(aside, -1, (await stat(this.at('outgoing'))).gid).catch(() => undefined);
      await rename(aside, this.at('outgoing', name));
    } catch (error) {
      await rm(aside, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** Takes the file away again; false when smsd was there first. */
  readonly withdraw = (name: string): Promise<boolean> =>
    unlink(this.at('outgoing', name)).then(
      () => true,
      () => false,
    );
}

/** What became of a file that lies there. */
async function outcome(id: string, spool: Spool, name: string, timeoutMs: number, world: World): Promise<Verdict> {
  const end = world.elapsed() + timeoutMs;
  for (;;) {
    if (await isThere(spool.at('sent', name))) return { is: 'told' };
    if (await isThere(spool.at('failed', name))) {
      const code = await failureOf(spool.at('failed', name));
      return { is: 'refused', code, why: smsFailed(id, code) };
    }
    if (world.elapsed() >= end) break;
    await world.sleep(Math.min(lookMs, timeoutMs));
  }
  if (await spool.withdraw(name))
    return { is: 'refused', code: 'not-taken', why: nobodyTakesSms(id, timeoutMs / 1000) };
  return { is: 'unknown', why: smsStillOnItsWay(id, timeoutMs / 1000) };
}

/** A channel by a modem that smsd serves. */
export const smsModem: Maker<'sms-modem'> = ({ id, spool: root, timeoutMs }) => {
  const spool = new Spool(root);
  return async (sending, world) =>
    await toEach(id, 'phone', sending.to, async (recipient, phone): Promise<Verdict> => {
      const unusable = await spool.unusable();
      if (unusable) {
        const { folder, code } = unusable;
        return { is: 'refused', code, why: spoolUnusable(id, folder, code) };
      }
      const { name, is } = await spool.before(nameOf(sending, recipient.person), world);
      if (is === 'sent') return { is: 'told' };
      try {
        if (is === 'new') await spool.lay(name, spoolFile(sending, recipient, phone));
      } catch (error) {
        const code = codeOf(error);
        return { is: 'refused', code, why: spoolUnusable(id, spool.at('outgoing'), code) };
      }
      return await outcome(id, spool, name, timeoutMs, world);
    });
};
