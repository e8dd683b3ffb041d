/**
 * The content of old lines goes: number, time and leaf stay, so the tree of the journal is the same to the letter, and every checkpoint stays true. Five
 * thousand lines are one transaction with their line in the trail; killed between two, the next run goes on. It must never cut a line that is not
 * what its leaf says, nor one of the present journal before the State it folded to is kept.
 */
import { createHash } from 'node:crypto';
import type { Event } from '../../core/types.ts';
import { leafHash } from '../../proof/merkle-tree.ts';
import { stateText } from '../../store/snapshot/state-text.ts';
import type { OfficerTrail } from '../access/trail.ts';
import type { CutBefore } from '../board/keep-rules.ts';
import type { Database, Sql } from '../database/database.ts';
import { isStorable } from '../database/json-rows.ts';
import { persisting } from '../database/open-database.ts';
import { knownSchool } from '../fold/known-school.ts';
import { StateCache } from '../fold/state-cache.ts';
import { knownCursor } from '../ingest/cursor-row.ts';
import { eventOf } from '../ingest/read-line.ts';
import { type CutVerdict, heldBack, type KeptJournal } from './held-back.ts';

/** Ours, as at the school: nothing else of that school is written meanwhile. */
const AT_ONCE = 5_000;

export interface CutParts {
  readonly db: Database;
  readonly trail: OfficerTrail;
  readonly signal: AbortSignal;
  /** Lines of one transaction. */
  readonly atOnce?: number;
}

/** `altered`: lines that are not what their leaves say; they stay. `unkept`: its State cannot be kept, so nothing of it goes. */
export interface LinesCut {
  readonly lines: number;
  readonly altered: number;
  readonly unkept?: true;
}

interface OldLine {
  readonly seq: number;
  /** Its own time; of one that cannot be read, when it came. */
  readonly at: number;
  readonly leaf: string;
  readonly line: string;
}

/** Cuts what may go of one journal. Rejects with DatabaseError, or with the reason of the signal. */
export async function cutLines(
  parts: CutParts,
  place: KeptJournal,
  before: Pick<CutBefore, 'alarm' | 'patrol'>,
  now: number,
): Promise<LinesCut> {
  const { db, signal } = parts;
  const youngest = Math.floor(Math.max(before.alarm, before.patrol));
  if (!Number.isFinite(youngest)) return { lines: 0, altered: 0 };
  const known = await seenOf(db, place);
  const [old] = await oldLines(db, place, known, Number.MAX_SAFE_INTEGER, youngest, 1);
  if (!old) return { lines: 0, altered: 0 };
  const upTo = place.present ? await keepBase(db, place, now) : Number.MAX_SAFE_INTEGER;
  if (upTo === undefined) return { lines: 0, altered: 0, unkept: true };
  const verdict = await heldBack(db, place, before);
  const young = await firstYoung(db, place, known, youngest);
  let [lines, altered, from, whole] = [0, 0, known, true];
  for (;;) {
    signal.throwIfAborted();
    const page = await persisting(db, (sql) =>
      cutPage(sql, parts, place, {
        ...{ from, upTo, youngest, young, verdict, whole, now },
        alarmsBefore: before.alarm,
      }),
    );
    lines += page.lines;
    altered += page.altered;
    whole = page.whole;
    if (page.last === undefined) return { lines, altered };
    from = page.last;
  }
}

async function seenOf(sql: Sql, { school, epoch }: KeptJournal): Promise<number> {
  const [row] = await sql.query<{ seen: number }>('SELECT seen FROM cut WHERE school = $1 AND epoch = $2', [
    school,
    epoch,
  ]);
  return row?.seen ?? 0;
}

/** A line is as old as the later of its own time and of when it came: a school's clock that was years behind makes nothing old. */
async function oldLines(
  sql: Sql,
  { school, epoch }: KeptJournal,
  from: number,
  upTo: number,
  youngest: number,
  limit: number,
): Promise<readonly OldLine[]> {
  return await sql.query<OldLine>(
    `SELECT seq, coalesce(at, received_at) AS at, leaf, line FROM journal WHERE school = $1 AND epoch = $2 AND seq > $3 AND seq <= $4
       AND line IS NOT NULL AND coalesce(at, received_at) < $5 AND received_at < $5 ORDER BY seq LIMIT $6`,
    [school, epoch, from, upTo, youngest, limit],
  );
}

