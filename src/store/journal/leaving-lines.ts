/**
 * Lines of the journal as they leave the school: to the letter where their kind may, the hash of their leaf in the tree where not. So whoever
 * gets them grows the same tree. A part of the reading thread; it must never write, nor give a line whose kind was not asked for.
 */
import type Database from 'better-sqlite3';
import { storedNames } from '../../core/upcast.ts';
import type { LeavingLine, LeavingQuery } from '../store-types.ts';
import { isEvent, leafOfRow } from './cut-lines.ts';

/** Null where a line is missing. */
export function leavingQuery(db: Database.Database): (q: LeavingQuery) => LeavingLine[] | null {
  const rows = db.prepare<[number, number], { seq: number; kind: string; json: string }>(
    'SELECT seq, kind, json FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
  );
  return ({ after, limit, chars, longest, kinds }) => {
    const free: ReadonlySet<string> = new Set(storedNames(kinds));
    const lines: LeavingLine[] = [];
    let length = 0;
    for (const { seq, kind, json } of rows.iterate(after, limit)) {
      if (seq !== after + lines.length + 1) return lines.length > 0 ? lines : null;
      const line = free.has(kind) && json.length <= longest ? { l: json } : { h: leafOfRow(json).toString('hex') };
      length += 'l' in line ? json.length : line.h.length;
      if (lines.length > 0 && length > chars) break;
      lines.push(line);
    }
    return lines;
  };
}

export function linesAtQuery(db: Database.Database): (seqs: readonly number[]) => { seq: number; l: string }[] {
  const at = db.prepare<[string], { seq: number; l: string }>(
    `SELECT seq, json AS l FROM events WHERE seq IN (SELECT value FROM json_each(?)) AND ${isEvent} ORDER BY seq`,
  );
  return (seqs) => at.all(JSON.stringify(seqs));
}
