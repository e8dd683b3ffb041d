/**
 * Exported days in the hands of somebody who has nothing of ours: the checker that lies beside them finds them whole, and finds every
 * single change, also one with all hashes after it made right.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportBundle } from '../../src/commands/export-bundle.ts';
import { newSigner, signCheckpoint, verifierKey } from '../../src/proof/signed-note.ts';
import type { Config } from '../../src/site/load-site.ts';
import { Checkpoints, schoolLog } from '../../src/store/checkpoint-keeping.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { realWorld } from '../../src/world/world.ts';
import { dataFolder, listeningLog, readings } from '../store/place.ts';

const utcOffsetMin = 480;
const hourMs = 3_600_000;
/** Six in the morning of 2026-11-23 in China. */
const morning = Date.UTC(2026, 10, 22, 22);
const box = mkdtempSync(join(tmpdir(), 'gatehouse-bundle-'));
let dir: string;
let whole: string;

/** What the exporter needs of a configuration. */
const configOf = (folder: string) =>
  ({ site: { utcOffsetMin, name: { zh: '一中', en: 'School 1' } }, store: { dir: folder } }) as unknown as Config;
const wish = (from: string, to: string, into: string) =>
  exportBundle(configOf(dir), { from, to, into: join(box, into) });

/** Runs the checker of a bundle. */
function checked(folder: string, ...args: string[]): { code: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'verify.mjs'), ...args], {
    encoding: 'utf8',
  });
  return { code: status, said: stdout + stderr };
}

beforeAll(async () => {
  dir = mkdtempSync(join(box, 'data-'));
  const journal = await openJournal({ dir, log: listeningLog() });
  // Five hours between two records: the first of 2026-11-24 in China is number 5, and the last of the 26th number 18.
  await journal.append(readings(1, 60).map((event, i) => ({ ...event, at: morning + i * 5 * hourMs })));
  const world = realWorld(listeningLog());
  const options = { dir, journal, world, witnesses: [], trouble: () => undefined, site: () => ({ utcOffsetMin }) };
  const checkpoints = await Checkpoints.open(options, await schoolLog(dir, '一中'));
  await checkpoints.publish();
  await journal.append(readings(61, 3).map((event, i) => ({ ...event, at: morning + (60 + i) * 5 * hourMs })));
  await journal.close();
  whole = join(box, 'whole');
  expect(await wish('2026-11-24', '2026-11-26', 'whole')).toMatchObject({ ok: true });
});
afterAll(() => rmSync(box, { recursive: true, force: true }));

describe('exported days', () => {
  test('are those of the school’s calendar, and are found whole', () => {
    const { code, said } = checked(whole);
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/未发现改动：第 5 至 18 条，共 14 条[\s\S]*records 5 to 18, 14 in all/),
    ]);
    expect(said).toContain(readFileSync(join(dir, 'proof.vkey'), 'utf8').split('+')[1]);
    expect(readdirSync(whole).sort()).toEqual(
      ['README.txt', 'checkpoint.note', 'entries.jsonl', 'key.vkey', 'proof.json', 'verify.mjs'].sort(),
    );
  });

  test.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-23', '2026-12-31'],
    ['2026-12-04', '2026-12-04'],
    ['2026-12-05', '2026-12-09'],
  ])('from %s to %s are found whole', async (from, to) => {
    expect(await wish(from, to, from + to)).toMatchObject({ ok: true });
    expect(checked(join(box, from + to)).code).toBe(0);
  });

  test('leave out what is not signed for yet, and say so', async () => {
    const { said } = await wish('2026-12-05', '2026-12-31', 'unsigned');
    expect(said.en).toMatch(/The last 3 are not signed for yet/);
  });

  test.each([
    [undefined, '2026-11-24', 'a', /--from/],
    ['2026-11-31', '2026-11-31', 'a', /--from/],
    ['2026-11-24', '2026-11-23', 'a', /--from/],
    ['2025-01-01', '2026-11-24', 'a', /400/],
    ['2026-10-01', '2026-10-02', 'a', /no records of these days/],
    ['2026-11-24', '2026-11-24', 'whole', /is there already/],
  ])('from %s to %s into %s are refused, with the remedy', async (from, to, into, why) => {
    const answer = await exportBundle(configOf(dir), { from, to, into: join(box, into) });
    expect(answer.ok).toBe(false);
    expect(answer.said.en).toMatch(why);
  });

  test('are not to be had before anything was signed', async () => {
    const empty = await dataFolder();
    await (await openJournal({ dir: empty, log: listeningLog() })).close();
    const asked = { from: '2026-11-24', to: '2026-11-24', into: join(box, 'none') };
    expect((await exportBundle(configOf(empty), asked)).said.en).toMatch(/no signed checkpoint/);
  });
});

