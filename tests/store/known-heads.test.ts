/** A journal that lost its end, was put back from an old copy or replaced by another: its own chain is whole, and it is found all the same. */
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openJournal } from '../../src/store/journal/journal.ts';
import { verifyJournal } from '../../src/store/journal/verify.ts';
import { gapOf } from '../../src/store/journal-gap.ts';
import { knownHeads, noteHead } from '../../src/store/known-heads.ts';
import { openSeries } from '../../src/store/series/series.ts';
import type { Head } from '../../src/store/store-types.ts';
import { dataFolder, listeningLog, readings, startOfTime } from './place.ts';

/** A folder whose journal holds so many facts, and how far it is. */
async function filled(count: number): Promise<{ dir: string; head: Head }> {
  const dir = await dataFolder();
  const journal = await openJournal({ dir, log: listeningLog() });
  await journal.append(readings(1, count));
  const head = journal.head();
  await journal.close();
  return { dir, head };
}

/** Takes the journal back to an earlier state, as somebody would who knows how it is made. */
function cut(dir: string, to: number): void {
  const db = new Database(`${dir}/journal.db`);
  db.exec(`DELETE FROM events WHERE seq > ${to};
    UPDATE head SET seq = ${to}, hash = (SELECT hash FROM events WHERE seq = ${to})`);
  db.close();
}

test('verify finds a cut end by the file beside the users, and names who knows better', async () => {
  const { dir, head } = await filled(50);
  cut(dir, 40);
  expect(await verifyJournal(dir)).toEqual({ ok: true, checked: 40 });
  await noteHead(dir, head, startOfTime);
  const found = await verifyJournal(dir);
  expect(found).toMatchObject({ ok: false, checked: 40, broken: 41 });
  expect(found.why?.en).toMatch(/ends at event 40, and journal\.head\.json .* knows of event 50/);
  expect(found.why?.zh).toContain('末尾被截去');
});

test('verify finds a row changed, removed or added in a table that pages show, and a start that accepts it makes the tables anew', async () => {
  const { dir } = await filled(3);
  const journal = await openJournal({ dir, log: listeningLog() });
  const about = { key: 'z1/climb', device: 'd1', cause: 'd1/climb', active: true, zone: 'z1' } as const;
  await journal.append([
    { kind: 'raised', alarm: 'climb', priority: 1, ...about, seq: 4, at: startOfTime + 60_000 },
    { kind: 'acknowledged', alarm: 4, by: 'wang', seq: 5, at: startOfTime + 61_000 },
  ]);
  await journal.close();
  expect(await verifyJournal(dir)).toEqual({ ok: true, checked: 5 });
  const change = (sql: string) => {
    const db = new Database(`${dir}/journal.db`);
    db.exec(sql);
    db.close();
  };
  for (const sql of [
    "UPDATE alarms SET kind = 'pull', priority = 3 WHERE id = 4",
    'DELETE FROM alarms',
    "INSERT INTO scans (seq, at, round, checkpoint, verdict, uploaded) VALUES (3, 1, 'r', 'c', 'on-time', 0)",
  ]) {
    change(sql);
    const found = await verifyJournal(dir);
    expect([sql, found.ok]).toEqual([sql, false]);
    expect(found.why?.en).toMatch(/the table of (alarms|scans) .* was changed/);
    await (await openJournal({ dir, log: listeningLog() })).close();
    expect((await verifyJournal(dir)).ok).toBe(false);
    await (await openJournal({ dir, log: listeningLog(), anew: true })).close();
    expect(await verifyJournal(dir)).toEqual({ ok: true, checked: 5 });
  }
});

test('verify finds it by the series alone, and another journal of the same length by its hash', async () => {
  const { dir, head } = await filled(30);
  const series = await openSeries({ dir, log: listeningLog() });
  await series.noteHead(head, startOfTime);
  await series.close();
  expect(await verifyJournal(dir)).toEqual({ ok: true, checked: 30 });

  const other = await dataFolder();
  const journal = await openJournal({ dir: other, log: listeningLog() });
  await journal.append(readings(1, 30).map((event) => ({ ...event, at: event.at + 1 })));
  await journal.close();
  copyFileSync(`${other}/journal.db`, `${dir}/journal.db`);
  const found = await verifyJournal(dir);
  expect(found).toMatchObject({ ok: false, checked: 30, broken: 30 });
  expect(found.why?.en).toMatch(/event 30 of the journal is not the one the series .* knows/);
});

test('an empty journal is known to have held something by the follower and by the pictures, too', async () => {
  const dir = await dataFolder();
  const nothing = { seq: 0, hash: '' };
  expect(await gapOf(nothing, knownHeads(dir), () => undefined)).toBeUndefined();
  mkdirSync(`${dir}/pictures`);
  writeFileSync(`${dir}/pictures/1790000000000-7.jpg`, '');
  expect(await gapOf(nothing, knownHeads(dir), () => undefined)).toEqual({
    place: 'pictures',
    known: 7,
    head: 0,
    how: 'empty',
  });
  writeFileSync(`${dir}/influx.cursor.json`, JSON.stringify({ target: 'x', events: 12 }));
  expect(await gapOf(nothing, knownHeads(dir), () => undefined)).toMatchObject({ place: 'cursor', known: 12 });
});

test('what cannot be read knows nothing, and a journal that went on since is in order', async () => {
  const { dir, head } = await filled(20);
  await noteHead(dir, head, startOfTime);
  const journal = await openJournal({ dir, log: listeningLog() });
  await journal.append(readings(21, 5));
  await journal.close();
  for (const name of ['series.db', 'influx.cursor.json']) writeFileSync(`${dir}/${name}`, 'rubbish');
  expect(await verifyJournal(dir)).toEqual({ ok: true, checked: 25 });
});
