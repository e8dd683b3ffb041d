/** Files and facts of a version that is newer than this one: refused with a sentence, and left as they are. */
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { link } from '../../src/store/journal/chain.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { openSeries } from '../../src/store/series/series.ts';
import { dataFolder, listeningLog, readings, startOfTime } from './place.ts';

/** A folder with a journal and a series, after something was done to one of their files. */
async function changed(file: 'journal' | 'series', sql: string): Promise<string> {
  const dir = await dataFolder();
  const journal = await openJournal({ dir, log: listeningLog() });
  await journal.append(readings(1, 5));
  await journal.close();
  await (await openSeries({ dir, log: listeningLog() })).close();
  const db = new Database(`${dir}/${file}.db`);
  db.exec(sql);
  db.close();
  return dir;
}

const newer = /(journal|series)\.db was made by a newer version of the gateway; .* has changed nothing/;

test('a journal of a newer version is refused', async () => {
  const dir = await changed('journal', 'PRAGMA user_version = 99');
  await expect(openJournal({ dir, log: listeningLog() })).rejects.toThrow(newer);
});

test('record tables of a newer version are refused and not made anew', async () => {
  const dir = await changed('journal', 'UPDATE head SET records = 99; ALTER TABLE alarms ADD COLUMN later TEXT');
  await expect(openJournal({ dir, log: listeningLog() })).rejects.toThrow(newer);
  const db = new Database(`${dir}/journal.db`);
  expect(db.prepare('SELECT records FROM head').pluck().get()).toBe(99);
  expect(db.prepare('SELECT later FROM alarms').all()).toEqual([]);
  db.close();
});

test('a series of a newer version is refused and not moved aside', async () => {
  const dir = await changed('series', 'PRAGMA user_version = 99');
  await expect(openSeries({ dir, log: listeningLog() })).rejects.toThrow(newer);
});

test.each([
  ['in a replay', ''],
  ['when the tables are made anew', 'UPDATE head SET records = 0'],
])('a fact of an unknown kind is not passed over %s', async (_when, sql) => {
  const dir = await changed('journal', sql || 'SELECT 1');
  const db = new Database(`${dir}/journal.db`);
  const json = JSON.stringify({ seq: 6, at: startOfTime + 9_000, kind: 'foreseen' });
  const hash = link(String(db.prepare('SELECT hash FROM head').pluck().get()), json);
  db.prepare('INSERT INTO events VALUES (6, ?, ?, NULL, ?, ?)').run(startOfTime + 9_000, 'foreseen', hash, json);
  db.prepare('UPDATE head SET seq = 6, hash = ?').run(hash);
  db.close();
  const opened = openJournal({ dir, log: listeningLog() }).then(async (journal) => {
    await journal.replay(() => undefined).finally(() => journal.close());
  });
  await expect(opened).rejects.toThrow(/Event 6 of the journal .* is of a kind this version does not know, "foreseen"/);
});
