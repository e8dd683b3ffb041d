/**
 * Alarms that overtake a backlog: shown at once and marked, whatever batch is under way; never twice, and as the journal has them once it has come
 * to them.
 */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Database } from '../../src/district/database/database.ts';
import { openFanout } from '../../src/district/fanout/fanout.ts';
import { lockCursor } from '../../src/district/ingest/cursor-row.ts';
import { takeAhead, takePoll } from '../../src/district/ingest/take-batch.ts';
import { openSchoolBoard } from '../../src/district/service/school-board.ts';
import { realWorld } from '../../src/world/world.ts';
import { debianStore } from './debian-store.ts';
import { embedded, type TestStore } from './embedded-store.ts';
import { MadeSchool } from './made-school.ts';
import { addSchool, type TestNode, testNode } from './some-district.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const head = { district: { zh: '东区', en: 'East' }, utcOffsetMin: 480, outline: [] };

/** What the board says of a school's alarms, looked at anew. */
async function alarmsOn(db: Database, school: string) {
  const world = realWorld(quiet);
  const closing = new AbortController();
  const fanout = await openFanout(undefined, world);
  const parts = { db, world, fanout, head, faults: { all: () => [] }, signal: closing.signal };
  const { tiles } = (await openSchoolBoard(parts)).board();
  closing.abort();
  return tiles.find((tile) => tile.school === school)!.alarms;
}

const ahead = (school: MadeSchool, ...seqs: readonly number[]) =>
  seqs.map((seq) => ({ seq, l: school.lines[seq - 1] ?? '' }));
const says = (school: MadeSchool, lines: { seq: number; l: string }[]) => {
  const { taken: _taken, now: _now, ...speaker } = school.speaks();
  return { ...speaker, lines };
};

/** A school that has said nothing of its twenty alarms yet. */
async function behind(db: Database, id: string) {
  const school = new MadeSchool(id).begin();
  await addSchool(db, school);
  for (let i = 0; i < 20; i++) school.raise(`old${i}/intrusion`, 3);
  return school;
}

