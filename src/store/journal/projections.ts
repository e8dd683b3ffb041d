/**
 * The tables that pages and exports ask: alarms, rounds, scans, touches and posts, folded from events as they are kept.
 * They say nothing the journal does not say and can always be made again from it; they must never be a source of truth.
 * The folding of alarms follows `core/evolve`, but remembers closed ones for as long as the journal does.
 */
import type Database from 'better-sqlite3';
import { roundResult } from '../../core/patrol/round-result.ts';
import type { Event, Value, Words } from '../../core/types.ts';
import { kitchenUnrecorded } from './kitchen-facts.ts';
import { columns } from './record-columns.ts';

/** Raised whenever the tables below change their meaning; the journal then makes them anew when it opens. */
export const recordsVersion = 15;

const tables = Object.entries(columns)
  .map(([table, fields]) => {
    const list = Object.entries(fields).map(([name, type]) => `${name} ${type}`);
    return `CREATE TABLE ${table} (${list.join(', ')});`;
  })
  .join('\n');

const indexes = `
  CREATE INDEX alarmsByTime ON alarms (raisedAt);
  CREATE INDEX roundsByTime ON rounds (start);
  CREATE INDEX scansByTime ON scans (at);
  CREATE INDEX scansByRound ON scans (round);
  CREATE INDEX postsByTime ON posts (start);
  CREATE INDEX touchesByTime ON touches (sourceTime);
  CREATE INDEX touchesByBatch ON touches (batch) WHERE batch IS NOT NULL;
`;

/** Drops the tables and makes them empty. */
export function resetRecords(db: Database.Database): void {
  for (const table of Object.keys(columns)) db.exec(`DROP TABLE IF EXISTS ${table}`);
  db.exec(tables);
  db.exec(indexes);
}

/** What each kind of fact does to the tables; undefined: it is in the journal and in no record. */
type Folds = { readonly [K in Event['kind']]: ((event: Extract<Event, { readonly kind: K }>) => void) | undefined };

/** A function that folds one event into the tables; to be called inside the event's own transaction. */
export function recorder(db: Database.Database): (event: Event) => void {
  const folds: Folds = {
    ...unrecorded,
    ...alarmFolds(db),
    ...handlingFolds(db),
    ...roundFolds(db),
    ...touchFolds(db),
    ...postFolds(db),
  };
  return (event) => (folds[event.kind] as ((event: Event) => void) | undefined)?.(event);
}

const unrecorded = {
  started: undefined,
  configured: undefined,
  'clock-stepped': undefined,
  'clock-doubted': undefined,
  read: undefined,
  detected: undefined,
  learned: undefined,
  ...{ 'excursion-began': undefined, 'excursion-deepened': undefined, 'excursion-ended': undefined },
  ...{ 'sensor-doubted': undefined, 'base-confirmed': undefined },
  ...{ 'picture-judged': undefined, 'picture-learned': undefined, 'picture-dismissed': undefined },
  ...{ 'camera-seen': undefined, 'cameras-watched': undefined },
  ...{ 'device-identified': undefined, 'device-clock-set': undefined },
  linked: undefined,
  silenced: undefined,
  pledged: undefined,
  renewed: undefined,
  'part-acknowledged': undefined,
  looked: undefined,
  noted: undefined,
  'phone-sent': undefined,
  answered: undefined,
  shelved: undefined,
  unshelved: undefined,
  flooded: undefined,
  'zone-armed': undefined,
  'area-armed': undefined,
  'entry-started': undefined,
  'entry-expired': undefined,
  'walk-started': undefined,
  'zone-tested': undefined,
  'zone-restored': undefined,
  'walk-ended': undefined,
  tuned: undefined,
  vouched: undefined,
  'limits-dated': undefined,
  untuned: undefined,
  imported: undefined,
  suspected: undefined,
  'exception-pictured': undefined,
  sending: undefined,
  'taken-told': undefined,
  'police-announced': undefined,
  'police-tested': undefined,
  'police-step': undefined,
  ...{ 'shift-told': undefined, replied: undefined, 'passed-on': undefined },
  ...{ 'channel-tried': undefined, canary: undefined },
  ...{ 'channel-confirmed': undefined, resubscribed: undefined },
  ...kitchenUnrecorded,
  ...{ 'district-joined': undefined, 'district-ordered': undefined },
  ...{ 'district-answered': undefined, 'district-overdue': undefined },
  'exception-disposed': undefined,
  'shift-changed': undefined,
  'shift-change-withdrawn': undefined,
  'signed-on': undefined,
  'handed-over': undefined,
  'calendar-given': undefined,
  'calendar-withdrawn': undefined,
  'post-unheard': undefined,
  'post-heard': undefined,
  'post-counted': undefined,
  ordered: undefined,
  'logged-in': undefined,
  'login-refused': undefined,
  'logged-out': undefined,
  'phone-paired': undefined,
  'phone-revoked': undefined,
  'account-changed': undefined,
  exported: undefined,
  'picture-viewed': undefined,
  'video-viewed': undefined,
  'wall-changed': undefined,
  lost: undefined,
  'journal-gap': undefined,
  'record-doubted': undefined,
  pruned: undefined,
  held: undefined,
  released: undefined,
  refused: undefined,
} as const satisfies Partial<Folds>;

