/**
 * What a patrol report asks: rounds for two, with both by name and who of them was seen, and exceptions with the pictures of their touches. Facts in
 * a real journal, read back from page, CSV, XLSX and PDF.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import type { PatrolAudit } from '../../src/core/report/audit-types.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Event, Fact, Site } from '../../src/core/types.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import type { Journal } from '../../src/store/store-types.ts';
import { minute, monday, school } from '../core/school.ts';
import { pdfPages } from './pdf-text.ts';
import { people, place, type Stand, stand } from './place.ts';

const hour = 60 * minute;
const day = 24 * hour;
const now = monday + 3 * day;
const site: Site = {
  ...school,
  people: { li: { id: 'li', name: '李强' }, zhang: { id: 'zhang', name: '张伟' }, wu: { id: 'wu', name: '吴敏' } },
};
const point = (n: number) => school.routes.night!.checkpoints[n]!.id;
const told: { at: number; fact: Fact }[] = [];

/** A round for two: p1 touched by one of them, p2 by another, p3 by nobody. */
function round(start: number, who: readonly string[], seen: readonly string[] | undefined, second = 'zhang'): string {
  const id = `night@${start}`;
  const opened = { kind: 'opened', round: id, route: 'night', start, person: 'li', second } as const;
  told.push({ at: start, fact: opened });
  for (const [n, person] of who.entries()) {
    const touch = { sourceTime: start + (n + 1) * 5 * minute, card: 'c', person, offMs: 0 };
    const fact = { kind: 'checked', round: id, checkpoint: point(n), verdict: 'on-time', ...touch } as const;
    told.push({ at: touch.sourceTime, fact });
  }
  const at = start + 40 * minute;
  for (let n = who.length; n < 3; n++)
    told.push({ at, fact: { kind: 'checked', round: id, checkpoint: point(n), verdict: 'missed' } });
  const counts = { 'on-time': who.length, early: 0, late: 0, missed: 3 - who.length, 'wrong-order': 0 };
  told.push({ at, fact: { kind: 'completed', round: id, counts, ...(seen && { seen }) } });
  return id;
}

const [evening, second, third] = [monday + 20 * hour, monday + day + 20 * hour, monday + day + 22 * hour];
round(evening, ['li', 'zhang'], ['li', 'zhang']);
const covered = round(second, ['li', 'li'], ['li']);
const cover = { how: 'covered', by: 'wang', reason: '请假', person: 'wu', of: 'zhang' } as const;
told.push({
  at: second + minute,
  fact: { kind: 'round-changed', round: covered, route: 'night', start: second, ...cover },
});
// As an earlier version told it: nobody asked who was seen.
round(third, ['li', 'zhang'], undefined);
const touches = [0, 1].map((n) => ({
  ...{ reader: `r${n + 1}`, card: 'c1', sourceTime: second + n * 4_000, touch: 900 + n },
  ...{ source: 'online' as const, learned: second + n * 4_000 },
}));
const about = { count: 2, cards: ['c1'], person: 'li', value: 4_000, limit: 45_000 };
const suspected = { kind: 'suspected', rule: 'one-place', key: 'k', from: second, touches, ...about } as const;
const later: Fact = { ...suspected, key: 'l', from: second + hour, touches: [touches[1]!], person: 'zhang' };
told.sort((a, b) => a.at - b.at);
const events = told.map(({ at, fact }, i) => ({ ...fact, seq: i + 1, at }) as Event);
const next = (fact: Fact): number => events.push({ ...fact, seq: events.length + 1, at: now - hour } as Event);
const exception = next(suspected);
next(later);
const sha256 = `deadbeef${'0'.repeat(56)}`;
next({ kind: 'exception-pictured', exception, nth: 0, picture: `${second + 900}-900.jpg`, sha256 });
next({ kind: 'exception-disposed', exception, by: 'chen', finding: 'device', note: '=标签已换' });

let crowd: Awaited<ReturnType<typeof people>>;
let journal: Journal;
let dir: string;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
beforeAll(async () => {
  crowd = await people();
  dir = await mkdtemp(join(tmpdir(), 'gatehouse-asked-'));
  journal = await openJournal({ dir, log: silent });
  await journal.append(events);
});
afterAll(async () => {
  await journal.close();
  await crowd.remove();
  await rm(dir, { recursive: true });
});

