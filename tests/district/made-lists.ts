/** Rows of the read models for the bureau's lists: two schools of two streets, alarms of both, rounds and kitchen cameras of some days. */
import type { Database } from '../../src/district/database/database.ts';

export const hour = 3_600_000;
/** Noon in China of the day on which all of it happened. */
export const listNoon = Date.parse('2026-11-25T12:00:00+08:00');

export interface MadeAlarm {
  readonly school: string;
  readonly id: number;
  readonly at?: number;
  readonly kind?: string;
  readonly priority?: number;
  readonly place?: string;
  readonly ackedBy?: string;
  readonly closedAt?: number;
  readonly reason?: string;
  readonly covert?: boolean;
  readonly ahead?: boolean;
  readonly epoch?: number;
}

export async function madeAlarm(db: Database, one: MadeAlarm): Promise<void> {
  const at = one.at ?? listNoon;
  await db.query(
    `INSERT INTO alarm (school, epoch, id, key, kind, priority, device, place_zh, place_en, raised_at, last_at, acked_by, acked_at, closed_by, closed_at,
       reason, covert, ahead, received_at) VALUES ($1, $2, $3, 'k', $4, $5, 'fence-1', $6, $6, $7, $7, $8, $9, $10, $11, $12, $13, $14, $7)`,
    [
      ...[one.school, one.epoch ?? 1, one.id, one.kind ?? 'climb', one.priority ?? 2, one.place ?? '东围栏', at],
      ...[one.ackedBy ?? null, one.ackedBy === undefined ? null : at + 5_000],
      ...[one.closedAt === undefined ? null : '王建国', one.closedAt ?? null, one.reason ?? null],
      ...[one.covert ?? false, one.ahead ?? false],
    ],
  );
}

export async function madeSchool(db: Database, school: string, zh: string, street: string, epoch = 1): Promise<void> {
  await db.query(
    `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, joined_at, epoch)
     VALUES ($1, $2, $1, $2, $1, $3, 'school', 0, $4)`,
    [school, zh, street, epoch],
  );
}

/** Two schools with what they did. */
export async function madeDistrict(db: Database): Promise<void> {
  await madeSchool(db, 'er-xiao', '第二小学', '古美路', 2);
  await madeSchool(db, 'yi-zhong', '第一中学', '江川路');
  await madeAlarm(db, { school: 'yi-zhong', id: 1, priority: 1, ackedBy: '李强' });
  await madeAlarm(db, {
    school: 'yi-zhong',
    id: 2,
    at: listNoon + hour,
    kind: 'masked',
    priority: 3,
    place: '100%_灶台',
  });
  await madeAlarm(db, {
    ...{ school: 'yi-zhong', id: 3, at: listNoon - 24 * hour, ackedBy: '张伟' },
    ...{ closedAt: listNoon - 23 * hour, reason: 'B5' },
  });
  await madeAlarm(db, {
    school: 'yi-zhong',
    id: 4,
    at: listNoon + 2 * hour,
    priority: 1,
    kind: 'duress',
    covert: true,
  });
  await madeAlarm(db, { school: 'er-xiao', id: 1, epoch: 2, at: listNoon + 3 * hour, priority: 1, ahead: true });
  // Of a journal that was given up.
  await madeAlarm(db, { school: 'er-xiao', id: 9, epoch: 1 });
  const round = (
    school: string,
    epoch: number,
    id: string,
    day: string,
    sums: readonly number[],
    over = true,
    off = false,
  ) =>
    db.query(
      `INSERT INTO round (school, epoch, id, route, start, day, completed_at, due, reached, on_time, missed, cancelled)
       VALUES ($1, $2, $3, 'a', $4, $5, $6, $7, $8, $9, $10, $11)`,
      [school, epoch, id, listNoon, day, over ? listNoon : null, ...sums, off],
    );
  await round('yi-zhong', 1, 'a', '2026-11-24', [10, 9, 8, 1]);
  await round('yi-zhong', 1, 'b', '2026-11-25', [10, 10, 10, 0]);
  await round('yi-zhong', 1, 'c', '2026-11-25', [10, 0, 0, 0], false);
  await round('yi-zhong', 1, 'd', '2026-11-25', [10, 0, 0, 10], true, true);
  await round('er-xiao', 1, 'e', '2026-11-25', [10, 0, 0, 10]);
  const camera = (school: string, epoch: number, day: string, device: string, up: number, kitchen = true) =>
    db.query(
      'INSERT INTO camera_day (school, epoch, day, device, kitchen, up_ms, due_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [school, epoch, day, device, kitchen, up * hour, 10 * hour],
    );
  await camera('yi-zhong', 1, '2026-11-25', 'stove', 10);
  await camera('yi-zhong', 1, '2026-11-25', 'cut', 5);
  await camera('yi-zhong', 1, '2026-11-25', 'gate', 0, false);
  await camera('er-xiao', 1, '2026-11-25', 'stove', 1);
  const found = (id: number, due: number, closed: number | null) =>
    db.query(
      "INSERT INTO rectification (school, epoch, id, state, opened_at, due_at, closed_at) VALUES ('yi-zhong', 1, $1, 'open', $2, $3, $4)",
      [id, listNoon - 48 * hour, due, closed],
    );
  await found(1, listNoon - hour, null);
  await found(2, listNoon + 1_000 * 24 * hour, null);
  await found(3, listNoon, listNoon - hour);
}
