/** The hash chain: whatever is done to the file behind the gateway's back, `verifyJournal` names the first link it breaks. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openJournal } from '../../src/store/journal/journal.ts';
import { verifyJournal } from '../../src/store/journal/verify.ts';
import type { Verified } from '../../src/store/store-types.ts';
import { dataFolder, listeningLog, readings } from './place.ts';

const count = 60;

async function filled(): Promise<string> {
  const dir = await dataFolder();
  const journal = await openJournal({ dir, log: listeningLog() });
  await journal.append(readings(1, count));
  await journal.close();
  return `${dir}/journal.db`;
}

function tamper(path: string, change: (db: Database.Database) => void): void {
  const db = new Database(path);
  change(db);
  db.close();
}

const verified = (path: string): Promise<Verified> => verifyJournal(dirname(path));

test('an untouched journal verifies, an empty one too', async () => {
  expect(await verified(await filled())).toEqual({ ok: true, checked: count });
  const dir = await dataFolder();
  await (await openJournal({ dir, log: listeningLog() })).close();
  expect(await verified(`${dir}/journal.db`)).toEqual({ ok: true, checked: 0 });
});

test('each link is what sha256 over the last hash and the event gives, so others can check it', async () => {
  const path = await filled();
  tamper(path, (db) => {
    let previous = '0'.repeat(64);
    for (const row of db.prepare('SELECT hash, json FROM events ORDER BY seq').all() as {
      hash: string;
      json: string;
    }[]) {
      previous = createHash('sha256').update(previous).update(Buffer.from(row.json)).digest('hex');
      expect(row.hash).toBe(previous);
    }
  });
});

test('whichever byte of whichever event is changed, that event is named', async () => {
  const path = await filled();
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: count }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (seq, at, by) => {
        const db = new Database(path);
        const read = db.prepare<[number], Buffer>('SELECT CAST(json AS BLOB) FROM events WHERE seq = ?').pluck();
        const write = db.prepare('UPDATE events SET json = CAST(? AS TEXT) WHERE seq = ?');
        const was = read.get(seq)!;
        const now = Buffer.from(was);
        now[at % now.length] = now[at % now.length]! ^ by;
        write.run(now, seq);
        expect(await verified(path)).toMatchObject({ ok: false, checked: seq - 1, broken: seq });
        write.run(was, seq);
        db.close();
      },
    ),
    { numRuns: 40 },
  );
  expect(await verified(path)).toMatchObject({ ok: true });
});

const attacks: readonly (readonly [string, string, number])[] = [
  ['a hash is changed', "UPDATE events SET hash = replace(hash, substr(hash, 1, 1), 'x') WHERE seq = 7", 7],
  ['the first event is removed', 'DELETE FROM events WHERE seq = 1', 1],
  ['an event in the middle is removed', 'DELETE FROM events WHERE seq = 30', 30],
  ['the last event is removed', `DELETE FROM events WHERE seq = ${count}`, count],
  ['all events are removed', 'DELETE FROM events', 1],
  ['the head is taken back', 'UPDATE head SET seq = 50, hash = (SELECT hash FROM events WHERE seq = 50)', 51],
  ['the hash of the head is changed', "UPDATE head SET hash = 'x'", count],
  ['the head is removed', 'DELETE FROM head', 1],
  [
    'two events change places',
    `UPDATE events SET seq = -1 WHERE seq = 10; UPDATE events SET seq = 10 WHERE seq = 11;
     UPDATE events SET seq = 11 WHERE seq = -1`,
    10,
  ],
  [
    'an event is removed and the later ones are numbered again',
    'DELETE FROM events WHERE seq = 20; UPDATE events SET seq = seq - 1 WHERE seq > 20; UPDATE head SET seq = seq - 1',
    20,
  ],
  ['a column that pages filter by is changed', "UPDATE events SET device = 'other' WHERE seq = 44", 44],
  ['the time column is changed', 'UPDATE events SET at = at + 1 WHERE seq = 3', 3],
  [
    'an event is added at the end',
    `INSERT INTO events SELECT ${count + 1}, at, kind, device, hash, json FROM events WHERE seq = ${count}`,
    count + 1,
  ],
];

test.each(attacks)('when %s, the break is found', async (_what, sql, broken) => {
  const path = await filled();
  tamper(path, (db) => db.exec(sql));
  const found = await verified(path);
  expect(found).toMatchObject({ ok: false, broken });
  expect(found.why?.zh).toBeTruthy();
  expect(found.checked).toBeLessThanOrEqual(count);
});

test('bytes changed in the file itself are found', async () => {
  const path = await filled();
  const bytes = readFileSync(path);
  bytes.write('西', bytes.indexOf('东墙-33"'));
  writeFileSync(path, bytes);
  expect(await verified(path)).toMatchObject({ ok: false, broken: 33 });
});

test('a page overwritten with rubbish is a result that names the file, not a crash', async () => {
  const path = await filled();
  const bytes = readFileSync(path);
  bytes.fill(0xa5, bytes.length - 4096 * 2);
  writeFileSync(path, bytes);
  const found = await verified(path);
  expect(found.ok).toBe(false);
  expect(found.why?.en).toBeTruthy();
});

test('a running journal can be verified while it is written, and says how far it is', async () => {
  const dir = await dataFolder();
  const journal = await openJournal({ dir, log: listeningLog() });
  await journal.append(readings(1, 30_000));
  const progress: number[] = [];
  const walk = verifyJournal(dir, { progress: (checked) => progress.push(checked) });
  for (let seq = 30_001; seq < 31_000; seq += 10) await journal.append(readings(seq, 10));
  expect(await walk).toMatchObject({ ok: true });
  expect(progress.length).toBeGreaterThan(2);
  expect(progress).toEqual([...progress].sort((a, b) => a - b));
  await journal.close();
  expect(await verified(`${dir}/journal.db`)).toEqual({ ok: true, checked: 31_000 });
});