async function house(): Promise<Stand> {
  const state = emptyState();
  for (const event of events) evolve(state, event);
  const spot = place();
  spot.site = site;
  Object.assign(spot.house, {
    ...{ now: () => now, records: journal.query, checksOf: journal.checksOf, head: journal.head },
    read: async (look: (from: unknown) => unknown) => look(state),
  });
  return stand(crowd.path, {}, spot);
}

async function file(at: Stand, cookie: string, format: 'pdf' | 'xlsx', lang: 'en' | 'zh'): Promise<Buffer> {
  const made = await at.post('/api/reports/patrol', { from: monday, to: now, format, lang }, { cookie });
  const last = JSON.parse((await made.text()).trim().split('\n').at(-1) ?? '') as { result: { id: string } };
  const got = await at.fetch(`/api/reports/${last.result.id}`, { headers: { cookie } });
  return Buffer.from(await got.arrayBuffer());
}

describe('a report of rounds for two, and of what is asked about', () => {
  test('counts with both what either reached and what nobody did, and says of which rounds both were seen', async () => {
    const at = await house();
    const cookie = await at.login('head');
    const answer = await at.fetch(`/api/patrol-audit?from=${monday}&to=${now}`, { headers: { cookie } });
    const audit = (await answer.json()) as PatrolAudit;
    expect(audit.pairs).toEqual([
      { route: 'night', start: evening, planned: ['li', 'zhang'], seen: ['li', 'zhang'] },
      { route: 'night', start: second, planned: ['li', 'wu'], seen: ['li'] },
      { route: 'night', start: third, planned: ['li', 'zhang'] },
    ]);
    const counted = audit.byPerson.map(({ id, counts }) => [id, counts.planned, counts.reached]);
    // Who was planned goes by the time: the second round was another's from its first minute on.
    expect(Object.fromEntries(counted.map(([id, ...counts]) => [id, counts]))).toEqual({
      'li+zhang': [6, 4],
      'li+wu': [3, 2],
    });
    expect(
      audit.rows.filter(({ verdict }) => verdict === 'missed').map(({ person, second: with_ }) => [person, with_]),
    ).toEqual([
      ['li', 'zhang'],
      ['li', 'wu'],
      ['li', 'zhang'],
    ]);
    expect(audit.exceptions.map(({ id, finding }) => [id, finding?.finding])).toEqual([
      [exception, 'device'],
      [exception + 1, undefined],
    ]);
  });

  test('says the same in CSV, XLSX and PDF, with both names, the hash of the picture and what came of it', async () => {
    const at = await house();
    const cookie = await at.login('head');
    const sent = await at.fetch(`/api/export/patrol.csv?from=${monday}&to=${now}`, { headers: { cookie } });
    const csv = await sent.text();
    const pairs = ['李强、张伟,李强、张伟,是', '李强、吴敏,李强,否', '李强、张伟,,无记录'];
    for (const row of pairs) expect(csv).toContain(row);
    for (const figure of ['双人趟次,2', '其中两人都打过点,1', '例外,2', '其中未处理,1']) expect(csv).toContain(figure);
    expect(csv).toContain("1 张 deadbeef,设备或时钟问题,chen,2026-11-25 23:00:00,'=标签已换");
    expect(csv).toContain('没有画面,未处理,');

    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await file(at, cookie, 'xlsx', 'zh')) as never);
    const cells = (name: string) => {
      const rows: string[] = [];
      book.getWorksheet(name)?.eachRow((row) => rows.push((row.values as unknown[]).slice(1).join(',')));
      return rows.join('\n');
    };
    for (const row of pairs) expect(cells('双人巡更')).toContain(row);
    expect(cells('例外（待查）')).toContain('1 张 deadbeef,设备或时钟问题,chen');
    expect(cells('口径与校验')).toMatch(/双人趟次,2\n其中两人都打过点,1\n例外,2\n其中未处理,1/);
    expect(cells('明细')).toContain('李强、吴敏');

    const paper = pdfPages(await file(at, cookie, 'pdf', 'zh'))
      .join('')
      .replace(/\s/g, '');
    for (const row of pairs) expect(paper).toContain(row.replaceAll(',', ''));
    for (const part of ['1张deadbeef设备或时钟问题chen', '双人趟次2', '其中两人都打过点1', '例外2', '其中未处理1'])
      expect(paper).toContain(part);
    const english = pdfPages(await file(at, cookie, 'pdf', 'en'))
      .join('')
      .replace(/\s/g, '');
    for (const part of ['Roundsfortwo2', 'Ofthese,bothseen1', '1picturedeadbeef']) expect(english).toContain(part);
  });
});
