/**
 * The file of the people who may log in: names, roles and hashes. Read whole and replaced whole. It must never be open to
 * others, and never hold a password or a code.
 */
import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { gatewayName, schedulerName, walkTimer } from '../../core/site/armed-plan.ts';
import { desk } from '../../core/site/naming.ts';
import { everyRole } from '../../core/site/rights.ts';
import {
  usersFileUnreadable,
  usersFileUnwritable,
  usersNotJson,
  usersOpen,
  usersWrong,
} from '../../words/server-words.ts';
import { makeFolder, writeDurably } from '../../world/durable-file.ts';
import { ServerError } from '../http/problem.ts';
import { HASH } from './hash.ts';

export const NAME = z.string().regex(/^[\p{L}\p{N}._-]{1,40}$/u);
const hash = z.string().regex(HASH);
/** Under these the records say what the gateway did by itself: armed by its plan, ended a test whose time was over, closed
 *  what the weather did; the desk is a device of its own, and the others are names that a program may trip over. */
export const ownNames: ReadonlySet<string> = new Set([
  ...[schedulerName, walkTimer, gatewayName, desk],
  ...['__proto__', 'constructor', 'prototype'],
]);

const USER = z.strictObject({
  name: NAME.refine((name) => !ownNames.has(name), {
    error: ({ input }) => `"${input}" is what the records call the gateway itself; take another name`,
  }),
  role: z.enum(everyRole),
  hash,
  kiosk: z.boolean().exactOptional(),
  /** May not log in until enabled again; codes and password are kept. */
  disabled: z.boolean().exactOptional(),
  /** The code that unsets, and the one that does so under force. */
  pin: hash.exactOptional(),
  duress: hash.exactOptional(),
});
const FILE = z.strictObject({ users: z.array(USER).max(1_000) });
export type UserRecord = z.infer<typeof USER>;

export function parseUsers(path: string, text: string): readonly UserRecord[] {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new ServerError(usersNotJson(path), cause);
  }
  const read = FILE.safeParse(raw);
  if (read.success) return read.data.users;
  const where = read.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).slice(0, 3);
  throw new ServerError(usersWrong(path, where.join('；'), where.join('; ')));
}

export interface UsersRead {
  readonly stamp: string;
  readonly records: ReadonlyMap<string, UserRecord>;
}

export function stampOf(path: string): string {
  const s = statSync(path);
  return `${s.ino}:${s.size}:${s.mtimeMs}`;
}

export function readUsers(path: string): UsersRead {
  try {
    const { mode } = statSync(path);
    if ((mode & 0o077) !== 0) throw new ServerError(usersOpen(path));
    const stamp = stampOf(path);
    const records = parseUsers(path, readFileSync(path, 'utf8'));
    return { stamp, records: new Map(records.map((r) => [r.name, r])) };
  } catch (error) {
    if (error instanceof ServerError) throw error;
    throw new ServerError(usersFileUnreadable(path), error);
  }
}

/** The people in the file; nobody when there is none yet. Rejects with ServerError when it is wrong. */
export async function usersIn(path: string): Promise<readonly UserRecord[]> {
  return readFile(path, 'utf8').then(
    (text) => parseUsers(path, text),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw new ServerError(usersFileUnreadable(path), error);
    },
  );
}

/** Replaces the file whole; resolves when it is on the disk. It is for its owner alone. Rejects with ServerError when the disk does not take it. */
export async function writeUsers(path: string, users: readonly UserRecord[]): Promise<void> {
  try {
    makeFolder(dirname(path));
    await writeDurably(path, `${JSON.stringify({ users }, null, 2)}\n`);
  } catch (error) {
    throw new ServerError(usersFileUnwritable(path, (error as NodeJS.ErrnoException).code ?? String(error)), error);
  }
}
