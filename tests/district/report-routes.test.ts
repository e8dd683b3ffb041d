/**
 * The bureau's reports before a whole district: what the read models hold is counted once and of the journal a school has now, bounded by streets,
 * silent calls stay with those who may see them, and each file taken away is a line of the trail.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AccountAnswer, AssessmentAnswer, LedgerAnswer } from '../../src/district/board/report-types.ts';
import type { Database } from '../../src/district/database/database.ts';
import { monthSpan } from '../../src/district/report/gather-months.ts';
import { openBureau } from './bureau.ts';
import { embedded } from './embedded-store.ts';

const at = (text: string) => Date.parse(`${text}+08:00`);
const begun = Date.now();
/** Noon of today by the district's clock: within the month that is asked for, and never in the future of the test. */
const today = Math.floor((begun + 8 * 3_600_000) / 86_400_000) * 86_400_000 - 8 * 3_600_000;
const month = new Date(begun + 8 * 3_600_000).toISOString().slice(0, 7);
const day = new Date(begun + 8 * 3_600_000).toISOString().slice(0, 10);

let db: Database;
beforeAll(async () => {
  ({ db } = await embedded.open());
  await school('yi-zhong', '江川路');
  await school('er-xiao', '古美路', 2);
  await alarm({ id: 1, priority: 1, ackedAfterMs: 20_000 });
  await alarm({ id: 2, priority: 1 });
  await alarm({ id: 3, priority: 1, covert: true, ackedAfterMs: 5_000 });
  // Of a journal that was given up: the school has told it anew in the one after it.
  await alarm({ id: 4, priority: 1, school: 'er-xiao', epoch: 1 });
  await alarm({ id: 4, priority: 1, school: 'er-xiao', epoch: 2, ackedAfterMs: 1_000 });
  await db.query(
    `INSERT INTO deed (school, epoch, seq, alarm, at, kind, who, channel, outcome, body) VALUES
      ('yi-zhong', 1, 10, 1, $1, 'done', '李强', 'wecom', 'told', '{}'), ('yi-zhong', 1, 11, 1, $1, 'done', '张伟', 'sms', 'failed', '{}')`,
    [today],
  );
  await db.query(
    `INSERT INTO round (school, epoch, id, route, start, day, completed_at, due, reached, on_time, missed)
      VALUES ('yi-zhong', 1, 'r', 'a', $1, $2, $1, 20, 19, 18, 1)`,
    [today, day],
  );
  await db.query(
    `INSERT INTO rectification (school, epoch, id, state, kind, place_zh, place_en, what, opened_at, due_at, closed_at) VALUES
      ('yi-zhong', 1, 5, 'open', 'x', '食堂', 'Canteen', '=cmd', $1, $2, NULL), ('yi-zhong', 1, 6, 'open', 'x', '食堂', 'Canteen', '灯坏', $1, $3, NULL),
      ('yi-zhong', 1, 7, 'done', 'x', '食堂', 'Canteen', '门坏', $1, $2, $1)`,
    [today - 5_000, today - 1_000, begun + 86_400_000],
  );
});
afterAll(() => db?.close());

async function school(id: string, street: string, epoch = 1): Promise<void> {
  await db.query(
    `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, joined_at, epoch) VALUES ($1, $1, $1, $1, $1, $2, 'school', 0, $3)`,
    [id, street, epoch],
  );
}

interface Raised {
  readonly id: number;
  readonly priority: number;
  readonly school?: string;
  readonly epoch?: number;
  readonly covert?: boolean;
  readonly ackedAfterMs?: number;
}
async function alarm({
  id,
  priority,
  school: of = 'yi-zhong',
  epoch = 1,
  covert = false,
  ackedAfterMs,
}: Raised): Promise<void> {
  const acked = ackedAfterMs === undefined ? null : today + ackedAfterMs;
  await db.query(
    `INSERT INTO alarm (school, epoch, id, key, kind, priority, device, place_zh, place_en, covert, raised_at, last_at, first_acked_by, first_acked_at, received_at)
      VALUES ($1, $2, $3, 'z1/climb', 'climb', $4, 'd', '北围栏', 'North fence', $5, $6, $6, $7, $8, $6)`,
    [of, epoch, id, priority, covert, today, acked === null ? null : '王建国', acked],
  );
}

async function stood() {
  const bureau = await openBureau({ db });
  const name = `o${Math.floor(begun % 1e6)}${crypto.randomUUID().slice(0, 6)}`;
  return {
    bureau,
    as: async (role: 'chief' | 'duty' | 'auditor' | 'screen', streets: readonly string[] = []) => {
      await bureau.officer(`${name}-${role}${streets.length}`, role, streets);
      const cookie = await bureau.login(`${name}-${role}${streets.length}`);
      return {
        name: `${name}-${role}${streets.length}`,
        ask: (path: string) => bureau.ask(path, { cookie }),
        read: async <T>(path: string) => (await (await bureau.ask(path, { cookie })).json()) as T,
      };
    },
  };
}

