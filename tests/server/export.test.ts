/**
 * Every table that leaves the house, whole and byte by byte, against a file beside this one: the story is told, the journal
 * and the server are real. Inspectors, accountants and other programs read these tables by their columns, so that whoever
 * moves one must see it here. `-u` writes the files anew for the
 * next run.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { monday } from '../core/school.ts';
import { people, place, stand } from './place.ts';
import { site, toldDays, tuesday, wednesday } from './told-days.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

/** What an auditor is sent after the two days. */
async function exported(path: string): Promise<Buffer> {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-export-'));
  const journal = await openJournal({ dir, log: { info: () => {}, warn: () => {}, error: () => {} } });
  onTestFinished(async () => {
    await journal.close();
    await rm(dir, { recursive: true });
  });
  const events = toldDays();
  await journal.append(events);
  const state = emptyState();
  for (const event of events) evolve(state, event);
  const spot = place();
  spot.site = site;
  const view = () => ({ state, live: spot.live });
  Object.assign(spot.house, {
    ...{ now: () => wednesday, view, records: journal.query, pick: journal.pick, openAt: journal.openAt },
  } satisfies Partial<typeof spot.house>);
  const at = await stand(crowd.path, {}, spot);
  const response = await at.fetch(`/api/export/${path}`, { headers: { cookie: await at.login('auditor') } });
  return Buffer.from(await response.arrayBuffer());
}

const tables = [
  ['alarms.csv', monday, tuesday - 1],
  ['rounds.csv', monday, tuesday - 1],
  ['scans.csv', monday, tuesday - 1],
  ['touches.csv', monday, tuesday - 1],
  ['kpi.csv', tuesday, wednesday],
] as const;
const goldenOf = (name: string) => join(import.meta.dirname, 'golden', name);

test.each(tables)('%s is sent as it always was, to the last byte', async (name, from, to) => {
  const was = await readFile(goldenOf(name));
  const sent = await exported(`${name}?from=${from}&to=${to}`);
  await expect(sent.toString('utf8')).toMatchFileSnapshot(goldenOf(name));
  expect(sent.equals(was)).toBe(true);
  expect(sent.subarray(0, 3).toString('hex')).toBe('efbbbf');
});

test.each(['alarms.csv', 'rounds.csv', 'scans.csv', 'touches.csv'])(
  'a record of %s fills every column, and no two alike',
  async (name) => {
    const text = await readFile(goldenOf(name), 'utf8');
    const records = [...text.matchAll(/(?:(?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,|\r\n))+?(?<=\r\n)/g)].map(([record]) =>
      record.trim().split(','),
    );
    const [head, ...rest] = records;
    expect(rest.some((cells) => !cells.includes('') && new Set(cells).size === head!.length)).toBe(true);
  },
);