describe('an alarm beyond the backlog', () => {
  let db: Database;
  let node: TestNode;
  beforeAll(async () => {
    ({ db } = await embedded.open());
    node = testNode(db);
  });
  afterAll(async () => await db.close());

  const rowsOf = (school: MadeSchool) =>
    db.query<{ id: number; ahead: boolean; closed: boolean; count: number }>(
      'SELECT id, ahead, closed_at IS NOT NULL AS closed, count FROM alarm WHERE school = $1 ORDER BY id',
      [school.id],
    );
  const overtakes = (school: MadeSchool, ...seqs: readonly number[]) =>
    takeAhead(node, says(school, ahead(school, ...seqs)));

  test('is on the tile, marked, before all that waits', async () => {
    const school = await behind(db, 'a');
    const id = school.raise('z1/intrusion', 1);
    await node.take(school.batch(1, 5));
    expect(await overtakes(school, id)).toEqual({ taken: true });
    const alarms = await alarmsOn(db, 'a');
    expect(alarms).toMatchObject({ waiting: [1, 0, 4], open: 5, top: { priority: 1, ahead: true } });
    expect(alarms.firstP1At).toBe(alarms.top?.at);
    expect(await rowsOf(school)).toContainEqual({ id, ahead: true, closed: false, count: 1 });
  });

  test('is there once when the backlog has come to it, and as the journal has it', async () => {
    const school = await behind(db, 'b');
    const id = school.raise('z1/intrusion', 1);
    await node.take(school.batch(1, 5));
    await overtakes(school, id);
    await node.take(school.batch(6, 5));
    await node.take(school.batch(11));
    // Said once more when it was long there.
    await overtakes(school, id);
    const alarms = await alarmsOn(db, 'b');
    expect(alarms.waiting).toEqual([1, 0, 20]);
    expect(alarms.top).not.toHaveProperty('ahead');
    expect((await rowsOf(school)).filter((row) => row.ahead)).toEqual([]);
  });

  test('that was seen to and closed meanwhile waits no more, by whatever message that is told', async () => {
    const school = await behind(db, 'c');
    const id = school.raise('z1/intrusion', 1);
    const acked = school.say({ kind: 'acknowledged', alarm: id, by: 'li' });
    await node.take(school.batch(1, 5));
    await overtakes(school, id, acked);
    expect((await alarmsOn(db, 'c')).waiting).toEqual([0, 0, 4]);
    // What was said once is not taken back by a message that says less.
    await overtakes(school, id);
    expect((await alarmsOn(db, 'c')).waiting).toEqual([0, 0, 4]);
    const closed = school.say({ kind: 'closed', alarm: id, by: 'li', reason: 'A1' });
    await overtakes(school, closed);
    expect((await alarmsOn(db, 'c')).open).toBe(4);
    expect(await rowsOf(school)).toContainEqual({ id, ahead: true, closed: true, count: 1 });
  });

  test('that is a silent call for help is on no tile', async () => {
    const school = await behind(db, 'd');
    const id = school.raise('console/duress', 1, { covert: true });
    await node.take(school.batch(1, 5));
    await overtakes(school, id);
    expect((await alarmsOn(db, 'd')).waiting).toEqual([0, 0, 4]);
    await node.take(school.batch(6));
    expect((await alarmsOn(db, 'd')).waiting).toEqual([0, 0, 20]);
  });

  test('is nothing where it cannot be read, is older than what is here, or comes of a process nobody has heard', async () => {
    const school = await behind(db, 'e');
    await node.take(school.batch(1, 5));
    const odd = { seq: 102, l: '{"kind":"closed","alarm":1.5,"by":7,"reason":{},"seq":102,"at":1}' };
    const lines = [{ seq: 100, l: '{"kind":"raised"' }, ...ahead(school, 2), { seq: 101, l: 'a\u0000' }, odd];
    expect(await takeAhead(node, says(school, lines))).toEqual({ taken: true });
    const id = school.raise('z1/intrusion', 1);
    school.boot = '00000000-0000-4000-8000-000000000000';
    expect(await overtakes(school, id)).toEqual({ taken: false });
    expect((await alarmsOn(db, 'e')).open).toBe(4);
  });

  test('goes when the backlog has come to where it was said to be and it is not there', async () => {
    const school = await behind(db, 'gone');
    const id = school.raise('z1/intrusion', 1);
    await node.take(school.batch(1, 5));
    await overtakes(school, id);
    // The gateway went on from a backup that had more than the district: other lines came where the alarm had been.
    school.lines.pop();
    school.say({ kind: 'acknowledged', alarm: 2, by: 'li' });
    await node.take(school.batch(6));
    expect((await rowsOf(school)).filter((row) => row.ahead)).toEqual([]);
    expect((await alarmsOn(db, 'gone')).waiting[0]).toBe(0);
  });

  test('is one of so many at most, and the newest of them', async () => {
    const school = await behind(db, 'many');
    await node.take(school.batch(1, 1));
    const raised = (seq: number) => ({
      seq,
      l: JSON.stringify({ ...JSON.parse(school.lines[1]!), seq, key: `k${seq}` }),
    });
    for (let from = 1_000; from < 4_000; from += 200)
      await takeAhead(
        node,
        says(
          school,
          Array.from({ length: 200 }, (_, i) => raised(from + i)),
        ),
      );
    await takeAhead(node, says(school, [{ seq: 9_000, l: raised(9_000).l.replace('k9', `${'x'.repeat(90_000)}`) }]));
    const [kept] = await db.query(
      'SELECT count(*) AS n, min(id) AS first, max(id) AS last FROM alarm WHERE school = $1 AND ahead',
      [school.id],
    );
    expect(kept).toEqual({ n: 2_000, first: 2_000, last: 3_999 });
  });
});

function beside(store: TestStore): void {
  test('an alarm and a sign of life wait for no batch of their school that is being taken', async () => {
    const { db, again } = await store.open();
    const other = await again();
    onTestFinished(() => other.close());
    onTestFinished(() => db.close());
    const node = testNode(db);
    const school = await behind(db, 'a');
    const id = school.raise('z1/intrusion', 1);
    await node.take(school.batch(1, 5));
    node.now += 5_000;
    await other.transaction(async (sql) => {
      // As a batch does, first of all and to its end.
      await lockCursor(sql, 'a');
      expect(await takeAhead(node, says(school, ahead(school, id)))).toEqual({ taken: true });
      expect((await alarmsOn(db, 'a')).top).toMatchObject({ priority: 1, ahead: true });
      expect(await takePoll(node, { ...school.speaks(), now: false })).toMatchObject({ have: 5 });
    });
  });
}

describe('beside a batch', () => beside(debianStore()));