describe('the assessment of a month', () => {
  test('counts each alarm once, of the journal the school has now, and no silent call', async () => {
    const chief = await (await stood()).as('chief');
    const { schools, rules } = await chief.read<AssessmentAnswer>(`/api/assessment?month=${month}`);
    const of = (id: string) => schools.find(({ school: one }) => one === id);
    const answer = rules.findIndex(({ id }) => id === 'answer');
    const patrol = rules.findIndex(({ id }) => id === 'patrol');
    expect(of('yi-zhong')?.figures[answer]).toBe(0.5);
    expect(of('yi-zhong')?.figures[patrol]).toBe(0.9);
    expect(of('er-xiao')?.figures[answer]).toBe(1);
    expect(of('er-xiao')?.figures[patrol]).toBeNull();
  });

  test('is for chief and auditor, of their streets, and of no month that is none or has not begun', async () => {
    const { as } = await stood();
    for (const role of ['duty', 'screen'] as const)
      expect((await (await as(role)).ask(`/api/assessment?month=${month}`)).status).toBe(403);
    const auditor = await as('auditor', ['古美路']);
    const { schools } = await auditor.read<AssessmentAnswer>(`/api/assessment?month=${month}`);
    expect(schools.map(({ school: one }) => one)).toEqual(['er-xiao']);
    expect((await auditor.ask('/api/assessment?month=2099-01')).status).toBe(404);
    expect((await auditor.ask('/api/assessment?month=2026-13')).status).toBe(400);
  });

  test('leaves as CSV, workbook, paper and page, each with a line in the trail', async () => {
    const { as, bureau } = await stood();
    const chief = await as('chief');
    const begins = { csv: '\uFEFF', xlsx: 'PK', pdf: '%PDF-', html: '<!doctype html>' };
    for (const [ending, head] of Object.entries(begins)) {
      const answer = await chief.ask(`/api/assessment/report.${ending}?month=${month}&lang=zh`);
      expect(answer.status).toBe(200);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes.subarray(0, Buffer.byteLength(head)).toString()).toBe(head);
    }
    const trail = await db.query<{ body: { ending: string } }>(
      `SELECT body FROM trail WHERE officer = $1 AND kind = 'exported' ORDER BY n`,
      [chief.name],
    );
    expect(trail.map(({ body }) => body.ending)).toEqual(Object.keys(begins));
    expect(bureau.log.filter((line) => line.includes('could not be made'))).toEqual([]);
  });
});

describe('accountability', () => {
  const all = `from=${today - 1}&priority=4`;
  test('says of each alarm who was told, who acted, and that nobody did', async () => {
    const chief = await (await stood()).as('chief');
    const { alarms } = await chief.read<AccountAnswer>(`/api/accountability?${all}&school=yi-zhong`);
    expect(alarms.map(({ id }) => id)).toEqual([3, 2, 1]);
    const first = alarms.find(({ id }) => id === 1);
    expect(first).toMatchObject({ ackedBy: '王建国', ackedAt: today + 20_000, place: { zh: '北围栏' } });
    expect(first?.deeds.map(({ who, outcome }) => [who, outcome])).toEqual([
      ['李强', 'told'],
      ['张伟', 'failed'],
    ]);
    expect(alarms.find(({ id }) => id === 2)).not.toHaveProperty('ackedBy');
  });

  test('goes on where a page ended, without a gap and without a twin', async () => {
    const { accounts } = await import('../../src/district/report/accountability.ts');
    const asked = { from: 0, to: begun + 1e9, priority: 4, streets: [], covert: true, limit: 1 };
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await accounts(db, { ...asked, ...(before !== undefined && { before }) });
      seen.push(...page.alarms.map(({ school: of, id }) => `${of}/${id}`));
      before = page.next;
    } while (before !== undefined);
    expect(seen).toEqual(['yi-zhong/3', 'yi-zhong/2', 'yi-zhong/1', 'er-xiao/4']);
  });

  test('a file tells of no other street', async () => {
    const auditor = await (await stood()).as('auditor', ['古美路']);
    const csv = await (await auditor.ask(`/api/accountability/report.csv?${all}`)).text();
    expect(csv).toContain('er-xiao');
    expect(csv).not.toContain('yi-zhong');
    expect(csv).not.toContain('李强');
  });
});

describe('the ledger', () => {
  test('counts what is open and what is overdue, and lists either', async () => {
    const duty = await (await stood()).as('duty');
    const open = await duty.read<LedgerAnswer>('/api/ledger');
    expect([open.open, open.overdue, open.rows.map(({ id }) => id)]).toEqual([2, 1, [6, 5]]);
    const overdue = await duty.read<LedgerAnswer>('/api/ledger?state=overdue');
    expect(overdue.rows.map(({ id, overdue: late }) => [id, late])).toEqual([[5, true]]);
    expect((await duty.read<LedgerAnswer>('/api/ledger?state=all')).rows).toHaveLength(3);
    expect((await duty.read<LedgerAnswer>('/api/ledger?before=x%27%20OR%201')).rows).toHaveLength(2);
  });

  test('runs as no formula where it is opened', async () => {
    const duty = await (await stood()).as('duty');
    expect(await (await duty.ask('/api/ledger/report.csv')).text()).toContain("'=cmd");
  });

  test('is for no screen on a wall', async () => {
    const screen = await (await stood()).as('screen');
    expect((await screen.ask('/api/ledger')).status).toBe(403);
  });
});

test('a month begins and ends by the district’s clock, and only its past counts', () => {
  const now = at('2026-11-15T12:00');
  expect(monthSpan('2026-11', 480, now)).toEqual({
    from: at('2026-11-01T00:00'),
    to: now,
    days: ['2026-11-01', '2026-11-15'],
  });
  expect(monthSpan('2026-09', 480, now)).toEqual({
    ...{ from: at('2026-09-01T00:00'), to: at('2026-10-01T00:00'), days: ['2026-09-01', '2026-09-30'] },
    quarterFrom: at('2026-07-01T00:00'),
  });
  expect(monthSpan('2026-12', 480, now)).toBeUndefined();
});
