/**
 * The alarm figures against an independent reckoning: days of alarms are kept in a real journal, asked for over HTTP as
 * figures and as an export, and a Python script that shares nothing with the product computes every figure again from the
 * exported lines. Each one must agree, whatever the period.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { Telling } from '../../src/app/gateway-telling.ts';
import { evolve } from '../../src/core/evolve.ts';
import type { Kpi } from '../../src/core/report/kpi-types.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Time } from '../../src/core/types.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { realWorld } from '../../src/world/world.ts';
import { zoneIds } from '../core/ring.ts';
import { minute } from '../core/school.ts';
import { people, place, ROLES, type Stand, stand } from '../server/place.ts';
import { schoolDays } from './days.ts';

const hour = 60 * minute;
const day = 24 * hour;
/** Each test keeps days of events on a disk and logs people in; on a busy machine that takes its time. */
const silent = { info: () => {}, warn: () => {}, error: () => {} };
const python = promisify(execFile);

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

interface School {
  readonly at: Stand;
  readonly start: Time;
  readonly end: Time;
  get(path: string, role?: string): Promise<Response>;
  kpi(from: Time, to: Time): Promise<Kpi>;
  /** The script's figures from the journal as an auditor may export it. */
  reckoned(from: Time, to: Time): Promise<Kpi>;
}

/** A server whose history is that of generated days, in a real journal. */
async function school(seed: number, days: number, utcOffsetMin?: number): Promise<School> {
  const { events, site, start, end } = schoolDays(seed, days, utcOffsetMin);
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-kpi-'));
  const journal = await openJournal({ dir, log: silent });
  onTestFinished(async () => {
    await journal.close();
    await rm(dir, { recursive: true });
  });
  for (let from = 0; from < events.length; from += 1_000) await journal.append(events.slice(from, from + 1_000));
  const state = emptyState();
  for (const event of events) evolve(state, event);
  const telling = new Telling(state, realWorld(silent));
  const spot = place();
  spot.site = site;
  Object.assign(spot.house, {
    now: () => end,
    read: (look) => telling.read(look),
    records: journal.query,
    pick: journal.pick,
    openAt: journal.openAt,
  } satisfies Partial<typeof spot.house>);
  const at = await stand(crowd.path, {}, spot);
  const cookies = new Map<string, string>();
  const get = async (path: string, role = 'auditor') => {
    const cookie = cookies.get(role) ?? (await at.login(role));
    cookies.set(role, cookie);
    return at.fetch(path, { headers: { cookie } });
  };
  const exported = join(dir, 'events.ndjson');
  await writeFile(exported, await (await get('/api/export/events.ndjson')).text());
  return {
    at,
    start,
    end,
    get,
    kpi: async (from, to) => (await (await get(`/api/kpi?from=${from}&to=${to}`)).json()) as Kpi,
    reckoned: async (from, to) => {
      const script = join(import.meta.dirname, 'figures.py');
      const args = [script, exported, String(from), String(to), String(site.utcOffsetMin)];
      const { stdout } = await python('/usr/bin/python3', args, { maxBuffer: 64_000_000 });
      return JSON.parse(stdout) as Kpi;
    },
  };
}

