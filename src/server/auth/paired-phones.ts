/**
 * Phones that were paired at the desk, each with whose it is and until when, in a file for its owner alone; and the codes that may still
 * pair one, which live in memory for minutes and die with the gateway. A paired phone comes in as a guard of that person's name. On the
 * disk a phone's secret must never stand but as a hash, and a code not at all.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Person, Site, Time } from '../../core/types.ts';
import { inviteOver, nameUnfit, personUnknown, phonesFull, phonesWrong } from '../../words/reach/pairing-words.ts';
import { writeDurably } from '../../world/durable-file.ts';
import type { World } from '../../world/world.ts';
import { Problem, ServerError } from '../http/problem.ts';
import { ownNames } from './users-file.ts';

/** A code lives so long: the way from the desk to the phone in somebody's hand. Ours. */
export const inviteMs = 5 * 60_000;
/** A phone whose end nobody knows is paired for a shift; and none for longer than this. Ours. */
export const shiftMs = 12 * 3_600_000;
export const pairedAtMostMs = 31 * 24 * 3_600_000;
const phonesMax = 200;
const invitesMax = 100;

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
const FILE = z.strictObject({ phones: z.array(PHONE).max(phonesMax) });
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
  /** Takes a phone away; the one it was, or undefined. It counts from this moment, and is on the disk when it resolves. */
  revoke(id: string): Promise<PairedPhone | undefined>;
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

function same(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

/** The phones of a file; none where there is no file yet. Rejects with ServerError when it cannot be read. */
async function recordsIn(path: string | undefined): Promise<readonly PhoneRecord[]> {
  if (path === undefined) return [];
  try {
    return FILE.parse(JSON.parse(await readFile(path, 'utf8'))).phones;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new ServerError(phonesWrong(path), error);
  }
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

interface PhoneParts {
  /** Where they are kept; without it they last as long as the gateway runs. */
  readonly path: string | undefined;
  readonly world: World;
  readonly site: () => Site;
  /** Whether an account of this name is there and may not log in. */
  readonly barred: (name: string) => boolean;
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

export async function openPairedPhones({ path, world, site, barred }: PhoneParts): Promise<PairedPhones> {
  let phones = new Map((await recordsIn(path)).map((one) => [one.id, one]));
  const invites = openInvites(world.elapsed);
  const seen = new Map<string, number>();
  let writing: Promise<unknown> = Promise.resolve();

  const save = (): Promise<unknown> => {
    const text = `${JSON.stringify({ phones: [...phones.values()] }, null, 2)}\n`;
    writing = writing.catch(() => undefined).then(() => (path === undefined ? undefined : writeDurably(path, text)));
    return writing;
  };
  const tidy = () => {
    const now = world.now();
    for (const [id, { until }] of phones) if (until <= now) phones.delete(id);
  };
  const shown = ({ hash: _hash, ...phone }: PhoneRecord): PairedPhone => {
    const at = seen.get(phone.id);
    return { ...phone, ...(at !== undefined && { seen: at }) };
  };

  return {
    invite(person, by, until) {
      tidy();
      const { name } = nameFor(site(), person);
      if (phones.size >= phonesMax) throw new Problem(409, 'phones-full', phonesFull(phonesMax));
      const most = world.now() + pairedAtMostMs;
      const token = invites.give({ person, by, until: Math.min(until, most) });
      return { token, name };
    },
    async pair(token) {
      tidy();
      const invite = invites.take(token);
      if (!invite || invite.until <= world.now()) throw new Problem(410, 'invite-over', inviteOver);
      const { name } = nameFor(site(), invite.person);
      if (phones.size >= phonesMax) throw new Problem(409, 'phones-full', phonesFull(phonesMax));
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
      if (person?.name !== phone.name || phone.name !== name || barred(name)) return false;
      seen.set(id, world.elapsed());
      return true;
    },
    list() {
      tidy();
      return [...phones.values()].map(shown);
    },
    async revoke(id) {
      const phone = phones.get(id);
      if (!phone) return undefined;
      phones = new Map([...phones].filter(([one]) => one !== id));
      await save();
      return shown(phone);
    },
  };
}
