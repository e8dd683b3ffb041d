/**
 * Each step of the migrations on tables that are full, of the version just before it, on the PostgreSQL within the process and on Debian's: nothing that
 * was there is lost or altered but what the step is for, and both come to the same.
 */
import { afterEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/district/database/database.ts';
import { knownMigrations, type Migration, migrate } from '../../src/district/database/migrate.ts';
import { openPglite } from '../../src/district/database/pglite-database.ts';
import { openPostgres } from '../../src/district/database/postgres-database.ts';
import { debianStore } from './debian-store.ts';

const steps = await knownMigrations();
const debian = debianStore();
const open: Database[] = [];
afterEach(async () => {
  for (const db of open.splice(0)) await db.close();
});

let databases = 0;
const stores: readonly (readonly [string, () => Promise<Database>])[] = [
  ['PostgreSQL within the process', () => openPglite(undefined)],
  ["Debian's", async () => openPostgres({ url: await debian.peer().database(`filled_${++databases}`) })],
];

/** An empty database of that version. */
async function at(version: number, make: () => Promise<Database>): Promise<Database> {
  const db = await make();
  open.push(db);
  await migrate(db, 'test', upTo(version));
  return db;
}
const upTo = (version: number): Migration[] => steps.filter((step) => step.version <= version);

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
}
/** Every column of every table that is ours, as the database has it. */
const columnsOf = (db: Database): Promise<readonly Column[]> =>
  db.query<Column>(
    `SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'migration'
      ORDER BY c.relname, a.attname`,
  );

const ROWS = 16;
/** What stands in a column of row `n`: another value in each row and column, letters of all kinds, and nothing where nothing may stand. */
function fillerOf({ table, name, type }: Column, n: number): unknown {
  const texts = ['东墙', "it's", 'a\nb', '🚨', '\\n'];
  // The rows of one school belong together in all tables.
  if (name === 'school') return `school-${n % 8}`;
  if (type === 'text') return `${table}.${name}-${n} ${texts[n % texts.length]}`;
  if (type === 'jsonb') return JSON.stringify(name === 'roots' || name === 'boots' ? [`${n}`, texts] : { [name]: n });
  if (type === 'boolean') return n % 3 === 0;
  if (type === 'bytea') return new Uint8Array([n, 0, 255, 10]);
  if (type === 'real') return n / 4;
  // Beyond what 32 bits hold, as times are.
  return type === 'bigint' ? 1_790_000_000_000 + n * 7 : 1 + (n % 50);
}

/** Fills each table there is with rows of which no two share a key. */
async function fill(db: Database): Promise<void> {
  const columns = await columnsOf(db);
  for (const table of new Set(columns.map((column) => column.table))) {
    const own = columns.filter((column) => column.table === table);
    // One row a school where the school is the whole key.
    const alone = await db.query(
      `SELECT 1 FROM pg_index i WHERE i.indrelid = '${table}'::regclass AND i.indisprimary AND i.indnatts = 1
         AND (SELECT attname FROM pg_attribute WHERE attrelid = i.indrelid AND attnum = i.indkey[0]) = 'school'`,
    );
    const rows = Array.from({ length: alone.length > 0 ? 8 : ROWS }, (_, n) => n);
    const holes = rows.map((n) => `(${own.map((_, i) => `$${n * own.length + i + 1}`).join(', ')})`);
    await db.query(
      `INSERT INTO ${table} (${own.map(({ name }) => name).join(', ')}) VALUES ${holes.join(', ')}`,
      rows.flatMap((n) => own.map((column) => fillerOf(column, n))),
    );
  }
}

/** Each table's rows as text, of these columns, in one order. */
async function rowsOf(db: Database, columns: readonly Column[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of new Set(columns.map((column) => column.table))) {
    const names = columns.filter((column) => column.table === table).map(({ name }) => `'${name}', ${name}`);
    const rows = await db.query<{ row: string }>(
      `SELECT row FROM (SELECT jsonb_build_object(${names.join(', ')})::text AS row FROM ${table}) AS all_rows ORDER BY row COLLATE "C"`,
    );
    found[table] = rows.map(({ row }) => row);
  }
  return found;
}

/** When a step ended an order is the moment at which it ran. */
const FRESH: ReadonlySet<string> = new Set(['command.done_at']);
/** What each step is for: tables it takes away, and columns it fills anew. */
const meant: Readonly<Record<number, { readonly gone?: readonly string[]; readonly changed?: readonly string[] }>> = {
  3: { changed: ['command.outcome', 'command.done_at'] },
  5: { gone: ['ahead'] },
};
const named = ({ table, name }: Column): string => `${table}.${name}`;

