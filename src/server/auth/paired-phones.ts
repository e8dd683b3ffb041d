/**
 * Phones that were paired at the desk, each with whose it is and until when, in a file for its owner alone; and the codes that may still
 * pair one, which live in memory for minutes and die with the gateway. A paired phone comes in as a guard of that person's name. On the
 * disk a phone's secret must never stand but as a hash, and a code not at all. A phone that was taken away never comes back while the gateway
 * runs, and no clock that leapt takes one away for good.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import type { Person, Site, Time, Trouble } from '../../core/types.ts';
import {
  inviteOver,
  nameUnfit,
  personUnknown,
  phonesFull,
  phonesWrong,
  phoneUnsaved,
} from '../../words/reach/pairing-words.ts';
import { writeDurably } from '../../world/durable-file.ts';
import type { World } from '../../world/world.ts';
import { Problem } from '../http/problem.ts';
import { ownNames } from './users-file.ts';

/** A code lives so long: the way from the desk to the phone in somebody's hand. Ours. */
export const inviteMs = 5 * 60_000;
/** A phone whose end nobody knows is paired for a shift; and none for longer than this. Ours. */
export const shiftMs = 12 * 3_600_000;
export const pairedAtMostMs = 31 * 24 * 3_600_000;
const phonesMax = 200;
const invitesMax = 100;
/** In the file, with those whose time is over and that no sure clock has struck off yet. Ours. */
const recordsMax = 1_000;
/** What is not on the disk yet is tried again so often. Ours. */
const saveAgainMs = 30_000;

const PHONE = z.strictObject({
  id: z.string().max(40),
  person: z.string().max(200),
  name: z.string().max(200),
  by: z.string().max(200),
  since: z.number(),
  until: z.number(),
  /** SHA-256 of its secret, base64url. */
  hash: z.string().length(43),
});
const FILE = z.strictObject({ phones: z.array(PHONE).max(recordsMax) });
type PhoneRecord = z.infer<typeof PHONE>;

/** A phone as the desk sees it. */
export interface PairedPhone extends Omit<PhoneRecord, 'hash'> {
  /** When it last came, of the monotonic clock; undefined: not since the start. */
  readonly seen?: number;
}

/** What a session of a paired phone carries beside its person. */
export interface PhoneProof {
  readonly phone: string;
  /** Its secret; the session is signed, and the file has only the hash. */
  readonly secret: string;
}

export interface PairedPhones {
  /** A code for one phone of this person. Throws a Problem where there can be none. */
  invite(person: string, by: string, until: Time): { readonly token: string; readonly name: string };
  /** Pairs a phone by a code, which is used up by it. Throws a Problem when it is none, was used or is over. */
  pair(token: string): Promise<PairedPhone & PhoneProof>;
  /** Whether this is a phone that is paired, of a person there is. */
  lives(proof: PhoneProof, name: string): boolean;
  list(): readonly PairedPhone[];
  /** Takes a phone away, from this moment on; undefined when there is none, nor one that is not off the disk yet. */
  revoke(id: string): PhoneGone | undefined;
  troubles(): readonly Trouble[];
}

