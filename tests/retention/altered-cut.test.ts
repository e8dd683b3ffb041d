/**
 * Who makes a content vanish, or touches what stands in the place of one that was cut, is found: a stub is held to the fact that names it, the State
 * at the cut as well, and nothing is cut that no fact names.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emptyState } from '../../src/core/state.ts';
import { leafHash } from '../../src/proof/merkle-tree.ts';
import { logKey } from '../../src/store/checkpoint-files.ts';
import { cutOf } from '../../src/store/journal/cut-lines.ts';
import { verifyJournal } from '../../src/store/journal/verify.ts';
import { keepSnapshot, openSnapshot, snapshotPaths } from '../../src/store/snapshot/snapshot-files.ts';
import { stateText } from '../../src/store/snapshot/state-text.ts';
import { dataFolder, signing } from '../store/place.ts';
import { gatewayOver } from './cut-gateway.ts';
import { after, fill, keeping, longJournal } from './long-journal.ts';

let whole: string;
const events = longJournal(125);
beforeAll(async () => {
  whole = mkdtempSync(join(tmpdir(), 'gatehouse-cut-'));
  await fill(whole, events);
  const { cut, close } = await gatewayOver(whole, after(events));
  expect(await cut()).toBeGreaterThan(300);
  await close();
});
afterAll(() => rmSync(whole, { recursive: true, force: true }));

/** A copy of which something was changed. */
async function changed(change: (db: Database.Database, dir: string) => unknown): Promise<string> {
  const dir = await dataFolder();
  cpSync(whole, dir, { recursive: true });
  const db = new Database(join(dir, 'journal.db'));
  try {
    await change(db, dir);
  } finally {
    db.close();
  }
  return dir;
}
const cutRow = "(SELECT min(seq) + 3 FROM events WHERE kind = 'cut')";
/** Puts a stub in the place of a line that is kept, of the right leaf and naming a fact. */
function hide(db: Database.Database, where: string): void {
  const row = db
    .prepare<[], { seq: number; json: string }>(`SELECT seq, json FROM events WHERE ${where} LIMIT 1`)
    .get()!;
  const fact = db.prepare("SELECT max(seq) FROM events WHERE kind = 'pruned'").pluck().get();
  const stub = `{"cut":${fact},"leaf":"${leafHash(row.json).toString('hex')}"}`;
  expect(cutOf(stub)).toBeDefined();
  db.prepare("UPDATE events SET kind = 'cut', device = NULL, json = ? WHERE seq = ?").run(stub, row.seq);
}

describe('a journal out of which lines were cut', () => {
  test('is whole as it is', async () => {
    const dir = await changed(() => undefined);
    expect(await verifyJournal(dir)).toMatchObject({ ok: true });
    // And a copy of the file alone, with no key beside it.
    const alone = join(await dataFolder(), 'copy.db');
    cpSync(join(dir, 'journal.db'), alone);
    expect(await verifyJournal(alone)).toMatchObject({ ok: true });
  });

  test.each<[string, (db: Database.Database) => unknown]>([
    [
      'the leaf of a stub',
      (db) => db.exec(`UPDATE events SET json = replace(json, '"leaf":"', '"leaf":"0') WHERE seq = ${cutRow}`),
    ],
    [
      'one digit of its leaf',
      (db) => {
        const row = db.prepare(`SELECT seq, json FROM events WHERE seq = ${cutRow}`).get() as {
          seq: number;
          json: string;
        };
        const json = row.json.replace(/[0-9a-f]"\}$/, (end) => `${end[0] === '0' ? '1' : '0'}"}`);
        db.prepare('UPDATE events SET json = ? WHERE seq = ?').run(json, row.seq);
      },
    ],
    ['its link', (db) => db.exec(`UPDATE events SET hash = '${'1'.repeat(64)}' WHERE seq = ${cutRow}`)],
    ['its time', (db) => db.exec(`UPDATE events SET at = at + 1 WHERE seq = ${cutRow}`)],
    ['its kind', (db) => db.exec(`UPDATE events SET kind = 'read' WHERE seq = ${cutRow}`)],
    ['its device', (db) => db.exec(`UPDATE events SET device = 'fence' WHERE seq = ${cutRow}`)],
    [
      'the fact it names',
      (db) => db.exec(`UPDATE events SET json = replace(json, '{"cut":', '{"cut":1') WHERE seq = ${cutRow}`),
    ],
    ['a stub taken out', (db) => db.exec(`DELETE FROM events WHERE seq = ${cutRow}`)],
    ['a young line hidden behind a stub', (db) => hide(db, "kind = 'closed'")],
    ['an access record hidden behind a stub', (db) => hide(db, "kind = 'logged-in'")],
    ['the fact itself hidden', (db) => hide(db, "kind = 'pruned'")],
    ['the State at the cut taken away', (db) => db.exec('DELETE FROM base')],
    ['its table', (db) => db.exec('DROP TABLE base')],
    [
      'a letter of it',
      (db) => db.exec("UPDATE base SET file = CAST(replace(CAST(file AS TEXT), 'wang', 'wank') AS BLOB)"),
    ],
    ['its number', (db) => db.exec('UPDATE base SET seq = seq - 1')],
  ])('with %s changed does not hold', async (_what, change) => {
    const found = await verifyJournal(await changed(change));
    expect(found.ok).toBe(false);
    expect(found.why).toBeDefined();
  });

  test('with another State in its place does not hold, though the school’s own key signed it', async () => {
    const dir = await changed(async (db, at) => {
      const kept = db.prepare<[], { file: Buffer }>('SELECT file FROM base').get()!.file;
      const log = signing(await logKey(at, 'x'));
      const found = openSnapshot(kept, log);
      if (found === 'spoilt') throw new Error('the base cannot be read');
      const state = { ...emptyState(), seq: found.seq, at: found.seq };
      await keepSnapshot(at, log, { ...found, text: stateText(state) });
      db.prepare('UPDATE base SET file = ?').run(readFileSync(snapshotPaths(at)[0]!));
    });
    expect(await verifyJournal(dir)).toMatchObject({ ok: false });
  });

  test('says at the start that the State at the cut is damaged, and starts on nothing false', async () => {
    const dir = await changed((db) => {
      db.exec("UPDATE base SET file = CAST(replace(CAST(file AS TEXT), 'wang', 'wank') AS BLOB)");
    });
    for (const path of snapshotPaths(dir)) rmSync(path);
    await expect(keeping(dir, after(events) + 600_000)).rejects.toThrow(/Restore the data folder from a backup/);
  });
});
