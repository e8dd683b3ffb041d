/**
 * Years of a school in a journal, as fast as SQLite takes them: states of devices, guards on their rounds each hour, alarms from raised to
 * closed. Links of the chain and tables of records are true ones; only the commits are larger and not flushed.
 */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Event, Fact } from '../../src/core/types.ts';
import { genesis, link } from '../../src/store/journal/chain.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { recorder } from '../../src/store/journal/projections.ts';
import { play } from './peer.ts';

const HOUR_MS = 3_600_000;
/** Facts of an hour; a school with thirty devices writes about so many. */
const HOURLY = 1_040;
const POINTS = 12;
const ALARMS = 6;
const BATCH = 100_000;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The facts of one hour, the first of which will have the number `seq`. */
function* hourOf(hour: number, start: number, seq: number): Generator<Fact> {
  let next = seq;
  const counted = (fact: Fact): Fact => {
    next += 1;
    return fact;
  };
  const round = `r1/${start}`;
  yield counted({ kind: 'opened', round, route: 'r1', start, person: 'guard-1' });
  const reads = HOURLY - 2 - 2 * POINTS - 6 * ALARMS;
  const each = Math.floor(reads / (POINTS + ALARMS));
  const some = (of: number, n: number) => ({
    kind: 'read' as const,
    device: `fence-${1 + (n % 24)}`,
    point: ['a_pull', 'a_climb', 'b_pull', 'ac_power', 'battery_low'][n % 5]!,
    value: (hour + of + n) % 2 === 0,
    sourceTime: start + n * 3_000,
    id: `e-${hour}-${of}-${n}`,
  });
  for (let of = 0; of < POINTS + ALARMS; of++) {
    for (let n = 0; n < each; n++) yield counted(some(of, n));
    const sourceTime = start + of * 180_000;
    if (of < POINTS) {
      const touch = { card: 'C0001', person: 'guard-1', sourceTime } as const;
      yield counted({ kind: 'touched', reader: `reader-${of + 1}`, source: 'online', ...touch });
      yield counted({ kind: 'checked', round, checkpoint: `p${of + 1}`, verdict: 'on-time', offMs: 4_000, ...touch });
      continue;
    }
    const id = next;
    const device = `fence-${1 + (of % 24)}`;
    const cause = `${device}/a_climb`;
    const about = { key: `z${of}/climb`, alarm: 'climb', priority: 1, device, zone: `z${of}`, cause } as const;
    yield counted({ kind: 'raised', ...about, active: true, value: true, sourceTime });
    yield counted({ kind: 'displayed', alarm: id, by: 'wall', page: 'wall' });
    yield counted({ kind: 'acknowledged', alarm: id, by: 'watcher' });
    yield counted({ kind: 'returned-to-normal', alarm: id, cause });
    yield counted({ kind: 'disposed', alarm: id, by: 'watcher', reason: 'tested' } as Fact);
    yield counted({ kind: 'closed', alarm: id, by: 'watcher', reason: 'tested' });
  }
  const none = { early: 0, late: 0, missed: 0, 'wrong-order': 0 };
  yield counted({ kind: 'completed', round, counts: { 'on-time': POINTS, ...none } });
}

await play(async ({ dir, events }: { dir: string; events: number }) => {
  await (await openJournal({ dir, log: quiet })).close();
  const path = join(dir, 'journal.db');
  const db = new Database(path);
  db.pragma('synchronous = OFF');
  const insert = db.prepare('INSERT INTO events (seq, at, kind, device, hash, json) VALUES (?, ?, ?, ?, ?, ?)');
  const record = recorder(db);
  // It ends when the program that is measured begins.
  const begin = Date.now() - Math.ceil(events / HOURLY) * HOUR_MS;
  let seq = 0;
  let hash = genesis;
  const hours = (function* () {
    for (let hour = 0; ; hour++) {
      const start = begin + hour * HOUR_MS;
      let n = 0;
      for (const fact of hourOf(hour, start, seq + 1)) yield { fact, at: start + Math.floor((HOUR_MS * n++) / HOURLY) };
    }
  })();
  const fill = db.transaction(() => {
    for (let n = 0; n < BATCH && seq < events; n++) {
      const { fact, at } = hours.next().value!;
      seq += 1;
      const event = { ...fact, seq, at } as Event;
      const json = JSON.stringify(event);
      hash = link(hash, json);
      insert.run(seq, at, event.kind, 'device' in event ? event.device : null, hash, json);
      record(event);
    }
    db.prepare('UPDATE head SET seq = ?, hash = ?').run(seq, hash);
  });
  while (seq < events) fill();
  db.close();
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
  return { acts: {} };
});
