/**
 * One batch of a school in one transaction: who speaks, what is new, the journal and its tree, the checkpoint, the read models, the cursor. What
 * does not agree with what was here puts the school into quarantine, and nothing of it is folded in. It must never answer before all is kept.
 */
import type { Signer } from '../../proof/signed-note.ts';
import type {
  AheadAnswer,
  AheadRequest,
  IngestAnswer,
  IngestRequest,
  PollAnswer,
  PollRequest,
  RefusalCode,
} from '../../uplink/protocol.ts';
import { schoolRefused } from '../../words/district/refusal-of-school-words.ts';
import type { World } from '../../world/world.ts';
import type { Database, Sql } from '../database/database.ts';
import { storable } from '../database/json-rows.ts';
import { persisting } from '../database/open-database.ts';
import {
  type CursorRow,
  type LockedCursor,
  lockCursor,
  lockFreeCursor,
  readCursor,
  saveCursor,
  setAside,
} from './cursor-row.ts';
import { DAY_BYTES_MAX, floods } from './day-bytes.ts';
import { noteLevel } from './how-late.ts';
import { endOutage } from './outages.ts';
import type { ReadLine } from './read-line.ts';
import { SchoolRefused } from './refuse.ts';
import { takeLines } from './take-lines.ts';
import { besideAnswer, ordersTaken, signOfLife } from './waiting-orders.ts';
import { agreeOnProtocol, hearSpeaker, type SpeakerVerdict } from './who-speaks.ts';
import { openNote, witness } from './witness.ts';

/** What makes read models of lines, within the transaction that keeps them. */
export interface Folding {
  /**
   * `fresh`: the lines after those that were folded before. Resolves with what is to be done once all of it is kept, and how many of the lines were set
   * aside; or that the school makes the district hold more than any may.
   */
  fold(
    sql: Sql,
    row: Readonly<LockedCursor>,
    fresh: readonly ReadLine[],
    now: number,
  ): Promise<{ readonly kept: () => void; readonly unread: number } | 'overgrown'>;
  /** The school's site is another: what is shown of it is made anew. */
  retell(sql: Sql, row: Readonly<LockedCursor>): Promise<() => void>;
  /** Lines that overtake a backlog, for display. The cursor need not be locked. */
  ahead(sql: Sql, row: Readonly<CursorRow>, lines: IngestRequest['ahead'], now: number): Promise<void>;
}

export interface IngestParts {
  readonly db: Database;
  readonly world: Pick<World, 'now'>;
  readonly signer: Signer;
  /** The public key of the signer (vkey). */
  readonly vkey: string;
  readonly folding: Folding;
  /** Bytes that one school may bring in a day; the usual bound where it is not said. */
  readonly dayBytesMax?: number;
}

/** A school was put into quarantine, with the batch that showed it. */
interface HoldReason {
  readonly code: RefusalCode;
  readonly detail: string;
}

type TakenOrRefused<T> = { readonly answer: T; readonly kept: () => void } | { readonly refused: SchoolRefused };

const nothing = () => undefined;

/** Rejects with SchoolRefused, or with DatabaseError. `by`: the connections it is taken over. */
export async function takeBatch(
  parts: IngestParts,
  request: IngestRequest,
  by: Pick<Database, 'transaction'> = parts.db,
): Promise<IngestAnswer> {
  agreeOnProtocol(request);
  return settled(await persisting(by, (sql) => within(parts, sql, request)));
}

/**
 * A sign of life; which orders the school has; which wait for it. It waits for no batch of the school that is being taken, which is a sign of life
 * as well, unless the school asks how far the district is by now. Rejects as `takeBatch` does.
 */
export async function takePoll(parts: IngestParts, request: PollRequest): Promise<PollAnswer> {
  agreeOnProtocol(request);
  const { school, taken } = request;
  const { urgent } = parts.db;
  const simple = taken.length === 0 ? await signOfLife(urgent, request, parts.world.now()) : undefined;
  if (simple) return { ...simple, now: parts.world.now() };
  const outcome = await persisting(
    request.now ? parts.db : urgent,
    async (sql): Promise<TakenOrRefused<PollAnswer>> => {
      const now = parts.world.now();
      const free = request.now ? undefined : await lockFreeCursor(sql, school);
      const busy = free || request.now ? undefined : await readCursor(sql, school);
      const row = free ?? busy ?? (await lockCursor(sql, school));
      const heard = busy ? 'stale' : await hear(sql, row, request, now);
      if (row.held !== null || typeof heard !== 'string') {
        if (busy) return { refused: new SchoolRefused('quarantined', school, row.held ?? undefined, row.seq) };
        return await refuse(sql, row, typeof heard === 'string' ? undefined : heard, '', now);
      }
      if (heard !== 'stale') {
        noteLevel(row, now);
        await saveCursor(sql, row);
      }
      if (busy || heard !== 'stale') await ordersTaken(sql, school, taken, now);
      return { answer: await answerOf(parts, sql, row, now), kept: nothing };
    },
  );
  return settled(outcome);
}

