/**
 * The store of a district that needs no other process, and what a store is to tests that hold on both. The first to open one keeps what PostgreSQL
 * made of an empty folder and of the migrations; every other begins from that, which takes a tenth of the work.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import type { Database } from '../../src/district/database/database.ts';
import { knownMigrations, migrate } from '../../src/district/database/migrate.ts';
import { pgliteDatabase, pgliteParsers } from '../../src/district/database/pglite-database.ts';

export interface TestStore {
  readonly name: string;
  /** A fresh database with the district's tables. `again`: another node's way to the same one. */
  open(): Promise<{ readonly db: Database; again(): Promise<Database> }>;
}

const cache = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));
const kind = 'district-tables-';

/** By what it is made of: another PGlite or another step of the tables makes it anew. */
async function keptPath(): Promise<string> {
  const program = await readFile(new URL('../package.json', import.meta.resolve('@electric-sql/pglite')), 'utf8');
  const made = createHash('sha256')
    .update(program)
    .update(JSON.stringify(await knownMigrations()));
  return join(cache, `${kind}${made.digest('hex').slice(0, 16)}.tar`);
}

/** Whoever is first keeps it; two at once make the same, and one of them stays. */
async function keep(db: PGlite, path: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const old = (await readdir(cache)).filter((name) => name.startsWith(kind) && !name.startsWith(basename(path)));
  for (const name of old) await rm(join(cache, name), { force: true });
  const own = `${path}.${crypto.randomUUID()}`;
  await writeFile(own, await (await db.dumpDataDir('none')).bytes());
  await rename(own, path);
}

async function tables(): Promise<Database> {
  const path = await keptPath();
  const kept = await readFile(path).catch(() => undefined);
  const files = kept && { loadDataDir: new Blob([kept]) };
  const pglite = await PGlite.create({ ...files, parsers: pgliteParsers });
  const db = pgliteDatabase(pglite, 'memory');
  await migrate(db, 'memory');
  if (!kept) await keep(pglite, path);
  return db;
}

/** PostgreSQL within the process, in memory. Another node has the same connection. */
export const embedded: TestStore = {
  name: 'PostgreSQL within the process',
  open: async () => {
    const db = await tables();
    return { db, again: async () => ({ ...db, close: async () => undefined }) };
  },
};