describe.each(steps.slice(1).map(({ version, name }) => [name, version] as const))('step %s', (_, version) => {
  test('leaves every row of full tables as it was, but for what it is for, and comes to the same on both', async () => {
    const ends: unknown[] = [];
    for (const [store, make] of stores) {
      const db = await at(version - 1, make);
      await fill(db);
      const { gone = [], changed = [] } = meant[version] ?? {};
      const stays = (await columnsOf(db)).filter(
        (column) => !gone.includes(column.table) && !changed.includes(named(column)),
      );
      const before = await rowsOf(db, stays);
      expect(Math.min(...Object.values(before).map(({ length }) => length)), store).toBe(8);
      expect(await migrate(db, 'test', upTo(version))).toBe(version);
      expect(await rowsOf(db, stays), store).toEqual(before);
      const columns = await columnsOf(db);
      expect(columns.filter(({ table }) => gone.includes(table))).toEqual([]);
      ends.push([
        columns,
        await rowsOf(
          db,
          columns.filter((column) => !FRESH.has(named(column))),
        ),
      ]);
      // Once more changes nothing.
      await migrate(db, 'test', upTo(version));
      expect(await rowsOf(db, stays), store).toEqual(before);
    }
    expect(ends[0]).toEqual(ends[1]);
  });
});

test.each(stores)(
  'a full database of the first version comes to the newest in one go, with the tables of a new one: %s',
  async (_, make) => {
    const db = await at(1, make);
    await fill(db);
    await migrate(db, 'test');
    const fresh = await at(Number.MAX_SAFE_INTEGER, make);
    expect(await columnsOf(db)).toEqual(await columnsOf(fresh));
    const indexes = (of: Database) =>
      of.query("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname");
    expect(await indexes(db)).toEqual(await indexes(fresh));
  },
);

test.each(stores)(
  'a school is as late as it was, and what was asked of a journal that was given up ends: %s',
  async (_, make) => {
    const db = await at(2, make);
    for (const [school, epoch, seq, head, seen, told] of [
      ['level', 1, 9, 9, 500, 400],
      ['behind', 2, 5, 9, 500, 300],
      ['clock-ahead', 1, 5, 9, 500, 900],
      ['never', 1, 0, 0, null, null],
    ] as const) {
      await db.query(
        `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, epoch, joined_at) VALUES ($1, $1, $1, $1, $1, 's', 'school', $2, 1)`,
        [school, epoch],
      );
      await db.query(
        'INSERT INTO cursor (school, epoch, seq, head, seen_at, told_at) VALUES ($1, $2, $3, $4, $5, $6)',
        [...[school, epoch, seq, head, seen, told]],
      );
    }
    for (const [id, epoch, done] of [
      ['old', 1, null],
      ['old-done', 1, 7],
      ['now', 2, null],
    ] as const)
      await db.query(
        `INSERT INTO command (id, school, epoch, kind, body, signature, officer, at, until, done_at) VALUES ($1, 'behind', $2, 'urge', '{}', 's', 'wang', 1, 2, $3)`,
        [id, epoch, done],
      );
    await migrate(db, 'test');
    expect(await db.query('SELECT school, level_at FROM cursor ORDER BY school')).toEqual([
      { school: 'behind', level_at: 300 },
      { school: 'clock-ahead', level_at: 500 },
      { school: 'level', level_at: 500 },
      { school: 'never', level_at: null },
    ]);
    expect(await db.query('SELECT id, outcome, done_at > 0 AS done FROM command ORDER BY id')).toEqual([
      { id: 'now', outcome: null, done: null },
      { id: 'old', outcome: 'given-up', done: true },
      { id: 'old-done', outcome: null, done: true },
    ]);
  },
);

test.each(stores)('keys that were there are keys, and a day begins with nothing counted: %s', async (_, make) => {
  const db = await at(5, make);
  await fill(db);
  await migrate(db, 'test');
  expect(await db.query('SELECT count(*)::int AS n, count(until)::int AS certificates FROM school_key')).toEqual([
    { n: ROWS, certificates: 0 },
  ]);
  expect(await db.query('SELECT DISTINCT day, day_bytes FROM cursor')).toEqual([{ day: null, day_bytes: 0 }]);
});
