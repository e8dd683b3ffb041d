/**
 * What one school can make its district hold: whoever raises alarms without end is held with a sentence before its State is more than any
 * school's may be; nothing of the batch that showed it stays, and the others go on.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fact } from '../../src/core/types.ts';
import type { Database } from '../../src/district/database/database.ts';
import { SchoolRefused } from '../../src/district/ingest/refuse.ts';
import { settleSchool } from '../../src/district/ingest/settle.ts';
import { takePoll } from '../../src/district/ingest/take-batch.ts';
import { embedded } from './embedded-store.ts';
import { MadeSchool } from './made-school.ts';
import { addSchool, leavesOf, testNode } from './some-district.ts';

const STATE_MAX = 300_000;
const BATCH = 200;
let db: Database;
beforeAll(async () => {
  ({ db } = await embedded.open());
});
afterAll(async () => await db.close());

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof SchoolRefused ? error : Promise.reject(error)),
  );

test('a school that raises alarms without end is held, and what showed it does not stay', async () => {
  const [wild, quiet] = [new MadeSchool('wild').begin(), new MadeSchool('quiet').begin()];
  for (const school of [wild, quiet]) await addSchool(db, school);
  const node = testNode(db, undefined, STATE_MAX);
  const take = (school: MadeSchool, from: number) => node.take(school.batch(from));
  let held: SchoolRefused | undefined;
  let taken = 0;
  for (let from = 1; !held && wild.lines.length < 20_000; from = taken + 1) {
    for (let i = 0; i < BATCH; i++) wild.raise(`z${wild.lines.length}/intrusion`);
    held = await refusal(take(wild, from));
    if (!held) taken = wild.lines.length;
  }
  expect(held?.code).toBe('overgrown');
  expect(held?.why.en).toContain('Look at the gateway');
  // Alarms of a few hundred characters each: what is kept is about as long as may be, and no longer.
  expect(taken * 1_000).toBeGreaterThan(STATE_MAX);
  expect(await leavesOf(db, 'wild')).toHaveLength(taken);
  expect(await db.query("SELECT held, seq FROM cursor WHERE school = 'wild'")).toEqual([
    { held: 'overgrown', seq: taken },
  ]);
  const [open] = await db.query<{ n: number }>("SELECT count(*) AS n FROM alarm WHERE school = 'wild'");
  expect(open?.n).toBe(taken - 1);
  expect((await refusal(takePoll(node, wild.speaks())))?.code).toBe('quarantined');
  expect((await refusal(take(wild, taken + 1)))?.why.en).toContain('more is open there');
  expect((await take(quiet, 1)).have).toBe(1);
});

test('after the head has begun anew the next journal of that school is taken', async () => {
  await settleSchool(db, { school: 'wild', how: 'begin-anew', officer: 'zhou' }, Date.now());
  const fresh = new MadeSchool('wild').begin();
  fresh.raise('z1/intrusion');
  expect((await testNode(db, undefined, STATE_MAX).take(fresh.batch())).have).toBe(2);
});

test('a school that brings more in a day than any may is held, loses no line by it, and goes on when the head says so', async () => {
  const most = 60_000;
  const school = new MadeSchool('flood').begin();
  await addSchool(db, school);
  const node = testNode(db, undefined, undefined, most);
  await node.take(school.batch());
  let held: SchoolRefused | undefined;
  let taken = 1;
  while (!held && taken < 2_000) {
    for (let i = 0; i < 20; i++)
      school.say({ kind: 'read', device: 'fence-1', point: 'p', value: true, id: `${i}` } as Fact);
    held = await refusal(node.take(school.batch(taken + 1)));
    if (!held) taken = school.lines.length;
  }
  expect(held?.code).toBe('flooded');
  expect(held?.why.en).toContain('what was not taken is all at the school');
  expect(await leavesOf(db, 'flood')).toHaveLength(taken);
  const kept = school.lines.slice(0, taken).reduce((sum, line) => sum + line.length, 0);
  expect(kept).toBeLessThan(most);
  expect(kept).toBeGreaterThan(most / 4);
  expect((await refusal(takePoll(node, school.speaks())))?.why.en).toContain('more came in one day');
  // Another day alone changes nothing: a person has to have looked.
  node.now += 86_400_000;
  expect((await refusal(takePoll(node, school.speaks())))?.code).toBe('quarantined');
  await settleSchool(db, { school: 'flood', how: 'keep', officer: 'zhou' }, node.now);
  expect((await node.take(school.batch(taken + 1))).have).toBe(school.lines.length);
  // What is usual fits into each day.
  for (let day = 0; day < 5; day++) {
    node.now += 86_400_000;
    const from = school.lines.length + 1;
    for (let i = 0; i < 20; i++)
      school.say({ kind: 'read', device: 'fence-1', point: 'p', value: true, id: `${i}` } as Fact);
    expect((await node.take(school.batch(from))).have).toBe(school.lines.length);
  }
});

test('lines that cannot be read are told to both ends, all of them, however many come at once', async () => {
  const school = new MadeSchool('unread').begin();
  await addSchool(db, school);
  const node = testNode(db);
  for (let i = 0; i < 120; i++) school.lines.push(`{"nothing":${i}}`);
  const answer = await node.take(school.batch());
  expect([answer.have, answer.unread]).toEqual([121, 120]);
  const aside = await db.query<{ seq: number; en: string }>(
    "SELECT seq, en FROM quarantine WHERE school = 'unread' ORDER BY seq",
  );
  expect(aside).toHaveLength(50);
  expect(aside.at(-1)?.en).toContain('71 more lines');
  expect(aside.at(-1)?.en).toContain('between 51 and 121');
  const [letters] = await db.query<{ n: number }>(
    "SELECT count(*) AS n FROM journal WHERE school = 'unread' AND line IS NOT NULL",
  );
  expect(letters?.n).toBe(121);
});