/** The same shape with numbers as a person would compare them: to twelve digits. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(12));
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, rounded(one)]));
}

describe('every figure', () => {
  test('of ten days is what the script reckons, and the days had something of everything', async () => {
    const { kpi, reckoned, start, end } = await school(1, 10);
    const whole = await kpi(start, end);
    expect(rounded(whole)).toEqual(rounded(await reckoned(start, end)));
    const of = (id: string) => whole.figures.find((figure) => figure.id === id)!.value!;
    expect(whole.raised).toBeGreaterThan(300);
    expect(whole.windows.counts).toHaveLength(10 * 144);
    expect(whole.windows.counts.filter((n) => n === 0).length).toBeGreaterThan(1_000);
    for (const id of ['windowsOver', 'floodTime', 'chattering', 'fleeting', 'stale', 'suppression'])
      expect([id, of(id) > 0]).toEqual([id, true]);
    expect(whole.people.map(({ name }) => name)).toEqual(['=SUM(A1)', 'wang', '张伟']);
    expect(whole.waits.map(({ count, inTime }) => inTime > 0 && count > 0)).toEqual([true, true, true]);
    expect(whole.zones.map(({ zone }) => zone)).toEqual([undefined, ...[...zoneIds].sort()]);
    expect(whole.suppression).toEqual({ unauthorised: 4, refused: 4, shelved: 14, inhibited: 3, outOfService: 2 });
    expect([whole.maintenance, whole.starts]).toEqual([1, 11]);
    expect([whole.tests > 0, whole.arrivals.count > 0, whole.keys > 10]).toEqual([true, true, true]);
  });

  test('agrees for any part of them: over midnight, out of step with the clock, from within a flood, of nothing', async () => {
    const { kpi, reckoned, start } = await school(2, 6);
    const periods: readonly (readonly [string, Time, Time])[] = [
      ['one day', start + day, start + 2 * day],
      ['the hours around a storm at midnight', start + 2 * day - hour, start + 2 * day + hour],
      ['from within a flood', start + 3 * day + 12 * hour, start + 4 * day],
      ['out of step with windows and days', start + 1.37 * day + 123_457, start + 4.81 * day + 7_001],
      ['one quiet night', start + 4 * day + 2 * hour, start + 4 * day + 2 * hour + 20 * minute],
      ['a moment', start + 2 * day, start + 2 * day + 1],
    ];
    for (const [name, from, to] of periods) {
      const [a, b] = [Math.round(from), Math.round(to)];
      expect([name, rounded(await kpi(a, b))]).toEqual([name, rounded(await reckoned(a, b))]);
    }
  });

  test('agrees where clocks stand otherwise', async () => {
    const { kpi, reckoned, start, end } = await school(3, 4, 345);
    const from = start + day + 55 * minute;
    expect(rounded(await kpi(from, end))).toEqual(rounded(await reckoned(from, end)));
  });
});

describe('the figures', () => {
  test('begin with the journal and end now, whatever is asked', async () => {
    const { kpi, start, end } = await school(6, 1);
    const all = await kpi(start - 3 * day, end + 3 * day);
    expect([all.from, all.to]).toEqual([start, end]);
    const before = await kpi(start - 3 * day, start - 2 * day);
    expect(before.to).toBeLessThanOrEqual(start);
    expect(before.figures.filter(({ value }) => value !== null && value > 0)).toEqual([]);
  });

  test('are for those who may take records out of the house', async () => {
    const { get, start } = await school(6, 1);
    for (const path of ['/api/kpi', '/api/export/kpi.csv', '/api/export/events.ndjson']) {
      for (const role of ROLES) {
        const { status } = await get(`${path}?from=${start}`, role);
        expect([path, role, status]).toEqual([path, role, role === 'guard' || role === 'integrator' ? 403 : 200]);
      }
    }
  });

  test('are refused backwards and over more than a quarter, with a sentence', async () => {
    const { get, end } = await school(6, 1);
    const code = async (days: number) => {
      const response = await get(`/api/kpi?from=${end + days * day}&to=${end}`);
      return [response.status, ((await response.json()) as { code: string }).code];
    };
    expect([await code(1), await code(-94)]).toEqual([
      [422, 'empty-period'],
      [422, 'too-long'],
    ]);
  });

  test('are in the spreadsheet the same numbers, and no name in it is run as a formula', async () => {
    const { get, kpi, start, end } = await school(2, 4);
    const shown = await kpi(start, end);
    const bytes = new Uint8Array(await (await get(`/api/export/kpi.csv?from=${start}&to=${end}`)).arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = new TextDecoder().decode(bytes);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const rows = text
      .trim()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(rows.every((cells) => cells.length === 8)).toBe(true);
    const table = rows.filter(([part]) => part === '总表').map(([, , , value]) => Number(value));
    expect(table).toEqual(shown.figures.map(({ value }) => value));
    expect(rows.filter(([, subject]) => subject?.includes('SUM')).every(([, subject]) => subject === "'=SUM(A1)")).toBe(
      true,
    );
    const listed = rows.filter(([part]) => part === '10 分钟时段').reduce((sum, [, , , n]) => sum + Number(n), 0);
    expect(listed).toBe(shown.raised);
  });
});

describe('the exported journal', () => {
  test('has every event with every field, oldest first, and only the part that was asked for', async () => {
    const { get, start, end } = await school(1, 2);
    const { events } = schoolDays(1, 2);
    const lines = async (query: string, role?: string) =>
      (await (await get(`/api/export/events.ndjson${query}`, role)).text())
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown);
    expect(await lines('')).toEqual(events);
    const [from, to] = [start + 5 * hour, start + 20 * hour];
    expect(await lines(`?from=${from}&to=${to}`)).toEqual(events.filter(({ at }) => at >= from && at <= to));
    expect(end).toBeGreaterThan(to);
  });

  test('leaves out for an operator what only heads may see', async () => {
    const { get } = await school(1, 6);
    const covert = async (role: string) =>
      (await (await get('/api/export/events.ndjson', role)).text()).includes('"covert":true');
    expect([await covert('head'), await covert('operator')]).toEqual([true, false]);
  });
});
