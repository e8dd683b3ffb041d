/**
 * What the lines of a school fold to: State by the same `evolve` as at the school, and of it the read models and the tile, within the transaction
 * that keeps the lines. A line that cannot be read or folded is set aside and passed over. It decides nothing: what happened stands in the lines.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import type { Event } from '../../core/types.ts';
import { linesUnread, lineUnread } from '../../words/district/refusal-of-school-words.ts';
import type { Sql, Statement } from '../database/database.ts';
import { DatabaseError } from '../database/database-error.ts';
import { jsonText } from '../database/json-rows.ts';
import { type CursorRow, type SetAside, setAside } from '../ingest/cursor-row.ts';
import type { ReadLine } from '../ingest/read-line.ts';
import type { Folding } from '../ingest/take-batch.ts';
import { passAhead, writeAhead } from './ahead-rows.ts';
import { BatchBooks } from './batch-books.ts';
import { foldLine, knownSchool, saveState } from './known-school.ts';
import { outcomeStatements } from './order-outcomes.ts';
import { schoolSite } from './school-site.ts';
import { outgrows, STATE_MAX } from './state-bound.ts';
import { type FoldedSchool, StateCache } from './state-cache.ts';
import { emptyFigures, type TileFigures } from './tile-figures.ts';
import { tileFigures } from './tile-of.ts';

/** Lines of one batch that are set aside one by one; of the rest the number is told with the last. */
const ASIDE_MAX = 50;

/** Lines that are folded without letting anybody else have a turn: some milliseconds. */
const SLICE = 100;

export interface FoldingParts {
  readonly version: string;
  /** Characters of all States in memory. */
  readonly most?: number;
  /** Characters of one school's State. */
  readonly stateMax?: number;
}

export function openFolding({ version, most, stateMax = STATE_MAX }: FoldingParts): Folding {
  const cache = new StateCache(most);
  return {
    async fold(sql, row, fresh, now) {
      const known = await knownSchool(sql, cache, row, row.seq - fresh.length);
      const news = await foldFresh(row, known, fresh, now);
      if (outgrows(known, fresh, stateMax)) return 'overgrown';
      await writeNews(sql, row, fresh, news, now);
      await Promise.all([
        writeTile(sql, row, known),
        saveState(sql, row.school, known, version),
        ...(row.seq < row.head || known.behind ? [passAhead(sql, row)] : []),
      ]);
      known.behind = row.seq < row.head;
      return { kept: () => cache.put(row.school, known), unread: news.aside.length };
    },
    async retell(sql, row) {
      const known = await knownSchool(sql, cache, row, row.seq);
      await writeTile(sql, row, known);
      return () => cache.put(row.school, known);
    },
    async ahead(sql, row, lines, now) {
      // Beside a batch that may be under way: its State is not asked for, only the site.
      const { site } = await schoolSite(sql, row.school, cache.siteOf(row.school));
      await writeAhead(sql, row, site, lines, now);
    },
  };
}

/** What a batch says beside State. */
interface BatchNews {
  readonly books: BatchBooks;
  readonly events: readonly Event[];
  readonly aside: readonly SetAside[];
}

async function foldFresh(
  row: Readonly<CursorRow>,
  known: FoldedSchool,
  fresh: readonly ReadLine[],
  now: number,
): Promise<BatchNews> {
  const books = new BatchBooks(known, now);
  const events: Event[] = [];
  const aside: SetAside[] = [];
  for (const [i, line] of fresh.entries()) {
    if (i % SLICE === SLICE - 1) await breathe();
    books.before(line.event);
    const why = line.why ?? foldLine(known.state, line.seq, line.event);
    if (line.why !== undefined) foldLine(known.state, line.seq, undefined);
    known.seq = line.seq;
    if (why !== undefined) aside.push(asideOf(row, line, why));
    else if (line.event) {
      const unlisted = listed(books, line.event);
      if (unlisted !== undefined) aside.push(asideOf(row, line, unlisted));
      events.push(line.event);
    }
  }
  return { books, events, aside };
}

