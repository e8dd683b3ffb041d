/**
 * The people who may log in: a file of names, roles and scrypt hashes, and the check of a password against it.
 * The file is read again when it changes, so that a new password counts without a restart. It must never hold or log a
 * password, and it must take as long for an unknown name as for a known one.
 */
import { createHash, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Role, User, Words } from '../core/types.ts';
import { Problem, ServerError } from './problem.ts';

/** OWASP's scrypt advice for interactive log-ins; 32 MiB and about a tenth of a second on a small machine. */
const COST = { N: 2 ** 15, r: 8, p: 1 } as const;
const KEY_BYTES = 32;
/** Node refuses more than 32 MiB unless told. */
const MAX_MEM = 64 * 1024 * 1024;
const HASHING_MAX = 2;
const WAITING_MAX = 16;
export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

export const NAME = z.string().regex(/^[\p{L}\p{N}._-]{1,40}$/u);
const USER = z.strictObject({
  name: NAME,
  role: z.enum(['operator', 'guard', 'head', 'auditor', 'integrator', 'admin']),
  hash: z.string().regex(/^scrypt\$\d{1,8}\$\d{1,3}\$\d{1,3}\$[\w-]{22,}\$[\w-]{43,}$/),
  kiosk: z.boolean().exactOptional(),
});
const FILE = z.strictObject({ users: z.array(USER).max(1_000) });
type UserRecord = z.infer<typeof USER>;

/** Somebody who may log in. */
export interface Account {
  readonly user: User;
  /** A wall: its session lasts 30 days. */
  readonly kiosk: boolean;
  /** Changes with the password and the role, and ends the sessions made before. */
  readonly version: string;
}

export interface Users {
  /** The account when the password is right. Rejects with a Problem when too many are being checked at once. */
  verify(name: string, password: string): Promise<Account | undefined>;
  find(name: string): Account | undefined;
  /** Why the file could not be read again; the people of the last good reading still count then. */
  trouble(): Words | undefined;
}

/** Why a password is too weak; undefined when it will do. */
export function weakness(name: string, password: string): Words | undefined {
  if (password.length < PASSWORD_MIN)
    return { zh: `密码至少 ${PASSWORD_MIN} 位。`, en: `A password needs at least ${PASSWORD_MIN} characters.` };
  if (password.length > PASSWORD_MAX)
    return { zh: `密码最多 ${PASSWORD_MAX} 位。`, en: `A password has at most ${PASSWORD_MAX} characters.` };
  if (password.toLowerCase().includes(name.toLowerCase()))
    return { zh: '密码不能包含用户名。', en: 'A password must not contain the name of the user.' };
  if (new Set(password).size < 4)
    return { zh: '密码重复字符过多。', en: 'A password needs at least four different characters.' };
  return undefined;
}

