/** What a district does with batches of schools, on both stores: kept to the letter, witnessed, and never folded in where two histories differ. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fact } from '../../src/core/types.ts';
import type { Database } from '../../src/district/database/database.ts';
import { SchoolRefused } from '../../src/district/ingest/refuse.ts';
import { settleSchool } from '../../src/district/ingest/settle.ts';
import { takePoll } from '../../src/district/ingest/take-batch.ts';
import { newSigner, witnessedAt } from '../../src/proof/signed-note.ts';
import { debianStore } from './debian-store.ts';
import { embedded, type TestStore } from './embedded-store.ts';
import { leafOf, MadeSchool, NOON } from './made-school.ts';
import { addSchool, leavesOf, type TestNode, testNode } from './some-district.ts';

/** Why something was refused. */
async function refused(work: Promise<unknown>): Promise<SchoolRefused> {
  const found = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (found instanceof SchoolRefused) return found;
  throw new Error('it was not refused', { cause: found });
}

let names = 0;
const fresh = () => new MadeSchool(`school-${++names}`).begin();
const note = (text: string): Fact => ({ kind: 'base-confirmed', zone: text, by: 'li', reason: 'x' }) as Fact;

function onStore(store: TestStore): void {
  let db: Database;
  let again: () => Promise<Database>;
  let node: TestNode;
  beforeAll(async () => {
    ({ db, again } = await store.open());
    node = testNode(db);
  });
  afterAll(async () => await db.close());
  const joined = async (school = fresh()) => {
    await addSchool(db, school);
    return school;
  };

  test('a journal arrives letter by letter, however its batches overlap', async () => {
    const school = await joined();
    for (let i = 0; i < 60; i++) school.say(note(`z${i} 围栏 "quoted" \\u0000 \u2028`));
    expect((await node.take(school.batch(1, 20))).have).toBe(20);
    expect((await node.take(school.batch(11, 30))).have).toBe(40);
    expect((await node.take(school.batch(1, 10))).have).toBe(40);
    expect((await node.take(school.batch(41))).have).toBe(61);
    const rows = await db.query<{ line: string }>('SELECT line FROM journal WHERE school = $1 ORDER BY seq', [
      school.id,
    ]);
    expect(rows.map(({ line }) => line)).toEqual(school.lines);
  });

  test('lines that do not follow are not kept, and the answer says from where to send', async () => {
    const school = await joined();
    for (let i = 0; i < 10; i++) school.say(note(`z${i}`));
    await node.take(school.batch(1, 3));
    expect((await node.take(school.batch(7))).have).toBe(3);
    expect(await leavesOf(db, school.id)).toHaveLength(3);
  });

  test('a line that stays at the school is there as a hash, and the tree is the school’s', async () => {
    const school = await joined();
    for (let i = 0; i < 9; i++) school.say(note(`z${i}`));
    school.kept.add(3).add(7);
    const answer = await node.take(school.batch(1, 10, { checkpoint: school.checkpoint() }));
    expect(await leavesOf(db, school.id)).toEqual(school.lines.map((line) => leafOf(line).toString('hex')));
    const witnessed = witnessedAt(school.checkpoint() + answer.cosignature, node.signer);
    expect(witnessed).toBe(NOON / 1_000);
  });

  test('a checkpoint that is signed after its lines came is cosigned too, once for all', async () => {
    const school = await joined();
    for (let i = 0; i < 9_000; i++) school.say(note(`z${i}`));
    for (let from = 1; from <= 9_001; from += 2_000) await node.take(school.batch(from, 2_000));
    const older = school.checkpoint(5_000);
    const first = await node.take(school.batch(9_002, 0, { checkpoint: older }));
    expect(witnessedAt(older + first.cosignature, node.signer)).toBe(NOON / 1_000);
    node.now += 60_000;
    expect((await node.take(school.batch(9_002, 0, { checkpoint: older }))).cosignature).toBe(first.cosignature);
    node.now -= 60_000;
  });

  test('a checkpoint over another tree holds the school, and the lines that came with it do not stay', async () => {
    const school = await joined();
    for (let i = 0; i < 5; i++) school.say(note(`z${i}`));
    await node.take(school.batch(1, 4));
    const false_ = school.checkpoint(6, 'ab'.repeat(32));
    expect((await refused(node.take(school.batch(5, 2, { checkpoint: false_ })))).code).toBe('rewritten');
    expect(await leavesOf(db, school.id)).toHaveLength(4);
  });

  test('a rewritten history is found by the next batch, and nothing of it is folded in', async () => {
    const school = await joined();
    for (let i = 0; i < 5; i++) school.say(note(`z${i}`));
    await node.take(school.batch());
    const other = new MadeSchool(school.id, school.signer).begin();
    for (let i = 0; i < 8; i++) other.say(note(`y${i}`));
    const found = await refused(node.take(other.batch(7)));
    expect([found.code, found.have]).toEqual(['rewritten', 6]);
    expect(await leavesOf(db, school.id)).toEqual(school.lines.map((line) => leafOf(line).toString('hex')));
    expect((await refused(node.take(school.batch(7)))).code).toBe('quarantined');
    const rows = await db.query('SELECT code FROM quarantine WHERE school = $1', [school.id]);
    expect(rows).toEqual([{ code: 'rewritten' }]);
  });

  test('a changed line among those that are here already is found as well', async () => {
    const school = await joined();
    for (let i = 0; i < 5; i++) school.say(note(`z${i}`));
    await node.take(school.batch());
    school.lines[2] = school.lines[2]!.replace('z1', 'y1');
    school.say(note('z9'));
    expect((await refused(node.take(school.batch(2)))).why.en).toContain('(3)');
  });

  test('a school from an old backup is held until a person decides, and goes on with a newer one', async () => {
    const school = await joined();
    for (let i = 0; i < 9; i++) school.say(note(`z${i}`));
    await node.take(school.batch());
    const old = new MadeSchool(school.id, school.signer);
    old.lines.push(...school.lines.slice(0, 4));
    expect((await refused(takePoll(node, old.speaks()))).code).toBe('restored');
    school.boot = randomUUID();
    expect((await refused(node.take(school.batch(11)))).code).toBe('quarantined');
    await settleSchool(db, { school: school.id, how: 'keep', officer: 'chen' }, NOON);
    school.say(note('z10'));
    expect((await node.take(school.batch(11))).have).toBe(11);
  });

  test('where the old history is given up another journal begins, and the old lines stay', async () => {
    const school = await joined();
    school.say(note('z'));
    await node.take(school.batch());
    const anew = new MadeSchool(school.id, newSigner(school.id)).begin();
    expect((await refused(node.take(anew.batch()))).code).toBe('restored');
    await settleSchool(db, { school: school.id, how: 'begin-anew', officer: 'chen' }, NOON);
    expect((await node.take(anew.batch())).have).toBe(1);
    const rows = await db.query(
      'SELECT epoch, count(*) AS n FROM journal WHERE school = $1 GROUP BY epoch ORDER BY epoch',
      [school.id],
    );
    expect(rows).toEqual([
      { epoch: 1, n: 2 },
      { epoch: 2, n: 1 },
    ]);
  });

  test('two gateways that speak in turn are held; one that started anew is not, nor is its late message', async () => {
    const school = await joined();
    const first = school.batch();
    await node.take(first);
    school.boot = randomUUID();
    school.say(note('z'));
    expect((await node.take(school.batch(2))).have).toBe(2);
    expect((await node.take(first)).have).toBe(2);
    const clone = { ...first, clock: school.at + 30_000 };
    expect((await refused(node.take(clone))).code).toBe('twice');
  });

  test('another key for the journal is refused', async () => {
    const school = await joined();
    await node.take(school.batch());
    const other = new MadeSchool(school.id);
    other.boot = school.boot;
    other.lines.push(...school.lines);
    other.say(note('z'));
    expect((await refused(node.take(other.batch(2)))).code).toBe('log-changed');
  });

  test('a poison line is set aside, and the school goes on', async () => {
    const school = await joined();
    school.lines.push(
      '{"kind":"raised","seq":2',
      'a\u0000b',
      '\ud800',
      '[]',
      '{"kind":"closed","alarm":77,"seq":6,"at":1}',
    );
    const id = school.raise('z1/intrusion');
    expect((await node.take(school.batch())).have).toBe(7);
    const rows = await db.query<{ seq: number }>('SELECT seq FROM quarantine WHERE school = $1 ORDER BY seq', [
      school.id,
    ]);
    expect(rows.map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6]);
    expect(await db.query('SELECT id FROM alarm WHERE school = $1', [school.id])).toEqual([{ id }]);
    expect(await leavesOf(db, school.id)).toEqual(school.lines.map((line) => leafOf(line).toString('hex')));
  });

  test('two nodes at once, doubled and out of order: every journal is the school’s, by its hashes', async () => {
    const schools = await Promise.all(Array.from({ length: 6 }, () => joined()));
    const nodes = [node, testNode(await again(), node.signer)];
    for (const school of schools) for (let i = 0; i < 400; i++) school.raise(`z${i}/intrusion`, 2);
    let order = 7;
    const random = () => {
      order = (order * 48_271) % 2_147_483_647;
      return order / 2_147_483_647;
    };
    const works = schools.flatMap((school) =>
      [0, 1, 2].flatMap(() => Array.from({ length: 9 }, (_, i) => ({ school, from: 1 + i * 45 }))),
    );
    works.sort(() => random() - 0.5);
    await Promise.all(works.map(({ school, from }, i) => nodes[i % 2]!.take(school.batch(from, 60))));
    // What came too early is sent again, as a school does.
    for (const [i, school] of schools.entries()) {
      let { have } = await nodes[i % 2]!.take(school.batch(1, 0));
      while (have < 401) ({ have } = await nodes[i % 2]!.take(school.batch(have + 1, 100)));
      expect(await leavesOf(db, school.id)).toEqual(school.lines.map((line) => leafOf(line).toString('hex')));
      const [count] = await db.query<{ n: number }>('SELECT count(*) AS n FROM alarm WHERE school = $1', [school.id]);
      expect(count?.n).toBe(400);
      const [tile] = await db.query<{ seq: number; body: { alarms: { open: number } } }>(
        'SELECT seq, body FROM tile WHERE school = $1',
        [school.id],
      );
      expect([tile?.seq, tile?.body.alarms.open]).toEqual([401, 400]);
    }
  });
}

describe('a batch of a school, within the process', () => onStore(embedded));
describe("a batch of a school, on Debian's PostgreSQL", () => onStore(debianStore()));
