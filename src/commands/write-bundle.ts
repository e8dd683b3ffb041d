/**
 * Writes a folder of exported records beside its place and gives it its name once all of it is on the disk: what bears the name is whole. A
 * folder that is there already is left as it is.
 */
import { createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Words } from '../core/types.ts';
import { checkerFiles } from '../proof/checker-files.ts';
import { CompactRange, type CompleteTree } from '../proof/compact-range.ts';
import { includeAll } from '../proof/inclusion-walk.ts';
import { cutOf, leafOfRow } from '../store/journal/cut-lines.ts';
import { checkPageSaid } from '../words/proof/check-page-words.ts';
import {
  bundleSaid,
  exportExists,
  exportFailed,
  exportFull,
  exportNowhere,
  exportUnwritable,
} from '../words/proof/proof-words.ts';
import { WordedError } from '../words/worded-error.ts';

/** What stands before the first link of the chain. */
const noChain = '0'.repeat(64);
/** Characters handed to the disk at once. */
const pieceChars = 262_144;

export interface KeptLine {
  readonly seq: number;
  readonly at: number;
  readonly hash: string;
  readonly json: string;
}

/** What is exported: of all lines that were signed for, those from `first` to `last`. */
export interface BundleParts {
  /** All lines up to `size`, in their order. */
  readonly lines: Iterable<KeptLine>;
  readonly size: number;
  readonly first: number;
  readonly last: number;
  readonly note: string;
  readonly vkey: string;
  readonly readme: string;
}

const hex = (trees: readonly CompleteTree[]) => trees.map(({ level, hash }) => ({ level, hash: hash.toString('hex') }));
// The disk is asked to keep it before the folder gets its name.
const durable = { mode: 0o600, flush: true } as const;

/** Writes the records of a stretch, and gives the hashes around them. */
async function writeRecords(path: string, { lines, first, last, size }: BundleParts) {
  const [before, after] = [new CompactRange(0), new CompactRange(last)];
  let chain = noChain;
  const facts = new Set<number>();
  function* records(): Generator<string> {
    let piece = '';
    for (const { seq, at, hash, json } of lines) {
      const cut = cutOf(json);
      if (seq < first) {
        before.push({ level: 0, hash: leafOfRow(json) });
        chain = hash;
      } else if (seq > last) after.push({ level: 0, hash: leafOfRow(json) });
      else if (cut) {
        facts.add(cut.fact);
        if (seq === first) chain = noChain;
        piece += `${JSON.stringify({ seq, fact: cut.fact, at, leaf: cut.leaf, hash })}\n`;
      } else piece += `${JSON.stringify({ seq, hash, line: json })}\n`;
      if (piece.length < pieceChars) continue;
      yield piece;
      piece = '';
    }
    yield piece;
  }
  await pipeline(Readable.from(records()), createWriteStream(path, durable));
  const around = { before: { chain, trees: hex(before.trees()) }, after: hex(after.trees()) };
  return { from: first, to: last, ...around, ...(facts.size > 0 && { cuts: provedFacts(lines, size, facts) }) };
}

/** The facts that say what was cut, each with what shows that it is in the tree. */
function provedFacts(lines: Iterable<KeptLine>, size: number, facts: ReadonlySet<number>) {
  const seqs = [...facts].sort((a, b) => a - b);
  const texts = new Map<number, string>();
  const rows = lines[Symbol.iterator]();
  const next = () => {
    const { value, done } = rows.next();
    // A line that is gone leads to another root than the one that was signed.
    if (done) return Buffer.alloc(32);
    if (facts.has(value.seq)) texts.set(value.seq, value.json);
    return leafOfRow(value.json);
  };
  const indexes = seqs.filter((seq) => seq <= size).map((seq) => seq - 1);
  const { proofs } = includeAll(size, indexes, next);
  rows.return?.();
  return seqs.map((seq) => {
    const proof = (proofs.get(seq - 1) ?? []).map((hash) => hash.toString('hex'));
    return { seq, line: texts.get(seq) ?? '', proof };
  });
}

/** Why nothing was written, in words. */
function writingFailed(error: unknown, folder: string): Words {
  if (error instanceof WordedError) return error.why;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code)) return exportFull(folder);
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return exportUnwritable(folder);
  if (['ENOENT', 'ENOTDIR'].includes(code)) return exportNowhere(folder);
  if (['EEXIST', 'ENOTEMPTY'].includes(code)) return exportExists(folder);
  return exportFailed(message);
}

/** Writes the folder. Rejects with WordedError, and leaves nothing behind then. */
export async function writeBundle(folder: string, parts: BundleParts): Promise<void> {
  let aside: string | undefined;
  try {
    if (existsSync(folder)) throw new WordedError(exportExists(folder));
    aside = await mkdtemp(`${folder}.part-`);
    const place = aside;
    const proof = await writeRecords(join(place, 'entries.jsonl'), parts);
    const texts = new Map([
      ['proof.json', `${JSON.stringify({ size: parts.size, ...proof }, undefined, 2)}\n`],
      ['checkpoint.note', parts.note],
      ['key.vkey', `${parts.vkey.trim()}\n`],
      ['README.txt', parts.readme],
      ...checkerFiles({ ...bundleSaid, ...checkPageSaid }),
    ]);
    for (const [name, text] of texts) await writeFile(join(place, name), text, durable);
    await rename(place, folder);
  } catch (error) {
    throw new WordedError(writingFailed(error, folder), { cause: error });
  } finally {
    if (aside !== undefined) await rm(aside, { recursive: true, force: true });
  }
}
