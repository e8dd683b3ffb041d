/**
 * Processes of a benchmark: each load generator, listener and floor runs alone, so that none steals time from what it
 * measures. `launch` starts one and talks to it, `play` is its other side. A peer ends when whoever started it ends.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 5_000;
/** Linux counts memory in pages of 4 KiB and processor time in hundredths of a second. */
const PAGE = 4096;
const TICK_MS = 10;

type Reply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly why: string };
type Acts = Readonly<Record<string, (argument: never) => unknown>>;

/** Another process that plays a part. */
export interface Peer {
  /** What it said when it was ready. */
  readonly said: Readonly<Record<string, number | string>>;
  /** Asks it to act; rejects with its reason, or when the answer takes longer than the limit. */
  ask<T>(act: string, argument: unknown, limitMs: number): Promise<T>;
  stop(): Promise<void>;
  readonly pid: number;
}

const alive = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Rejects with the sentence when the promise takes too long. */
export async function within<T>(ms: number, sentence: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(sentence)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves when the child has ended; after the limit it is killed. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await gone;
  clearTimeout(timer);
}

/** Starts one of the scripts beside this file with its options, and resolves when it is ready. */
export async function launch(script: string, options: unknown, limitMs = START_LIMIT_MS): Promise<Peer> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = fork(file, [], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  alive.add(child);
  // Not as an argument: five thousand senders do not fit into a command line.
  child.send(options as object);
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const { promise: ready, resolve: onReady, reject: onBroken } = Promise.withResolvers<Peer['said']>();
  child.on('message', (message: Reply | { said: Peer['said'] }) => {
    if ('said' in message) return onReady(message.said);
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) asked?.resolve(message.value);
    else asked?.reject(new Error(`${script}: ${message.why}`));
  });
  child.once('exit', (code) => {
    alive.delete(child);
    const error = new Error(`${script} ended with ${code}`);
    onBroken(error);
    for (const { reject } of waiting.values()) reject(error);
  });
  let asked = 0;
  const said = await within(limitMs, `${script} was not ready in time`, ready);
  return {
    said,
    pid: child.pid!,
    ask<T>(act: string, argument: unknown, limitMs: number) {
      const id = ++asked;
      const answer = new Promise<unknown>((resolve, reject) => waiting.set(id, { resolve, reject }));
      child.send({ id, act, argument });
      return within(limitMs, `${script} did not answer ${act} in ${limitMs} ms`, answer) as Promise<T>;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended(child);
    },
  };
}

/** The other side: opens with the options given, says it is ready, and acts when asked. */
export async function play<O>(open: (options: O) => Promise<{ said?: Peer['said']; acts: Acts }>): Promise<void> {
  process.on('disconnect', () => process.exit(0));
  const { said = {}, acts } = await open(((await once(process, 'message')) as [O])[0]);
  const send = (message: unknown) => process.connected && process.send!(message);
  process.on('message', async ({ id, act, argument }: { id: number; act: string; argument: never }) => {
    try {
      send({ id, ok: true, value: await acts[act]!(argument) });
    } catch (error) {
      send({ id, ok: false, why: error instanceof Error ? error.message : String(error) });
    }
  });
  send({ said });
}

/** Milliseconds of the machine's monotonic clock, the same in every process. */
export const clock = (): number => Number(process.hrtime.bigint()) / 1e6;

/** Resident memory in MB and processor time in ms of a process and its threads. */
export function usage(pid: number): { rssMB: number; cpuMs: number } {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { rssMB: (pages * PAGE) / 2 ** 20, cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
}

/** Memory that a process has for itself, with its share of what several use, MB. */
export function ownMemory(pid: number): number {
  const found = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  return Number(found?.[1] ?? Number.NaN) / 1024;
}
