/**
 * Which school asks, by the key that it shows, by its certificate, or by both where it shows both. What was found right is believed for some seconds,
 * and not beyond a word that keys changed. It must never look keys up without end for whoever shows wrong ones.
 */
import type { FastifyRequest } from 'fastify';
import type { World } from '../../world/world.ts';
import type { Database } from '../database/database.ts';
import type { Fanout } from '../fanout/fanout.ts';
import { SchoolRefused } from './refuse.ts';
import { readSchoolKey } from './school-key.ts';
import { type IsRevoked, type ShownCertificate, shownCertificate } from './shown-certificate.ts';

export interface KeyParts {
  readonly db: Database;
  readonly world: Pick<World, 'now' | 'elapsed'>;
  readonly fanout: Pick<Fanout, 'hear'>;
  /** Told of each connection whose key was right. */
  readonly knows: (request: FastifyRequest) => void;
  /** Whether certificates of schools count here, and whether nothing counts without one. */
  readonly certificates?: 'count' | 'required' | undefined;
  /** What their authority has taken back. */
  readonly revoked?: IsRevoked;
}

/** The school whose key or certificate the request shows; `anew`: whatever was found before. Rejects with SchoolRefused, or with DatabaseError. */
export type KeyOf = (request: FastifyRequest, anew?: boolean) => Promise<string>;

/** How often the use of a key is written down, ms. */
const USED_EVERY_MS = 60_000;
/** Wrong keys of one address in a minute, beyond which none is looked up. */
const WRONG_MAX = 60;
const ADDRESSES_MAX = 10_000;

/** Wrong keys, counted by address and minute. */
function openWrongKeys(now: () => number) {
  let minute = 0;
  let counts = new Map<string, number>();
  const turn = () => {
    const current = Math.floor(now() / 60_000);
    if (current !== minute || counts.size > ADDRESSES_MAX) counts = new Map();
    minute = current;
    return counts;
  };
  return {
    tooMany: (ip: string) => (turn().get(ip) ?? 0) >= WRONG_MAX,
    count: (ip: string) => void turn().set(ip, (counts.get(ip) ?? 0) + 1),
  };
}

const bearerOf = (request: FastifyRequest): string =>
  /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
/** Whether it says who it is by a key; else a certificate does. */
export const showsKey = (request: FastifyRequest): boolean => bearerOf(request) !== '';
/** The school that a key names, or else a certificate, right or wrong. */
export const namedBy = (request: FastifyRequest): string =>
  readSchoolKey(bearerOf(request))?.school ?? shownCertificate(request, 0)?.school ?? '';

/** A key that is right is believed so long, ms: what a lost word between nodes costs at most. */
const BELIEVED_MS = 5_000;
const KEYS_MAX = 20_000;

/** A key or a certificate as its row has it. */
interface Proof {
  readonly school: string;
  readonly id: string;
  readonly hash: string;
}
interface FoundProof {
  readonly at: number;
  usedAt: number;
}

