/** A hash of the least cost, for people of tests that are not about how slow a hash is. */
import { scryptSync } from 'node:crypto';

export function quickHash(secret: string): string {
  const salt = Buffer.alloc(16, 1);
  const key = scryptSync(secret, salt, 32, { N: 2, r: 8, p: 1 });
  return `scrypt$2$8$1$${salt.toString('base64url')}$${key.toString('base64url')}`;
}
