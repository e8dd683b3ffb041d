/**
 * The tables that pages and exports ask: alarms, rounds and scans, folded from events as they are kept.
 * They say nothing the journal does not say and can always be made again from it; they must never be a source of truth.
 * The folding of alarms follows `core/evolve`, but remembers closed ones for as long as the journal does.
 */
import type Database from 'better-sqlite3';
import type { Event, Value, Words } from '../../core/types.ts';

/** Raised whenever the tables below change their meaning; the journal then makes them anew when it opens. */
export const recordsVersion = 6;

const tables = `
  CREATE TABLE alarms (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, kind TEXT NOT NULL, priority INTEGER NOT NULL, device TEXT NOT NULL,
    zone TEXT, round TEXT, checkpoint TEXT, raisedAt INTEGER NOT NULL, sourceTime INTEGER, lastAt INTEGER NOT NULL,
    count INTEGER NOT NULL, causes TEXT NOT NULL, value TEXT, why TEXT, returnedAt INTEGER,
    ackedBy TEXT, ackedAt INTEGER, firstAckedBy TEXT, firstAckedAt INTEGER,
    dispatchedBy TEXT, dispatchedTo TEXT, dispatchedAt INTEGER, acceptedBy TEXT, acceptedAt INTEGER,
    arrivedBy TEXT, arrivedAt INTEGER, arrivedHow TEXT, disposedBy TEXT, disposedAt INTEGER, finding TEXT,
    findingNote TEXT,
    level INTEGER, paintedAt INTEGER, incident INTEGER, joining TEXT, covert INTEGER,
    closedBy TEXT, closedAt INTEGER, reason TEXT, note TEXT, picture TEXT
  );
  CREATE INDEX alarmsByTime ON alarms (raisedAt);
  CREATE TABLE rounds (
    id TEXT PRIMARY KEY, route TEXT NOT NULL, start INTEGER NOT NULL, person TEXT, openedAt INTEGER NOT NULL,
    completedAt INTEGER, onTime INTEGER, early INTEGER, late INTEGER, missed INTEGER, wrongOrder INTEGER
  );
  CREATE INDEX roundsByTime ON rounds (start);
  CREATE TABLE scans (
    seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, round TEXT NOT NULL, checkpoint TEXT NOT NULL, verdict TEXT NOT NULL,
    sourceTime INTEGER, card TEXT, person TEXT, offMs INTEGER, uploaded INTEGER NOT NULL
  );
  CREATE INDEX scansByTime ON scans (at);
  CREATE INDEX scansByRound ON scans (round);
`;

/** Drops the tables and makes them empty. */
export function resetRecords(db: Database.Database): void {
  db.exec('DROP TABLE IF EXISTS alarms; DROP TABLE IF EXISTS rounds; DROP TABLE IF EXISTS scans;');
  db.exec(tables);
}

/** A function that folds one event into the tables; to be called inside the event's own transaction. */
export function recorder(db: Database.Database): (event: Event) => void {
  const alarm = alarmRecorder(db);
  const handling = handlingRecorder(db);
  const round = roundRecorder(db);
  return (event) => {
    alarm(event);
    handling(event);
    round(event);
  };
}

/** A value or a sentence as JSON, so that the text "1", the number 1 and true stay apart and both languages are kept. */
const stored = (value: Value | Words | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value);

function alarmRecorder(db: Database.Database): (event: Event) => void {
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
  const picture = db.prepare('UPDATE alarms SET picture = ? WHERE id = ?');
  const causes = (id: number): string[] => JSON.parse(causesOf.get(id) ?? '[]') as string[];

  return (e) => {
    switch (e.kind) {
      case 'raised': {
        const place = [e.zone ?? null, e.round ?? null, e.checkpoint ?? null];
        const standing = JSON.stringify(e.active ? [e.cause] : []);
        const rest = [e.at, e.sourceTime ?? null, e.at, standing, stored(e.value), stored(e.why), e.covert ? 1 : null];
        raise.run(e.seq, e.key, e.alarm, e.priority, e.device, ...place, ...rest);
        return;
      }
      case 'repeated': {
        const was = causes(e.alarm);
        const now = e.active && !was.includes(e.cause) ? [...was, e.cause] : was;
        repeat.run(e.at, e.priority, JSON.stringify(now), stored(e.value), e.alarm);
        return;
      }
      case 'returned-to-normal': {
        const left = causes(e.alarm).filter((cause) => cause !== e.cause);
        back.run(JSON.stringify(left), left.length === 0 ? e.at : null, e.alarm);
        return;
      }
      case 'acknowledged':
        acknowledge.run({ by: e.by, at: e.at, alarm: e.alarm });
        return;
      case 'closed':
        close.run(e.by, e.at, e.reason, e.note ?? null, e.alarm);
        return;
      case 'done':
        if (e.ok && e.brought !== undefined && e.duty.startsWith('snapshot/')) {
          picture.run(e.brought, Number(e.duty.slice('snapshot/'.length)));
        }
        return;
      default:
        return;
    }
  };
}

/** What people did about an alarm between acknowledging and closing it, and who else was told. */
function handlingRecorder(db: Database.Database): (event: Event) => void {
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
  return (e) => {
    switch (e.kind) {
      case 'dispatched':
        dispatch.run(e.by, e.to, e.at, e.alarm);
        return;
      case 'accepted':
        accept.run(e.by, e.at, e.alarm);
        return;
      case 'arrived':
        arrive.run(e.by, e.at, e.how, e.alarm);
        return;
      case 'disposed':
        dispose.run(e.by, e.at, e.reason, e.note ?? null, e.alarm);
        return;
      case 'escalated':
        escalate.run(e.level, e.alarm);
        return;
      case 'displayed':
        if (e.page === 'wall') paint.run(e.at, e.alarm);
        return;
      case 'joined':
        join.run(e.incident, e.why, e.alarm);
        return;
      default:
        return;
    }
  };
}

function roundRecorder(db: Database.Database): (event: Event) => void {
  const open = db.prepare('REPLACE INTO rounds (id, route, start, person, openedAt) VALUES (?, ?, ?, ?, ?)');
  const check = db.prepare('INSERT INTO scans VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const complete = db.prepare(
    'UPDATE rounds SET completedAt = ?, onTime = ?, early = ?, late = ?, missed = ?, wrongOrder = ? WHERE id = ?',
  );
  return (e) => {
    switch (e.kind) {
      case 'opened':
        open.run(e.round, e.route, e.start, e.person ?? null, e.at);
        return;
      case 'checked': {
        const what = [e.sourceTime ?? null, e.card ?? null, e.person ?? null, e.offMs ?? null, e.uploaded ? 1 : 0];
        check.run(e.seq, e.at, e.round, e.checkpoint, e.verdict, ...what);
        return;
      }
      case 'completed': {
        const n = e.counts;
        complete.run(e.at, n['on-time'], n.early, n.late, n.missed, n['wrong-order'], e.round);
        return;
      }
      default:
        return;
    }
  };
}
