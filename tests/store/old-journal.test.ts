/**
 * A data folder of version 0.1.0: its bytes stay, its chain holds, and what is asked of it is answered in the words of today.
 */
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { Event } from '../../src/core/types.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { verifyJournal } from '../../src/store/journal/verify.ts';
import { oldLines } from '../core/old-journals.ts';
import { dataFolder, listeningLog } from './place.ts';

/** The folder as the old version left it: its events with their chain, and tables of another shape. */
async function oldFolder(name: string): Promise<string> {
  const dir = await dataFolder();
  const journal = await openJournal({ dir, log: listeningLog() });
  await journal.append(oldLines(name).map((line) => JSON.parse(line) as Event));
  await journal.close();
  const db = new Database(`${dir}/journal.db`);
  db.exec(
    'UPDATE head SET records = 4; DROP TABLE alarms; CREATE TABLE alarms (id INTEGER PRIMARY KEY, quiet INTEGER)',
  );
  db.close();
  return dir;
}

test('an old journal keeps its bytes, verifies, and fills the tables anew', async () => {
  const dir = await oldFolder('acts');
  const journal = await openJournal({ dir, log: listeningLog() });
  onTestFinished(() => journal.close());
  const alarms = await journal.query({ table: 'alarms' });
  expect(alarms.find(({ kind }) => kind === 'duress')).toMatchObject({ covert: true });
  expect(alarms.find(({ kind }) => kind === 'cut')).toMatchObject({ causes: ['detection/z1/cut.2'] });
  expect(await journal.query({ table: 'alarms', covert: false })).toHaveLength(alarms.length - 1);
  expect(await verifyJournal(dir)).toMatchObject({ ok: true, checked: oldLines('acts').length });

  const db = new Database(`${dir}/journal.db`, { readonly: true });
  onTestFinished(() => void db.close());
  expect(db.prepare('SELECT json FROM events ORDER BY seq').pluck().all()).toEqual(oldLines('acts'));
});

test('a question for a kind finds what lies under its old name, and covert facts stay covert', async () => {
  const journal = await openJournal({ dir: await oldFolder('acts'), log: listeningLog() });
  onTestFinished(() => journal.close());
  const last = journal.head().seq;
  const detected = await journal.pick({ after: 0, upTo: last, kinds: ['detected'] });
  expect(detected.map((event) => 'detection' in event && event.detection)).toEqual(['cut', 'no-data', 'pull']);
  expect((await journal.query({ table: 'events', kind: 'zone-armed' })).map(({ mode }) => mode)).toContain('inhibited');
  const seen = await journal.query({ table: 'events', covert: false, limit: 10_000 });
  expect(seen.filter((event) => event.covert === true)).toEqual([]);
  expect((await journal.query({ table: 'events', limit: 10_000 })).some((event) => event.covert === true)).toBe(true);
});
