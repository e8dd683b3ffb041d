/**
 * What befalls a district's PostgreSQL, and what becomes of it: killed in the middle of a batch, started again, silent, locked, full; two nodes
 * that start at once; a database that a newer program made. Nothing is kept twice, nothing is lost, and nobody waits for ever.
 */
import { createServer, connect as dial, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/district/database/database.ts';
import { DatabaseError } from '../../src/district/database/database-error.ts';
import { knownMigrations, migrate } from '../../src/district/database/migrate.ts';
import { openDatabase, persisting } from '../../src/district/database/open-database.ts';
import { openPostgres } from '../../src/district/database/postgres-database.ts';
import { openFanout } from '../../src/district/fanout/fanout.ts';
import { databaseWire } from '../../src/district/fanout/wires.ts';
import { refusalOf } from '../../src/district/ingest/refuse.ts';
import { takeBatch } from '../../src/district/ingest/take-batch.ts';
import { realWorld } from '../../src/world/world.ts';
import { startPostgres, type TestPostgres } from '../peers/postgres.ts';
import { leafOf, MadeSchool } from './made-school.ts';
import { addSchool, leavesOf, testNode } from './some-district.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof DatabaseError ? error.fault : String(error)),
  );

describe("what befalls a district's PostgreSQL", () => {
  let peer: TestPostgres;
  let url: string;
  let db: Database;
  beforeAll(async () => {
    peer = await startPostgres();
    url = await peer.database('district');
    db = await openDatabase({ url, connections: 4 });
  });
  afterAll(async () => {
    await db.close();
    await peer.end();
  });
  /** Asks until it is there again. */
  const there = () => expect.poll(() => faultOf(db.query('SELECT 1'))).toBe('none');

  test('killed in the middle of a batch it loses the batch whole, and the next try brings it', async () => {
    const school = new MadeSchool('killed').begin();
    for (let i = 0; i < 300; i++) school.raise(`z${i}/intrusion`, 2);
    await addSchool(db, school);
    const node = testNode(db);
    await node.take(school.batch(1, 100));
    const transaction: Database['transaction'] = (work) =>
      db.transaction(async (sql) => {
        const done = await work(sql);
        await peer.stop('immediate');
        return done;
      });
    expect(await faultOf(takeBatch({ ...node, db: { ...db, transaction } }, school.batch(101)))).toBe('away');
    expect(await faultOf(node.take(school.batch(101)))).toBe('away');
    await peer.start();
    await there();
    expect((await node.take(school.batch(101))).have).toBe(301);
    expect(await leavesOf(db, school.id)).toEqual(school.lines.map((line) => leafOf(line).toString('hex')));
    expect(await db.query('SELECT count(*) AS n FROM alarm WHERE school = $1', [school.id])).toEqual([{ n: 300 }]);
  });

  test('started again under thirty who ask, it is used again by all of them', async () => {
    const asking = Array.from({ length: 30 }, (_, i) => faultOf(db.query('SELECT pg_sleep(0.2), $1::int', [i])));
    await peer.stop('fast');
    const lost = await Promise.all(Array.from({ length: 30 }, () => faultOf(db.query('SELECT 1'))));
    expect(new Set([...(await Promise.all(asking)), ...lost])).toEqual(new Set(['away']));
    await peer.start();
    await there();
    const again = await Promise.all(Array.from({ length: 30 }, () => faultOf(db.query('SELECT 1'))));
    expect(new Set(again)).toEqual(new Set(['none']));
  });

  test('whoever waits for another’s lock for too long is told that it is slow, and holds nothing', async () => {
    const slow = openPostgres({ url, connections: 2, statementMs: 300 });
    await db.query('CREATE TABLE held (id integer PRIMARY KEY)');
    await db.query('INSERT INTO held VALUES (1)');
    let release: () => void = () => undefined;
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    let locked: () => void = () => undefined;
    const lock = new Promise<void>((resolve) => {
      locked = resolve;
    });
    const holding = db.transaction(async (sql) => {
      await sql.query('SELECT * FROM held FOR UPDATE');
      locked();
      await until;
    });
    await lock;
    const work = () => slow.transaction((sql) => sql.query('SELECT * FROM held FOR UPDATE'));
    expect(['slow', 'clash']).toContain(await faultOf(work()));
    release();
    await holding;
    expect(await faultOf(work())).toBe('none');
    await slow.close();
  });

  test('two that lock each other out are both done in the end', async () => {
    await db.query('CREATE TABLE pair (id integer PRIMARY KEY, n integer NOT NULL)');
    await db.query('INSERT INTO pair VALUES (1, 0), (2, 0)');
    const both = (order: readonly number[]) =>
      persisting(db, async (sql) => {
        for (const id of order) {
          await sql.query('UPDATE pair SET n = n + 1 WHERE id = $1', [id]);
          await sql.query('SELECT pg_sleep(0.05)');
        }
      });
    await Promise.all([both([1, 2]), both([2, 1])]);
    expect(await db.query('SELECT n FROM pair')).toEqual([{ n: 2 }, { n: 2 }]);
  });

  test('a full disk is said to the school as what it is, a database that is away as another thing', async () => {
    const fullDisk = new DatabaseError('full', 'db', '', '53100');
    expect(refusalOf(fullDisk, 'a')?.code).toBe('disk-full');
    expect(refusalOf(new DatabaseError('away', 'db', '', '57P01'), 'a')?.code).toBe('store-away');
    const raise = "DO $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = 'disk_full'; END $$";
    expect(await faultOf(db.query(raise))).toBe('full');
  });

  test('a network that swallows everything ends in an error, and not in waiting', async () => {
    const target = new URL(url);
    const behind = Number(target.port);
    const sockets: Socket[] = [];
    let swallows = false;
    const between = createServer((near) => {
      const far = dial(behind, '127.0.0.1');
      sockets.push(near, far);
      near.on('data', (bytes) => void (swallows || far.write(bytes))).on('error', () => undefined);
      far.on('data', (bytes) => void (swallows || near.write(bytes))).on('error', () => undefined);
    });
    await new Promise<void>((resolve) => void between.listen(0, '127.0.0.1', resolve));
    const { port } = between.address() as { port: number };
    target.port = String(port);
    const far = openPostgres({ url: target.href, connections: 1, statementMs: 200, silentMs: 500 });
    expect(await faultOf(far.query('SELECT 1'))).toBe('none');
    swallows = true;
    expect(await faultOf(far.query('SELECT 1'))).toBe('away');
    for (const socket of sockets) socket.destroy();
    swallows = false;
    await expect.poll(() => faultOf(far.query('SELECT 1'))).toBe('none');
    await far.close();
    for (const socket of sockets) socket.destroy();
    between.close();
  });

  test('jsonb, bigint, bytea, zero characters and many rows come back as they were given', async () => {
    const [row] = await db.query(
      "SELECT $1::jsonb AS a, $2::bigint AS b, $3::bytea AS c, ($1::jsonb)->>'x' AS d, jsonb_typeof($4::jsonb) AS e, sum(n) AS f FROM generate_series(1, 3) n",
      [JSON.stringify({ x: 'y' }), 9_007_199_254_740_991, new Uint8Array([0, 255]), JSON.stringify('text')],
    );
    expect(row).toMatchObject({ a: { x: 'y' }, b: 9_007_199_254_740_991, d: 'y', e: 'string', f: 6 });
    expect(Buffer.from((row as { c: Uint8Array }).c)).toEqual(Buffer.of(0, 255));
    const odd = ['a', 'b"c\\d', '', '{x,y}', 'NULL', '中'];
    const there = await db.query('SELECT x FROM unnest($1::text[]) WITH ORDINALITY AS r(x, n) ORDER BY n', [odd]);
    expect(there.map((one) => (one as { x: string }).x)).toEqual(odd);
    expect(await db.query('SELECT 7 = ANY($1::bigint[]) AS a, 8 = ANY($1::bigint[]) AS b', [[6, 7]])).toEqual([
      { a: true, b: false },
    ]);
    expect(await faultOf(db.query('SELECT $1::text', ['a\u0000b']))).toBe('unstorable');
    expect(await faultOf(db.query('SELECT $1::jsonb', ['{"a":"\\u0000"}']))).toBe('unstorable');
    const many = JSON.stringify(Array.from({ length: 70_000 }, (_, n) => ({ n })));
    const rows = await db.query('SELECT sum(n) AS sum FROM json_to_recordset($1::json) AS r(n bigint)', [many]);
    expect(rows).toEqual([{ sum: 2_449_965_000 }]);
  });

  test('nodes that start at once on an empty database both find it made, once', async () => {
    const empty = await peer.database('empty');
    const both = await Promise.all([1, 2, 3].map(() => openDatabase({ url: empty })));
    expect(await both[0]!.query('SELECT version FROM migration ORDER BY version')).toEqual(
      (await knownMigrations()).map(({ version }) => ({ version })),
    );
    await Promise.all(both.map((one) => one.close()));
  });

  test('a database of the version before is brought forward, and one of a newer version is left alone', async () => {
    const steps = await knownMigrations();
    const newest = steps.at(-1)!.version;
    const next = { version: newest + 1, name: 'next.sql', text: 'ALTER TABLE school ADD COLUMN later text;' };
    const old = await openDatabase({ url: await peer.database('old') });
    await addSchool(old, { id: 'a' });
    await migrate(old, 'old', [...steps, next]);
    expect(await old.query('SELECT school, later FROM school')).toEqual([{ school: 'a', later: null }]);
    expect(await faultOf(migrate(old, 'old', steps))).toBe('newer');
    const broken = {
      version: newest + 2,
      name: 'broken.sql',
      text: 'ALTER TABLE school ADD COLUMN more text; SELECT 1/0;',
    };
    expect(await faultOf(migrate(old, 'old', [...steps, next, broken]))).toBe('unstorable');
    expect(await faultOf(old.query('SELECT more FROM school'))).toBe('other');
    await old.close();
  });

  test('what one node tells the other hears, also after the database was away', async () => {
    const world = realWorld(quiet);
    const [one, other] = [await openDatabase({ url }), await openDatabase({ url })];
    const [near, far] = [await openFanout(databaseWire(one), world), await openFanout(databaseWire(other), world)];
    const heard: (string | undefined)[] = [];
    far.hear((notice) => heard.push(notice?.school));
    await expect
      .poll(() => {
        near.tell({ kind: 'school', school: 'a' });
        return heard;
      })
      .toContain('a');
    await peer.stop('fast');
    await peer.start();
    await expect
      .poll(() => {
        near.tell({ kind: 'order', school: 'b' });
        return heard;
      })
      .toContain('b');
    expect(heard).toContain(undefined);
    await near.close();
    await far.close();
    await one.close();
    await other.close();
    await there();
  });
});