/** The first line that is not old: behind it lie older ones where a clock was ahead for a while, and it has its own day. */
async function firstYoung(
  sql: Sql,
  { school, epoch }: KeptJournal,
  from: number,
  youngest: number,
): Promise<number | undefined> {
  const [row] = await sql.query<{ seq: number }>(
    `SELECT seq FROM journal WHERE school = $1 AND epoch = $2 AND seq > $3 AND line IS NOT NULL AND (at >= $4 OR received_at >= $4)
     ORDER BY seq LIMIT 1`,
    [school, epoch, from, youngest],
  );
  return row?.seq;
}

/** Keeps the State that the lines so far fold to; up to where. Undefined where it cannot be written down. */
async function keepBase(db: Database, place: KeptJournal, now: number): Promise<number | undefined> {
  const { school, epoch } = place;
  return await persisting(db, async (sql) => {
    const row = await knownCursor(sql, school);
    if (!row || row.epoch !== epoch) return undefined;
    const { state } = await knownSchool(sql, new StateCache(1), row, row.seq);
    const text = stateText(state);
    if (!isStorable(text)) return undefined;
    await sql.query(
      `INSERT INTO base (school, epoch, seq, state, at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (school, epoch) DO UPDATE SET seq = excluded.seq, state = excluded.state, at = excluded.at`,
      [school, epoch, row.seq, text, now],
    );
    return row.seq;
  });
}

interface PageAsked {
  readonly from: number;
  readonly upTo: number;
  readonly youngest: number;
  readonly young: number | undefined;
  readonly verdict: (event: Event) => CutVerdict;
  readonly alarmsBefore: number;
  /** All before `from` went or stays for good. */
  readonly whole: boolean;
  readonly now: number;
}

async function cutPage(sql: Sql, { trail, atOnce = AT_ONCE }: CutParts, place: KeptJournal, asked: PageAsked) {
  const { school, epoch } = place;
  // Whoever takes a batch of this school waits, as for another batch.
  await knownCursor(sql, school);
  const page = await oldLines(sql, place, asked.from, asked.upTo, asked.youngest, atOnce);
  const going: OldLine[] = [];
  let altered = 0;
  const last = page.at(-1)?.seq;
  let firstLater = asked.young !== undefined && last !== undefined && asked.young <= last ? asked.young : undefined;
  for (const one of page) {
    const verdict = judged(one, asked);
    if (verdict === 'later') firstLater = Math.min(firstLater ?? one.seq, one.seq);
    if (verdict === 'cut' && leafHash(one.line).toString('hex') !== one.leaf) altered++;
    else if (verdict === 'cut') going.push(one);
  }
  const whole = asked.whole && firstLater === undefined;
  const seen = asked.whole ? (firstLater === undefined ? last : firstLater - 1) : undefined;
  const [first, end] = [going[0], going.at(-1)];
  if (first && end) {
    await sql.query(
      `UPDATE journal SET line = NULL, kind = NULL, at = coalesce(at, received_at)
       WHERE school = $1 AND epoch = $2 AND seq = ANY($3::bigint[])`,
      [...[school, epoch, going.map(({ seq }) => seq)]],
    );
  }
  if (last !== undefined)
    await sql.query(
      `INSERT INTO cut (school, epoch, seen, lines, before, at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (school, epoch) DO UPDATE SET seen = greatest(cut.seen, excluded.seen), lines = cut.lines + excluded.lines,
         before = greatest(cut.before, excluded.before), at = excluded.at`,
      [school, epoch, seen ?? 0, going.length, going.length > 0 ? asked.youngest : null, asked.now],
    );
  if (first && end) {
    const sum = createHash('sha256');
    for (const { seq, at, leaf } of going) sum.update(`${seq} ${at} ${leaf}\n`);
    const body = { journal: epoch, lines: going.length, from: first.seq, to: end.seq, check: sum.digest('hex') };
    await trail.appendIn(sql, { officer: '-', kind: 'lines-cut', school, body });
  }
  return { lines: going.length, altered, whole, last };
}

/** What cannot be read says nothing of what it belongs to, nor does anything fold to it: it goes by its age alone, as what alarms left does. */
function judged({ line, seq, at }: OldLine, { verdict, alarmsBefore }: PageAsked): CutVerdict {
  const unread = at < alarmsBefore ? 'cut' : 'later';
  const event = eventOf(line, seq);
  if (typeof event === 'string') return unread;
  try {
    return verdict(event);
  } catch {
    return unread;
  }
}