/** A phone that was taken away. */
export interface PhoneGone {
  readonly phone: PairedPhone;
  /** It was there until now; false: only the disk had it still. */
  readonly fresh: boolean;
  /** Resolves when the disk has it so. Rejects with a Problem; it is tried again then. */
  readonly saved: Promise<void>;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

/** The file of the phones. What cannot be read is a trouble and not the end, and is put aside before anything is written over it. */
async function openPhoneFile(path: string | undefined, world: World) {
  let records: readonly PhoneRecord[] = [];
  let unread: Trouble | undefined;
  try {
    if (path !== undefined) records = FILE.parse(JSON.parse(await readFile(path, 'utf8'))).phones;
  } catch (error) {
    if (path !== undefined && (error as NodeJS.ErrnoException).code !== 'ENOENT') {
      unread = { part: 'phones', why: phonesWrong(path), since: world.now() };
      world.log.warn(unread.why.en);
    }
  }
  let inTheWay = unread !== undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = async (text: string) => {
    if (path === undefined) return;
    if (inTheWay) await rename(path, `${path}.unreadable-${world.now()}`);
    inTheWay = false;
    await writeDurably(path, text);
  };
  return {
    records,
    unread,
    save(phones: Iterable<PhoneRecord>): Promise<void> {
      const text = `${JSON.stringify({ phones: [...phones] }, null, 2)}\n`;
      writing = writing.catch(() => undefined).then(() => write(text));
      return writing;
    },
  };
}

/** The name a person comes in by. Throws a Problem where it would be another's. */
function nameFor(site: Site, id: string): Person {
  const person = Object.hasOwn(site.people, id) ? site.people[id] : undefined;
  if (!person) throw new Problem(404, 'unknown-person', personUnknown);
  const { name } = person;
  const others = Object.values(site.people).filter((one) => one !== person && (one.name === name || one.id === name));
  if (others.length > 0 || ownNames.has(name)) throw new Problem(409, 'name-unfit', nameUnfit(name));
  return person;
}

export interface PhoneParts {
  /** Where they are kept; without it they last as long as the gateway runs. */
  readonly path: string | undefined;
  readonly world: World;
  readonly site: () => Site;
  /** Whether an account of this person is there and may not log in. */
  readonly barred: (person: Person) => boolean;
  /** Whether the clock may be believed when it says that a phone's time is over. */
  readonly sure: () => Promise<boolean>;
  /** Ends what is tried again. */
  readonly signal: AbortSignal;
}

interface PhoneInvite {
  readonly person: string;
  readonly by: string;
  readonly until: Time;
}

/** The codes that may still pair a phone, by their hashes: each is given out once and taken back once. */
function openInvites(elapsed: () => number) {
  const open = new Map<string, PhoneInvite & { readonly over: number }>();
  return {
    give(invite: PhoneInvite): string {
      for (const [hash, { over }] of open) if (over <= elapsed() || open.size >= invitesMax) open.delete(hash);
      const token = randomBytes(24).toString('base64url');
      open.set(hashOf(token), { ...invite, over: elapsed() + inviteMs });
      return token;
    },
    take(token: string): PhoneInvite | undefined {
      const hash = hashOf(token);
      const invite = open.get(hash);
      open.delete(hash);
      return invite && invite.over > elapsed() ? invite : undefined;
    },
  };
}

/** The phones, in memory and in the file. */
async function openRecords({ path, world, sure, signal }: PhoneParts) {
  const file = await openPhoneFile(path, world);
  const phones = new Map(file.records.map((one) => [one.id, one]));
  /** Taken away, and not off the disk yet. */
  const leaving = new Map<string, PhoneRecord>();
  let unsaved: Trouble | undefined;
  let retries = false;

  async function save(): Promise<void> {
    const gone = [...leaving.keys()];
    await file.save(phones.values());
    for (const id of gone) leaving.delete(id);
    if (leaving.size === 0) unsaved = undefined;
  }
  async function saveAgain(): Promise<void> {
    unsaved ??= { part: 'phones', why: phoneUnsaved, since: world.now() };
    if (retries) return;
    retries = true;
    while (leaving.size > 0 && !signal.aborted) {
      await world.sleep(saveAgainMs, signal).catch(() => undefined);
      if (leaving.size > 0 && !signal.aborted) await save().catch(() => undefined);
    }
    retries = false;
  }
  return {
    phones,
    leaving,
    save,
    /** Those whose time is not over. */
    inForce: (): readonly PhoneRecord[] => [...phones.values()].filter(({ until }) => until > world.now()),
    /** Strikes off what is over, where the clock may be believed, and else what would be too much. */
    async strike(): Promise<void> {
      const believed = await sure();
      const byEnd = [...phones.values()].sort((a, b) => a.until - b.until);
      for (const { id, until } of byEnd)
        if ((believed && until <= world.now()) || phones.size >= recordsMax) phones.delete(id);
    },
    take(phone: PhoneRecord): Promise<void> {
      phones.delete(phone.id);
      leaving.set(phone.id, phone);
      return save().catch((error) => {
        world.log.warn('a phone that was taken away is not off the disk yet', { error: String(error) });
        void saveAgain();
        throw new Problem(503, 'phone-unsaved', phoneUnsaved);
      });
    },
    troubles: (): readonly Trouble[] => [file.unread, unsaved].filter((one) => one !== undefined),
  };
}

export async function openPairedPhones(parts: PhoneParts): Promise<PairedPhones> {
  const { world, site, barred } = parts;
  const { phones, leaving, save, inForce, strike, take, troubles } = await openRecords(parts);
  const invites = openInvites(world.elapsed);
  const seen = new Map<string, number>();
  const shown = ({ hash: _hash, ...phone }: PhoneRecord): PairedPhone => {
    const at = seen.get(phone.id);
    return { ...phone, ...(at !== undefined && { seen: at }) };
  };
  const haveRoom = () => {
    if (inForce().length >= phonesMax) throw new Problem(409, 'phones-full', phonesFull(phonesMax));
  };

  return {
    invite(person, by, until) {
      const { name } = nameFor(site(), person);
      haveRoom();
      const most = world.now() + pairedAtMostMs;
      const token = invites.give({ person, by, until: Math.min(until, most) });
      return { token, name };
    },
    async pair(token) {
      const invite = invites.take(token);
      if (!invite || invite.until <= world.now()) throw new Problem(410, 'invite-over', inviteOver);
      await strike();
      const { name } = nameFor(site(), invite.person);
      haveRoom();
      const secret = randomBytes(24).toString('base64url');
      const { person, by, until } = invite;
      const id = randomBytes(9).toString('base64url');
      const phone = { id, person, name, by, since: world.now(), until, hash: hashOf(secret) };
      phones.set(id, phone);
      try {
        await save();
      } catch (error) {
        phones.delete(id);
        throw error;
      }
      return { ...shown(phone), phone: id, secret };
    },
    lives({ phone: id, secret }, name) {
      const phone = phones.get(id);
      if (!phone || phone.until <= world.now() || !same(phone.hash, hashOf(secret))) return false;
      const person = Object.hasOwn(site().people, phone.person) ? site().people[phone.person] : undefined;
      if (person?.name !== phone.name || phone.name !== name || barred(person)) return false;
      seen.set(id, world.elapsed());
      return true;
    },
    list: () => inForce().map(shown),
    revoke(id) {
      const phone = phones.get(id) ?? leaving.get(id);
      if (!phone) return undefined;
      return { phone: shown(phone), fresh: phones.has(id), saved: take(phone) };
    },
    troubles,
  };
}
