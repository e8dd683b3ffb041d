/** Facts that each start asks for are found without a walk through all others, and the answer is the same. */
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import type { Event } from '../../src/core/types.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { spanOf } from '../../src/store/journal/rare-facts.ts';
import { dataFolder, listeningLog, readings, startOfTime } from './place.ts';

const loggedOut = (seq: number): Event => ({
  ...{ kind: 'logged-out', by: 'wang', session: `s${seq}` },
  ...{ seq, at: startOfTime + seq * 1_000 },
});

test('log-outs and changes of accounts are asked of an index of their own, by number, newest first', async () => {
  const dir = await dataFolder();
  const journal = await openJournal({ dir, log: listeningLog() });
  onTestFinished(() => journal.close());
  await journal.append([...readings(1, 50), loggedOut(51), ...readings(52, 50), loggedOut(102), loggedOut(103)]);
  const query = { table: 'events', kind: 'logged-out' } as const;
  const seqs = async (more: object) => (await journal.query({ ...query, ...more })).map(({ seq }) => seq);
  expect(await seqs({})).toEqual([103, 102, 51]);
  expect(await seqs({ limit: 2 })).toEqual([103, 102]);
  expect(await seqs({ from: startOfTime + 52_000 })).toEqual([103, 102]);
  expect(await seqs({ from: startOfTime + 51_000, to: startOfTime + 102_000 })).toEqual([102, 51]);
  expect(await seqs({ device: 'fence-1' })).toEqual([]);

  const db = new Database(`${dir}/journal.db`, { readonly: true });
  onTestFinished(() => void db.close());
  for (const [kind, index] of [
    ['logged-out', 'logOuts'],
    ['account-changed', 'accountChanges'],
  ]) {
    const plan = db
      .prepare<[{ from: number; before: number }], { detail: string }>(
        `EXPLAIN QUERY PLAN SELECT json, hash FROM events WHERE ${spanOf(kind)} ORDER BY seq DESC LIMIT 5`,
      )
      .all({ from: 0, before: 1e15 });
    expect(plan.map(({ detail }) => detail)).toEqual([`SCAN events USING INDEX ${index}`]);
  }
});
