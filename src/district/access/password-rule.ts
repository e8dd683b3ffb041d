/** Passwords of officers: which are too weak, and those the district draws for a first log-in. It must never keep one. */
import { randomInt } from 'node:crypto';
import { passwordHoldsName, passwordLong, passwordRepeats, passwordShort } from '../../words/server-words.ts';
import type { Words } from '../../words/words.ts';

/** As at the schools. */
const LEAST = 10;
export const OFFICER_PASSWORD_MAX = 200;
/** Without letters and digits that are taken for each other. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Of 31 letters: 79 bits. */
const DRAWN = 16;

/** Why a password is too weak; undefined when it will do. */
export function weakPassword(name: string, password: string): Words | undefined {
  if (password.length < LEAST) return passwordShort(LEAST);
  if (password.length > OFFICER_PASSWORD_MAX) return passwordLong(OFFICER_PASSWORD_MAX);
  if (password.toLowerCase().includes(name.toLowerCase())) return passwordHoldsName;
  return new Set(password).size < 4 ? passwordRepeats : undefined;
}

/** For a first log-in: four groups of four. */
export function drawPassword(): string {
  const letters = Array.from({ length: DRAWN }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return letters.match(/.{4}/g)?.join('-') ?? letters;
}
