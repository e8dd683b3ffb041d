/**
 * A command as a person starts it, through the same door as `npm run`: in a process group of its own, so that a child left
 * behind can be seen, with a folder of its own for what it writes for a while. It ends only what it started.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { patiently } from '../patience.ts';

const setUp = join(import.meta.dirname, '../../src/commands/setup.mjs');

export interface Visit {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** Resolves with the first match of it in what it said, now or later. */
  said(text: RegExp): Promise<RegExpExecArray>;
  readonly code: Promise<number | null>;
  /** Files it left and whether any process of its group still runs. */
  left(): Promise<{ files: string[]; processes: boolean }>;
}

/** Starts one; what is left of it is ended with the test. */
export async function visit(...args: readonly string[]): Promise<Visit> {
  const place = await mkdtemp(join(tmpdir(), 'gatehouse-visit-'));
  const env = { ...process.env, TMPDIR: place };
  const child = spawn(process.execPath, [setUp, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const group = () => {
    try {
      return process.kill(-child.pid!, 0);
    } catch {
      // Nobody is left in it.
      return false;
    }
  };
  onTestFinished(async () => {
    if (group()) process.kill(-child.pid!, 'SIGKILL');
    await rm(place, { recursive: true, force: true });
  });
  let output = '';
  const waiting = new Set<() => void>();
  const keep = (bytes: Buffer) => {
    output += bytes.toString();
    for (const look of waiting) look();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = once(child, 'close').then(([ended]) => ended as number | null);
  return {
    child,
    output: () => output,
    code,
    said(text) {
      const { promise, resolve } = Promise.withResolvers<RegExpExecArray>();
      const look = () => {
        const found = text.exec(output);
        if (found) resolve(found);
      };
      waiting.add(look);
      look();
      return patiently(promise, () => `${args[0]} did not say ${text}:\n${output}`).finally(() => waiting.delete(look));
    },
    left: async () => ({
      // Building the pages may leave Node's own cache of compiled code, which is nobody's.
      files: (await readdir(place)).filter((name) => name !== 'node-compile-cache'),
      processes: group(),
    }),
  };
}
