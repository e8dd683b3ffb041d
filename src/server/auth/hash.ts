/**
 * Slow hashes of passwords and codes (scrypt), and the comparison with what a person gives. Few run at once, because each
 * takes memory and time. It must never hold or log what it hashes.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { tooManyLogins } from '../../words/server-words.ts';
import { Problem } from '../http/problem.ts';

/** OWASP's scrypt advice for interactive log-ins; 32 MiB and about a tenth of a second on a small machine. */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const;
const KEY_BYTES = 32;
/** Node refuses more than 32 MiB unless told. */
const MAX_MEM = 64 * 1024 * 1024;
const HASHING_MAX = 2;
const WAITING_MAX = 16;

/** How a hash is written: `scrypt$N$r$p$salt$key`. */
export const HASH = /^scrypt\$\d{1,8}\$\d{1,3}\$\d{1,3}\$[\w-]{22,}\$[\w-]{43,}$/;

function derive(secret: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret.normalize('NFC'), salt, KEY_BYTES, { ...cost, maxmem: MAX_MEM }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

const written = (salt: Buffer, key: Buffer): string =>
  `scrypt$${COST.N}$${COST.r}$${COST.p}$${salt.toString('base64url')}$${key.toString('base64url')}`;

export async function hashOf(secret: string): Promise<string> {
  const salt = randomBytes(16);
  return written(salt, await derive(secret, salt, COST));
}

/** A hash that nothing matches, by chance alone: what is held against it takes as long as what is held against a real one. */
export const decoyHash = (): string => written(randomBytes(16), randomBytes(KEY_BYTES));

export async function matches(hash: string, secret: string): Promise<boolean> {
  const [, N, r, p, salt, key] = hash.split('$');
  const wanted = Buffer.from(key ?? '', 'base64url');
  const got = await derive(secret, Buffer.from(salt ?? '', 'base64url'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return wanted.length === got.length && timingSafeEqual(wanted, got);
}

/** Lets few run at once, because each hash takes 32 MiB; the rest wait in a short queue, and beyond it are refused. */
export function narrow(): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= HASHING_MAX) {
      if (waiting.length >= WAITING_MAX) throw new Problem(503, 'busy', tooManyLogins, 2);
      await new Promise<void>((go) => waiting.push(go));
    } else running++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
