/**
 * What one school can make its district hold: whoever raises alarms without end is held with a sentence before its State is more than any
 * school's may be; nothing of the batch that showed it stays, and the others go on.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
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