/** Lines of alarms that overtake the school's backlog. Resolves with whether they were taken: of a process that was not heard yet none are. */
export async function takeAhead({ db, folding, world }: IngestParts, request: AheadRequest): Promise<AheadAnswer> {
  agreeOnProtocol(request);
  return await persisting(db.urgent, async (sql) => {
    const row = await readCursor(sql, request.school);
    if (row && row.held !== null) throw new SchoolRefused('quarantined', row.school, row.held, row.seq);
    const known = row?.boot === request.boot;
    if (row && known) await folding.ahead(sql, row, request.lines, world.now());
    return { taken: known };
  });
}

function settled<T>(outcome: TakenOrRefused<T>): T {
  if ('refused' in outcome) throw outcome.refused;
  outcome.kept();
  return outcome.answer;
}

async function hear(
  sql: Sql,
  row: CursorRow,
  request: IngestRequest | PollRequest,
  now: number,
): Promise<SpeakerVerdict> {
  const before = row.seen_at;
  const heard = hearSpeaker(row, request, now);
  if (heard !== 'stale') await endOutage(sql, row.school, before, now);
  return heard;
}

async function within(parts: IngestParts, sql: Sql, request: IngestRequest): Promise<TakenOrRefused<IngestAnswer>> {
  const now = parts.world.now();
  const row = await lockCursor(sql, request.school);
  const heard = await hear(sql, row, request, now);
  if (heard === 'stale' && row.held === null) return { answer: await answerOf(parts, sql, row, now), kept: nothing };
  const body = () => JSON.stringify({ ...request, lines: request.lines.slice(0, 20), ahead: [] });
  if (row.held !== null || typeof heard !== 'string')
    return await refuse(sql, row, typeof heard === 'string' ? undefined : heard, body(), now);
  row.log ??= request.log;
  if (row.log !== request.log)
    return await refuse(sql, row, { code: 'log-changed', detail: named(request.log) }, body(), now);
  row.filter = request.filter;
  const note = request.checkpoint === undefined ? undefined : openNote(request.checkpoint, row.log);
  const before = { seq: row.seq, roots: row.roots, told_at: row.told_at, head: row.head };
  const taken = await takeLines(sql, row, request, note?.size, now);
  if ('differsAt' in taken) {
    return await refuse(sql, row, { code: 'rewritten', detail: String(taken.differsAt) }, body(), now);
  }
  if (floods(row, taken.fresh, now, parts.dayBytesMax ?? DAY_BYTES_MAX)) {
    await taken.kept;
    await giveBack(sql, row, before);
    return await refuse(sql, row, { code: 'flooded', detail: `${Math.round(row.day_bytes / 1e6)} MB` }, body(), now);
  }
  const witnessed = note && (await witness(sql, row, request.checkpoint ?? '', note, taken.rootAt, parts.signer, now));
  if (witnessed === 'differs') {
    // The lines agree among themselves and not with what was signed: none of them stays.
    if (row.seq !== before.seq) await giveBack(sql, row, before);
    return await refuse(sql, row, { code: 'rewritten', detail: `checkpoint ${note?.size}` }, body(), now);
  }
  const folded = await parts.folding.fold(sql, row, taken.fresh, now);
  if (folded === 'overgrown') {
    await giveBack(sql, row, before);
    return await refuse(sql, row, { code: 'overgrown', detail: String(row.seq) }, body(), now);
  }
  if (request.ahead.length > 0) await parts.folding.ahead(sql, row, request.ahead, now);
  noteLevel(row, now);
  const [answer] = await Promise.all([answerOf(parts, sql, row, now), saveCursor(sql, row), taken.kept]);
  const { kept, unread } = folded;
  return { answer: { ...answer, ...witnessed, ...(unread > 0 && { unread }) }, kept };
}

/** The number of a public key, as people compare it. */
const named = (log: string): string => storable(log.split('+').slice(0, 2).join('+').slice(0, 80));

/** Takes the lines of this very transaction out again. */
async function giveBack(
  sql: Sql,
  row: CursorRow,
  before: Pick<CursorRow, 'seq' | 'roots' | 'told_at' | 'head'>,
): Promise<void> {
  for (const table of ['journal', 'edge'] as const) {
    const number = table === 'journal' ? 'seq' : 'size';
    await sql.query(`DELETE FROM ${table} WHERE school = $1 AND epoch = $2 AND ${number} > $3`, [
      ...[row.school, row.epoch, before.seq],
    ]);
  }
  Object.assign(row, before);
}

/** Keeps why a school is held from now on, or that it spoke while it is. */
async function refuse(
  sql: Sql,
  row: CursorRow,
  held: HoldReason | undefined,
  body: string,
  now: number,
): Promise<{ readonly refused: SchoolRefused }> {
  const { school } = row;
  if (row.held !== null || held === undefined) {
    await saveCursor(sql, row);
    return { refused: new SchoolRefused('quarantined', school, row.held ?? undefined, row.seq) };
  }
  row.held = held.code;
  row.held_at = now;
  await saveCursor(sql, row);
  const why = schoolRefused(held.code, school, held.detail);
  const id = `${row.epoch}-${row.seq}-${held.code}-${now}`;
  await setAside(sql, row, [{ id, code: held.code, seq: row.seq, why, body }], now);
  return { refused: new SchoolRefused(held.code, school, held.detail, row.seq) };
}

async function answerOf({ vkey }: IngestParts, sql: Sql, row: CursorRow, now: number): Promise<IngestAnswer> {
  return { have: row.seq, witness: vkey, ...(await besideAnswer(sql, row.school, now)), now };
}
