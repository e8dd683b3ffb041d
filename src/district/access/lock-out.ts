/**
 * Slows down those who guess passwords and codes at the district, whichever node they ask: from the fifth failure on each doubles the wait, for
 * the address and for the name apart. A name waits for half a minute at most, so that nobody can lock a colleague out. Names and addresses fall
 * into slots, of which there are so many and no more: whoever invents names fills no table. It must never keep a name or an address itself.
 */
import { hash } from 'node:crypto';
import type { Sql } from '../database/database.ts';

const FREE = 5;
const ADDRESS_MAX_MS = 15 * 60_000;
const NAME_MAX_MS = 30_000;
/** Longer than any wait, or the longest one would wipe out what led to it. */
const FORGET_MS = 60 * 60_000;
/** Clocks of nodes differ by less. */
const AHEAD_MS = 60_000;
/** Two hex digits of a hash more are sixteen times sixteen slots more. Ours: 4 096 for names, 65 536 for addresses. */
const DIGITS = { name: 3, address: 4 } as const;

type SlotKind = keyof typeof DIGITS;

interface SlotRow {
  readonly slot: string;
  readonly failures: number;
  readonly blocked_until: number;
  readonly last_at: number;
}

const MAX_MS: Readonly<Record<SlotKind, number>> = { name: NAME_MAX_MS, address: ADDRESS_MAX_MS };

/** Whoever has an IPv6 address has all of its network. */
const networkOf = (address: string) => (address.includes(':') ? address.split(':').slice(0, 4).join(':') : address);
const slotOf = (kind: SlotKind, text: string) => `${kind} ${hash('sha256', text, 'hex').slice(0, DIGITS[kind])}`;

const slotsOf = (name: string, address: string) =>
  [
    ['address', slotOf('address', networkOf(address))],
    ['name', slotOf('name', name)],
  ] as const;

/**
 * How long this address or name must still wait, ms; 0 when it may try, and the attempt counts as failed then until it is forgiven. Within a
 * transaction: attempts of one name or address come one after the other.
 */
export async function beginAttempt(sql: Sql, name: string, address: string, now: number): Promise<number> {
  const slots = slotsOf(name, address);
  const rows = new Map<string, SlotRow>();
  for (const [, slot] of slots) {
    await sql.query(
      'INSERT INTO attempt (slot, failures, blocked_until, last_at) VALUES ($1, 0, 0, $2) ON CONFLICT DO NOTHING',
      [slot, now],
    );
    const [row] = await sql.query<SlotRow>('SELECT * FROM attempt WHERE slot = $1 FOR UPDATE', [slot]);
    if (row) rows.set(slot, row);
  }
  // What lies in the time to come was written by a clock that has been set back since: it would lock everybody out until then.
  const blocked = [...rows.values()].filter(({ last_at }) => last_at <= now + AHEAD_MS);
  const wait = Math.max(0, ...blocked.map((row) => row.blocked_until - now));
  if (wait > 0) return wait;
  for (const [kind, slot] of slots) {
    const row = rows.get(slot);
    const failures = row && now - row.last_at < FORGET_MS ? row.failures + 1 : 1;
    const pause = failures < FREE ? 0 : Math.min(MAX_MS[kind], 1_000 * 2 ** Math.min(20, failures - FREE));
    await sql.query('UPDATE attempt SET failures = $2, blocked_until = $3, last_at = $4 WHERE slot = $1', [
      slot,
      failures,
      now + pause,
      now,
    ]);
  }
  return 0;
}

/** The password was right, and it alone: this attempt did not fail, and what failed before still counts. */
export async function takeBackAttempt(sql: Sql, name: string, address: string): Promise<void> {
  for (const [, slot] of slotsOf(name, address))
    await sql.query('UPDATE attempt SET failures = greatest(0, failures - 1), blocked_until = 0 WHERE slot = $1', [
      slot,
    ]);
}

/** Somebody came in: name and address begin anew. */
export async function forgiveAttempts(sql: Sql, name: string, address: string): Promise<void> {
  for (const [, slot] of slotsOf(name, address)) await sql.query('DELETE FROM attempt WHERE slot = $1', [slot]);
}
