/**
 * Old records at the district, on both stores: the content of lines goes and their leaves stay, nothing that is open goes, what is folded afterwards is
 * folded on, each step is in the trail, and whoever is killed in the middle leaves nothing half done.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fact } from '../../src/core/types.ts';
import { openTrail, verifyTrail } from '../../src/district/access/trail.ts';
import { usualKeep } from '../../src/district/board/keep-rules.ts';
import type { Database } from '../../src/district/database/database.ts';
import { keepWithin, type RetentionRun } from '../../src/district/retention/keep-within.ts';
import { type JournalVerdict, verifyJournals } from '../../src/district/retention/verify-journals.ts';
import { realWorld } from '../../src/world/world.ts';
import { debianStore } from './debian-store.ts';
import { embedded, type TestStore } from './embedded-store.ts';
import { MadeSchool } from './made-school.ts';
import { addSchool, leavesOf, type TestNode, testNode } from './some-district.ts';

const YEAR = 366 * 86_400_000;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
let names = 0;

function onStore(store: TestStore): void {
  let db: Database;
  let node: TestNode;
  beforeAll(async () => {
    ({ db } = await store.open());
    node = testNode(db);
  });
  afterAll(async () => await db.close());

  const run = async (of: Database = db, atOnce = 1_000): Promise<RetentionRun> => {
    const world = { ...realWorld(quiet), now: () => node.now };
    const trail = openTrail(of, world.now);
    const faults = { say: () => undefined };
    const { signal } = new AbortController();
    return await keepWithin({ db: of, trail, keep: usualKeep, world, faults, signal, atOnce });
  };
  const verified = async (school: string): Promise<JournalVerdict[]> => {
    const all: JournalVerdict[] = [];
    for await (const one of verifyJournals(db)) if (one.school === school) all.push(one);
    return all;
  };
  const textsOf = async (school: string): Promise<number[]> =>
    (
      await db.query<{ seq: number }>('SELECT seq FROM journal WHERE school = $1 AND line IS NOT NULL ORDER BY seq', [
        school,
      ])
    ).map(({ seq }) => seq);
  const openOf = async (school: string) =>
    (await db.query<{ body: { alarms: { open: number } } }>('SELECT body FROM tile WHERE school = $1', [school]))[0]
      ?.body.alarms.open;

  /** A school with an incident that is over, one that nobody closed, and what was asked about each. */
  async function aged(pairs = 1) {
    const school = new MadeSchool(`kept-${++names}`).begin();
    school.at = node.now;
    await addSchool(db, school);
    const over: number[] = [];
    for (let i = 0; i < pairs; i++) {
      const alarm = school.raise(`a${i}/intrusion`);
      const closed = { kind: 'closed', alarm, by: 'li', reason: 'A', covert: undefined } as unknown as Fact;
      over.push(alarm, school.say(closed));
    }
    const open = school.raise('open/intrusion');
    school.say({ kind: 'acknowledged', alarm: open, by: 'li' } as Fact);
    for (let from = 1; from <= school.lines.length; from += 2_000)
      await node.take(school.batch(from, 2_000, { checkpoint: undefined } as object));
    await node.take(school.batch(school.lines.length + 1, 0, { checkpoint: school.checkpoint() }));
    return { school, over, open };
  }

  test('the content of what is over and old goes; leaves, roots, and all that is open stay', async () => {
    const { school, over, open } = await aged();
    const order = (id: string, alarm: number, done: number | null) =>
      db.query(
        `INSERT INTO command (id, school, epoch, kind, body, signature, officer, at, until, taken_at, done_at, outcome)
         VALUES ($1, $2, 1, 'urge', $3::jsonb, 's', 'wang', $4, $4, $4, $5, $6)`,
        [id, school.id, JSON.stringify({ alarm }), node.now, done, done === null ? null : 'answered'],
      );
    await order(`done-${school.id}`, over[0]!, node.now);
    await order(`open-${school.id}`, open, null);
    const leaves = await leavesOf(db, school.id);
    expect((await run()).lines).toBe(0);
    node.now += 2 * YEAR;
    expect(await textsOf(school.id)).toHaveLength(school.lines.length);
    node.now += 2 * YEAR;
    expect(await run()).toMatchObject({ lines: over.length, failed: [] });
    expect(await textsOf(school.id)).toEqual([1, open, open + 1]);
    expect(await leavesOf(db, school.id)).toEqual(leaves);
    expect(await verified(school.id)).toEqual([
      { school: school.id, epoch: 1, lines: school.lines.length, cut: over.length },
    ]);
    const alarms = await db.query<{ id: number }>('SELECT id FROM alarm WHERE school = $1', [school.id]);
    expect(alarms).toEqual([{ id: open }]);
    const orders = await db.query<{ id: string }>('SELECT id FROM command WHERE school = $1', [school.id]);
    expect(orders).toEqual([{ id: `open-${school.id}` }]);
    const told = await db.query<{ kind: string; body: object }>(
      'SELECT kind, body FROM trail WHERE school = $1 ORDER BY n',
      [school.id],
    );
    expect(told).toMatchObject([
      { kind: 'lines-cut', body: { journal: 1, lines: 2, from: 2, to: 3 } },
      { kind: 'rows-cut', body: { alarm: 1, command: 1 } },
    ]);
    expect((await run()).lines).toBe(0);
    expect((await verifyTrail(db)).brokenAt).toBeUndefined();
  });

  test('a node that never saw the school folds on from the State at the cut, and cosigns what follows', async () => {
    const { school, open } = await aged();
    node.now += 4 * YEAR;
    await run();
    await db.query('DELETE FROM fold WHERE school = $1', [school.id]);
    school.at = node.now;
    school.say({ kind: 'closed', alarm: open, by: 'li', reason: 'A' } as Fact);
    const young = school.raise('young/intrusion');
    const other = testNode(db, node.signer);
    other.now = node.now;
    const from = school.lines.length - 1;
    const answer = await other.take(school.batch(from, 2, { checkpoint: school.checkpoint() }));
    expect(answer).toMatchObject({ have: school.lines.length, cosignature: expect.any(String) });
    expect(await openOf(school.id)).toBe(1);
    const [closed] = await db.query<{ closed_by: string }>(
      'SELECT closed_by FROM alarm WHERE school = $1 AND id = $2',
      [...[school.id, open]],
    );
    expect(closed?.closed_by).toBe('li');
    // What was open until now is young: it goes with its own age, whole.
    await run();
    expect(await textsOf(school.id)).toEqual([1, open, open + 1, from, young]);
    node.now += 4 * YEAR;
    await run();
    expect(await textsOf(school.id)).toEqual([1, young]);
    expect((await verified(school.id))[0]).not.toHaveProperty('flaw');
  });

  test('a school whose clock was years behind loses nothing that came lately', async () => {
    const school = new MadeSchool(`kept-${++names}`);
    school.at = node.now - 20 * YEAR;
    await addSchool(db, school.begin());
    const alarm = school.raise('early/intrusion');
    school.say({ kind: 'closed', alarm, by: 'li', reason: 'A' } as Fact);
    await node.take(school.batch(1));
    await db.query(
      `INSERT INTO command (id, school, epoch, kind, body, signature, officer, at, until, taken_at, done_at, outcome)
       VALUES ('o', $1, 1, 'still', '{}', 's', 'wang', $2, $2, $2, $3, 'sent')`,
      [school.id, node.now, school.at],
    );
    await db.query('INSERT INTO round (school, epoch, id, route, start, day) VALUES ($1, 1, $2, $2, $3, $2)', [
      ...[school.id, 'r', school.at],
    ]);
    const kept = async () => {
      const rows = await Promise.all(
        ['alarm', 'deed', 'command', 'round'].map(
          async (table) => (await db.query(`SELECT 1 FROM ${table} WHERE school = $1`, [school.id])).length > 0,
        ),
      );
      return rows.every(Boolean);
    };
    await run();
    expect([await kept(), await textsOf(school.id)]).toEqual([true, [1, 2, 3]]);
    node.now += 4 * YEAR;
    await run();
    expect([await kept(), await textsOf(school.id)]).toEqual([false, [1]]);
  });

  test('what nobody here can read goes by its age as well, and the trail tells of it', async () => {
    const school = new MadeSchool(`kept-${++names}`).begin();
    school.at = node.now;
    await addSchool(db, school);
    school.lines.push('{"nothing":1}');
    school.say({ kind: 'of-a-later-version', what: 7 } as unknown as Fact);
    await node.take(school.batch(1));
    node.now += 2 * YEAR;
    await run();
    expect(await textsOf(school.id)).toEqual([1, 2, 3]);
    const leaves = await leavesOf(db, school.id);
    node.now += 2 * YEAR;
    await run();
    expect(await textsOf(school.id)).toEqual([1]);
    expect(await leavesOf(db, school.id)).toEqual(leaves);
    expect(await verified(school.id)).toEqual([{ school: school.id, epoch: 1, lines: 3, cut: 2 }]);
  });

  test('what a clock that was ahead stamped stays until it is old, and then goes as well', async () => {
    const school = new MadeSchool(`kept-${++names}`).begin();
    school.at = node.now + 2 * YEAR;
    await addSchool(db, school);
    const over = (key: string) => {
      const alarm = school.raise(key);
      return [alarm, school.say({ kind: 'closed', alarm, by: 'li', reason: 'A' } as Fact)];
    };
    const ahead = over('ahead/intrusion');
    school.at = node.now;
    over('after/intrusion');
    await node.take(school.batch(1));
    node.now += 4 * YEAR;
    await run();
    expect(await textsOf(school.id)).toEqual([1, ...ahead]);
    node.now += 4 * YEAR;
    await run();
    expect(await textsOf(school.id)).toEqual([1]);
  });

  test('killed between two steps nothing is half done, and the next run goes on', async () => {
    const { school, over } = await aged(20);
    node.now += 4 * YEAR;
    let updates = 0;
    const breaking: Database = {
      ...db,
      query: (text, params) => db.query(text, params),
      transaction: (work) =>
        db.transaction((sql) =>
          work({
            query: async (text, params) => {
              const rows = await sql.query(text, params);
              // The second time the content is gone, and the trail does not say so yet.
              if (text.startsWith('UPDATE journal') && ++updates === 2) throw new Error('killed');
              return rows as never;
            },
          }),
        ),
    };
    expect(await run(breaking, 25)).toMatchObject({ lines: 0, failed: [school.id] });
    const half = await verified(school.id);
    expect(half[0]).toEqual({ school: school.id, epoch: 1, lines: school.lines.length, cut: 24 });
    expect(await run()).toMatchObject({ lines: over.length - 24, failed: [] });
    expect((await verified(school.id))[0]).toMatchObject({ cut: over.length });
    expect((await verified(school.id))[0]).not.toHaveProperty('flaw');
  });

  test('a line that is not what its leaf says is not cut, and what nobody cut is missed', async () => {
    const { school, over } = await aged();
    const alter = (seq: number | undefined, to: string | null) =>
      db.query('UPDATE journal SET line = $3, kind = NULL WHERE school = $1 AND seq = $2', [school.id, seq, to]);
    const line = school.lines[over[0]! - 1]!;
    await alter(over[0], line.replace('"priority":1', '"priority":3'));
    node.now += 4 * YEAR;
    expect((await run()).failed).toEqual([school.id]);
    expect(await textsOf(school.id)).toContain(over[0]);
    expect((await verified(school.id))[0]?.flaw).toEqual({ what: 'line', at: over[0] });
    await alter(over[0], null);
    expect((await verified(school.id))[0]?.flaw).toEqual({ what: 'cut', at: 2, said: 1 });
  });
}

describe('old records, within the process', () => onStore(embedded));
describe("old records, on Debian's PostgreSQL", () => onStore(debianStore()));
