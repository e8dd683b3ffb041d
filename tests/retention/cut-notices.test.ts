/**
 * Whoever asks for days of which records were cut is told so, on every way out: a table that is empty for another reason than that nothing
 * happened must not look like one.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
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
