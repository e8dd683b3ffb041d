/** The trail of the bureau, on both stores: lines of several nodes in one chain, and each way of altering it found. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inSight, sightOf } from '../../src/district/access/street-sight.ts';
import { linkAt, openTrail, readTrail, verifyTrail } from '../../src/district/access/trail.ts';
import type { Database } from '../../src/district/database/database.ts';
import { debianStore } from './debian-store.ts';
import { embedded, type TestStore } from './embedded-store.ts';

function onStore(store: TestStore): void {
  let db: Database;
  let other: Database;
  beforeAll(async () => {
    const opened = await store.open();
    db = opened.db;
    other = await opened.again();
  });
  afterAll(async () => {
    await other.close();
    await db.close();
  });

  test('takes lines of two nodes at once into one chain, to the letter', async () => {
    const nodes = [openTrail(db, () => 1_000), openTrail(other, () => 2_000)];
    const bodies = [{ b: 1, a: ['é', '\u0000', 1e21, -0.5], c: { z: null, y: '"' } }, {}];
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        nodes[n % 2]?.append({ officer: `officer ${n}`, kind: 'looked', body: { n, ...bodies[n % 2] } }),
      ),
    );
    expect(await verifyTrail(db)).toEqual({ lines: 40, head: await linkAt(db, 40) });
    const [row] = await db.query<{ n: number }>('SELECT count(DISTINCT body) AS n FROM trail');
    expect(row?.n).toBe(40);
  });

  test('keeps a line with what is done, or neither', async () => {
    const trail = openTrail(db, () => 3_000);
    await expect(
      db.transaction(async (sql) => {
        await trail.appendIn(sql, { officer: 'x', kind: 'key-made', school: 'a' });
        throw new Error('given up');
      }),
    ).rejects.toThrow('given up');
    expect((await verifyTrail(db)).lines).toBe(40);
  });

  const alterations = [
    ['another name', "UPDATE trail SET officer = 'somebody' WHERE n = 7", 7],
    ['another time', 'UPDATE trail SET at = at + 1 WHERE n = 7', 7],
    ['another body', 'UPDATE trail SET body = \'{"n": 8}\' WHERE n = 7', 7],
    ['another line', "UPDATE trail SET line = replace(line, 'officer', 'Officer') WHERE n = 7", 7],
    ['another link', "UPDATE trail SET link = repeat('0', 64) WHERE n = 7", 7],
    ['a line taken out', 'DELETE FROM trail WHERE n = 7', 7],
    [
      'a line taken out and the others moved up',
      'DELETE FROM trail WHERE n = 7; UPDATE trail SET n = -n WHERE n > 7; UPDATE trail SET n = -n - 1 WHERE n < 0',
      7,
    ],
    ['the first line taken out', 'DELETE FROM trail WHERE n = 1', 1],
    [
      'a line put in',
      'INSERT INTO trail SELECT 41, at, officer, kind, school, body, line, link FROM trail WHERE n = 40',
      41,
    ],
  ] as const;
  test.each(alterations)('finds %s', async (_what, change, at) => {
    await db.script('CREATE TABLE kept AS SELECT * FROM trail');
    await db.script(change);
    expect((await verifyTrail(db)).brokenAt).toBe(at);
    await db.script('DELETE FROM trail; INSERT INTO trail SELECT * FROM kept; DROP TABLE kept');
    expect((await verifyTrail(db)).brokenAt).toBeUndefined();
  });

  test('that its end was cut off is seen by who knows an earlier head, and by nobody else', async () => {
    const before = await verifyTrail(db);
    await db.script('CREATE TABLE kept AS SELECT * FROM trail; DELETE FROM trail WHERE n > 38');
    expect((await verifyTrail(db)).brokenAt).toBeUndefined();
    expect(await linkAt(db, before.lines)).toBeUndefined();
    await db.script('DELETE FROM trail; INSERT INTO trail SELECT * FROM kept; DROP TABLE kept');
    expect(await linkAt(db, before.lines)).toBe(before.head);
  });

  test('shows an officer of a street no line of a school beyond it', async () => {
    const trail = openTrail(db, () => 4_000);
    for (const [school, street] of [
      ['near', '东街'],
      ['far', '西街'],
    ]) {
      await db.query(
        `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, joined_at) VALUES ($1, $1, $1, $1, $1, $2, 'school', 0)`,
        [school, street],
      );
      await trail.append({ officer: 'x', kind: 'looked', school: school ?? '' });
    }
    const seen = async (streets: string[]) =>
      (
        await readTrail(db, { kind: 'looked' }, { where: inSight(1, 'trail.school'), param: sightOf({ streets }) }, 3)
      ).map(({ school }) => school);
    expect(await seen([])).toEqual(['far', 'near', undefined]);
    expect(await seen(['东街'])).toEqual(['near', undefined, undefined]);
  });
}

describe('the trail on PostgreSQL within the process', () => onStore(embedded));
describe("the trail on Debian's PostgreSQL", () => onStore(debianStore()));
