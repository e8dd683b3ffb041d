/**
 * The outside that code is given instead of taking it: clock, chance and the log.
 * The real one is made here; a simulation fills the same shape with its own time.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Time } from '../core/types.ts';

/** The log tells how the software is doing. What happened at the school belongs in the journal, never here. */
export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

export interface World {
  /** Wall clock, ms since the epoch. It may be stepped. */
  now(): Time;
  /** Monotonic, ms; for measuring and for deadlines. */
  elapsed(): number;
  /** In [0, 1). */
  random(): number;
  /** Resolves after `ms`, or rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  readonly log: Log;
}

/** The real world. */
export function realWorld(log: Log): World {
  return {
    now: () => Date.now(),
    elapsed: () => performance.now(),
    random: () => Math.random(),
    sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}),
    log,
  };
}