async function writeNews(
  sql: Sql,
  row: Readonly<CursorRow>,
  fresh: readonly ReadLine[],
  { books, events, aside }: BatchNews,
  now: number,
): Promise<void> {
  const { school, epoch } = row;
  const unwritten = await attempt(sql, () => [
    ...books.statements(school, epoch),
    ...outcomeStatements(school, events),
  ]);
  const all = unwritten === undefined ? aside : [unwrittenOf(row, fresh, unwritten), ...aside];
  await setAside(sql, row, bounded(row, all), now);
}

/** Takes an event into the lists; why not, where it holds what no list can be made of: State has it all the same. */
function listed(books: BatchBooks, event: Event): string | undefined {
  try {
    books.after(event);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 200) : 'rows';
  }
}

/** Writes what the database may not take; where it does not, nothing of it stays, and it says why. Rejects where it is away. */
async function attempt(sql: Sql, make: () => readonly Statement[]): Promise<string | undefined> {
  let begun: Promise<unknown> | undefined;
  try {
    const statements = make();
    if (statements.length === 0) return undefined;
    begun = sql.query('SAVEPOINT rows');
    // All at once: each that fails makes those behind it fail as well.
    const done = await Promise.allSettled([begun, ...statements.map(({ text, params }) => sql.query(text, params))]);
    for (const one of done) if (one.status === 'rejected') throw one.reason;
    return undefined;
  } catch (error) {
    if (error instanceof DatabaseError && !['unstorable', 'other'].includes(error.fault)) throw error;
    if (begun) await sql.query('ROLLBACK TO SAVEPOINT rows');
    return error instanceof Error ? error.message.slice(0, 200) : 'rows';
  }
}

/** No batch writes more than so many: the last of them tells of all the others, whose letters the journal has. */
function bounded({ school, epoch }: Readonly<CursorRow>, all: readonly SetAside[]): readonly SetAside[] {
  if (all.length <= ASIDE_MAX) return all;
  const rest = all.slice(ASIDE_MAX - 1);
  const [first, last] = [rest[0]!.seq, rest.at(-1)!.seq];
  const why = linesUnread(school, first, last, rest.length);
  return [...all.slice(0, ASIDE_MAX - 1), { id: `${epoch}-${first}-more`, code: 'line', seq: first, why, body: '' }];
}

/** The lines are kept and State has them; what lists show of them is missing, and somebody has to be told. */
function unwrittenOf({ school, epoch }: Readonly<CursorRow>, fresh: readonly ReadLine[], why: string): SetAside {
  const seq = fresh[0]?.seq ?? 0;
  const words = lineUnread(school, seq, why);
  return { id: `${epoch}-${seq}-rows`, code: 'line', seq, why: words, body: fresh.map(({ text }) => text).join('\n') };
}

function asideOf({ school, epoch }: Readonly<CursorRow>, { seq, text = '' }: ReadLine, why: string): SetAside {
  return { id: `${epoch}-${seq}`, code: 'line', seq, why: lineUnread(school, seq, why), body: text };
}

/** Writes what is shown of the school, where it is not what was written last. */
async function writeTile(sql: Sql, { school, epoch, seq }: Readonly<CursorRow>, known: FoldedSchool): Promise<void> {
  let figures: TileFigures;
  try {
    figures = tileFigures(known.site.site, known.state);
  } catch {
    // A site that is none: the school's alarms are in the lists, and its tile says what can be said.
    figures = emptyFigures;
  }
  const text = jsonText(figures);
  if (known.tile === text) return;
  known.tile = text;
  await sql.query(
    `INSERT INTO tile (school, epoch, seq, body) VALUES ($1, $2, $3, $4::jsonb)
     ON CONFLICT (school) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq, body = excluded.body`,
    [school, epoch, seq, text],
  );
}
