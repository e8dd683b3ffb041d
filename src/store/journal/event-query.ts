/**
 * Events out of the journal, by time, device, kind or alarm: the question as SQL, and which kinds of fact can speak of an alarm at
 * all. A part of the reading thread; it must never write.
 */
import type Database from 'better-sqlite3';
import type { Event } from '../../core/types.ts';
import { storedNames } from '../../core/upcast.ts';
import type { RecordQuery } from '../store-types.ts';
import { isEvent } from './cut-lines.ts';
import { kitchenOfNoAlarm } from './kitchen-facts.ts';
import { spanOf } from './rare-facts.ts';

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
  'excursion-began': false,
  'excursion-deepened': false,
  'excursion-ended': false,
  'sensor-doubted': false,
  'base-confirmed': false,
  ...{ 'picture-judged': false, 'picture-learned': false, 'picture-dismissed': false },
  ...{ 'camera-seen': false, 'cameras-watched': false, 'device-identified': false, 'device-clock-set': false },
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
  'part-acknowledged': true,
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
  'exception-pictured': false,
  'exception-disposed': false,
  'shift-changed': false,
  'shift-change-withdrawn': false,
  'signed-on': false,
  'handed-over': false,
  'calendar-given': false,
  'calendar-withdrawn': false,
  ...kitchenOfNoAlarm,
  'district-joined': false,
  ...{ 'district-ordered': true, 'district-answered': true, 'district-overdue': true },
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
  'passed-on': true,
  'police-announced': false,
  'police-tested': false,
  'police-step': true,
  'shift-told': false,
  replied: true,
  'channel-tried': false,
  canary: false,
  'channel-confirmed': false,
  resubscribed: false,
  done: true,
  'logged-in': false,
  'login-refused': false,
  'logged-out': false,
  'phone-paired': false,
  'phone-revoked': false,
  'account-changed': false,
  exported: false,
  'picture-viewed': true,
  'video-viewed': false,
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
    OR json_extract(json, '$.duty') LIKE 'snapshot/' || CAST(@alarm AS INTEGER) || '/%'
    OR json_extract(json, '$.duty') = 'clip/' || CAST(@alarm AS INTEGER)
    OR json_extract(json, '$.duty') LIKE 'notify/' || CAST(@alarm AS INTEGER) || '/%'
    OR json_extract(json, '$.upTo') >= @alarm
    OR json_extract(json, '$.key') = (SELECT key FROM alarms WHERE id = @alarm)))
  OR (kind NOT IN (${ofNoAlarm}) AND json_extract(json, '$.alarm') = @alarm)
  OR (kind = 'joined' AND json_extract(json, '$.incident') = @alarm))`;

/** The bounds on kind come first here, too. */
const notCovert = `(kind IN (${ofNoAlarm}) OR coalesce(json_extract(json, '$.covert'), json_extract(json, '$.quiet')) IS NULL)`;

/** Answers questions for events with a JSON text of them, newest first. */
export function eventQuery(db: Database.Database): (q: RecordQuery, limit: number) => string {
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
