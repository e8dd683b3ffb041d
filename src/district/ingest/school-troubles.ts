/**
 * Why the district did not take what a school said, for people at the bureau: the same sentence as at the school. It is kept until the school
 * is heard again. Strangers write nothing here: a key that is wrong counts where it names a school that is there, once a minute.
 */
import { CLOCK_OFF_MS, type RefusalCode } from '../../uplink/protocol.ts';
import { certificateEnds, certificateUnread, clockApart } from '../../words/district/refusal-of-school-words.ts';
import type { Words } from '../../words/words.ts';
import type { Sql } from '../database/database.ts';
import type { SchoolRefused } from './refuse.ts';

/** What a person at the bureau has to see to. The others pass by themselves, or hold the school and stand on its tile. */
const told: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  ...(['key-unknown', 'school-unknown', 'protocol-old', 'protocol-new', 'malformed'] as const),
  ...(['certificate-absent', 'certificate-expired', 'certificate-untrusted', 'certificate-other'] as const),
  'certificate-withdrawn',
]);
const AGAIN_MS = 60_000;
const NAMES_MAX = 10_000;

export interface SchoolTrouble extends Words {
  readonly school: string;
  readonly code: string;
  readonly since: number;
  readonly at: number;
}

const WRITE = `
  INSERT INTO school_trouble (school, code, since, last_at, zh, en)
  SELECT s.school, $2, $3, $3, $4, $5 FROM school s WHERE s.school = $1 AND s.left_at IS NULL
  ON CONFLICT (school, code) DO UPDATE SET last_at = excluded.last_at, zh = excluded.zh, en = excluded.en,
    since = CASE WHEN excluded.last_at - school_trouble.last_at > 600000 THEN excluded.since ELSE school_trouble.since END`;

/** Writes a trouble down, each reason of a school once a minute. Never rejects. */
function openWriting(sql: Sql) {
  const last = new Map<string, number>();
  return async (school: string, code: string, why: Words, now: number): Promise<void> => {
    const key = `${school} ${code}`;
    if (now - (last.get(key) ?? 0) < AGAIN_MS) return;
    if (last.size >= NAMES_MAX) last.clear();
    last.set(key, now);
    await sql.query(WRITE, [school, code, now, why.zh, why.en]).catch(() => undefined);
  };
}

/** Writes refusals down. Never rejects. */
export function openSchoolTroubles(sql: Sql): (school: string, refused: SchoolRefused, now: number) => Promise<void> {
  const write = openWriting(sql);
  return async (school, { code, why }, now) => {
    if (school !== '' && told.has(code)) await write(school, code, why, now);
  };
}

/** What a school says of itself while it is heard as ever: its certificate files cannot be used. */
const UNREAD = 'certificate-unread';
/** It stands for so long after it was said, ms: polls are half a minute apart, and it is written down once a minute. */
const UNREAD_STANDS_MS = 180_000;

/** Writes that down. Never rejects. */
export function certificateUnreadAt(sql: Sql): (school: string, now: number) => Promise<void> {
  const write = openWriting(sql);
  return async (school, now) => await write(school, UNREAD, certificateUnread(school), now);
}

/** A certificate that ends sooner than this is told of, ms: as long as for the district's own. */
const ENDS_SOON_MS = 30 * 86_400_000;

/** Schools whose newest certificate, of those they showed, runs out soon. */
async function endingCertificates(sql: Sql, now: number): Promise<SchoolTrouble[]> {
  const ending = await sql.query<{ school: string; id: string; until: number; at: number }>(
    `SELECT * FROM (SELECT DISTINCT ON (k.school) k.school, k.id, k.until, coalesce(k.used_at, k.made_at) AS at
       FROM school_key k JOIN school s USING (school)
       WHERE k.until IS NOT NULL AND k.withdrawn_at IS NULL AND s.left_at IS NULL ORDER BY k.school, k.until DESC) newest
     WHERE until < $1 ORDER BY school`,
    [now + ENDS_SOON_MS],
  );
  return ending.map(({ school, id, until, at }) => ({
    ...{ school, code: 'certificate', since: at, at },
    ...certificateEnds(school, id, new Date(until).toISOString().slice(0, 10)),
  }));
}

/** What stands now: schools that were refused and not heard since or cannot use their files, those whose clock is off, and those whose certificate ends. */
export async function schoolTroubles(sql: Sql, now: number): Promise<SchoolTrouble[]> {
  const refused = await sql.query<SchoolTrouble>(
    `SELECT t.school, t.code, t.since, t.last_at AS at, t.zh, t.en FROM school_trouble t JOIN school s USING (school)
     LEFT JOIN cursor c USING (school) WHERE s.left_at IS NULL
       AND t.last_at > CASE t.code WHEN $1 THEN $2 ELSE coalesce(c.seen_at, 0) END ORDER BY t.school`,
    [UNREAD, now - UNREAD_STANDS_MS],
  );
  const off = await sql.query<{ school: string; clock_off: number; seen_at: number }>(
    `SELECT school, clock_off, seen_at FROM cursor JOIN school s USING (school)
     WHERE s.left_at IS NULL AND abs(clock_off) > $1 ORDER BY school`,
    [CLOCK_OFF_MS],
  );
  return [
    ...refused,
    ...off.map(({ school, clock_off, seen_at: at }) => ({
      ...{ school, code: 'clock', since: at, at },
      ...clockApart(school, Math.round(clock_off / 1_000)),
    })),
    ...(await endingCertificates(sql, now)),
  ];
}
