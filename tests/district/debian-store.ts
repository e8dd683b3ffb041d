/** The other store of a district: Debian's PostgreSQL, for tests whose body runs on both. */
import { afterAll, beforeAll } from 'vitest';
import { openDatabase } from '../../src/district/database/open-database.ts';
import { startPostgres, type TestPostgres } from '../peers/postgres.ts';
import type { TestStore } from './embedded-store.ts';

/** Debian's PostgreSQL; to be called where tests are described. */
export function debianStore(settings?: Readonly<Record<string, string>>): TestStore & { peer(): TestPostgres } {
  let peer: TestPostgres | undefined;
  let count = 0;
  beforeAll(async () => {
    peer = await startPostgres(settings);
  });
  afterAll(async () => await peer?.end());
  const there = () => {
    if (!peer) throw new Error('PostgreSQL was not started');
    return peer;
  };
  return {
    name: "Debian's PostgreSQL",
    peer: there,
    open: async () => {
      const url = await there().database(`district_${++count}`);
      return { db: await openDatabase({ url }), again: () => openDatabase({ url }) };
    },
  };
}
