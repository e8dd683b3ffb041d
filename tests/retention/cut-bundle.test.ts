/**
 * Days of which records were cut, as a stranger checks them: the export verifies with the checker that lies in it, says how many went, and betrays
 * whoever hides a record behind a stub, or touches one.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportBundle } from '../../src/commands/export-bundle.ts';
import { leafHash } from '../../src/proof/merkle-tree.ts';
import { checked, schoolAt } from '../proof/exported.ts';
import { gatewayOver } from './cut-gateway.ts';
import { after, fill, longJournal } from './long-journal.ts';

interface Entry {
  seq: number;
  fact?: number;
  at?: number;
  leaf?: string;
  hash?: string;
  line?: string;
}
let box: string;
let whole: string;
let long: string;
let kept: string;
const events = longJournal(130);
beforeAll(async () => {
  box = mkdtempSync(join(tmpdir(), 'gatehouse-cut-bundle-'));
  const dir = join(box, 'data');
  await fill(dir, events);
  const { cut, close, checkpoints } = await gatewayOver(dir, after(events));
  await checkpoints.publish();
  kept = checkpoints.newest()!.note;
  expect(await cut()).toBeGreaterThan(300);
  await close();
  whole = join(box, 'whole');
  // The last of these days was not cut yet.
  const answer = await exportBundle(schoolAt(dir), { from: '2026-04-05', to: '2026-04-10', into: whole });
  expect(answer).toMatchObject({ ok: true });
  long = join(box, 'long');
  await exportBundle(schoolAt(dir), { from: '2026-04-05', to: '2026-07-10', into: long });
});
afterAll(() => rmSync(box, { recursive: true, force: true }));

const entries = (): Entry[] =>
  readFileSync(join(whole, 'entries.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Entry);
let copies = 0;
/** A copy with its records, or its proof, changed. */
function changed(change: (all: Entry[]) => Entry[], proof: (text: string) => string = (text) => text): string {
  const folder = join(box, `copy-${copies++}`);
  cpSync(whole, folder, { recursive: true });
  const lines = change(entries()).map((entry) => `${JSON.stringify(entry)}\n`);
  writeFileSync(join(folder, 'entries.jsonl'), lines.join(''));
  writeFileSync(join(folder, 'proof.json'), proof(readFileSync(join(folder, 'proof.json'), 'utf8')));
  return folder;
}
const cutAt = (all: readonly Entry[], n = 3) => all.filter(({ leaf }) => leaf !== undefined)[n]!;

describe('an export of days with records that were cut', () => {
  test('verifies, also against a checkpoint from before, and says how many are gone', () => {
    const gone = entries().filter(({ line }) => line === undefined).length;
    expect(gone).toBeGreaterThan(50);
    expect(entries().some(({ line }) => line?.includes('"raised"'))).toBe(true);
    const plain = checked(whole);
    expect(plain.code).toBe(0);
    expect(plain.said).toContain(`${gone} of them were kept long enough`);
    const other = join(box, 'other.note');
    writeFileSync(other, kept);
    expect(checked(long, '--checkpoint', other)).toMatchObject({ code: 0 });
  });

  test.each<[string, (all: Entry[]) => Entry[], RegExp]>([
    [
      'a record hidden behind a stub',
      (all) => {
        const fact = cutAt(all, 0).fact!;
        return all.map((one, i) =>
          one.line && i === all.length - 2
            ? { seq: one.seq, fact, at: 5, leaf: leafHash(one.line).toString('hex'), hash: one.hash! }
            : one,
        );
      },
      /no signed record of cutting agrees/,
    ],
    [
      'another time in a stub',
      (all) => all.map((one) => (one === cutAt(all) ? { ...one, at: one.at! + 1 } : one)),
      /no signed record of cutting agrees/,
    ],
    [
      'another fact in a stub',
      (all) => all.map((one) => (one === cutAt(all) ? { ...one, fact: one.fact! + 1 } : one)),
      /no signed record of cutting agrees/,
    ],
    [
      'another leaf in a stub',
      (all) => all.map((one) => (one === cutAt(all) ? { ...one, leaf: 'a'.repeat(64) } : one)),
      /agree with each other and not/,
    ],
    [
      'another link in a stub',
      (all) => all.map((one) => (one === cutAt(all) ? { ...one, hash: 'a'.repeat(64) } : one)),
      /altered|no signed record/,
    ],
    ['a stub taken out', (all) => all.filter((one) => one !== cutAt(all)), /missing/],
    ['a stub twice', (all) => all.flatMap((one) => (one === cutAt(all) ? [one, one] : [one])), /twice/],
    [
      'a stub with a word more',
      (all) => all.map((one) => (one === cutAt(all) ? ({ ...one, why: 'x' } as Entry) : one)),
      /not written as it was exported/,
    ],
    [
      'a stub given a content',
      (all) => all.map((one) => (one === cutAt(all) ? ({ ...one, line: '{"seq":1}' } as Entry) : one)),
      /altered/,
    ],
  ])('with %s does not hold', (_what, change, said) => {
    const found = checked(changed(change));
    expect(found.code).toBe(1);
    expect(found.said).toMatch(said);
  });

  test.each<[string, (text: string) => string]>([
    [
      'without the facts that say so',
      (text) => `${JSON.stringify({ ...JSON.parse(text), cuts: undefined }, undefined, 2)}\n`,
    ],
    ['with one of them written otherwise', (text) => text.replace('\\"days\\":90', '\\"days\\":91')],
    [
      'with one of them there twice',
      (text) => {
        const proof = JSON.parse(text) as { cuts: object[] };
        return `${JSON.stringify({ ...proof, cuts: [...proof.cuts, proof.cuts[0]] }, undefined, 2)}\n`;
      },
    ],
  ])('%s does not hold', (_what, proof) => {
    expect(checked(changed((all) => all, proof)).code).toBe(1);
  });
});
