/**
 * The thread that reads the journal for pages, exports and followers, on a connection of its own: a long question never
 * delays a write. It must never write. Event rows travel as one JSON text, which crosses threads far faster than objects.
 */
import type Database from 'better-sqlite3';
import { storedNames } from '../../core/upcast.ts';
import { GrowingTree } from '../../proof/merkle-tree.ts';
import { explain } from '../store-errors.ts';
import { openForReading } from '../store-files.ts';
import type { JournalTree, LeavingQuery, Pick, RecordQuery } from '../store-types.ts';
import { type Served, serve } from '../thread.ts';
import { isEvent, leafOfRow } from './cut-lines.ts';
import { eventQuery } from './event-query.ts';
import { leavingQuery, linesAtQuery } from './leaving-lines.ts';
import { plain } from './record-columns.ts';
import { checksQuery } from './round-checks.ts';

export type ReaderQuestion =
  | { readonly read: { readonly after: number; readonly limit: number } }
  | { readonly pick: Pick }
  | { readonly openAt: number }
  | { readonly link: number }
  | { readonly grow: Omit<JournalTree, 'chain'>; readonly upTo: number }
  | { readonly leaving: LeavingQuery }
  | { readonly linesAt: readonly number[] }
  | { readonly checksOf: readonly string[] }
  | { readonly query: RecordQuery };

const limitMax = 10_000;
const limitDefault = 500;

/** Which columns answer `from`/`to`, `device` and `kind`; a filter a table has no column for is left out. */
const filters = {
  alarms: { time: 'raisedAt', device: 'device', kind: 'kind' },
  rounds: { time: 'start', device: undefined, kind: 'route' },
  scans: { time: 'at', device: undefined, kind: 'verdict' },
  touches: { time: 'sourceTime', device: 'reader', kind: 'source' },
  posts: { time: 'start', device: undefined, kind: 'result' },
} as const;

function openReader(path: string): Served<ReaderQuestion> {
  const db = openForReading(path);
  const read = db
    .prepare<[number, number], string>(`SELECT json FROM events WHERE seq > ? AND ${isEvent} ORDER BY seq LIMIT ?`)
    .pluck();
  const events = eventQuery(db);
  const pick = pickQuery(db);
  const openAt = db
    .prepare<[number, number], string>(
      `SELECT events.json FROM alarms JOIN events ON events.seq = alarms.id
       WHERE alarms.raisedAt < ? AND (alarms.closedAt IS NULL OR alarms.closedAt >= ?) ORDER BY alarms.id`,
    )
    .pluck();
  const checksOf = checksQuery(db);
  const link = db.prepare<[number], string>('SELECT hash FROM events WHERE seq = ?').pluck();
  const grow = growth(db);
  const [leaving, linesAt] = [leavingQuery(db), linesAtQuery(db)];
  return {
    answer(question) {
      if ('link' in question) return JSON.stringify(link.get(question.link) ?? null);
      if ('grow' in question) return JSON.stringify(grow(question.grow, question.upTo));
      if ('leaving' in question) return JSON.stringify(leaving(question.leaving));
      if ('linesAt' in question) return JSON.stringify(linesAt(question.linesAt));
      if ('checksOf' in question) return JSON.stringify(checksOf(question.checksOf).map(plain));
      if ('read' in question) return `[${read.all(question.read.after, question.read.limit).join(',')}]`;
      if ('pick' in question) return `[${pick(question.pick).join(',')}]`;
      if ('openAt' in question) return `[${openAt.all(question.openAt, question.openAt).join(',')}]`;
      const { table } = question.query;
      const limit = Math.max(1, Math.min(question.query.limit ?? limitDefault, limitMax));
      return table === 'events' ? events(question.query, limit) : recordQuery(db, { ...question.query, table }, limit);
    },
    close: () => void db.close(),
  };
}

/** Lays the next lines on the tree. */
function growth(db: Database.Database): (edge: Omit<JournalTree, 'chain'>, upTo: number) => JournalTree | null {
  const lines = db.prepare<[number, number, number], { seq: number; hash: string; json: string }>(
    'SELECT seq, hash, json FROM events WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
  );
  return ({ size, roots }, upTo) => {
    const tree = new GrowingTree({ size, roots: roots.map((root) => Buffer.from(root, 'hex')) });
    let chain: string | undefined;
    for (const row of lines.iterate(size, upTo, limitMax)) {
      if (row.seq !== tree.size + 1) return null;
      tree.appendLeaf(leafOfRow(row.json));
      chain = row.hash;
    }
    if (chain === undefined) return null;
    const edge = tree.edge();
    return { size: edge.size, roots: edge.roots.map((root) => root.toString('hex')), chain };
  };
}

/** Kinds are bound as one JSON text, so that one prepared question serves all. */
function pickQuery(db: Database.Database): (pick: Pick) => string[] {
  const all = db
    .prepare<[number, number], string>(`SELECT json FROM events WHERE seq > ? AND seq <= ? AND ${isEvent} ORDER BY seq`)
    .pluck();
  const some = db
    .prepare<[number, number, string], string>(
      `SELECT json FROM events WHERE seq > ? AND seq <= ? AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq`,
    )
    .pluck();
  return ({ after, upTo, kinds }) => {
    const last = Math.min(upTo, after + limitMax);
    return kinds ? some.all(after, last, JSON.stringify(storedNames(kinds))) : all.all(after, last);
  };
}

function recordQuery(
  db: Database.Database,
  q: RecordQuery & { readonly table: keyof typeof filters },
  limit: number,
): string {
  const columns = filters[q.table];
  const where: string[] = [];
  const values: (string | number)[] = [];
  const add = (column: string | undefined, test: string, value: string | number | undefined): void => {
    if (column === undefined || value === undefined) return;
    where.push(`${column} ${test} ?`);
    values.push(value);
  };
  add(columns.time, '>=', q.from);
  add(columns.time, '<=', q.to);
  add(columns.device, '=', q.device);
  add(columns.kind, '=', q.kind);
  if (q.table === 'alarms' && q.covert === false) where.push('covert IS NULL');
  const filter = where.length > 0 ? `WHERE ${where.join(' AND ')}` : '';
  const rows = db
    .prepare<(string | number)[], Record<string, unknown>>(
      `SELECT * FROM ${q.table} ${filter} ORDER BY ${columns.time} DESC, rowid DESC LIMIT ?`,
    )
    .all(...values, limit);
  return JSON.stringify(rows.map(plain));
}

await serve(
  ({ path }: { path: string }) => openReader(path),
  (error, { path }) => explain(error, path),
);
