/**
 * The newest word on each checkpoint of rounds, for reports: with its link in the journal, and of a point that nobody reached with the alarm
 * that said so and the still that was kept of it then. It must never give the alarm of another miss than the one it speaks of.
 */
import type Database from 'better-sqlite3';
import { missedKey } from '../../core/patrol/withdraw.ts';
import { missedVerdicts } from '../../core/site/verdict-sets.ts';
import type { PatrolVerdict } from '../../core/types.ts';

/** An alarm may have been open for so long before it spoke for one more round; older ones are not looked for. Ours. */
const openForMs = 35 * 86_400_000;

interface CheckRow extends Record<string, unknown> {
  readonly round: string;
  readonly route: string | null;
  readonly checkpoint: string;
  readonly verdict: PatrolVerdict;
}
interface AlarmOfMiss {
  readonly id: number;
  readonly round: string | null;
  readonly picture: string | null;
  readonly closedAt: number | null;
}

/** Of each checkpoint of these rounds the newest row: a later one says what an earlier one became. */
export function checksQuery(db: Database.Database): (rounds: readonly string[]) => Record<string, unknown>[] {
  const newest = db.prepare<[string], CheckRow>(
    `WITH newest AS (SELECT max(seq) AS seq FROM scans WHERE round IN (SELECT value FROM json_each(?)) GROUP BY round, checkpoint)
     SELECT scans.*, events.hash, rounds.route FROM newest JOIN scans USING (seq) JOIN events USING (seq)
     LEFT JOIN rounds ON rounds.id = scans.round`,
  );
  const firstMissed = db
    .prepare<[string, string, string], number | null>(
      'SELECT min(at) FROM scans WHERE round = ? AND checkpoint = ? AND verdict IN (SELECT value FROM json_each(?))',
    )
    .pluck();
  const lastAlarm = db.prepare<[number, number, string], AlarmOfMiss>(
    `SELECT id, round, picture, closedAt FROM alarms WHERE raisedAt <= ? AND raisedAt >= ? AND key = ?
     ORDER BY raisedAt DESC, id DESC LIMIT 1`,
  );
  const verdicts = JSON.stringify([...missedVerdicts]);
  const alarmOf = ({ round, route, checkpoint }: CheckRow) => {
    const at = firstMissed.get(round, checkpoint, verdicts);
    if (route === null || typeof at !== 'number') return {};
    const found = lastAlarm.get(at, at - openForMs, missedKey({ id: route }, { id: checkpoint }));
    // The one of an earlier round speaks for this one only while it was open.
    if (!found || (found.round !== round && found.closedAt !== null && found.closedAt < at)) return {};
    return { alarm: found.id, ...(found.round === round && found.picture !== null && { picture: found.picture }) };
  };
  return (rounds) =>
    newest.all(JSON.stringify(rounds)).map((row) => {
      const { route: _route, ...check } = row;
      return { ...check, ...(missedVerdicts.has(row.verdict) && alarmOf(row)) };
    });
}
