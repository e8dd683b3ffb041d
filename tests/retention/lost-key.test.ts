/**
 * A gateway out of whose journal lines were cut, and whose signing key is lost: it starts all the same, from what can still be proved, says so, and
 * makes nobody believe that the old key is the new one.
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RecordDoubt } from '../../src/core/types.ts';
import { verifyJournal } from '../../src/store/journal/verify.ts';
import { snapshotFolder } from '../../src/store/snapshot/snapshot-files.ts';
import { dataFolder } from '../store/place.ts';
import { gatewayOver } from './cut-gateway.ts';
import { after, fill, keeping, longJournal } from './long-journal.ts';

let whole: string;
const events = longJournal(125);
beforeAll(async () => {
  whole = mkdtempSync(join(tmpdir(), 'gatehouse-key-'));
  await fill(whole, events);
  const { cut, close } = await gatewayOver(whole, after(events));
  expect(await cut()).toBeGreaterThan(300);
  await close();
});
afterAll(() => rmSync(whole, { recursive: true, force: true }));

/** A copy without some of its files, and no snapshot but the State that was kept at the cut. */
async function without(...names: readonly string[]): Promise<string> {
  const dir = await dataFolder();
  cpSync(whole, dir, { recursive: true });
  rmSync(snapshotFolder(dir), { recursive: true, force: true });
  for (const name of names) rmSync(join(dir, name));
  return dir;
}
async function started(dir: string) {
  const over = await keeping(dir, after(events) + 600_000);
  const doubts: RecordDoubt[] = [];
  over.snapshots.listen((doubt) => doubts.push(doubt));
  return { ...over, doubts };
}

test('with proof.key lost it starts, signs nothing and makes no other key, and says which file to bring back', async () => {
  const dir = await without('proof.key');
  const published = readFileSync(join(dir, 'proof.vkey'), 'utf8');
  const { doubts, troubles, checkpoints, cut, close } = await started(dir);
  expect(doubts).toEqual([{ what: 'key-lost', upTo: expect.any(Number) }]);
  expect(troubles.get('key-lost')?.en).toMatch(/proof\.key is missing.*Restore proof\.key from the backup/);
  await checkpoints.publish();
  expect(checkpoints.newest()).toBeUndefined();
  expect(troubles.has('checkpoint')).toBe(true);
  expect(await cut()).toBe(0);
  await close();
  expect(existsSync(join(dir, 'proof.key'))).toBe(false);
  expect(readFileSync(join(dir, 'proof.vkey'), 'utf8')).toBe(published);
  cpSync(join(whole, 'proof.key'), join(dir, 'proof.key'));
  const again = await started(dir);
  expect(again.doubts).toEqual([]);
  await again.checkpoints.publish();
  expect([...again.troubles.keys()]).toEqual([]);
  await again.close();
  expect(await verifyJournal(dir)).toMatchObject({ ok: true });
});

test('with both halves of the key lost it starts from the State that the fact of cutting names, and says that nobody signed it', async () => {
  const dir = await without('proof.key', 'proof.vkey');
  const { doubts, troubles, gateway } = await started(dir);
  expect(doubts).toEqual([{ what: 'base-unsigned', upTo: expect.any(Number) }]);
  expect(troubles.get('base-unsigned')?.en).toMatch(/Restore proof\.key from the backup/);
  const sound = await keeping(await without(), after(events) + 600_000);
  const alarms = (one: typeof gateway) => one.read((state) => [...state.alarms.keys()]);
  expect(await alarms(gateway)).toEqual(await alarms(sound.gateway));
});

test.each([
  ['another State', "UPDATE base SET file = CAST(replace(CAST(file AS TEXT), 'wang', 'wank') AS BLOB)"],
  [
    'another link of the chain',
    "UPDATE base SET file = CAST(replace(CAST(file AS TEXT), 'chain ', 'chain 0') AS BLOB)",
  ],
  ['no fact that names it', "UPDATE events SET json = replace(json, '\"base\":', '\"base\":1') WHERE kind = 'pruned'"],
  ['a line cut after it', "UPDATE events SET kind = 'cut' WHERE seq = (SELECT max(seq) FROM events)"],
])('a State at the cut with %s starts nothing, with the key lost neither', async (_what, change) => {
  const dir = await without('proof.key', 'proof.vkey');
  const db = new Database(join(dir, 'journal.db'));
  db.exec(change);
  db.close();
  await expect(started(dir)).rejects.toThrow(/Restore the data folder from a backup/);
});
