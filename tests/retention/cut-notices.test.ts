/**
 * Whoever asks for days of which records were cut is told so, on every way out: a table that is empty for another reason than that nothing
 * happened must not look like one.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PatrolAudit } from '../../src/core/report/audit-types.ts';
import { pdfPages } from '../server/pdf-text.ts';
import { people, place, stand } from '../server/place.ts';
import { dataFolder } from '../store/place.ts';
import { after, dayMs, fill, firstDay, keeping, longJournal } from './long-journal.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const events = longJournal(130);
const now = after(events);

test('pages, figures, reports and exports of days that were cut say so, and those of other days do not', async () => {
  const dir = await dataFolder();
  await fill(dir, events);
  const { cut, journal, gateway } = await keeping(dir, now);
  expect(await cut()).toBeGreaterThan(300);
  const spot = place();
  Object.assign(spot.house, {
    ...{
      now: () => now,
      records: journal.query,
      pick: journal.pick,
      openAt: journal.openAt,
      checksOf: journal.checksOf,
    },
    read: (look: Parameters<typeof gateway.read>[0]) => gateway.read(look),
  });
  const at = await stand(crowd.path, {}, spot);
  const cookie = await at.login('auditor');
  const text = async (path: string) => await (await at.fetch(path, { headers: { cookie } })).text();
  const old = `from=${firstDay + 20 * dayMs}&to=${firstDay + 30 * dayMs}`;
  const young = `from=${firstDay + 60 * dayMs}&to=${firstDay + 70 * dayMs}`;

  for (const [path, told] of [
    ['/api/alarms', '"pruned":[{"class":"alarm"'],
    ['/api/rounds', '"pruned":[{"class":"patrol"'],
    ['/api/touches', '"pruned":[{"class":"patrol"'],
    ['/api/events', '"class":"alarm"'],
    ['/api/kpi', '"pruned":[{"class":"alarm"'],
    ['/api/patrol-audit', '"pruned":{"before"'],
    ['/api/export/alarms.csv', '2026-04-10 之前的报警'],
    ['/api/export/rounds.csv', '2026-04-10 之前的巡更'],
    ['/api/export/kpi.csv', '2026-04-10 之前的报警'],
    ['/api/export/patrol.csv', '2026-04-10 之前的巡更'],
    ['/api/export/events.ndjson', '{"pruned":[{"class":"alarm"'],
  ] as const) {
    const [first, second] = [await text(`${path}?${old}`), await text(`${path}?${young}`)];
    expect([path, first.includes(told)]).toEqual([path, true]);
    expect([path, second.includes('pruned"') || second.includes('之前的')]).toEqual([path, false]);
  }
  // What is left of those days is there all the same.
  expect(await text(`/api/events?kind=exported&${old}`)).toContain('alarms.csv?day=25');
});

test('a report that reaches into days that were cut has the figures of its whole days, and lists what is left', async () => {
  const dir = await dataFolder();
  // The round of the sixth day was judged anew when it was old: it stays for longer than its day.
  const some = longJournal(130, new Map([[6, { rejudged: 100 }]]));
  const at = after(some);
  await fill(dir, some);
  const { cut, journal, gateway } = await keeping(dir, at);
  expect(await cut()).toBeGreaterThan(300);
  const spot = place();
  Object.assign(spot.house, { now: () => at, records: journal.query, checksOf: journal.checksOf, head: journal.head });
  Object.assign(spot.house, { read: (look: Parameters<typeof gateway.read>[0]) => gateway.read(look) });
  const house = await stand(crowd.path, {}, spot);
  const cookie = await house.login('auditor');
  const audit = async (from: number, to: number) => {
    const answer = await house.fetch(`/api/patrol-audit?from=${from}&to=${to}`, { headers: { cookie } });
    return (await answer.json()) as PatrolAudit;
  };
  const whole = (await audit(firstDay + 20 * dayMs, firstDay + 60 * dayMs)).pruned!.before;
  const edge = (whole - firstDay) / dayMs;
  expect(edge).toBeGreaterThan(20);
  const [reaching, within] = [await audit(firstDay, firstDay + 60 * dayMs), await audit(whole, firstDay + 60 * dayMs)];
  for (const figure of [
    'counts',
    'rounds',
    'days',
    'daysMet',
    'gap',
    'byRoute',
    'byPerson',
    'byPoint',
    'byShift',
  ] as const)
    expect(reaching[figure], figure).toEqual(within[figure]);
  expect(reaching.counts.planned).toBe(60 - edge);
  expect(reaching.byDay.map((day) => day.cut === true)).toEqual(Array.from({ length: 60 }, (_, i) => i < edge));
  expect(reaching.rows.filter(({ leftOver }) => leftOver)).toMatchObject([
    { start: firstDay + 6 * dayMs + 20 * 3_600_000 },
  ]);
  expect(reaching.rows).toHaveLength(within.rows.length + 1);

  const gone = await audit(firstDay, firstDay + 3 * dayMs);
  expect([gone.gap, gone.days, gone.counts.planned]).toEqual([undefined, 0, 0]);
  const body = { from: firstDay, to: firstDay + 3 * dayMs, format: 'pdf' };
  const lines = (await (await house.post('/api/reports/patrol', body, { cookie })).text()).trim().split('\n');
  const { result } = JSON.parse(lines.at(-1)!) as { result: { id: string } };
  const file = await house.fetch(`/api/reports/${result.id}`, { headers: { cookie } });
  const paper = pdfPages(Buffer.from(await file.arrayBuffer()))
    .join('')
    .replace(/\s/g, '');
  expect(paper).toContain('不等于没有巡更');
  expect(paper).not.toContain('这段时间没有巡更记录');
});