/** A value or a sentence as JSON, so that the text "1", the number 1 and true stay apart and both languages are kept. */
const stored = (value: Value | Words | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);

function alarmFolds(db: Database.Database) {
  const raise = db.prepare(
    `INSERT INTO alarms (id, key, kind, priority, device, zone, round, checkpoint, raisedAt, sourceTime, lastAt, count, causes, value, why, covert)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)`,
  );
  const causesOf = db.prepare<[number], string>('SELECT causes FROM alarms WHERE id = ?').pluck();
  const repeat = db.prepare(
    `UPDATE alarms SET count = count + 1, lastAt = ?, priority = min(priority, ?), causes = ?, value = coalesce(?, value),
     ackedBy = NULL, ackedAt = NULL, returnedAt = NULL WHERE id = ?`,
  );
  const back = db.prepare('UPDATE alarms SET causes = ?, returnedAt = coalesce(?, returnedAt) WHERE id = ?');
  const acknowledge = db.prepare(
    `UPDATE alarms SET ackedBy = @by, ackedAt = @at, firstAckedBy = coalesce(firstAckedBy, @by),
     firstAckedAt = coalesce(firstAckedAt, @at) WHERE id = @alarm`,
  );
  const close = db.prepare('UPDATE alarms SET closedBy = ?, closedAt = ?, reason = ?, note = ? WHERE id = ?');
  const picture = db.prepare('UPDATE alarms SET picture = iif(?, ?, coalesce(picture, ?)) WHERE id = ?');
  const causes = (id: number): string[] => JSON.parse(causesOf.get(id) ?? '[]') as string[];

  return {
    raised(e) {
      const place = [e.zone ?? null, e.round ?? null, e.checkpoint ?? null];
      const standing = JSON.stringify(e.active ? [e.cause] : []);
      const rest = [e.at, e.sourceTime ?? null, e.at, standing, stored(e.value), stored(e.why), e.covert ? 1 : null];
      raise.run(e.seq, e.key, e.alarm, e.priority, e.device, ...place, ...rest);
    },
    repeated(e) {
      const was = causes(e.alarm);
      const now = e.active && !was.includes(e.cause) ? [...was, e.cause] : was;
      repeat.run(e.at, e.priority, JSON.stringify(now), stored(e.value), e.alarm);
    },
    'returned-to-normal'(e) {
      const left = causes(e.alarm).filter((cause) => cause !== e.cause);
      back.run(JSON.stringify(left), left.length === 0 ? e.at : null, e.alarm);
    },
    acknowledged(e) {
      acknowledge.run({ by: e.by, at: e.at, alarm: e.alarm });
    },
    closed(e) {
      close.run(e.by, e.at, e.reason, e.note ?? null, e.alarm);
    },
    done(e) {
      if (e.ok && e.brought !== undefined && /^snapshot\/\d+(?:\/own)?$/.test(e.duty)) {
        picture.run(e.duty.endsWith('/own') ? 1 : 0, e.brought, e.brought, Number(e.duty.split('/')[1]));
      }
    },
  } satisfies Partial<Folds>;
}

/** What people did about an alarm between acknowledging and closing it, and who else was told. */
function handlingFolds(db: Database.Database) {
  const set = (columns: string) => db.prepare(`UPDATE alarms SET ${columns} WHERE id = ?`);
  // Another is sent: whether he accepts and arrives is a new question.
  const dispatch = set(
    `dispatchedBy = ?, dispatchedTo = ?, dispatchedAt = ?, acceptedBy = NULL, acceptedAt = NULL,
     arrivedBy = NULL, arrivedAt = NULL, arrivedHow = NULL`,
  );
  const accept = set('acceptedBy = ?, acceptedAt = ?');
  const arrive = set('arrivedBy = ?, arrivedAt = ?, arrivedHow = ?');
  const dispose = set('disposedBy = ?, disposedAt = ?, finding = ?, findingNote = ?');
  const escalate = set('level = max(coalesce(level, 0), ?)');
  const paint = set('paintedAt = coalesce(paintedAt, ?)');
  const join = set('incident = ?, joining = ?');
  return {
    dispatched(e) {
      dispatch.run(e.by, e.to, e.at, e.alarm);
    },
    accepted(e) {
      accept.run(e.by, e.at, e.alarm);
    },
    arrived(e) {
      arrive.run(e.by, e.at, e.how, e.alarm);
    },
    disposed(e) {
      dispose.run(e.by, e.at, e.reason, e.note ?? null, e.alarm);
    },
    escalated(e) {
      escalate.run(e.level, e.alarm);
    },
    displayed(e) {
      if (e.page === 'wall') paint.run(e.at, e.alarm);
    },
    joined(e) {
      join.run(e.incident, e.why, e.alarm);
    },
  } satisfies Partial<Folds>;
}

