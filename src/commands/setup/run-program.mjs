/**
 * Running one program to its end, for everything the set-up does: signals sent to us reach it, what we were started by may die
 * under us, and a failure is one sentence a person can act on. It must run on Node 18 without any package.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
export const at = (...parts) => join(ROOT, ...parts);

/**
 * New objects of the main thread have 2 MB twice, and not 16: 20 MB less of memory, and what lives no longer than a message is swept while it
 * is in the processor's cache. `deploy/gatehouse.service` says the same.
 */
export const FITTED = ['--max-semi-space-size=2'];

/** A child that was asked to stop gets this long before it is ended. */
const STOP_LIMIT_MS = 30_000;
const STILL_EVERY_MS = 10_000;
/** How often it is looked whether npm is still there, of which no signal tells. */
const STARTER_EVERY_MS = 500;
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

/** Ends the set-up with one sentence a person can act on. */
export class Stop extends Error {
  constructor(sentence, code = 1) {
    super(sentence);
    this.code = code;
  }
}

/** What the system refused, such as a folder that may not be written or a disk that is full, as a Stop; any other error as it is. */
export const asStop = (error, sentence) =>
  error instanceof Stop || typeof error?.syscall !== 'string' ? error : new Stop(`${sentence}:\n${error.message}`);

export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** Says something beside what a command answers, so that a pipe gets the answer alone. */
export function warn(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * Calls back once when npm, which started us, is gone: it dies of a SIGHUP, and what it leaves behind would hold port and data
 * folder with nobody to stop it. Returns the way to stop looking.
 */
function onStarterGone(gone) {
  if (process.env.npm_lifecycle_event === undefined) return () => undefined;
  const starter = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === starter) return;
    clearInterval(timer);
    gone();
  }, STARTER_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Runs a program to its end, showing its output or keeping it. Signals sent to us reach it. `tied` gives it a channel that
 * breaks when we die, however that comes about. Resolves with its exit code (128 + n after signal n, as shells say) and what
 * it wrote.
 */
export function run(program, args, { quiet = false, tied = false, env = {}, cwd = ROOT, limitMs = 0 } = {}) {
  return new Promise((resolve) => {
    const shown = tied ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit';
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : shown;
    const child = spawn(program, args, { cwd, stdio, env: { ...process.env, ...env } });
    let output = '';
    const keep = (bytes) => {
      output = (output + bytes).slice(-100_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);

    let asked;
    let late = false;
    const end = (signal) => {
      child.kill(signal);
      asked ??= setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    };
    const onLate = () => {
      late = true;
      end('SIGTERM');
    };
    const limit = limitMs > 0 ? setTimeout(onLate, limitMs) : undefined;
    // A terminal sends Ctrl-C to the child as well; passing it on would make it two.
    const onInterrupt = () => end(process.stdin.isTTY ? 0 : 'SIGINT');
    const onTerminate = () => end('SIGTERM');
    // Without a terminal that could be closed, it asks the gateway to read its configuration again.
    const onHangUp = () => (process.stdin.isTTY ? end('SIGTERM') : child.kill('SIGHUP'));
    process.on('SIGINT', onInterrupt);
    process.on('SIGTERM', onTerminate);
    process.on('SIGHUP', onHangUp);
    const stayed = onStarterGone(onTerminate);

    const settle = (code, signal) => {
      clearTimeout(asked);
      clearTimeout(limit);
      stayed();
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onTerminate);
      process.off('SIGHUP', onHangUp);
      const stopped = asked !== undefined && !late;
      resolve({ code: code ?? 128 + (SIGNALS[signal] ?? 0), output, late, stopped });
    };
    child.on('error', (error) => {
      output += error.message;
      settle(error.code === 'ENOENT' ? 127 : 126);
    });
    child.on('close', settle);
  });
}

/** Says now and then that a long quiet step is still alive. */
export async function patiently(work) {
  const began = Date.now();
  const timer = setInterval(() => say(`      … ${Math.round((Date.now() - began) / 1000)} s`), STILL_EVERY_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}
