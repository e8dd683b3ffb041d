/**
 * Adds a person who may log in, or changes their password. The password comes from standard input, so that it is in no
 * list of processes and no shell history; a terminal is asked twice, without an echo.
 */
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Role } from '../core/types.ts';
import { saveUser } from '../server/auth.ts';
import { ServerError } from '../server/problem.ts';

const roles: readonly Role[] = ['operator', 'guard', 'head', 'auditor', 'integrator', 'admin'];

async function askPassword(): Promise<string | undefined> {
  const mute = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: mute, terminal: process.stdin.isTTY === true });
  const ask = async (prompt: string) => {
    if (process.stdin.isTTY) process.stderr.write(prompt);
    const answer = await lines.question('');
    if (process.stdin.isTTY) process.stderr.write('\n');
    return answer;
  };
  try {
    const password = await ask('密码 / password: ');
    if (!process.stdin.isTTY) return password;
    return (await ask('再输一次 / again: ')) === password ? password : undefined;
  } finally {
    lines.close();
  }
}

/** `user add NAME --role ROLE [--kiosk]`; resolves with the exit code. */
export async function changeUser(
  [verb, name]: readonly string[],
  options: { dir: string; role: string | undefined; kiosk: boolean },
): Promise<number> {
  const role = roles.find((known) => known === options.role);
  if (verb !== 'add' || !name || !role) {
    console.error(`Usage: npm run user -- add NAME --role ${roles.join('|')} [--kiosk] [--data DIR]`);
    return 64;
  }
  const password = await askPassword();
  if (password === undefined) {
    console.error('两次输入不一致 / the two passwords differ; nothing was changed.');
    return 1;
  }
  try {
    await saveUser(join(options.dir, 'users.json'), name, role, password, { kiosk: options.kiosk });
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    console.error(`${error.why.zh} / ${error.why.en}`);
    return 1;
  }
  console.log(`${name} 可以登录了 / may log in as ${role}`);
  return 0;
}