function roundFolds(db: Database.Database) {
  // What was changed of a round before it was opened stands there already.
  const open = db.prepare(
    `INSERT INTO rounds (id, route, start, person, second, openedAt, itemsDue)
     VALUES (@id, @route, @start, @person, @second, @at, @items)
     ON CONFLICT (id) DO UPDATE SET person = @person, second = @second, openedAt = @at, itemsDue = @items`,
  );
  const check = db.prepare('INSERT INTO scans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const ends = ['completedAt', 'onTime', 'early', 'late', 'missed', 'wrongOrder', 'wrongPerson', 'unknownCard'].concat([
    ...['byHand', 'cancelled', 'result', 'brokenAt', 'seen'],
  ]);
  const end = db.prepare(`UPDATE rounds SET ${ends.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`);
  const answer = db.prepare(
    `UPDATE rounds SET itemsAnswered = coalesce(itemsAnswered, 0) + ?, itemsWrong = coalesce(itemsWrong, 0) + ? WHERE id = ?`,
  );
  const changesOf = db.prepare<[string], string | null>('SELECT changes FROM rounds WHERE id = ?').pluck();
  const change = db.prepare(
    `INSERT INTO rounds (id, route, start, openedAt, changes) VALUES (@id, @route, @start, @at, @changes)
     ON CONFLICT (id) DO UPDATE SET changes = @changes`,
  );
  return {
    opened(e) {
      const { round: id, route, start, person = null, second = null, at, items = null } = e;
      open.run({ id, route, start, person, second, at, items });
    },
    checked(e) {
      const what = [e.sourceTime ?? null, e.card ?? null, e.person ?? null, e.offMs ?? null, e.uploaded ? 1 : 0];
      const how = [e.planned ?? null, e.before ?? null, e.source ?? null];
      check.run(e.seq, e.at, e.round, e.checkpoint, e.verdict, ...what, ...how);
    },
    completed(e) {
      const n = e.counts;
      const first = [n['on-time'], n.early, n.late, n.missed, n['wrong-order'], n['wrong-person'] ?? 0];
      const last = [n['unknown-card'] ?? 0, n['by-hand'] ?? 0, n.cancelled ?? 0];
      const seen = e.seen ? JSON.stringify(e.seen) : null;
      end.run(e.at, ...first, ...last, roundResult(n, e.brokenAt), e.brokenAt ?? null, seen, e.round);
    },
    unchecked(e) {
      end.run(...ends.map(() => null), e.round);
    },
    'round-changed'({ round: id, route, start, at, ...e }) {
      const { how, by, reason, minutes, person, of, review } = e;
      const known = JSON.parse(changesOf.get(id) ?? '[]') as unknown[];
      const changes = JSON.stringify([...known, { how, by, at, reason, minutes, person, of, review }]);
      change.run({ id, route, start, at, changes });
    },
    'item-checked'(e) {
      if (e.round !== undefined) answer.run(e.before === undefined ? 1 : 0, e.right ? 0 : 1, e.round);
    },
  } satisfies Partial<Folds>;
}

function touchFolds(db: Database.Database) {
  const touch = db.prepare('INSERT INTO touches VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)');
  const withdraw = db.prepare('UPDATE touches SET undoneAt = ? WHERE seq = ?');
  const undo = db.prepare('UPDATE touches SET undoneAt = ? WHERE batch = ? AND undoneAt IS NULL');
  return {
    touched(e) {
      const how = [e.person ?? null, e.source, e.batch ?? null, e.doubt ? 1 : 0, e.countedAs ?? null];
      const hand = [e.by ?? null, e.reason ?? null];
      const phone = [e.via ?? null, e.picture ?? null, e.sha256 ?? null];
      touch.run(e.seq, e.at, e.reader, e.card, e.sourceTime, ...how, ...hand, ...phone);
    },
    'touch-withdrawn'(e) {
      withdraw.run(e.at, e.touch);
    },
    'import-undone'(e) {
      undo.run(e.at, e.batch);
    },
  } satisfies Partial<Folds>;
}

function postFolds(db: Database.Database) {
  const open = db.prepare('REPLACE INTO posts (id, post, start, until, persons, openedAt) VALUES (?, ?, ?, ?, ?, ?)');
  const complete = db.prepare(
    'UPDATE posts SET completedAt = ?, result = ?, fewest = ?, shortMs = ?, people = ? WHERE id = ?',
  );
  return {
    'post-opened'(e) {
      open.run(e.watch, e.post, e.from, e.until, e.persons, e.at);
    },
    'post-completed'(e) {
      complete.run(e.at, e.result, e.fewest, e.shortMs, e.people.join(','), e.watch);
    },
  } satisfies Partial<Folds>;
}
