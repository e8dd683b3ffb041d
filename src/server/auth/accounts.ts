/**
 * The people who may log in, and the check of a password or a code against what the file says of them.
 * The file is read again when it changes, so that a new password counts without a restart. It must never hold or log a
 * password, and it must take as long for an unknown name as for a known one.
 */
import { createHash } from 'node:crypto';
import type { Role, User, Words } from '../../core/types.ts';
import {
  nameTaken,
  nameWrong,
  noUser,
  passwordHoldsName,
  passwordLong,
  passwordRepeats,
  passwordShort,
  usersUnreadable,
} from '../../words/server-words.ts';
import { ServerError } from '../http/problem.ts';
import { decoyHash, hashOf, matches, narrow } from './hash.ts';
import { NAME, ownNames, readUsers, stampOf, type UserRecord, usersIn, writeUsers } from './users-file.ts';

export const PASSWORD_MIN = 10;
export const PASSWORD_MAX = 200;

/** Somebody who may log in. */
export interface UserAccount {
  readonly user: User;
  /** A wall: its session lasts 30 days. */
  readonly kiosk: boolean;
  /** Changes with the password and the role, and ends the sessions made before. */
  readonly version: string;
  /** Taking watch away needs a code. */
  readonly pin: boolean;
}

/** An account as the file has it, whether it may log in or not. */
export interface ListedAccount extends UserAccount {
  readonly disabled: boolean;
}
export type AccountList = readonly ListedAccount[];

/** What a code that was given turned out to be. */
export type Code = 'right' | 'duress' | 'wrong';

export interface Users {
  /** The account when the password is right. Rejects with a Problem when too many are being checked at once. */
  verify(name: string, password: string): Promise<UserAccount | undefined>;
  find(name: string): UserAccount | undefined;
  list(): AccountList;
  /** What a person's code is: theirs, the one under force, or wrong. Rejects as `verify` does. */
  code(name: string, code: string): Promise<Code>;
  /** Why the file could not be read again; the people of the last good reading still count then. */
  trouble(): Words | undefined;
}

/** Why a password is too weak; undefined when it will do. */
export function weakness(name: string, password: string): Words | undefined {
  if (password.length < PASSWORD_MIN) return passwordShort(PASSWORD_MIN);
  if (password.length > PASSWORD_MAX) return passwordLong(PASSWORD_MAX);
  if (password.toLowerCase().includes(name.toLowerCase())) return passwordHoldsName;
  if (new Set(password).size < 4) return passwordRepeats;
  return undefined;
}

function account(record: UserRecord): UserAccount {
  const version = createHash('sha256')
    .update(`${record.role}\n${record.kiosk === true}\n${record.hash}`)
    .digest('base64url');
  return {
    user: { name: record.name, role: record.role },
    kiosk: record.kiosk === true,
    version: version.slice(0, 16),
    pin: record.pin !== undefined,
  };
}

/** Reads the users file. Rejects with ServerError when it is missing, open to others, or wrong. */
export async function loadUsers(path: string): Promise<Users> {
  let reading = readUsers(path);
  let trouble: Words | undefined;
  let failed = '';
  const decoy = decoyHash();
  const gate = narrow();

  function current(): ReadonlyMap<string, UserRecord> {
    let stamp = 'missing';
    try {
      stamp = stampOf(path);
    } catch (error) {
      trouble ??= usersUnreadable(path, (error as Error).message);
    }
    if (stamp === reading.stamp) {
      trouble = undefined;
      failed = '';
    } else if (stamp !== failed && stamp !== 'missing') {
      try {
        reading = readUsers(path);
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
      return record && right && !record.disabled ? account(record) : undefined;
    },
    find(name) {
      const record = current().get(name);
      return record && !record.disabled ? account(record) : undefined;
    },
    list: () => [...current().values()].map((record) => ({ ...account(record), disabled: record.disabled === true })),
    async code(name, code) {
      const record = current().get(name);
      // Both are always reckoned, one after the other: how long an answer takes must not tell which code it was.
      const [own, forced] = await gate(async () => [
        await matches(record?.pin ?? decoy, code),
        await matches(record?.duress ?? decoy, code),
      ]);
      return own ? 'right' : forced ? 'duress' : 'wrong';
    },
    trouble() {
      current();
      return trouble;
    },
  };
}

/** Adds a person or changes their role and password; codes stay, and so does what `options` does not name. */
export async function saveUser(
  path: string,
  name: string,
  role: Role,
  password: string,
  options: { readonly kiosk?: boolean | undefined } = {},
): Promise<void> {
  if (!NAME.safeParse(name).success) throw new ServerError(nameWrong(name));
  if (ownNames.has(name)) throw new ServerError(nameTaken(name));
  const weak = weakness(name, password);
  if (weak) throw new ServerError(weak);
  const old = await usersIn(path);
  const { kiosk, ...known } = old.find((one) => one.name === name) ?? {};
  const wall = options.kiosk ?? kiosk;
  const record: UserRecord = { ...known, name, role, hash: await hashOf(password), ...(wall && { kiosk: true }) };
  await writeUsers(path, [...old.filter((one) => one.name !== name), record]);
}

/** The person of that name, and all others. Rejects with ServerError when nobody has it. */
async function among(path: string, name: string): Promise<readonly [UserRecord, readonly UserRecord[]]> {
  const all = await usersIn(path);
  const record = all.find((one) => one.name === name);
  if (!record) throw new ServerError(noUser(name));
  return [record, all.filter((one) => one !== record)];
}

/** Changes a password and nothing else. */
export async function savePassword(path: string, name: string, password: string): Promise<void> {
  const [{ role }] = await among(path, name);
  await saveUser(path, name, role, password);
}

/** Lets a person log in no more, or again. Their sessions end with it. */
export async function setDisabled(path: string, name: string, disabled: boolean): Promise<void> {
  const [{ disabled: _, ...record }, others] = await among(path, name);
  await writeUsers(path, [...others, disabled ? { ...record, disabled } : record]);
}

/** Takes a person away. What they did stays in the records under their name. */
export async function removeUser(path: string, name: string): Promise<void> {
  const [, others] = await among(path, name);
  await writeUsers(path, others);
}
