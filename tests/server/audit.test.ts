/**
 * The patrol report through every door: a month of rounds in a real journal, asked of the real server, read back from page, CSV,
 * XLSX and PDF, and held against numbers that were counted another way.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import type { PatrolAudit } from '../../src/core/report/audit-types.ts';
import { emptyState } from '../../src/core/state.ts';
import { PrintFonts } from '../../src/paper/print-fonts.ts';
import { leafHash } from '../../src/proof/merkle-tree.ts';
import { newSigner, signCheckpoint } from '../../src/proof/signed-note.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import type { Journal } from '../../src/store/store-types.ts';
import { auditDefinitions, fontMissing, fontUnusable, reportRuns } from '../../src/words/screens/audit-words.ts';
import { WordedError } from '../../src/words/worded-error.ts';
import { eventually } from '../patience.ts';
import { dayMs, figuresOf, november, patrolMonth, postFigures, siteOf } from './patrol-month.ts';
import { pdfPages } from './pdf-text.ts';
import { people, place, type Stand, stand } from './place.ts';

const plan = { days: 12, points: 5, hours: [1, 9, 13, 19, 22], routes: ['夜巡', '校门'] };
const { events, meant, posts } = patrolMonth(plan);
/** Noon of the twelfth day: its last rounds are still to come. */
const now = november + 11.5 * dayMs;
const known = events.filter(({ at }) => at < now);
const counted = figuresOf(
  meant
    .filter(({ start }) => start < now - 3_600_000)
    // What is still in a reader has not been reached as far as anybody knows.
    .map(({ at, ...one }) =>
      one.learned < now ? { ...one, ...(at && { at }) } : { ...one, verdict: 'missed' as const },
    ),
  { days: 11, required: 4 },
);

const held = postFigures(posts, now);

let crowd: Awaited<ReturnType<typeof people>>;
let journal: Journal;
let dir: string;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
beforeAll(async () => {
  crowd = await people();
  dir = await mkdtemp(join(tmpdir(), 'gatehouse-audit-'));
  journal = await openJournal({ dir, log: silent });
  await journal.append(known.map((event, i) => ({ ...event, seq: i + 1 })));
});
afterAll(async () => {
  await journal.close();
  await crowd.remove();
  await rm(dir, { recursive: true });
});

const signer = newSigner('gatehouse/school-1');
const note = signCheckpoint({ origin: signer.name, size: 7, root: leafHash('a line'), more: [] }, signer);

async function house(more: Parameters<typeof stand>[1] = {}): Promise<Stand> {
  const state = emptyState();
  for (const [i, event] of known.entries()) evolve(state, { ...event, seq: i + 1 });
  const spot = place();
  spot.site = siteOf(plan);
  Object.assign(spot.house, {
    ...{ now: () => now, records: journal.query, checksOf: journal.checksOf, head: journal.head },
    checkpoint: () => note,
    read: async (look: (from: unknown) => unknown) => look(state),
  });
  return stand(crowd.path, more, spot);
}

const whole = `from=${november}&to=${november + 30 * dayMs}`;

async function asked<T>(at: Stand, path: string, user = 'head'): Promise<T> {
  const response = await at.fetch(path, { headers: { cookie: await at.login(user) } });
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

interface Line {
  readonly done?: number;
  readonly result?: { readonly id: string; readonly name: string };
  readonly error?: { readonly zh: string; readonly en: string };
}
/** Has a file made; the lines of the answer, and the file. */
async function made(at: Stand, format: 'xlsx' | 'pdf', more: object = {}) {
  const cookie = await at.login('head');
  const body = { from: november, to: november + 30 * dayMs, format, ...more };
  const response = await at.post('/api/reports/patrol', body, { cookie });
  expect(response.status).toBe(200);
  const lines = (await response.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  const result = lines.at(-1)?.result;
  const file = result && (await at.fetch(`/api/reports/${result.id}`, { headers: { cookie } }));
  return { lines, result, file: file && Buffer.from(await file.arrayBuffer()), headers: file?.headers, cookie };
}

/** The tables of the CSV: records, summary and groups by their titles. */
function tablesOf(text: string) {
  const [records = '', ...rest] = text.split('\r\n\r\n');
  const rows = (part: string) => parse(part, { bom: true, relax_column_count: true }) as string[][];
  const others = rest.map(rows).map(([title, ...lines]) => [title?.[0] ?? '', lines] as const);
  return { records: rows(records), others: new Map(others) };
}
const tenth = (part: number, of: number) => `${(Math.floor((part * 1000) / of) / 10).toFixed(1)}%`;

async function csv(at: Stand, query = whole) {
  const response = await at.fetch(`/api/export/patrol.csv?${query}`, { headers: { cookie: await at.login('head') } });
  expect(response.status).toBe(200);
  return tablesOf(Buffer.from(await response.arrayBuffer()).toString('utf8'));
}

/** A row as it stands on paper: without blanks, and what no font has as 〓. */
const onPaper = (row: readonly string[]) => row.join('').replace(/\s/g, '').replaceAll('\u{10ffff}', '〓');

/** A cell of a workbook as the CSV says it. */
function shown(value: unknown, format: string | undefined): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) {
    const text = new Date(Math.round(value.getTime() / 1000) * 1000).toISOString();
    return format === 'yyyy-mm-dd' ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
  }
  if (format === '0.0%' && typeof value === 'number') return `${(value * 100).toFixed(1)}%`;
  return String(value);
}

