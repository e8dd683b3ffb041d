/**
 * Adds a person who may log in, changes their password, or sets their codes. Secrets come from standard input, so that they
 * are in no list of processes and no shell history; a terminal is asked twice, without an echo.
 */
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Role } from '../core/types.ts';
import { saveUser } from '../server/auth/accounts.ts';
import { savePins } from '../server/auth/pins.ts';
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
} from '../words/command-words.ts';
import { bothLanguages } from '../words/words.ts';

const roles: readonly Role[] = ['operator', 'guard', 'head', 'auditor', 'integrator', 'admin'];
const usage = `Usage: npm run user -- add NAME --role ${roles.join('|')} [--kiosk] [--data DIR]
       npm run user -- pin NAME [--data DIR]   two lines: the code that disarms, and the one that does so under force;
                                               an empty first line takes both away`;

/** The answers to these questions, one line each; undefined when a terminal's second answer differed from the first. */
async function ask(...questions: readonly string[]): Promise<string[] | undefined> {
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
      if (terminal && (await answer(`${askAgain}: `)) !== said) return undefined;
      answers.push(said);
    }
    return answers;
  } finally {
    lines.close();
  }
}

async function add(path: string, name: string, role: Role, kiosk: boolean): Promise<string | undefined> {
  const answers = await ask(askPassword);
  if (!answers) return undefined;
  await saveUser(path, name, role, answers[0] ?? '', { kiosk });
  return mayLogIn(name, role);
}

async function setPins(path: string, name: string): Promise<string | undefined> {
  const answers = await ask(askCode, askDuressCode);
  if (!answers) return undefined;
  const [pin = '', duress = ''] = answers;
  await savePins(path, name, { pin, duress });
  return pin === '' ? needsNoCode(name) : codeIsSet(name);
}

/** `user add NAME --role ROLE [--kiosk]`, `user pin NAME`; resolves with the exit code. */
export async function changeUser(
  [verb, name]: readonly string[],
  options: { dir: string; role: string | undefined; kiosk: boolean },
): Promise<number> {
  const path = join(options.dir, 'users.json');
  const role = roles.find((known) => known === options.role);
  let change: (() => Promise<string | undefined>) | undefined;
  if (verb === 'add' && name && role) change = () => add(path, name, role, options.kiosk);
  if (verb === 'pin' && name) change = () => setPins(path, name);
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
