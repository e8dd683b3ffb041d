/**
 * Exported days in the hands of somebody who has nothing of ours: the checker that lies beside them finds them whole, and finds every
 * single change, also one with all hashes after it made right.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportBundle } from '../../src/commands/export-bundle.ts';
import { newSigner, signCheckpoint, verifierKey } from '../../src/proof/signed-note.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { dataFolder, listeningLog } from '../store/place.ts';
import { checked, type Entry, Exported, linked, other, schoolAt } from './exported.ts';

let made: Exported;
beforeAll(async () => {
  made = await Exported.make();
});
afterAll(() => made?.remove());

describe('exported days', () => {
  test('are those of the school’s calendar, and are found whole', () => {
    const { code, said } = checked(made.whole);
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/未发现改动：第 5 至 18 条，共 14 条[\s\S]*records 5 to 18, 14 in all/),
    ]);
    expect(said).toContain(readFileSync(join(made.dir, 'proof.vkey'), 'utf8').split('+')[1]);
    expect(readdirSync(made.whole).sort()).toEqual(
      ['README.txt', 'checkpoint.note', 'entries.jsonl', 'key.vkey', 'proof.json', 'verify.html', 'verify.mjs'].sort(),
    );
  });

  test.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-23', '2026-12-31'],
    ['2026-12-04', '2026-12-04'],
    ['2026-12-05', '2026-12-09'],
  ])('from %s to %s are found whole', async (from, to) => {
    expect(await made.wish(from, to, from + to)).toMatchObject({ ok: true });
    expect(checked(join(made.box, from + to)).code).toBe(0);
  });

  test('leave out what is not signed for yet, and say so', async () => {
    const { said } = await made.wish('2026-12-05', '2026-12-31', 'unsigned');
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
    const answer = await exportBundle(schoolAt(made.dir), { from, to, into: join(made.box, into) });
    expect(answer.ok).toBe(false);
    expect(answer.said.en).toMatch(why);
  });

  test('are not to be had before anything was signed', async () => {
    const empty = await dataFolder();
    await (await openJournal({ dir: empty, log: listeningLog() })).close();
    const asked = { from: '2026-11-24', to: '2026-11-24', into: join(made.box, 'none') };
    expect((await exportBundle(schoolAt(empty), asked)).said.en).toMatch(/no signed checkpoint/);
  });
});

describe('a change of exported days is found', () => {
  test('in every record, by its number', () => {
    for (let i = 0; i < 14; i++) {
      const folder = made.changed(`altered-${i}`, (all) =>
        all.map((one, at) => (at === i ? { ...one, line: other(one.line) } : one)),
      );
      const said = `Record ${5 + i} was altered`;
      expect(checked(folder)).toEqual({ code: 1, said: expect.stringContaining(said) });
    }
  });

  test.each<[string, (all: Entry[]) => Entry[], RegExp]>([
    ['a record taken out', (all) => all.toSpliced(3, 1), /Record 8 is missing/],
    ['the first record taken out', (all) => all.slice(1), /Record 5 is missing/],
    ['the last record taken out', (all) => all.slice(0, -1), /Record 18 is missing/],
    ['all records taken out', () => [], /Record 5 is missing/],
    ['two records in each other’s place', (all) => [all[1]!, all[0]!, ...all.slice(2)], /Record 5 is out of its order/],
    ['a record twice', (all) => all.toSpliced(4, 0, all[3]!), /Record 8 stands there twice/],
    ['one more at the end', (all) => [...all, all.at(-1)!], /Record 18 is one too many/],
    [
      'a record of another day',
      (all) => all.toSpliced(4, 0, { ...all[3]!, seq: 40, line: all[3]!.line.replace('"seq":8', '"seq":40') }),
      /Record 40 is one too many/,
    ],
    ['another hash', (all) => all.with(2, { ...all[2]!, hash: '0'.repeat(64) }), /Record 7 was altered/],
    [
      'a record changed and every hash after it made right',
      (all) =>
        linked(
          all.map((one, at) => (at === 6 ? { ...one, line: other(one.line) } : one)),
          made.chainBefore(),
        ),
      /rewritten, with every hash/,
    ],
    [
      'all records changed and every hash made right',
      (all) =>
        linked(
          all.map((one) => ({ ...one, line: other(one.line) })),
          made.chainBefore(),
        ),
      /rewritten, with every hash/,
    ],
  ])('%s', (what, change, expected) => {
    expect(checked(made.changed(what, change))).toEqual({ code: 1, said: expect.stringMatching(expected) });
  });

  test('in the note, the key and the proof', () => {
    for (const [file, from, to] of [
      ['checkpoint.note', '\n60\n', '\n61\n'],
      ['checkpoint.note', 'chain ', 'chain 0'],
      ['key.vkey', '+', '-'],
      ['proof.json', '"level": 1', '"level": 0'],
      ['proof.json', '"size": 60', '"size": 61'],
      ['proof.json', '\n  "from"', '\n"from"'],
    ] as const) {
      const folder = made.rewritten(`${file}${to.trim()}`, { [file]: made.read(file).replace(from, to) });
      expect(checked(folder).code).toBe(1);
    }
  });

  test.each<[string, string, string | Uint8Array, RegExp]>([
    ['lines ended as Windows does', 'entries.jsonl', '\r\n', /Record 5 is not written as it was exported/],
    ['no records at all', 'entries.jsonl', '', /Record 5 is missing/],
    ['nothing but other text', 'entries.jsonl', 'hello\n', /Record 5 was altered/],
    ['bytes that are no text', 'entries.jsonl', Uint8Array.of(255, 254, 10), /Record 5 was altered/],
    ['an empty note', 'checkpoint.note', '', /signature of the checkpoint does not hold/],
    ['an empty key', 'key.vkey', '', /no valid public key/],
    ['an empty proof', 'proof.json', '', /proof.json was altered/],
    ['a proof of something else', 'proof.json', '[]\n', /proof.json was altered/],
    ['a note that is no text', 'checkpoint.note', Uint8Array.of(255), /checkpoint.note is no file of an export/],
  ])('%s', (what, file, bytes, expected) => {
    const text = bytes === '\r\n' ? made.read(file).replaceAll('\n', '\r\n') : bytes;
    expect(checked(made.rewritten(what, { [file]: text }))).toEqual({ code: 1, said: expect.stringMatching(expected) });
  });

  test('by who signed it: another key signs for other records, and its number differs from the one that was kept', () => {
    const forger = newSigner('gatehouse/%E4%B8%80%E4%B8%AD');
    const folder = made.changed('forged', (all) => all);
    const [, , root = ''] = made.read('checkpoint.note').split('\n');
    const head = { origin: forger.name, size: 60, root: Buffer.from(root, 'base64'), more: [] };
    writeFileSync(join(folder, 'checkpoint.note'), signCheckpoint(head, forger));
    expect(checked(folder)).toEqual({
      code: 1,
      said: expect.stringMatching(/signature of the checkpoint does not hold/),
    });
    writeFileSync(join(folder, 'key.vkey'), `${verifierKey(forger)}\n`);
    expect(checked(folder)).toEqual({ code: 0, said: expect.stringContaining(verifierKey(forger).split('+')[1]!) });
    expect(checked(folder, '--checkpoint', join(made.whole, 'checkpoint.note'))).toEqual({
      code: 1,
      said: expect.stringMatching(/kept elsewhere was not signed with this key/),
    });
  });
});
