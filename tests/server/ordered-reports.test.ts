/**
 * The reports the district orders: the same rounds and alarms as by hand, of the days asked for and no others, without silent calls for help.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Event } from '../../src/core/types.ts';
import type { GatewayPort } from '../../src/server/gateway-port.ts';
import { makeOrderedReport } from '../../src/server/ordered/ordered-reports.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import type { Journal } from '../../src/store/store-types.ts';
import { dayMs, november, patrolMonth, siteOf } from './patrol-month.ts';
import { place } from './place.ts';

const plan = { days: 4, points: 5, hours: [1, 9], routes: ['夜巡'] };
const { events } = patrolMonth(plan);
const now = november + 3.5 * dayMs;
const raised = (day: number, more: object = {}) =>
  ({
    ...{
      kind: 'raised',
      key: `k${day}${Object.keys(more).length}`,
      alarm: 'climb',
      priority: 1,
      device: 'fence',
      cause: 'fence/climb',
    },
    ...{ active: false, at: november + day * dayMs + 12 * 3_600_000 },
    ...more,
  }) as Event;
const all = [...events.filter(({ at }) => at < now), raised(0), raised(1), raised(1, { covert: true }), raised(2)].sort(
  (a, b) => a.at - b.at,
);

let journal: Journal;
let dir: string;
let port: GatewayPort;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'gatehouse-ordered-'));
  journal = await openJournal({ dir, log: silent });
  const state = emptyState();
  const numbered = all.map((event, i) => ({ ...event, seq: i + 1 }));
  await journal.append(numbered);
  for (const event of numbered) evolve(state, event);
  const spot = place();
  spot.site = siteOf(plan);
  Object.assign(spot.house, {
    ...{ now: () => now, records: journal.query, checksOf: journal.checksOf, head: journal.head },
    checkpoint: () => undefined,
    read: async (look: (from: unknown) => unknown) => look(state),
  });
  port = spot.house;
});
afterAll(async () => {
  await journal.close();
  await rm(dir, { recursive: true });
});
const quiet = (error: string) => expect.fail(error);

test('patrol as a workbook of the days that were asked for', async () => {
  const { name, bytes } = await makeOrderedReport(
    port,
    { report: 'patrol', first: '2026-11-01', last: '2026-11-02' },
    quiet,
  );
  expect(name).toBe('patrol-20261101-20261102.xlsx');
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
  expect(book.worksheets.length).toBeGreaterThan(1);
});

test('alarms as CSV, of these days alone, and none of silent calls', async () => {
  const { name, type, bytes } = await makeOrderedReport(
    port,
    { report: 'alarms', first: '2026-11-02', last: '2026-11-02' },
    quiet,
  );
  expect([name, type]).toEqual(['alarms-20261102-20261102.csv', 'text/csv; charset=utf-8']);
  const rows = parse(Buffer.from(bytes).toString('utf8'), { bom: true, columns: true, comment: '#' });
  expect(rows).toHaveLength(1);
});

test('the canteen as a workbook that is named by its first and its last day', async () => {
  const { name, bytes } = await makeOrderedReport(
    port,
    { report: 'canteen', first: '2026-11-01', last: '2026-11-02' },
    quiet,
  );
  expect(name).toBe('canteen-20261101-20261102.xlsx');
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(bytes) as unknown as ArrayBuffer);
  expect(book.worksheets.length).toBeGreaterThan(1);
});
