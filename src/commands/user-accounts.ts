/**
 * The people who may log in: listed, added, disabled, removed, and their passwords and codes set. Secrets come from standard input, so that they
 * are in no list of processes and no shell history; a terminal is asked twice, without an echo.
 */
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { everyRole } from '../core/site/rights.ts';
import type { Role } from '../core/types.ts';
import { removeUser, savePassword, saveUser, setDisabled } from '../server/auth/accounts.ts';
import { savePins } from '../server/auth/pins.ts';
import { usersIn } from '../server/auth/users-file.ts';
import { ServerError } from '../server/http/problem.ts';
import {
  answersDiffer,
  askAgain,
  askCode,
  askDuressCode,
  askPassword,
  codeIsSet,
  mayLogIn,
  needsNoCode,
  noPeople,
  passwordChanged,
  personDisabled,
  personEnabled,
  personLine,
  personMarks,
  personRemoved,
} from '../words/command-words.ts';
import { bothLanguages } from '../words/words.ts';

const usage = `Usage: npm run user -- add NAME --role ${everyRole.join('|')} [--kiosk|--no-kiosk] [--data DIR]
       npm run user -- password NAME [--data DIR]
       npm run user -- list [--data DIR]
       npm run user -- disable|enable|remove NAME [--data DIR]
       npm run user -- pin NAME [--data DIR]   two lines: the code that disarms, and the one that does so under force;
                                               an empty first line takes both away`;

/** The answers to these questions, one line each; with `again` undefined when a terminal's second answer differed from the first. */
export async function askSecrets(again: boolean, ...questions: readonly string[]): Promise<string[] | undefined> {
  const terminal = process.stdin.isTTY === true;
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: mute, terminal });
  // Lines that came at once wait in the iterator; a question after a question would lose them.
  const next = lines[Symbol.asyncIterator]();
  const answer = async (question: string) => {
    if (terminal) process.stderr.write(question);
    const { value, done } = await next.next();
    if (terminal) process.stderr.write('\n');
    return done ? '' : String(value);
  };
  try {
    const answers: string[] = [];
    for (const question of questions) {
      const said = await answer(`${question}: `);
      if (again && terminal && (await answer(`${askAgain}: `)) !== said) return undefined;
      answers.push(said);
    }
    return answers;
  } finally {
    lines.close();
  }
}

async function add(path: string, name: string, role: Role, kiosk: boolean | undefined): Promise<string | undefined> {
  const answers = await askSecrets(true, askPassword);
  if (!answers) return undefined;
  // A public screen stands there by itself, and stays logged in.
  await saveUser(path, name, role, answers[0] ?? '', { kiosk: kiosk ?? (role === 'kitchen' ? true : undefined) });
  return mayLogIn(name, role);
}

async function changePassword(path: string, name: string): Promise<string | undefined> {
  const answers = await askSecrets(true, askPassword);
  if (!answers) return undefined;
  await savePassword(path, name, answers[0] ?? '');
  return passwordChanged(name);
}

async function list(path: string): Promise<string> {
  const people = await usersIn(path);
  const marks = Object.keys(personMarks) as (keyof typeof personMarks)[];
  const lines = people.map((one) => {
    const own = marks.filter((mark) => one[mark]).map((mark) => personMarks[mark]);
    return personLine(one.name, one.role, own);
  });
  return lines.length === 0 ? noPeople : lines.sort().join('\n');
}

async function enable(path: string, name: string, disabled: boolean): Promise<string> {
  await setDisabled(path, name, disabled);
  return disabled ? personDisabled(name) : personEnabled(name);
}

async function remove(path: string, name: string): Promise<string> {
  await removeUser(path, name);
  return personRemoved(name);
}

async function setPins(path: string, name: string): Promise<string | undefined> {
  const answers = await askSecrets(true, askCode, askDuressCode);
  if (!answers) return undefined;
  const [pin = '', duress = ''] = answers;
  await savePins(path, name, { pin, duress });
  return pin === '' ? needsNoCode(name) : codeIsSet(name);
}

interface AccountOptions {
  readonly dir: string;
  readonly role: string | undefined;
  /** Undefined leaves it as it is. */
  readonly kiosk: boolean | undefined;
}

/** What the words after `user` ask for; undefined when they are no call. */
function changeAsked([verb, name]: readonly string[], options: AccountOptions) {
  const path = join(options.dir, 'users.json');
  const role = everyRole.find((known) => known === options.role);
  if (verb === 'list') return () => list(path);
  if (!name) return undefined;
  switch (verb) {
    case 'add':
      return role && (() => add(path, name, role, options.kiosk));
    case 'password':
      return () => changePassword(path, name);
    case 'pin':
      return () => setPins(path, name);
    case 'disable':
    case 'enable':
      return () => enable(path, name, verb === 'disable');
    case 'remove':
      return () => remove(path, name);
    default:
      return undefined;
  }
}

/** One of the calls of `usage`; resolves with the exit code. */
export async function changeUser(words: readonly string[], options: AccountOptions): Promise<number> {
  const change = changeAsked(words, options);
  if (!change) {
    console.error(usage);
    return 64;
  }
  try {
    const done = await change();
    if (done !== undefined) {
      console.log(done);
      return 0;
    }
    console.error(answersDiffer);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    console.error(bothLanguages(error.why));
  }
  return 1;
}
