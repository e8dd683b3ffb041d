/**
 * A thousand single changes to exported records, drawn by a seed: each is found, and where one record was touched it is the one that is named.
 */
import { expect, test } from 'vitest';
import { changesTable, tryChanges } from '../bench/proof-changes.ts';

test('a thousand changes are all found, and the record that was touched is named', async () => {
  const tried = await tryChanges(20_261_129, 1_000);
  expect(tried.filter(({ found }) => !found)).toEqual([]);
  expect(tried.filter(({ named }) => named === false)).toEqual([]);
  expect(new Set(tried.map(({ kind }) => kind)).size).toBe(16);
  const rows = changesTable(tried, 20_261_129).trim().split('\n');
  expect(rows).toHaveLength(20);
  expect(rows.at(-1)).toMatch(/^all +1,000 +1,000/);
});
