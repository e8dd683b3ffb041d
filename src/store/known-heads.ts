/**
 * How far the journal is known to have been, by places that do not travel with its file: a small file beside the users, the
 * series, the cursor of the follower, the names of the pictures, the checkpoints that were signed. A journal that holds less than one of them, or something
 * else, was cut, replaced by an older copy or begun anew; its own chain cannot tell that. InfluxDB knows it too, and its
 * follower asks there. It must never keep a gateway from starting that still has a journal: a person is told.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Time } from '../core/types.ts';
import { writeDurably } from '../world/durable-file.ts';
import { headKnown, keptHeads } from './checkpoint-files.ts';
import { loadCursor } from './cursor.ts';
import type { KnownHead } from './journal-gap.ts';
import { files, openForReading } from './store-files.ts';
import type { Head } from './store-types.ts';

/** Table of the series in which it remembers the head. */
export const headTable = `CREATE TABLE IF NOT EXISTS journalHead (
  only INTEGER PRIMARY KEY CHECK (only = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL, at INTEGER NOT NULL
);`;

/** Keeps a head in the file beside the users; resolves when it is on disk. */
export async function noteHead(dir: string, { seq, hash }: Head, at: Time): Promise<void> {
  await writeDurably(files.head(dir), `${JSON.stringify({ seq, hash, at })}\n`);
}

/** All heads that are known in a data folder. What cannot be read knows nothing. */
export function knownHeads(dir: string): readonly KnownHead[] {
  const found = [ofFile, ofSeries, ofCursor, ofPictures, ofCheckpoints].map((look) => {
    try {
      return look(dir);
    } catch {
      return undefined;
    }
  });
  return found.filter((one) => one !== undefined && one.seq > 0) as KnownHead[];
}

function ofFile(dir: string): KnownHead {
  const { seq, hash } = JSON.parse(readFileSync(files.head(dir), 'utf8')) as Head;
  return { place: 'head-file', seq: Number(seq), hash: String(hash) };
}

function ofSeries(dir: string): KnownHead | undefined {
  const db = openForReading(files.series(dir));
  try {
    const head = db.prepare<[], Head>('SELECT seq, hash FROM journalHead').get();
    return head && { place: 'series', ...head };
  } finally {
    db.close();
  }
}

function ofCursor(dir: string): KnownHead {
  const { events } = loadCursor(files.influx(dir)) as { events: number };
  return { place: 'cursor', seq: Number(events) };
}

/** The newest of the checkpoints that the school's log signed. */
function ofCheckpoints(dir: string): KnownHead | undefined {
  const newest = keptHeads(dir).at(-1);
  return newest && headKnown(newest, 'checkpoint');
}

/** Each picture is named after the fact that raised its alarm. */
function ofPictures(dir: string): KnownHead {
  const numbers = readdirSync(join(dir, 'pictures')).map((name) => Number(/^\d+-(\d+)\.jpg$/.exec(name)?.[1] ?? 0));
  return { place: 'pictures', seq: numbers.reduce((most, n) => Math.max(most, n), 0) };
}
