/**
 * Which school asks, by the key that it shows. A key that was found right is believed for some seconds, and not beyond a word that keys changed. It must
 * never look keys up without end for whoever shows wrong ones.
 */
import type { FastifyRequest } from 'fastify';
import type { World } from '../../world/world.ts';
import type { Database } from '../database/database.ts';
import type { Fanout } from '../fanout/fanout.ts';
import { SchoolRefused } from './refuse.ts';
import { readSchoolKey } from './school-key.ts';

export interface KeyParts {
  readonly db: Database;
  readonly world: Pick<World, 'now' | 'elapsed'>;
  readonly fanout: Pick<Fanout, 'hear'>;
  /** Told of each connection whose key was right. */
  readonly knows: (request: FastifyRequest) => void;
}

/** The school whose key the request carries; `anew`: whatever was found before. Rejects with SchoolRefused `key-unknown`, or with DatabaseError. */
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
/** The school that a key names, right or wrong. */
export const namedBy = (request: FastifyRequest): string => readSchoolKey(bearerOf(request))?.school ?? '';

/** A key that is right is believed so long, ms: what a lost word between nodes costs at most. */
const BELIEVED_MS = 5_000;
const KEYS_MAX = 20_000;

export function openKeyOf({ db, world, fanout, knows }: KeyParts): KeyOf {
  const wrong = openWrongKeys(() => world.now());
  const right = new Map<string, { readonly at: number; usedAt: number }>();
  let changes = 0;
  fanout.hear((notice) => {
    if (notice !== undefined && notice.kind !== 'access') return;
    right.clear();
    changes++;
  });
  return async (request, anew = false) => {
    if (wrong.tooMany(request.ip)) throw new SchoolRefused('busy', '');
    const key = readSchoolKey(bearerOf(request));
    const believed = anew ? undefined : key && right.get(key.hash);
    if (key && believed && world.elapsed() - believed.at < BELIEVED_MS) {
      knows(request);
      await used(db, key, believed, world.now());
      return key.school;
    }
    const asked = world.elapsed();
    const before = changes;
    const [row] = key
      ? await db.urgent.query<{ used_at: number | null }>(
          'SELECT used_at FROM school_key WHERE school = $1 AND id = $2 AND hash = $3 AND withdrawn_at IS NULL',
          [key.school, key.id, key.hash],
        )
      : [];
    if (!key || !row) {
      if (key) right.delete(key.hash);
      wrong.count(request.ip);
      throw new SchoolRefused('key-unknown', '');
    }
    knows(request);
    const found = { at: asked, usedAt: row.used_at ?? 0 };
    if (right.size >= KEYS_MAX) right.clear();
    // What was read while keys changed may be older than the change.
    if (changes === before) right.set(key.hash, found);
    await used(db, key, found, world.now());
    return key.school;
  };
}

/** Writes down that a key is used, now and then. */
async function used(db: Database, key: { school: string; id: string }, found: { usedAt: number }, now: number) {
  if (now - found.usedAt <= USED_EVERY_MS) return;
  found.usedAt = now;
  await db.urgent.query('UPDATE school_key SET used_at = $3 WHERE school = $1 AND id = $2', [key.school, key.id, now]);
}