describe('the patrol report', () => {
  test('counts what a second count of the same month counts', async () => {
    const audit = await asked<PatrolAudit>(await house(), `/api/patrol-audit?${whole}`);
    const { planned, reached, onTime, missed, wrongOrder } = counted;
    expect(audit.counts).toMatchObject({ planned, reached, onTime });
    expect(audit.counts.verdicts).toMatchObject({ missed, 'wrong-order': wrongOrder });
    const { cancelled, brokenOff } = counted;
    expect(Math.min(cancelled, brokenOff)).toBeGreaterThan(0);
    expect(audit.rounds).toEqual({
      ...{ over: counted.rounds, complete: counted.complete, cancelled, brokenOff, underWay: 0 },
    });
    expect(audit.counts.longLegs).toBe(counted.longLegs);
    expect([audit.days, audit.daysMet]).toEqual([11, counted.daysMet]);
    expect(audit.rows).toHaveLength(planned + audit.counts.verdicts.cancelled);
    const groups = [
      [audit.byRoute, counted.byRoute],
      [audit.byPerson, counted.byPerson],
      [audit.byPoint, counted.byPoint],
      [audit.byShift, counted.byShift],
    ] as const;
    for (const [found, told] of groups) {
      const seen = found.map(({ id, counts }) => [
        id,
        { planned: counts.planned, reached: counts.reached, onTime: counts.onTime },
      ]);
      const meantHere = Object.entries(told).map(([id, one]) => [
        id,
        { planned: one.planned, reached: one.reached, onTime: one.onTime },
      ]);
      expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(meantHere));
    }
  });

  test('counts posts that were held of those that were due, as a second count does', async () => {
    const audit = await asked<PatrolAudit>(await house(), `/api/patrol-audit?${whole}&rows=no`);
    expect(audit.byPost?.map(({ id }) => id)).toEqual(['arrival', 'dismissal']);
    expect(audit.byPost).toMatchObject(held.byPost);
    expect(held.all.short + held.all.unmanned).toBeGreaterThan(0);
    // Noon of the last day: the post of that afternoon is still to come, and in no figure.
    expect(audit.byPost?.map(({ open }) => open)).toEqual([0, 0]);
  });

  test('lists a day on which nobody walked, and finds the longest gap there', async () => {
    const audit = await asked<PatrolAudit>(await house(), `/api/patrol-audit?${whole}&rows=no`);
    expect(audit.rows).toEqual([]);
    expect(audit.byDay).toHaveLength(12);
    expect(audit.byDay[5]).toMatchObject({ counts: { planned: 0 }, rounds: { over: 0, complete: 0 }, points: {} });
    expect(audit.byDay.map(({ open }) => open === true)).toEqual([...Array(11).fill(false), true]);
    const gaps = [november, ...counted.touches, now].map((at, i, all) => at - (all[i - 1] ?? at));
    expect(audit.gap!.to - audit.gap!.from).toBe(Math.max(...gaps));
  });

  test('counts up to now when nobody has walked since', async () => {
    const audit = await asked<PatrolAudit>(await house(), `/api/patrol-audit?from=${now - 3_000_000}`);
    expect(audit.gap).toEqual({ from: now - 3_000_000, to: now });
    expect(audit.counts.planned).toBe(0);
  });

  test('has the same numbers as CSV, XLSX and PDF', async () => {
    const at = await house();
    const { records, others } = await csv(at);
    const summary = new Map(
      others
        .get('汇总')
        ?.slice(1)
        .map(([name = '', value = '']) => [name, value]),
    );
    expect(summary.get('计划点次')).toBe(String(counted.planned));
    expect(summary.get('到点率')).toBe(tenth(counted.reached, counted.planned));
    expect(summary.get('准点率')).toBe(tenth(counted.onTime, counted.planned));
    expect(summary.get('完成趟')).toBe(String(counted.complete));
    expect(summary.get('应到岗次')).toBe(String(held.all.due));
    expect(summary.get('满岗')).toBe(String(held.all.manned));
    expect(summary.get('满岗率')).toBe(tenth(held.all.manned, held.all.due));
    expect(summary.get('缺岗(分)')).toBe(String(held.all.shortMs / 60_000));
    const perPost = (others.get('护学岗') ?? []).slice(1);
    expect(
      perPost.map(([title, due, manned, , short, unmanned, unheard]) => [title, due, manned, short, unmanned, unheard]),
    ).toEqual(
      held.byPost.map(({ due, manned, short, unmanned, unheard }, i) => [
        ['大门上学岗', '大门放学岗'][i],
        ...[due, manned, short, unmanned, unheard].map(String),
      ]),
    );
    expect(summary.get('取消趟')).toBe(String(counted.cancelled));
    expect(summary.get('中断趟')).toBe(String(counted.brokenOff));
    expect(summary.get('超时路段')).toBe(String(counted.longLegs));
    expect(records).toHaveLength(counted.planned + Number(summary.get('已取消')) + 1);
    // Spreadsheets run what begins with an equals sign, so a reason that does stands as a text.
    expect(others.get('变更')?.slice(1)).toEqual([
      ['2026-11-03', '夜巡', '13:00', '取消', '2026-11-03 13:07:00', 'wang', "'=暴雨", 'chen', '2026-11-03 23:00:00'],
      expect.arrayContaining(['2026-11-04', '校门', '09:00', '2026-11-03 23:00:00', 'wang', '请假']),
      ['2026-11-04', '校门', '09:00', '暂停', '2026-11-04 09:01:00', 'wang', '校门拥堵', '待复核', ''],
      ['2026-11-04', '校门', '09:00', '继续', '2026-11-04 09:01:06', 'chen', '已疏散', '', ''],
      ['2026-11-05', '校门', '01:00', '顺延 10 分钟', '2026-11-05 00:00:00', 'chen', '大雾', '', ''],
    ]);

    const sheets = new ExcelJS.Workbook();
    const xlsx = await made(at, 'xlsx');
    await sheets.xlsx.load(xlsx.file as never);
    expect(sheets.worksheets.map(({ name }) => name)).toEqual([
      ...['明细', '口径与校验', '按日', '按线路', '按人员', '按地点', '按班次', '护学岗', '例外（待查）', '变更'],
    ]);
    expect(sheets.worksheets[0]?.views).toMatchObject([{ state: 'frozen', ySplit: 1 }]);
    expect(sheets.worksheets[0]?.autoFilter).toBe('A1:O1');
    const table = (name: string) => {
      const rows: string[][] = [];
      sheets
        .getWorksheet(name)
        ?.eachRow((row) =>
          rows.push((row.values as unknown[]).slice(1).map((v, i) => shown(v, row.getCell(i + 1).numFmt))),
        );
      return rows;
    };
    const filled = (rows: readonly (readonly string[])[]) =>
      rows.map((row) => row.map((text) => text.replace(/^'(?==)/, '')).filter((text) => text !== ''));
    expect(filled(table('明细'))).toEqual(filled(records));
    for (const name of ['按日', '按线路', '按人员', '按地点', '按班次', '护学岗', '变更'])
      expect(filled(table(name)), name).toEqual(filled(others.get(name) ?? []));
    const basis = new Map(table('口径与校验').map(([name = '', value = '']) => [name, value]));
    for (const [name, value] of summary) expect(basis.get(name), name).toBe(value);
    expect(basis.get('日志链最新哈希')).toBe(journal.head().hash);
    expect(basis.get('签名存证')).toBe(note);

    const pdf = await made(at, 'pdf');
    const pages = pdfPages(pdf.file!);
    const text = pages.join('').replace(/\s/g, '');
    for (const [name, value] of summary) expect(text, name).toContain(`${name}${value}`.replace(/\s/g, ''));
    for (const name of ['按日', '按线路', '按人员', '按地点', '按班次', '护学岗', '变更'])
      for (const row of filled(others.get(name) ?? [])) expect(text).toContain(onPaper(row));
    for (const row of filled(records)) expect(text).toContain(onPaper(row));
    expect(text).toContain(journal.head().hash);
    for (const [i, page] of pages.entries())
      expect(page.replace(/\s/g, '')).toContain(`第${i + 1}页/共${pages.length}页`);
    expect(pages.at(-2)?.replace(/\s/g, '')).toContain('序号日期线路班次地点计划时间');
    for (const { zh } of auditDefinitions) expect(text).toContain(zh.replace(/\s/g, ''));
  });

  test('is told in English when it is asked for in English', async () => {
    const at = await house();
    const { records } = await csv(at, `${whole}&lang=en`);
    expect(records[0]?.slice(0, 5)).toEqual(['No.', 'Date', 'Route', 'Shift', 'Checkpoint']);
    const pages = pdfPages((await made(at, 'pdf', { lang: 'en' })).file!);
    expect(pages[0]).toContain(`Page 1 of ${pages.length}`);
    expect(pages[0]).toContain('Head of security');
  });
});

describe('a printed report', () => {
  test('loses no rare surname: what no font has stands as 〓 and is listed', async () => {
    const pages = pdfPages((await made(await house(), 'pdf')).file!);
    const text = pages.join('');
    expect(text).toContain('张喆𠮷');
    expect(text).toContain('〓');
    expect(text).toContain('U+10FFFF');
  });

  test('is refused without a font, in words that name the package and the setting', async () => {
    const at = await house({ reportFont: '/nonexistent/font.ttf' });
    const { lines } = await made(at, 'pdf');
    expect(lines.at(-1)?.error).toEqual(fontUnusable('/nonexistent/font.ttf'));
    expect(() => PrintFonts.open(undefined, [])).toThrow(fontMissing.en);
    expect(fontMissing.en).toMatch(/fonts-noto-cjk.*reports\.font/);
    expect((await made(at, 'xlsx')).file?.subarray(0, 2).toString()).toBe('PK');
  });

  test('of a month without rounds says so, and has its days and boxes all the same', async () => {
    const at = await house();
    const from = november + 5 * dayMs;
    const pages = pdfPages((await made(at, 'pdf', { from, to: from + dayMs })).file!);
    expect(pages.join('')).toContain('这段时间没有巡更记录');
    expect(pages[0]).toContain('校领导');
    expect(pages.join('')).toContain('2026-11-06');
  });
});

describe('the door of the reports', () => {
  test('makes one at a time, tells how far it is, and refuses the second in words', async () => {
    const at = await house();
    const cookie = await at.login('head');
    const body = { from: november, format: 'pdf' };
    const first = at.post('/api/reports/patrol', body, { cookie });
    const second = await at.post('/api/reports/patrol', body, { cookie: await at.login('operator') });
    const answers = [await first, second];
    const refused = answers.find(({ status }) => status === 429);
    expect(await refused?.json()).toMatchObject({ code: 'running', ...reportRuns });
    expect(refused?.headers.get('retry-after')).toBe('5');
    const made = answers.find(({ status }) => status === 200);
    const lines = (await made!.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    expect(lines.length).toBeGreaterThan(5);
    expect(lines.slice(0, -1).every(({ done = -1 }) => done >= 0 && done <= 100)).toBe(true);
    expect(lines.at(-1)?.result?.name).toBe('patrol-20261101-20261112.pdf');
  });

  test('stops when nobody waits any more, and makes the next', async () => {
    const at = await house();
    const cookie = await at.login('head');
    const gone = new AbortController();
    const asked = await at.fetch('/api/reports/patrol', {
      method: 'POST',
      signal: gone.signal,
      headers: { cookie, origin: at.server.url, 'content-type': 'application/json' },
      body: JSON.stringify({ from: november, format: 'pdf' }),
    });
    await asked.body?.getReader().read();
    gone.abort();
    const again = async (): Promise<number> => {
      const response = await at.post('/api/reports/patrol', { from: november, format: 'xlsx' }, { cookie });
      await response.text();
      return response.status;
    };
    await eventually(async () => expect(await again()).toBe(200));
  });

  test('gives a file to whoever had it made, and to nobody else', async () => {
    const at = await house();
    const { result, headers } = await made(at, 'xlsx');
    expect(headers?.get('content-disposition')).toBe('attachment; filename="patrol-20261101-20261112.xlsx"');
    const other = await at.fetch(`/api/reports/${result?.id}`, { headers: { cookie: await at.login('auditor') } });
    expect([other.status, await other.json()]).toMatchObject([404, { code: 'report-gone' }]);
    at.shift(11 * 60_000);
    const late = await at.fetch(`/api/reports/${result?.id}`, { headers: { cookie: await at.login('head') } });
    expect(late.status).toBe(404);
  });

  test.each([
    ['more days than a quarter', { from: november, to: november + 400 * dayMs }, 422, 'too-long'],
    ['an end before the beginning', { from: november, to: november - 1 }, 422, 'empty-period'],
    ['a day that is to come', { from: november + 300 * dayMs }, 422, 'empty-period'],
    ['a time that is no number', { from: 'yesterday' }, 400, undefined],
    ['a format nobody makes', { from: november, format: 'docx' }, 400, undefined],
    ['a language nobody speaks', { from: november, lang: 'fr' }, 400, undefined],
    ['a field that is not there', { from: november, school: 'other' }, 400, undefined],
  ])('refuses %s', async (_, body, status, code) => {
    const at = await house();
    const cookie = await at.login('head');
    const response = await at.post('/api/reports/patrol', { format: 'pdf', ...body }, { cookie });
    expect(response.status).toBe(status);
    if (code) expect(await response.json()).toMatchObject({ code });
    const again = await at.post('/api/reports/patrol', { from: november, format: 'xlsx' }, { cookie });
    expect(again.status).toBe(200);
    await again.text();
  });

  test.each([
    ['more days than a quarter', `from=${november}&to=${november + 400 * dayMs}`, 422],
    ['an end before the beginning', `from=${november}&to=${november - 1}`, 422],
    ['a time that is no number', 'from=yesterday', 400],
    ['no time at all', '', 400],
  ])('refuses %s for the page and the CSV as well', async (_, query, status) => {
    const at = await house();
    const headers = { cookie: await at.login('head') };
    for (const path of ['/api/patrol-audit', '/api/export/patrol.csv'])
      expect([path, (await at.fetch(`${path}?${query}`, { headers })).status]).toEqual([path, status]);
  });

  test('makes no report while the journal takes nothing, says why, and makes the next', async () => {
    const at = await house();
    const cookie = await at.login('head');
    const { read } = at.place.house;
    const full = { zh: '磁盘已满，记录写不进去', en: 'the disk is full, nothing is recorded' };
    at.place.house.read = async () => {
      throw new WordedError(full);
    };
    for (const format of ['pdf', 'xlsx']) {
      const refused = await at.post('/api/reports/patrol', { from: november, format }, { cookie });
      expect([refused.status, await refused.json()]).toMatchObject([503, full]);
    }
    const page = await at.fetch(`/api/patrol-audit?${whole}`, { headers: { cookie } });
    expect([page.status, await page.json()]).toMatchObject([503, full]);
    at.place.house.read = read;
    const { checksOf } = at.place.house;
    // It gives up in the midst of it: the answer has begun, so that the last line says so.
    at.place.house.checksOf = async () => {
      throw new WordedError(full);
    };
    expect((await made(at, 'pdf')).lines.at(-1)?.error).toEqual(full);
    at.place.house.checksOf = checksOf;
    expect((await made(at, 'xlsx')).file?.subarray(0, 2).toString()).toBe('PK');
  });

  test.each(['guard', 'integrator'])('is closed to a %s', async (role) => {
    const at = await house();
    const cookie = await at.login(role);
    for (const path of [`/api/patrol-audit?${whole}`, `/api/export/patrol.csv?${whole}`, '/api/reports/x'])
      expect((await at.fetch(path, { headers: { cookie } })).status).toBe(403);
    expect((await at.post('/api/reports/patrol', { from: november, format: 'pdf' }, { cookie })).status).toBe(403);
  });

  test('writes into the journal that a report was taken away', async () => {
    const at = await house();
    await made(at, 'xlsx');
    await csv(at);
    const taken = at.place.door.flatMap((fact) => (fact.kind === 'exported' ? [fact.what] : []));
    expect(taken).toEqual([expect.stringMatching(/^\/api\/reports\//), `/api/export/patrol.csv?${whole}`]);
  });
});
