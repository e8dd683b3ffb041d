/**
 * Brings a database to what this program needs: the files of `migrations/` in the order of their numbers, each once, each in one transaction
 * with the line that says so. Several nodes that start at once wait for each other. It goes forward only, and must never touch a database that a
 * newer program made.
 */
import { readdir, readFile } from 'node:fs/promises';
import type { Database } from './database.ts';
import { DatabaseError } from './database-error.ts';

const folder = new URL('./migrations/', import.meta.url);
/** Any number that nothing else locks by. */
const LOCK = 7_205_511;

/** A step: its number, and what it does. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly text: string;
}

/** The steps this program knows, in order. */
export async function knownMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort();
  return await Promise.all(
    names.map(async (name) => ({
      version: Number(name.slice(0, 4)),
      name,
      text: await readFile(new URL(name, folder), 'utf8'),
    })),
  );
}

/** Resolves with the version the database has then. Rejects with DatabaseError. */
export async function migrate(db: Database, where: string, steps?: readonly Migration[]): Promise<number> {
  const known = steps ?? (await knownMigrations());
  await db.script(
    `SELECT pg_advisory_xact_lock(${LOCK});
     CREATE TABLE IF NOT EXISTS migration (version integer PRIMARY KEY, name text NOT NULL, at timestamptz NOT NULL DEFAULT now());`,
  );
  const newest = known.at(-1)?.version ?? 0;
  for (const { version, name, text } of known) {
    const [row] = await db.query<{ version: number | null }>('SELECT max(version) AS version FROM migration');
    const has = row?.version ?? 0;
    if (has > newest) throw new DatabaseError('newer', where, `${has} > ${newest}`, 'MIGRATION');
    if (has >= version) continue;
    // Whoever waited for the lock finds the step done: it then fails on the row of its number, and nothing of it stays.
    await db
      .script(
        `SELECT pg_advisory_xact_lock(${LOCK});
         INSERT INTO migration (version, name) VALUES (${version}, '${name}');
         ${text}`,
      )
      .catch((error: unknown) => {
        if (!(error instanceof DatabaseError && error.code === '23505')) throw error;
      });
  }
  return newest;
}
