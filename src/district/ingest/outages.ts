/**
 * Times in which nothing was heard of a school, written down when it speaks again and while it is silent. Time in which the district itself
 * could hear nobody is nobody's silence: it stands under no school (''), and counts for none.
 */
import { LOST_MS } from '../../uplink/sign-of-life.ts';
import type { Sql } from '../database/database.ts';

/** A district whose nodes all said nothing for so long was away, ms. Each says so every five seconds. */
const AWAY_MS = 30_000;
const DISTRICT = '';

/** The school speaks: a silence that was long enough is over. `seenAt`: its sign of life before. */
export async function endOutage(sql: Sql, school: string, seenAt: number | null, now: number): Promise<void> {
  if (seenAt === null || now - seenAt <= LOST_MS) return;
  const since = await listeningSince(sql, seenAt, now);
  // One that is yet to begin is of a clock that was ahead: the next look puts it right.
  await sql.query('UPDATE outage SET until = $2 WHERE school = $1 AND until IS NULL AND since <= $2', [school, now]);
  if (now - since <= LOST_MS) return;
  await sql.query(
    'INSERT INTO outage (school, since, until) VALUES ($1, $2, $3) ON CONFLICT (school, since) DO UPDATE SET until = excluded.until',
    [school, since, now],
  );
}

/** From when on a silence that began at `seenAt` counts. */
async function listeningSince(sql: Sql, seenAt: number, now: number): Promise<number> {
  // Not even written down yet: the district itself is only now here again, or its clock was set on.
  const [listening] = await sql.query<{ value: string }>("SELECT value FROM setting WHERE name = 'listening'");
  if (now - Number(listening?.value ?? now) > AWAY_MS) return now;
  const [gap] = await sql.query<{ until: number | null }>(
    'SELECT max(until) AS until FROM outage WHERE school = $1 AND until > $2 AND until <= $3',
    [DISTRICT, seenAt, now],
  );
  return Math.max(seenAt, gap?.until ?? 0);
}

/**
 * The district's clock was set back by `by`: a silence that is under way and would begin in time to come goes back with it, and so does the last sign
 * of life of whoever is silent, who must not look well for having been heard "later". What the district itself was away for ends now at the latest.
 */
async function moveBack(sql: Sql, by: number, now: number): Promise<void> {
  const ahead = [DISTRICT, now, now + AWAY_MS];
  await sql.query('DELETE FROM outage WHERE school = $1 AND since >= $2 AND until > $3', ahead);
  await sql.query('UPDATE outage SET until = $2 WHERE school = $1 AND until > $3', ahead);
  await sql.query(
    `UPDATE outage o SET since = o.since - $1::bigint WHERE o.school <> '' AND o.until IS NULL AND o.since > $2
       AND NOT EXISTS (SELECT FROM outage p WHERE p.school = o.school AND p.since = o.since - $1::bigint)`,
    [by, now],
  );
  await sql.query(
    `UPDATE cursor c SET seen_at = o.since FROM outage o
     WHERE o.school = c.school AND o.until IS NULL AND c.seen_at > $1 AND o.since <= $1`,
    [now],
  );
}

/**
 * A clock of the district that was ahead, as of a machine that started without the time, leaves signs of life that are yet to come: they would
 * keep a silent school well until then. They count as of now, by the clocks of node and database alike. A silence that was written down while
 * the school was being heard, or by a node whose clock is ahead, is none.
 */
async function mend(sql: Sql, now: number): Promise<void> {
  await sql.query(
    `UPDATE cursor SET seen_at = $1
     WHERE seen_at > greatest($1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint) + ${LOST_MS}`,
    [now],
  );
  await sql.query(
    'DELETE FROM outage o USING cursor c WHERE c.school = o.school AND o.until IS NULL AND c.seen_at > o.since',
  );
}

/** Writes down who is silent, and that the district listens. Any node, every few seconds. */
export async function watchOutages(sql: Sql, now: number): Promise<void> {
  const [listening] = await sql.query<{ value: string }>(
    "SELECT value FROM setting WHERE name = 'listening' FOR UPDATE",
  );
  const before = Number(listening?.value ?? now);
  if (now - before > AWAY_MS)
    await sql.query('INSERT INTO outage (school, since, until) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      ...[DISTRICT, before, now],
    ]);
  if (before - now > AWAY_MS) await moveBack(sql, before - now, now);
  await sql.query(
    `INSERT INTO setting (name, value) VALUES ('listening', $1)
     ON CONFLICT (name) DO UPDATE SET value = CASE WHEN setting.value::bigint > excluded.value::bigint + ${AWAY_MS}
       THEN excluded.value ELSE greatest(setting.value::bigint, excluded.value::bigint)::text END`,
    [String(now)],
  );
  await mend(sql, now);
  const [gap] = await sql.query<{ until: number | null }>(
    'SELECT max(until) AS until FROM outage WHERE school = $1 AND until <= $2',
    [DISTRICT, now],
  );
  await sql.query(
    `INSERT INTO outage (school, since)
     SELECT c.school, greatest(c.seen_at, $2) FROM cursor c JOIN school s USING (school)
     WHERE s.left_at IS NULL AND c.seen_at IS NOT NULL AND greatest(c.seen_at, $2) < $1
     ON CONFLICT DO NOTHING`,
    [now - LOST_MS, gap?.until ?? 0],
  );
}
