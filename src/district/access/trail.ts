/**
 * The trail: what officers did, each line chained to the one before by SHA-256, so that none can be altered, taken out or put in unseen. Whoever
 * writes waits for the one before. That lines were cut off at the end is seen only by who knows an earlier head: the command that verifies takes
 * one. It must never hold a password, a code or a key.
 */
import { hash } from 'node:crypto';
import type { TrailKind, TrailLine, TrailVerdict } from '../board/trail-kinds.ts';
import type { Database, Sql } from '../database/database.ts';
import { jsonText } from '../database/json-rows.ts';
import { persisting } from '../database/open-database.ts';

/** Any number that nothing else locks by. */
const LOCK = 7_205_512;
const PAGE = 2_000;

export interface TrailEntry {
  readonly officer: string;
  readonly kind: TrailKind;
  readonly school?: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface OfficerTrail {
  /** Resolves when it is durable. */
  append(entry: TrailEntry): Promise<void>;
  /** As part of what is done in this transaction: both are there, or neither. To be called last, because others wait until it ends. */
  appendIn(sql: Sql, entry: TrailEntry): Promise<void>;
}

interface TrailRow {
  readonly n: number;
  readonly at: number;
  readonly officer: string;
  readonly kind: string;
  readonly school: string | null;
  readonly body: Readonly<Record<string, unknown>>;
  readonly line: string;
  readonly link: string;
}

const linkOf = (before: string, line: string) => hash('sha256', `${before}\n${line}`, 'hex');

/** An object with its keys in order, all the way down: the same text whoever stored it. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, ordered(one)]));
}

const lineOf = ({ n, at, officer, kind, school, body }: Omit<TrailRow, 'line' | 'link'>) =>
  jsonText([n, at, officer, kind, school, ordered(body)]);

export function openTrail(db: Database, now: () => number): OfficerTrail {
  const appendIn: OfficerTrail['appendIn'] = async (sql, { officer, kind, school, body }) => {
    await sql.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    const [last] = await sql.query<Pick<TrailRow, 'n' | 'link'>>('SELECT n, link FROM trail ORDER BY n DESC LIMIT 1');
    const kept = JSON.parse(jsonText(body ?? {})) as TrailRow['body'];
    const row = { n: (last?.n ?? 0) + 1, at: now(), officer, kind, school: school ?? null, body: kept };
    const line = lineOf(row);
    await sql.query(
      'INSERT INTO trail (n, at, officer, kind, school, body, line, link) VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)',
      [row.n, row.at, officer, kind, row.school, jsonText(kept), line, linkOf(last?.link ?? '', line)],
    );
  };
  return { appendIn, append: (entry) => persisting(db, (sql) => appendIn(sql, entry)) };
}

/** Reckons the chain anew, from the first line, in parts. `signal` ends it with its reason. */
export async function verifyTrail(sql: Sql, signal?: AbortSignal): Promise<TrailVerdict> {
  let head = '';
  let lines = 0;
  for (;;) {
    signal?.throwIfAborted();
    const rows = await sql.query<TrailRow>(`SELECT * FROM trail WHERE n > $1 ORDER BY n LIMIT ${PAGE}`, [lines]);
    for (const row of rows) {
      const sound = row.n === lines + 1 && row.line === lineOf(row) && row.link === linkOf(head, row.line);
      if (!sound) return { lines, head, brokenAt: lines + 1 };
      lines = row.n;
      head = row.link;
    }
    if (rows.length < PAGE) return { lines, head };
  }
}

/** The link of a line; undefined where there is none. */
export async function linkAt(sql: Sql, n: number): Promise<string | undefined> {
  return (await sql.query<{ link: string }>('SELECT link FROM trail WHERE n = $1', [n]))[0]?.link;
}

export interface TrailQuestion {
  /** Lines before this number, newest first. */
  readonly before?: number | undefined;
  readonly kind?: TrailKind | undefined;
  readonly officer?: string | undefined;
  readonly school?: string | undefined;
}

/** At most `limit` lines, the newest first. `where`: a condition of ours over parameter 1. */
export async function readTrail(
  sql: Sql,
  { before, kind, officer, school }: TrailQuestion,
  sight: { readonly where: string; readonly param: string },
  limit: number,
): Promise<readonly TrailLine[]> {
  const rows = await sql.query<TrailRow>(
    `SELECT n, at, officer, kind, school, body FROM trail
      WHERE (school IS NULL OR ${sight.where}) AND ($2::bigint IS NULL OR n < $2) AND ($3::text IS NULL OR kind = $3)
        AND ($4::text IS NULL OR officer = $4) AND ($5::text IS NULL OR school = $5)
      ORDER BY n DESC LIMIT ${Math.floor(limit)}`,
    [sight.param, before ?? null, kind ?? null, officer ?? null, school ?? null],
  );
  return rows.map(({ school: of, kind: what, ...row }) => ({
    ...{ n: row.n, at: row.at, officer: row.officer, body: row.body },
    kind: what as TrailKind,
    ...(of !== null && { school: of }),
  }));
}
