/**
 * Sentences of facts in the stores: records give both languages, also of a journal that an earlier version wrote; what leaves
 * for InfluxDB has both in one text.
 */
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { Event } from '../../src/core/types.ts';
import { eventPoint } from '../../src/store/influx/influx-points.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { recordsVersion } from '../../src/store/journal/projections.ts';
import { files } from '../../src/store/store-files.ts';
import { dataFolder, listeningLog } from './place.ts';

const raised = {
  kind: 'raised',
  key: 'd/comms',
  alarm: 'comms',
  priority: 2,
  device: 'd',
  cause: 'd/link',
  active: true,
} as const;
const words = { zh: '没有应答', en: 'no answer' };

test('an alarm of the records says why in both languages, whichever version wrote it', async () => {
  const dir = await dataFolder();
  const before = await openJournal({ dir, log: listeningLog() });
  const old = { ...raised, seq: 2, at: 2, key: 'e/comms', why: '没有应答 / no answer' } as unknown as Event;
  await before.append([{ ...raised, seq: 1, at: 1, why: words }, old]);
  await before.close();
  const db = new Database(files.journal(dir));
  db.prepare('UPDATE head SET records = ?').run(recordsVersion - 1);
  db.close();
  const journal = await openJournal({ dir, log: listeningLog() });
  onTestFinished(() => journal.close());
  const rows = await journal.query({ table: 'alarms' });
  expect(rows.map(({ why }) => why)).toEqual([words, words]);
});

test('a point for InfluxDB has both languages in one text', () => {
  expect(eventPoint({ ...raised, seq: 1, at: 1, why: words }).fields?.why).toBe('没有应答 / no answer');
  const joined = { kind: 'joined', seq: 2, at: 1, alarm: 2, incident: 1, why: 'weather' } as const;
  expect(eventPoint(joined).fields?.why).toBe('weather');
});
