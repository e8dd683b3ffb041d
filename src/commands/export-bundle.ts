/**
 * Writes the records of some days with what proves them to a stranger: the signed checkpoint, the school's public key, the hashes that
 * join the two, and a checker that needs nothing of ours. Made beside the gateway that runs; the folder bears its name only once
 * it is whole. It must never write into the data folder.
 */

import { once } from 'node:events';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { timeOf } from '../core/site/calendar.ts';
import type { Words } from '../core/types.ts';
import { checkerFiles } from '../proof/checker-files.ts';
import { CompactRange, type CompleteTree } from '../proof/compact-range.ts';
import { leafHash } from '../proof/merkle-tree.ts';
import { openCheckpoint, readVerifierKey } from '../proof/signed-note.ts';
import type { Config } from '../site/load-site.ts';
import { files, openForReading } from '../store/store-files.ts';
import { checkPageSaid } from '../words/proof/check-page-words.ts';
import {
  bundleReadme,
  bundleSaid,
  exportAsks,
  exportEmpty,
  exportExists,
  exportFailed,
  exportMade,
  exportUnsigned,
} from '../words/proof/proof-words.ts';

const dayMs = 86_400_000;
const daysMax = 400;
/** What stands before the first link of the chain. */
const noChain = '0'.repeat(64);

/** What is asked for: two days of the school's calendar, and a folder that is not there yet. */
export interface ExportWish {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly into?: string | undefined;
}
export interface ExportAnswer {
  readonly ok: boolean;
  readonly said: Words;
}

interface KeptLine {
  readonly seq: number;
  readonly hash: string;
  readonly json: string;
}

/** Midnight at which a day begins; undefined where the text is no day. */
function dayOf(text: string | undefined, utcOffsetMin: number): number | undefined {
  const day = /^\d{4}-\d\d-\d\d$/.test(text ?? '') ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  const real = !Number.isNaN(day) && new Date(day).toISOString().startsWith(text ?? '-');
  return real ? timeOf(day / dayMs, 0, utcOffsetMin) : undefined;
}

const hex = (trees: readonly CompleteTree[]) => trees.map(({ level, hash }) => ({ level, hash: hash.toString('hex') }));

/** The newest checkpoint and the key it was signed with; undefined where there is none that holds. */
function signed(dir: string) {
  try {
    const vkey = readFileSync(files.proofPublicKey(dir), 'utf8');
    const note = readFileSync(join(files.checkpoints(dir), 'latest.note'), 'utf8');
    const log = readVerifierKey(vkey);
    const head = log && openCheckpoint(note, log);
    return head && { vkey, note, size: head.size };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes the records of a stretch, and gives the hashes around them. */
async function writeRecords(path: string, lines: Iterable<KeptLine>, first: number, last: number) {
  const [before, after] = [new CompactRange(0), new CompactRange(last)];
  const out = createWriteStream(path, { mode: 0o600 });
  let chain = noChain;
  for (const { seq, hash, json } of lines) {
    const leaf = { level: 0, hash: leafHash(json) };
    if (seq < first) {
      before.push(leaf);
      chain = hash;
    } else if (seq > last) after.push(leaf);
    else if (!out.write(`${JSON.stringify({ seq, hash, line: json })}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
  return { from: first, to: last, before: { chain, trees: hex(before.trees()) }, after: hex(after.trees()) };
}

async function write(config: Config, folder: string, days: readonly [string, string], span: readonly [number, number]) {
  const { dir } = config.store;
  const known = signed(dir);
  if (!known) return { ok: false, said: exportUnsigned(dir) };
  const db = openForReading(files.journal(dir));
  const aside = `${folder}.part`;
  try {
    const ends = db
      .prepare<[number, number], { first: number | null; last: number | null }>(
        'SELECT min(seq) AS first, max(seq) AS last FROM events WHERE at >= ? AND at < ?',
      )
      .get(...span);
    const { first, last } = { first: ends?.first ?? 0, last: Math.min(ends?.last ?? 0, known.size) };
    if (first === 0 || last < first) return { ok: false, said: first === 0 ? exportEmpty : exportUnsigned(dir) };
    await mkdir(aside, { mode: 0o700 });
    const lines = db.prepare<[number], KeptLine>('SELECT seq, hash, json FROM events WHERE seq <= ? ORDER BY seq');
    const proof = await writeRecords(join(aside, 'entries.jsonl'), lines.iterate(known.size), first, last);
    const readme = bundleReadme(config.site.name, ...days);
    await Promise.all([
      writeFile(join(aside, 'proof.json'), `${JSON.stringify({ size: known.size, ...proof }, undefined, 2)}\n`),
      writeFile(join(aside, 'checkpoint.note'), known.note),
      writeFile(join(aside, 'key.vkey'), known.vkey),
      writeFile(join(aside, 'README.txt'), `${readme.zh}\n${readme.en}`),
      ...[...checkerFiles({ ...bundleSaid, ...checkPageSaid })].map(([name, text]) =>
        writeFile(join(aside, name), text),
      ),
    ]);
    await rename(aside, folder);
    return { ok: true, said: exportMade(folder, last - first + 1, (ends?.last ?? 0) - last) };
  } finally {
    db.close();
    await rm(aside, { recursive: true, force: true });
  }
}

/** Exports what is wished for, or says why not. */
export async function exportBundle(config: Config, { from, to, into }: ExportWish): Promise<ExportAnswer> {
  const { utcOffsetMin } = config.site;
  const [first, last] = [dayOf(from, utcOffsetMin), dayOf(to, utcOffsetMin)];
  if (first === undefined || last === undefined || into === undefined) return { ok: false, said: exportAsks };
  if (last < first || last - first >= daysMax * dayMs) return { ok: false, said: exportAsks };
  const folder = resolve(into);
  if (existsSync(folder)) return { ok: false, said: exportExists(folder) };
  try {
    return await write(config, folder, [from!, to!], [first, last + dayMs]);
  } catch (error) {
    return { ok: false, said: exportFailed((error as Error).message) };
  }
}