export function openKeyOf({ db, world, fanout, knows, certificates, revoked }: KeyParts): KeyOf {
  const wrong = openWrongKeys(() => world.now());
  const right = new Map<string, FoundProof>();
  /** Proofs that were right once, by hash: they are looked up whatever a stranger shows from the same address, such as that of a district's one way out. */
  const once = new Set<string>();
  let changes = 0;
  fanout.hear((notice) => {
    if (notice !== undefined && notice.kind !== 'access') return;
    right.clear();
    changes++;
  });
  /** Asks for the row where what was found before is not believed any more. */
  const hold = async (proof: Proof, anew: boolean, look: () => Promise<number>): Promise<void> => {
    const believed = anew ? undefined : right.get(proof.hash);
    if (believed && world.elapsed() - believed.at < BELIEVED_MS) return await used(db, proof, believed, world.now());
    const [asked, before] = [world.elapsed(), changes];
    right.delete(proof.hash);
    const found = { at: asked, usedAt: await look() };
    if (once.size >= KEYS_MAX) once.clear();
    once.add(proof.hash);
    if (right.size >= KEYS_MAX) right.clear();
    // What was read while keys changed may be older than the change.
    if (changes === before) right.set(proof.hash, found);
    await used(db, proof, found, world.now());
  };
  const judged = async (request: FastifyRequest, anew: boolean): Promise<string> => {
    const shown = certificates === undefined ? undefined : shownCertificate(request, world.now(), revoked);
    if (shown?.fault) throw new SchoolRefused(shown.fault, shown.school);
    const bearer = bearerOf(request);
    const key = readSchoolKey(bearer);
    if (!shown && certificates === 'required') throw new SchoolRefused('certificate-absent', key?.school ?? '');
    if (bearer !== '' || !shown) {
      if (!key) throw new SchoolRefused('key-unknown', '');
      await hold(key, anew, () => keyUsed(db, key));
    }
    if (!shown) return key?.school ?? '';
    if (key && key.school !== shown.school) throw new SchoolRefused('certificate-other', key.school, shown.school);
    const proof = { school: shown.school, id: shown.hash.slice(0, 8), hash: shown.hash };
    await hold(proof, anew, () => certificateUsed(db, shown, proof.id, world.now()));
    return shown.school;
  };
  const met = (request: FastifyRequest): boolean => {
    const hash = readSchoolKey(bearerOf(request))?.hash ?? shownCertificate(request, world.now())?.hash;
    return hash !== undefined && once.has(hash);
  };
  return async (request, anew = false) => {
    if (wrong.tooMany(request.ip) && !met(request)) throw new SchoolRefused('busy', '');
    try {
      const school = await judged(request, anew);
      knows(request);
      return school;
    } catch (error) {
      if (error instanceof SchoolRefused) wrong.count(request.ip);
      throw error;
    }
  };
}

/** When the key was used last; rejects where there is none such that counts. */
async function keyUsed(db: Database, { school, id, hash }: Proof): Promise<number> {
  const [row] = await db.urgent.query<{ used_at: number | null }>(
    'SELECT used_at FROM school_key WHERE school = $1 AND id = $2 AND hash = $3 AND withdrawn_at IS NULL',
    [school, id, hash],
  );
  if (!row) throw new SchoolRefused('key-unknown', '');
  return row.used_at ?? 0;
}

/** The same of a certificate, whose authority has said already whose it is: it is written down when it is shown for the first time. */
async function certificateUsed(
  db: Database,
  { school, hash, until }: ShownCertificate,
  id: string,
  now: number,
): Promise<number> {
  const [row] = await db.urgent.query<{ hash: string | null; used_at: number | null; withdrawn_at: number | null }>(
    `SELECT k.hash, k.used_at, k.withdrawn_at FROM school s LEFT JOIN school_key k ON k.school = s.school AND k.hash = $2
     WHERE s.school = $1 AND s.left_at IS NULL`,
    [school, hash],
  );
  if (!row) throw new SchoolRefused('school-unknown', school);
  if (row.withdrawn_at !== null) throw new SchoolRefused('certificate-withdrawn', school);
  if (row.hash === null)
    await db.urgent.query(
      `INSERT INTO school_key (school, id, hash, made_at, made_by, until) VALUES ($1, $2, $3, $4, '-', $5) ON CONFLICT DO NOTHING`,
      [school, id, hash, now, until],
    );
  return row.used_at ?? 0;
}

/** Writes down that a key is used, now and then. */
async function used(db: Database, { school, id }: Proof, found: FoundProof, now: number): Promise<void> {
  if (now - found.usedAt <= USED_EVERY_MS) return;
  found.usedAt = now;
  await db.urgent.query('UPDATE school_key SET used_at = $3 WHERE school = $1 AND id = $2', [school, id, now]);
}
