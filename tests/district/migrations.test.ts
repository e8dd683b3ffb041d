/**
 * The tables as a cluster that is distributed by school needs them, and each step of the migrations tried on a database of the version before it
 * with something in it.
 */
import { afterEach, expect, test } from 'vitest';
import type { Database } from '../../src/district/database/database.ts';
import { knownMigrations, migrate } from '../../src/district/database/migrate.ts';
import { openPglite } from '../../src/district/database/pglite-database.ts';
import { addSchool } from './some-district.ts';

const open: Database[] = [];
afterEach(async () => {
  for (const db of open.splice(0)) await db.close();
});

/** A database of that version. */
async function at(version: number): Promise<Database> {
  const db = await openPglite(undefined);
  open.push(db);
  const steps = await knownMigrations();
  await migrate(
    db,
    'test',
    steps.filter((step) => step.version <= version),
  );
  return db;
}

test('each key of a table that belongs to schools holds the school, so that a cluster can be distributed by it', async () => {
  const db = await at(Number.MAX_SAFE_INTEGER);
  const unique = await db.query<{ table: string; key: string[] }>(
    `SELECT i.indrelid::regclass::text AS table,
       (SELECT array_agg(a.attname::text) FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey::int2[])) AS key
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
     JOIN pg_attribute s ON s.attrelid = c.oid AND s.attname = 'school' AND s.attnotnull
     WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace`,
  );
  expect(unique.length).toBeGreaterThan(20);
  expect(unique.filter(({ key }) => !key.includes('school'))).toEqual([]);
});

test('orders and their files come through the step that keys them by school', async () => {
  const db = await at(1);
  await addSchool(db, { id: 'a' });
  for (const id of ['one', 'two'])
    await db.query(
      `INSERT INTO command (id, school, epoch, kind, body, signature, officer, at, until)
       VALUES ($1, 'a', 1, 'still', '{"id":"x"}', 's', 'wang', 1, 2)`,
      [id],
    );
  await db.query(
    "INSERT INTO sent_file (id, school, name, type, sha256, bytes, at) VALUES ('one', 'a', 'n', 't', 'h', $1, 3)",
    [new Uint8Array([1, 2])],
  );
  await migrate(db, 'test');
  expect(await db.query('SELECT id, body, until FROM command ORDER BY id')).toEqual([
    { id: 'one', body: { id: 'x' }, until: 2 },
    { id: 'two', body: { id: 'x' }, until: 2 },
  ]);
  const [file] = await db.query<{ id: string; bytes: Uint8Array }>('SELECT id, bytes FROM sent_file');
  expect([file?.id, [...(file?.bytes ?? [])]]).toEqual(['one', [1, 2]]);
});
