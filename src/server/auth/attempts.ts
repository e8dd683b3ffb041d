/**
 * Slows down those who guess passwords and codes: from the fifth failure on each doubles the wait, for the address and for the
 * name apart.
 * A name waits for half a minute at most, so that nobody can lock a colleague out by guessing badly in their name.
 */

interface AttemptRow {
  readonly failures: number;
  readonly blockedUntil: number;
  readonly lastAt: number;
}

const ROWS_MAX = 10_000;
/** Longer than any wait, or the longest one would wipe out what led to it. */
const FORGET_MS = 60 * 60_000;
const FREE = 5;
const ADDRESS_MAX_MS = 15 * 60_000;
const NAME_MAX_MS = 30_000;

export interface Attempts {
  /**
   * How long this address or name must still wait, ms; 0 when it may try. An attempt counts as failed until forgiven. Without
   * an address only the name is looked at.
   */
  begin(address: string | undefined, name: string): number;
  /** The password was right. */
  forgive(address: string | undefined, name: string): void;
}

/** `elapsed` is a monotonic clock, ms. */
export function openAttempts(elapsed: () => number): Attempts {
  // Two tables, so that a flood of invented names cannot push the address that sends it out of memory.
  const addresses = new Map<string, AttemptRow>();
  const names = new Map<string, AttemptRow>();

  function wait(rows: Map<string, AttemptRow>, key: string, now: number): number {
    return Math.max(0, (rows.get(key)?.blockedUntil ?? 0) - now);
  }

  function fail(rows: Map<string, AttemptRow>, key: string, now: number, maxMs: number): void {
    const known = rows.get(key);
    const failures = known && now - known.lastAt < FORGET_MS ? known.failures + 1 : 1;
    const pauseMs = failures < FREE ? 0 : Math.min(maxMs, 1_000 * 2 ** Math.min(20, failures - FREE));
    rows.delete(key);
    if (rows.size >= ROWS_MAX) {
      const oldest = rows.keys().next();
      if (!oldest.done) rows.delete(oldest.value);
    }
    rows.set(key, { failures, blockedUntil: now + pauseMs, lastAt: now });
  }

  return {
    begin(address, name) {
      const now = elapsed();
      const here = address === undefined ? 0 : wait(addresses, address, now);
      const waitMs = Math.max(here, wait(names, name, now));
      if (waitMs > 0) return waitMs;
      if (address !== undefined) fail(addresses, address, now, ADDRESS_MAX_MS);
      fail(names, name, now, NAME_MAX_MS);
      return 0;
    },
    forgive(address, name) {
      if (address !== undefined) addresses.delete(address);
      names.delete(name);
    },
  };
}
