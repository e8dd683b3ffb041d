/**
 * What a district makes of drills at a school: the row of each is what the school's own State says, however the batches are cut and with what
 * stays at the school left out; one begun by mistake is no row; and the count of the bureau is the school's own.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drillDue } from '../../src/core/drill/drill-due.ts';
import { drillTotals } from '../../src/core/drill/drill-view.ts';
import { leavingKinds } from '../../src/core/retention/leaving-kinds.ts';
import type { Command, DrillPlan } from '../../src/core/types.ts';
import type { Database } from '../../src/district/database/database.ts';
import { takeSite } from '../../src/district/ingest/take-site.ts';
import { drillCounts } from '../../src/district/report/drill-counts.ts';
import { guard, head, minute, operator, Story, school as small } from '../core/school.ts';
import { embedded } from './embedded-store.ts';
import { MadeSchool } from './made-school.ts';
import { addSchool, testNode } from './some-district.ts';

const words = (zh: string) => ({ zh, en: zh });
const plan: DrillPlan = {
  ...{ every: 'month', place: words('操场'), targetMs: 120_000 },
  classes: [
    { id: 'a', title: words('一班'), due: 40 },
    { id: 'b', title: words('二班'), due: 38 },
  ],
};
const start: Command = { do: 'start-drill', exercise: 'fire', announced: true, signal: 'broadcast' };

/** Four drills of a month: one held, one begun by mistake, one broken off, one that runs. */
function month(): Story {
  const one = new Story(Date.parse('2026-11-02T10:00:00+08:00'));
  one.site = { ...small, routes: {}, drill: plan };
  const newest = () => [...one.state.drills.keys()].at(-1) ?? 0;
  const tap = (id: string, present: number, due: number) => {
    one.now += 20_000;
    one.tell({ kind: 'drill-tapped', drill: newest(), class: id, present, due, agoMs: 0 });
  };
  const next = () => {
    one.now += 2 * minute;
    one.asks(head, start);
  };
  next();
  tap('a', 39, 40);
  tap('b', 38, 38);
  tap('a', 39, 39);
  one.asks(head, {
    ...{ do: 'open-rectification', source: 'drill', drill: newest(), place: '西楼梯', offence: 'fire-safety' },
    ...{ what: '拥堵', who: 'li', due: one.now + 86_400_000 },
  } as Command);
  one.asks(operator, { do: 'end-drill', drill: newest() });
  next();
  tap('a', 40, 40);
  one.asks(head, { do: 'end-drill', drill: newest(), mistake: true });
  next();
  tap('a', 40, 40);
  one.reads('io', { sos: true });
  one.asks(guard, { do: 'acknowledge', alarm: one.only('raised')[0]!.seq });
  next();
  tap('b', 12, 38);
  return one;
}

describe('the fold of drills', () => {
  let db: Database;
  beforeAll(async () => {
    ({ db } = await embedded.open());
  });
  afterAll(async () => await db.close());

  test.each([1, 3, 500])('in batches of %i lines is what the school itself says of them', async (size) => {
    const one = month();
    const school = new MadeSchool(`school-${size}`);
    const leaves: ReadonlySet<string> = new Set(leavingKinds([]));
    for (const event of one.events) {
      school.lines.push(JSON.stringify(event));
      if (!leaves.has(event.kind)) school.kept.add(event.seq);
    }
    school.at = one.state.at;
    await addSchool(db, school);
    await db.query('UPDATE school SET joined_at = 0 WHERE school = $1', [school.id]);
    const node = testNode(db);
    node.now = school.at;
    await node.take(school.batch(1, 0));
    await takeSite(node, school.id, JSON.stringify(one.site), one.site);
    for (let have = 0; have < school.lines.length; ) ({ have } = await node.take(school.batch(have + 1, size)));
    expect(await db.query('SELECT seq, en FROM quarantine WHERE school = $1', [school.id])).toEqual([]);
    const rows = await db.query('SELECT * FROM drill WHERE school = $1 ORDER BY id', [school.id]);
    const own = [...one.state.drills.values()].filter(({ over }) => over?.how !== 'void');
    expect(own.map(({ over }) => over?.how)).toEqual(['ended', 'broken-off', undefined]);
    expect(rows).toMatchObject(
      own.map((drill) => ({
        ...{ id: drill.id, started_at: drill.at, started_by: 'chen', kind: 'fire', ended_at: drill.over?.at ?? null },
        ...{ all_present_at: drill.allAt ?? null, broken_at: drill.over?.because ? drill.over.at : null },
        ...{ present: drillTotals(drill, school.at).present, due: drillTotals(drill, school.at).due },
        classes: JSON.parse(JSON.stringify(drill.classes)),
      })),
    );
    expect(rows[0]).toMatchObject({ present: 77, due: 77, problems: [{ place: { zh: '西楼梯' }, stage: 'open' }] });
    const counts = await drillCounts(db, { streets: [], now: one.now, utcOffsetMin: 480 });
    const said = counts.schools.find((row) => row.school === school.id);
    const due = drillDue(
      { every: 'month', calendar: one.site.calendar, utcOffsetMin: 480 },
      one.state.drills.values(),
      0,
      one.now,
    );
    expect(said).toMatchObject({ stands: due.stands, held: due.held, daysLeft: due.daysLeft, lastAt: due.lastAt });
    expect(said).toMatchObject({ stands: 'held', held: 1, runningSince: own.at(-1)?.at });
  });
});