interface Entry {
  seq: number;
  hash: string;
  line: string;
}

/** A bundle with its records changed. */
function changed(name: string, change: (entries: Entry[]) => Entry[]): string {
  const folder = join(box, name);
  cpSync(whole, folder, { recursive: true });
  const path = join(folder, 'entries.jsonl');
  const entries = readFileSync(path, 'utf8').trimEnd().split('\n');
  const after = change(entries.map((line) => JSON.parse(line) as Entry));
  writeFileSync(path, `${after.map((entry) => JSON.stringify(entry)).join('\n')}\n`);
  return folder;
}
/** Every link from the one before `from` on made right again. */
function linked(entries: Entry[], before: string): Entry[] {
  let chain = before;
  return entries.map((entry) => {
    chain = createHash('sha256')
      .update(chain + entry.line)
      .digest('hex');
    return { ...entry, hash: chain };
  });
}
const chainBefore = () =>
  (JSON.parse(readFileSync(join(whole, 'proof.json'), 'utf8')) as { before: { chain: string } }).before.chain;
const other = (line: string) => line.replace(/"at":(\d)/, (_, digit) => `"at":${(Number(digit) + 1) % 10}`);

describe('a change of exported days is found', () => {
  test('in every record, by its number', () => {
    for (let i = 0; i < 14; i++) {
      const folder = changed(`altered-${i}`, (all) =>
        all.map((one, at) => (at === i ? { ...one, line: other(one.line) } : one)),
      );
      expect(checked(folder)).toEqual({ code: 1, said: expect.stringContaining(`Record ${5 + i} was altered`) });
    }
  });

  test.each<[string, (all: Entry[]) => Entry[], RegExp]>([
    ['a record taken out', (all) => all.toSpliced(3, 1), /Record 8 is missing/],
    ['the last record taken out', (all) => all.slice(0, -1), /Record 18 is missing/],
    [
      'two records in each other’s place',
      (all) => [all[1]!, all[0]!, ...all.slice(2)],
      /Record 5 is missing or out of its order/,
    ],
    ['a record twice', (all) => all.toSpliced(4, 0, all[3]!), /Record 9 is missing or out of its order/],
    ['one more at the end', (all) => [...all, all.at(-1)!], /Record 19 is one too many/],
    ['another hash', (all) => all.with(2, { ...all[2]!, hash: '0'.repeat(64) }), /Record 7 was altered/],
    [
      'a record changed and every hash after it made right',
      (all) =>
        linked(
          all.map((one, at) => (at === 6 ? { ...one, line: other(one.line) } : one)),
          chainBefore(),
        ),
      /rewritten, with every hash/,
    ],
    [
      'numbers moved by one and every hash made right',
      (all) =>
        linked(
          all.map((one) => ({ ...one, line: other(one.line) })),
          chainBefore(),
        ),
      /rewritten, with every hash/,
    ],
  ])('%s', (what, change, expected) => {
    expect(checked(changed(what, change))).toEqual({ code: 1, said: expect.stringMatching(expected) });
  });

  test('in the note, the key and the proof', () => {
    for (const [file, from, to] of [
      ['checkpoint.note', '\n60\n', '\n61\n'],
      ['checkpoint.note', 'chain ', 'chain 0'],
      ['key.vkey', '+', '-'],
      ['proof.json', '"level": 1', '"level": 0'],
    ] as const) {
      const folder = changed(`${file}${to.trim()}`, (all) => all);
      const path = join(folder, file);
      writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
      expect(checked(folder).code).toBe(1);
    }
  });

  test('by who signed it: another key signs for other records, and its number differs from the one that was kept', () => {
    const forger = newSigner('gatehouse/%E4%B8%80%E4%B8%AD');
    const folder = changed('forged', (all) => all);
    const [, , root = ''] = readFileSync(join(folder, 'checkpoint.note'), 'utf8').split('\n');
    const head = { origin: forger.name, size: 60, root: Buffer.from(root, 'base64'), more: [] };
    writeFileSync(join(folder, 'checkpoint.note'), signCheckpoint(head, forger));
    expect(checked(folder)).toEqual({
      code: 1,
      said: expect.stringMatching(/signature of the checkpoint does not hold/),
    });
    writeFileSync(join(folder, 'key.vkey'), verifierKey(forger));
    expect(checked(folder).said).toContain(verifierKey(forger).split('+')[1]);
    expect(checked(folder, '--checkpoint', join(whole, 'checkpoint.note')).code).toBe(1);
  });
});
