/**
 * Exports the records of some days with what proves them to a stranger: the signed checkpoint, the school's public key, the hashes that
 * join the two, and two checkers that need nothing of ours. Made beside the gateway that runs, or from a copy of its data folder; it needs none
 * of its secrets. It must never write into the data folder.
 */

import { readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type Database from 'better-sqlite3';
import { timeOf } from '../core/site/calendar.ts';
import type { Words } from '../core/types.ts';
import { openCheckpoint, readVerifierKey } from '../proof/signed-note.ts';
import type { KnownSchool } from '../site/load-site.ts';
import { cutKind, cutOf, prunedAt } from '../store/journal/cut-lines.ts';
import { openAnywhere } from '../store/journal/open-anywhere.ts';
import { explain } from '../store/store-errors.ts';
import { files } from '../store/store-files.ts';
import {
  bundleReadme,
  exportAsks,
  exportEmpty,
  exportInside,
  exportMade,
  exportUnsigned,
} from '../words/proof/proof-words.ts';
import { wordsOf } from '../words/worded-error.ts';
import { type KeptLine, writeBundle } from './write-bundle.ts';

const dayMs = 86_400_000;
const daysMax = 400;

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

/** Midnight at which a day begins; undefined where the text is no day. */
function dayOf(text: string | undefined, utcOffsetMin: number): number | undefined {
  const day = /^\d{4}-\d\d-\d\d$/.test(text ?? '') ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  const real = !Number.isNaN(day) && new Date(day).toISOString().startsWith(text ?? '-');
  return real ? timeOf(day / dayMs, 0, utcOffsetMin) : undefined;
}

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

interface SeqSpan {
  readonly first: number;
  readonly last: number;
}

/** A stretch, made longer where a fact of cutting names lines within and beyond it: it is held to all of them. */
function withWholeCuts(db: Database.Database, span: SeqSpan): SeqSpan {
  const rows = db.prepare<[number, number], string>(
    `SELECT json FROM events WHERE seq >= ? AND seq <= ? AND kind = '${cutKind}'`,
  );
  const facts = new Set(
    Array.from(rows.pluck().iterate(span.first, span.last), (json) => cutOf(json as string)?.fact ?? 0),
  );
  let { first, last } = span;
  for (const fact of facts) {
    const named = prunedAt(db, fact);
    first = Math.min(first, named?.from ?? first);
    last = Math.max(last, named?.to ?? last);
  }
  return first === span.first && last === span.last ? span : withWholeCuts(db, { first, last });
}

async function write(
  { dir, name }: KnownSchool,
  folder: string,
  days: readonly [string, string],
  span: readonly [number, number],
): Promise<ExportAnswer> {
  const known = signed(dir);
  if (!known) return { ok: false, said: exportUnsigned(dir) };
  const { db, close } = openAnywhere(files.journal(dir));
  try {
    const ends = db
      .prepare<[number, number], { first: number | null; last: number | null }>(
        'SELECT min(seq) AS first, max(seq) AS last FROM events WHERE at >= ? AND at < ?',
      )
      .get(...span);
    const asked = { first: ends?.first ?? 0, last: Math.min(ends?.last ?? 0, known.size) };
    if (asked.first === 0) return { ok: false, said: exportEmpty };
    if (asked.last < asked.first) return { ok: false, said: exportUnsigned(dir) };
    const { first, last } = withWholeCuts(db, asked);
    const lines = db.prepare<[number], KeptLine>('SELECT seq, at, hash, json FROM events WHERE seq <= ? ORDER BY seq');
    const { zh, en } = bundleReadme(name, ...days);
    const all = { [Symbol.iterator]: () => lines.iterate(known.size) };
    await writeBundle(folder, { ...known, lines: all, first, last, readme: `${zh}\n${en}` });
    return { ok: true, said: exportMade(folder, last - first + 1, (ends?.last ?? 0) - last) };
  } finally {
    close();
  }
}

/** Where a path leads, as far as it is there. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Whether a folder that is to be made would lie in another, also by a link. */
function isWithin(dir: string, folder: string): boolean {
  const place = relative(real(dir), join(real(dirname(folder)), basename(folder)));
  return place !== '..' && !place.startsWith(`..${sep}`);
}

/** Exports what is wished for, or says why not. */
export async function exportBundle(school: KnownSchool, { from, to, into }: ExportWish): Promise<ExportAnswer> {
  const { utcOffsetMin, dir } = school;
  const [first, last] = [dayOf(from, utcOffsetMin), dayOf(to, utcOffsetMin)];
  if (first === undefined || last === undefined || into === undefined) return { ok: false, said: exportAsks };
  if (last < first || last - first >= daysMax * dayMs) return { ok: false, said: exportAsks };
  const folder = resolve(into);
  if (isWithin(dir, folder)) return { ok: false, said: exportInside(dir) };
  try {
    return await write(school, folder, [from!, to!], [first, last + dayMs]);
  } catch (error) {
    const worded = error instanceof Error && 'why' in error ? error : explain(error, files.journal(dir));
    return { ok: false, said: wordsOf(worded) };
  }
}
