/**
 * How long a test waits: one place, so that no wait is a verdict on the speed of a machine. A wait ends the moment that what
 * it waits for is so; its limit only turns a hang into a sentence, and is therefore far beyond what a busy machine needs.
 * Nothing here may be used to let time pass.
 */
import { vi } from 'vitest';

/** The longest wait for one thing to happen, ms. */
export const PATIENCE_MS = 4 * 60_000;
/** The longest a test or a hook may take with all its waits, ms: long enough for a wait in it to say what it waited for, and for an hour beside eight others that burn the same two cores. */
export const TEST_LIMIT_MS = 60 * 60_000;

/** Resolves when the check no longer throws; rejects with what it threw last. */
export function eventually(check: () => unknown): Promise<unknown> {
  return vi.waitFor(check, { timeout: PATIENCE_MS, interval: 20 });
}

/** Resolves when something is so, looking again each turn; rejects with what was waited for. */
export async function until(what: string, so: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await so())) {
    if (performance.now() > end) throw new Error(`waited ${PATIENCE_MS / 1_000} s in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** The same promise, which rejects with the sentence that `late` makes when it is not settled in time. */
export function patiently<T>(promise: Promise<T>, late: () => string): Promise<T> {
  const { promise: lost, reject } = Promise.withResolvers<never>();
  const limit = setTimeout(() => reject(new Error(late())), PATIENCE_MS);
  return Promise.race([promise, lost]).finally(() => clearTimeout(limit));
}
