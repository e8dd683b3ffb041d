/**
 * The keys by which schools are known: made once, shown once, and kept as hashes. A key names its school, so that one row is asked. It must
 * never log a key or compare one in parts.
 */
import { createHash, randomBytes } from 'node:crypto';

export interface SchoolKey {
  /** `SCHOOL.43 letters`: what stands in the configuration of the school. */
  readonly key: string;
  /** The first eight hex digits of the hash. */
  readonly id: string;
  /** SHA-256, hex. */
  readonly hash: string;
}

/** A key as it is sent, taken apart; undefined where it cannot be one. */
export function readSchoolKey(key: string): (SchoolKey & { readonly school: string }) | undefined {
  const school = /^([a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?)\.[\w-]{43}$/.exec(key)?.[1];
  if (school === undefined) return undefined;
  const hash = createHash('sha256').update(key).digest('hex');
  return { school, key, id: hash.slice(0, 8), hash };
}

/** A fresh key of a school. */
export function makeSchoolKey(school: string): SchoolKey {
  const key = `${school}.${randomBytes(32).toString('base64url')}`;
  const hash = createHash('sha256').update(key).digest('hex');
  return { key, id: hash.slice(0, 8), hash };
}