function derive(password: string, salt: Buffer, cost: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, KEY_BYTES, { ...cost, maxmem: MAX_MEM }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

async function hashOf(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return `scrypt$${COST.N}$${COST.r}$${COST.p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

async function matches(hash: string, password: string): Promise<boolean> {
  const [, N, r, p, salt, key] = hash.split('$');
  const wanted = Buffer.from(key ?? '', 'base64url');
  const got = await derive(password, Buffer.from(salt ?? '', 'base64url'), {
    N: Number(N),
    r: Number(r),
    p: Number(p),
  });
  return wanted.length === got.length && timingSafeEqual(wanted, got);
}

function account(record: UserRecord): Account {
  const version = createHash('sha256')
    .update(`${record.role}\n${record.kiosk === true}\n${record.hash}`)
    .digest('base64url');
  return {
    user: { name: record.name, role: record.role },
    kiosk: record.kiosk === true,
    version: version.slice(0, 16),
  };
}

function parse(path: string, text: string): readonly UserRecord[] {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new ServerError(
      { zh: `用户文件 ${path} 不是有效的 JSON。`, en: `The users file ${path} is not valid JSON.` },
      cause,
    );
  }
  const read = FILE.safeParse(raw);
  if (read.success) return read.data.users;
  const where = read.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).slice(0, 3);
  throw new ServerError({
    zh: `用户文件 ${path} 内容有误：${where.join('；')}`,
    en: `The users file ${path} is wrong: ${where.join('; ')}`,
  });
}

interface Reading {
  readonly stamp: string;
  readonly records: ReadonlyMap<string, UserRecord>;
}

function stampOf(path: string): string {
  const s = statSync(path);
  return `${s.ino}:${s.size}:${s.mtimeMs}`;
}

function read(path: string): Reading {
  try {
    const { mode } = statSync(path);
    if ((mode & 0o077) !== 0)
      throw new ServerError({
        zh: `用户文件 ${path} 可被其他用户读取，请执行 chmod 600 ${path}。`,
        en: `The users file ${path} can be read by others; run chmod 600 ${path}.`,
      });
    const stamp = stampOf(path);
    const records = parse(path, readFileSync(path, 'utf8'));
    return { stamp, records: new Map(records.map((r) => [r.name, r])) };
  } catch (error) {
    if (error instanceof ServerError) throw error;
    throw new ServerError(
      {
        zh: `读不到用户文件 ${path}，请检查它是否存在以及权限。`,
        en: `The users file ${path} cannot be read; check that it exists and who may read it.`,
      },
      error,
    );
  }
}

/** Lets few run at once, because each hash takes 32 MiB; the rest wait in a short queue. */
function narrow(): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= HASHING_MAX) {
      if (waiting.length >= WAITING_MAX)
        throw new Problem(
          503,
          'busy',
          { zh: '登录请求过多，请稍后再试。', en: 'Too many log-ins at once; try again.' },
          2,
        );
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

/** Reads the users file. Rejects with ServerError when it is missing, open to others, or wrong. */
export async function loadUsers(path: string): Promise<Users> {
  let reading = read(path);
  let trouble: Words | undefined;
  let failed = '';
  const decoy = await hashOf(randomBytes(16).toString('hex'));
  const gate = narrow();

  function current(): ReadonlyMap<string, UserRecord> {
    let stamp = 'missing';
    try {
      stamp = stampOf(path);
    } catch (error) {
      trouble ??= {
        zh: `读不到用户文件 ${path}，沿用上次的用户。`,
        en: `The users file ${path} cannot be read (${(error as Error).message}); the people known before still count.`,
      };
    }
    if (stamp === reading.stamp) {
      trouble = undefined;
      failed = '';
    } else if (stamp !== failed && stamp !== 'missing') {
      try {
        reading = read(path);
        trouble = undefined;
        failed = '';
      } catch (error) {
        failed = stamp;
        trouble = (error as ServerError).why;
      }
    }
    return reading.records;
  }

  return {
    async verify(name, password) {
      const record = current().get(name);
      if (password.length > PASSWORD_MAX) return undefined;
      const right = await gate(() => matches(record?.hash ?? decoy, password));
      return record && right ? account(record) : undefined;
    },
    find(name) {
      const record = current().get(name);
      return record && account(record);
    },
    trouble() {
      current();
      return trouble;
    },
  };
}

/** Adds a person or changes their role and password; the file is replaced whole, so a crash leaves the old one. */
export async function saveUser(
  path: string,
  name: string,
  role: Role,
  password: string,
  options: { readonly kiosk?: boolean } = {},
): Promise<void> {
  if (!NAME.safeParse(name).success)
    throw new ServerError({
      zh: `用户名“${name}”无效：1–40 个字母、数字或 . _ -。`,
      en: `The name "${name}" will not do: 1 to 40 letters, digits or . _ -.`,
    });
  if (name === 'schedule')
    throw new ServerError({
      zh: '用户名“schedule”由系统使用，请换一个。',
      en: 'The name "schedule" is what the records call the schedule itself; take another.',
    });
  const weak = weakness(name, password);
  if (weak) throw new ServerError(weak);
  const old = await readFile(path, 'utf8').then(
    (text) => parse(path, text),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const record: UserRecord = { name, role, hash: await hashOf(password), ...(options.kiosk ? { kiosk: true } : {}) };
  const users = [...old.filter((u) => u.name !== name), record];
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}.new`;
  const file = await open(fresh, 'w', 0o600);
  try {
    await file.writeFile(`${JSON.stringify({ users }, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(fresh, 0o600);
  await rename(fresh, path);
}
