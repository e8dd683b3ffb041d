/**
 * The thread that reads the journal for pages, exports and followers, on a connection of its own: a long question never
 * delays a write. It must never write. Event rows travel as one JSON text, which crosses threads far faster than objects.
 */
import type Database from 'better-sqlite3';
import type { Event } from '../../core/types.ts';
import { storedNames } from '../../core/upcast.ts';
import { GrowingTree } from '../../proof/merkle-tree.ts';
import { explain } from '../store-errors.ts';
import { openForReading } from '../store-files.ts';
import type { JournalTree, Pick, RecordQuery } from '../store-types.ts';
import { type Served, serve } from '../thread.ts';
import { isEvent, leafOfRow } from './cut-lines.ts';
import { spanOf } from './rare-facts.ts';
import { plain } from './record-columns.ts';

export type ReaderQuestion =
  | { readonly read: { readonly after: number; readonly limit: number } }
  | { readonly pick: Pick }
  | { readonly openAt: number }
  | { readonly link: number }
  | { readonly grow: Omit<JournalTree, 'chain'>; readonly upTo: number }
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
  return {
    answer(question) {
      if ('link' in question) return JSON.stringify(link.get(question.link) ?? null);
      if ('grow' in question) return JSON.stringify(grow(question.grow, question.upTo));
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

/** Of each checkpoint of these rounds the newest row: a later one says what an earlier one became. */
function checksQuery(db: Database.Database): (rounds: readonly string[]) => Record<string, unknown>[] {
  const newest = db.prepare<[string], Record<string, unknown>>(
    `WITH newest AS (SELECT max(seq) AS seq FROM scans WHERE round IN (SELECT value FROM json_each(?)) GROUP BY round, checkpoint)
     SELECT scans.*, events.hash FROM newest JOIN scans USING (seq) JOIN events USING (seq)`,
  );
  return (rounds) => newest.all(JSON.stringify(rounds));
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

/** Whether facts of a kind may speak of an alarm, by its number or otherwise, and be for the eyes of heads alone. */
const aboutAlarms: Readonly<{
  [K in Event['kind']]: Extract<Event, { kind: K }> extends { readonly alarm: number } ? true : boolean;
}> = {
  started: false,
  configured: false,
  'clock-stepped': false,
  'clock-doubted': false,
  read: false,
  detected: false,
  learned: false,
  'base-confirmed': false,
  linked: false,
  raised: true,
  repeated: true,
  'returned-to-normal': true,
  acknowledged: true,
  silenced: true,
  dispatched: true,
  accepted: true,
  arrived: true,
  pledged: true,
  renewed: true,
  looked: true,
  disposed: true,
  closed: true,
  noted: true,
  'phone-sent': true,
  answered: true,
  displayed: true,
  escalated: true,
  shelved: true,
  unshelved: true,
  joined: true,
  flooded: false,
  'zone-armed': false,
  'area-armed': false,
  'entry-started': false,
  'entry-expired': false,
  'walk-started': false,
  'zone-tested': false,
  'zone-restored': false,
  'walk-ended': false,
  tuned: false,
  vouched: false,
  'limits-dated': false,
  untuned: false,
  touched: false,
  'touch-withdrawn': false,
  'item-checked': false,
  imported: false,
  'import-undone': false,
  suspected: false,
  'exception-disposed': false,
  'shift-changed': false,
  'shift-change-withdrawn': false,
  'signed-on': false,
  'handed-over': false,
  'calendar-given': false,
  'calendar-withdrawn': false,
  'round-changed': false,
  opened: false,
  checked: false,
  unchecked: false,
  completed: false,
  'post-opened': false,
  'post-unheard': false,
  'post-heard': false,
  'post-counted': false,
  'post-completed': false,
  ordered: false,
  sending: true,
  'taken-told': true,
  'police-announced': false,
  'police-tested': false,
  'police-step': true,
  'shift-told': false,
  'channel-tried': false,
  'channel-confirmed': false,
  done: true,
  'logged-in': false,
  'login-refused': false,
  'logged-out': false,
  'phone-paired': false,
  'phone-revoked': false,
  'account-changed': false,
  exported: false,
  'picture-viewed': false,
  'wall-changed': false,
  lost: false,
  'journal-gap': false,
  'record-doubted': false,
  pruned: false,
  held: false,
  released: false,
  refused: true,
};
/** Kinds that never speak of an alarm, as a list for SQL; readings come in great numbers. */
const ofNoAlarm = storedNames((Object.keys(aboutAlarms) as Event['kind'][]).filter((kind) => !aboutAlarms[kind]))
  .map((kind) => `'${kind}'`)
  .join(', ');

/**
 * Facts of one alarm: those that name it, that joined its incident, the picture and the messages it owed, and what quieted
 * it. The bounds on kind come first, because reading a text as JSON is what costs. A number is bound as a real, which would
 * become text as `7.0`.
 */
const ofAlarm = `(seq = @alarm
  OR (kind IN ('done', 'silenced', 'unshelved') AND (
    json_extract(json, '$.duty') = 'snapshot/' || CAST(@alarm AS INTEGER)
    OR json_extract(json, '$.duty') LIKE 'notify/' || CAST(@alarm AS INTEGER) || '/%'
    OR json_extract(json, '$.upTo') >= @alarm
    OR json_extract(json, '$.key') = (SELECT key FROM alarms WHERE id = @alarm)))
  OR (kind NOT IN (${ofNoAlarm}) AND json_extract(json, '$.alarm') = @alarm)
  OR (kind = 'joined' AND json_extract(json, '$.incident') = @alarm))`;

/** The bounds on kind come first here, too. */
const notCovert = `(kind IN (${ofNoAlarm}) OR coalesce(json_extract(json, '$.covert'), json_extract(json, '$.quiet')) IS NULL)`;

function eventQuery(db: Database.Database): (q: RecordQuery, limit: number) => string {
  const first = db.prepare<[], number | null>('SELECT min(seq) FROM events').pluck();
  const last = db.prepare<[], number | null>('SELECT max(seq) FROM events').pluck();
  const next = db.prepare<[number], { seq: number; at: number }>(
    'SELECT seq, at FROM events WHERE seq >= ? ORDER BY seq LIMIT 1',
  );
  const closedAt = db.prepare<[number], number | null>('SELECT closedAt FROM alarms WHERE id = ?').pluck();
  const steps = db.prepare<[], number>("SELECT seq FROM events WHERE kind = 'clock-stepped' ORDER BY seq").pluck();
  /** The first seq learned at or after `time`. Between two steps of the clock time never runs backwards, so halving finds it. */
  const seqAt = (time: number): number => {
    const end = (last.get() ?? 0) + 1;
    let from = first.get() ?? 1;
    for (const to of [...steps.all(), end]) {
      const found = halve(time, from, to);
      if (found < to) return found;
      from = to;
    }
    return end;
  };
  const halve = (time: number, from: number, to: number): number => {
    let [low, high] = [from, to];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const row = next.get(middle);
      if (row && row.at < time) low = row.seq + 1;
      else high = middle;
    }
    return low;
  };
  return (q, limit) => {
    const { device, kind, alarm } = q;
    // What came after an alarm was closed belongs to another, and need not be looked through.
    const end = Math.min(q.to ?? Number.MAX_SAFE_INTEGER, (alarm && closedAt.get(alarm)) || Number.MAX_SAFE_INTEGER);
    const from = q.from === undefined ? 0 : seqAt(q.from);
    const before = end === Number.MAX_SAFE_INTEGER ? end : seqAt(end + 1);
    const lines = db
      .prepare<[Record<string, string | number>], { json: string; hash: string }>(
        `SELECT json, hash FROM events WHERE ${spanOf(kind)} AND ${isEvent} ${device === undefined ? '' : 'AND device = @device'}
         ${alarm === undefined ? '' : `AND ${ofAlarm}`} ${q.covert === false ? `AND ${notCovert}` : ''}
         ORDER BY seq DESC LIMIT @limit`,
      )
      .all({
        from: Math.max(from, alarm ?? 0),
        before,
        limit,
        ...(device !== undefined && { device }),
        ...(kind !== undefined && { kinds: JSON.stringify(storedNames([kind])) }),
        ...(alarm !== undefined && { alarm }),
      });
    return `[${lines.map(({ json, hash }) => `${json.slice(0, -1)},"hash":"${hash}"}`).join(',')}]`;
  };
}

await serve(
  ({ path }: { path: string }) => openReader(path),
  (error, { path }) => explain(error, path),
);
