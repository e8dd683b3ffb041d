/**
 * Orders at the bureau, on a real database and over real HTTP: who may ask what of which school and how much of it; each one signed, found by the school's
 * poll, moved along by what the school's journal says; files of what was asked for and of nothing else; covert ones for those who may know.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Event } from '../../src/core/types.ts';
import type { DistrictRole } from '../../src/district/board/district-rights.ts';
import { type OrderEntry, type OrderForm, orderBounds, orderStage } from '../../src/district/board/order-board.ts';
import type { Database } from '../../src/district/database/database.ts';
import { orderOutcomes } from '../../src/district/fold/order-outcomes.ts';
import { besideAnswer } from '../../src/district/ingest/waiting-orders.ts';
import { verifyOrder } from '../../src/uplink/order-signature.ts';
import { embedded } from './embedded-store.ts';
import { bureau as bureauOf, day, hour, KEYS, minute, now, signer, twoSchools } from './order-desk.ts';

let db: Database;
beforeAll(async () => {
  ({ db } = await embedded.open());
});
afterAll(() => db?.close());
beforeEach(() => twoSchools(db));

const bureau = (role?: DistrictRole, streets?: readonly string[]) => bureauOf(db, role, streets);
const list = async ({ ask }: { ask: Awaited<ReturnType<typeof bureau>>['ask'] }, query = '') =>
  ((await ask('GET', `/api/orders${query}`)).body() as { orders: OrderEntry[]; next?: string }).orders;
const jpeg = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const fact = (more: object): Event => ({ seq: 1, at: now + minute, ...more }) as Event;

describe('an urge', () => {
  test('is signed, waits for its school alone, stands in the trail, and ends with the school’s answer', async () => {
    const at = await bureau();
    const { status, body } = await at.give();
    expect(status).toBe(201);
    const { id } = body();
    expect(at.notices).toEqual([{ kind: 'order', school: 'a-school' }]);
    expect(await at.trail()).toEqual([
      { officer: 'wang', kind: 'ordered', school: 'a-school', body: { order: id, kind: 'urge' } },
    ]);
    expect((await besideAnswer(db, 'b-school', now)).orders).toEqual([]);
    const [waiting] = (await besideAnswer(db, 'a-school', now)).orders;
    // What comes back out of the database is what was signed.
    expect(verifyOrder(waiting!, { school: 'a-school', witness: signer })).toMatchObject({ order: { id } });
    const stage = async () => orderStage((await list(at))[0]!, at.clock.now);
    expect(await stage()).toBe('waiting');
    await orderOutcomes(db, 'a-school', [fact({ kind: 'district-ordered', order: waiting!.order, signature: 'x' })]);
    expect([await stage(), (await besideAnswer(db, 'a-school', now)).orders]).toEqual(['open', []]);
    at.clock.now += 3 * hour;
    expect(await stage()).toBe('overdue');
    const answer = { kind: 'district-answered', order: id, how: 'answered', by: '王建国', text: '检修，已恢复' };
    await orderOutcomes(db, 'a-school', [fact(answer)]);
    expect(await list(at)).toMatchObject([{ outcome: 'answered', doneBy: '王建国', answer: '检修，已恢复' }]);
    // A second word of it changes nothing, and no other school has a word in it.
    await orderOutcomes(db, 'a-school', [fact({ ...answer, text: '别的' })]);
    expect(await list(at)).toMatchObject([{ answer: '检修，已恢复' }]);
  });

  test('is answered by nobody but its own school', async () => {
    const at = await bureau();
    const { id } = (await at.give()).body();
    await orderOutcomes(db, 'b-school', [
      fact({ kind: 'district-answered', order: id, how: 'answered', by: 'x', text: 'y' }),
    ]);
    await orderOutcomes(db, 'a-school', [
      fact({ kind: 'district-answered', order: randomUUID(), how: 'noted', by: 'x' }),
    ]);
    expect((await list(at))[0]).not.toHaveProperty('outcome');
  });

  test('that its school never fetched is told as never delivered, and is not given out any more', async () => {
    const at = await bureau();
    await at.give();
    at.clock.now += 3 * hour;
    expect(orderStage((await list(at))[0]!, at.clock.now)).toBe('undelivered');
    expect((await besideAnswer(db, 'a-school', at.clock.now)).orders).toEqual([]);
  });
});

test.each<[string, number, Partial<OrderForm>]>([
  ['text', 422, { text: ' ' }],
  ['text', 422, { text: '字'.repeat(501) }],
  ['text', 422, { text: 'a\u0000b' }],
  ['text', 422, { text: 'a\u202a\ud800' }],
  ['text', 422, { kind: 'comment', text: undefined }],
  ['until', 422, { until: now - minute }],
  ['until', 422, { until: now + minute }],
  ['until', 422, { until: now + 32 * day }],
  ['until', 422, { until: undefined }],
  ['not-found', 404, { school: 'c-school' }],
  ['unknown-alarm', 404, { alarm: 8 }],
  ['unknown-alarm', 404, { alarm: 9 }],
  ['unknown-camera', 422, { kind: 'still', device: 'fence' }],
  ['unknown-camera', 422, { kind: 'still', device: 'constructor' }],
  ['unknown-camera', 422, { kind: 'still' }],
  ['days', 422, { kind: 'report', report: 'patrol', from: '2026-11-01', to: '2026-12-02' }],
  ['days', 422, { kind: 'report', report: 'patrol', from: '2026-07-01', to: '2026-11-01' }],
  ['days', 422, { kind: 'report', from: '2026-11-01', to: '2026-11-01' }],
])('what will not do is refused with %s (%i) and is not sent: %o', async (code, status, form) => {
  const at = await bureau();
  const answer = await at.give(form);
  expect([answer.status, answer.body().code]).toEqual([status, code]);
  expect([await list(at), await at.trail()]).toEqual([[], []]);
});

test('an officer of one street asks no school of another, and does not see what was asked of it', async () => {
  await (await bureau()).give({ school: 'b-school' });
  const at = await bureau('duty', ['江川路']);
  expect((await at.give({ school: 'b-school' })).status).toBe(404);
  expect((await at.give()).status).toBe(201);
  expect((await list(at)).map(({ school }) => school)).toEqual(['a-school']);
  const [other] = await list(await bureau(), '?school=b-school');
  for (const path of [`/api/orders/${other!.id}`, `/api/orders/${other!.id}/file`])
    expect((await at.ask('GET', path)).status).toBe(404);
  expect((await at.ask('GET', '/api/orders/schools')).body().schools).toEqual([
    {
      school: 'a-school',
      name: { zh: 'a-school', en: 'a-school' },
      cameras: [{ id: 'cam', title: { zh: '东门', en: 'Gate' } }],
    },
  ]);
});

test('about a silent call for help only those ask and read who may know of it, and the order says so to the school', async () => {
  const chief = await bureau('chief');
  const { id } = (await chief.give({ kind: 'comment', alarm: 9, text: '已报警' })).body();
  expect((await besideAnswer(db, 'a-school', now)).orders[0]?.order).toMatchObject({ id, covert: true });
  expect(await list(chief)).toMatchObject([{ covert: true, alarm: 9 }]);
  const duty = await bureau('duty');
  expect(await list(duty)).toEqual([]);
  expect((await duty.ask('GET', `/api/orders/${id}`)).status).toBe(404);
});

test('one school is asked so much on a day and no more, pictures apart; the next day begins at midnight there', async () => {
  const at = await bureau();
  for (let n = 0; n < orderBounds.aDay; n += 1) expect((await at.give({ kind: 'comment' })).status).toBe(201);
  const refused = await at.give();
  expect([refused.status, refused.body().code]).toEqual([429, 'enough']);
  expect((await at.give({ kind: 'still', device: 'cam', text: undefined })).status).toBe(201);
  expect((await at.give({ school: 'b-school' })).status).toBe(201);
  at.clock.now = Date.parse('2026-11-30T16:00:01Z');
  expect((await at.give()).status).toBe(201);
});

test('the list goes on where it ended, also where many came in one moment', async () => {
  const rows = Array.from({ length: 130 }, (_, n) => ({
    ...{ id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`, school: 'a-school', kind: 'comment', by: 'x' },
    ...{ at: now - Math.floor(n / 50), until: now, text: String(n) },
  }));
  for (const body of rows)
    await db.query(
      "INSERT INTO command (id, school, epoch, kind, body, signature, officer, at, until) VALUES ($1, 'a-school', 1, 'comment', $2::jsonb, '', 'x', $3, $3)",
      [body.id, JSON.stringify(body), body.at],
    );
  const at = await bureau();
  const first = (await at.ask('GET', '/api/orders')).body();
  const second = (await at.ask('GET', `/api/orders?before=${first.next}`)).body();
  expect([first.orders.length, second.orders.length, second.next]).toEqual([100, 30, undefined]);
  expect(new Set([...first.orders, ...second.orders].map(({ id }: OrderEntry) => id)).size).toBe(130);
});

describe('a file', () => {
  test('of a still that was asked for is taken once, shown to the officer, and each look stands in the trail', async () => {
    const at = await bureau();
    const { id } = (await at.give({ kind: 'still', device: 'cam', text: undefined })).body();
    const { statusCode, json } = await at.put(id, jpeg, { name: '../../a b.jpg' });
    expect([statusCode, json().sha256]).toEqual([200, expect.stringMatching(/^[0-9a-f]{64}$/)]);
    // A second try after an answer that was lost, with whatever in it.
    expect((await at.put(id, Uint8Array.from([0xff, 0xd8, 0xff, 9]))).json()).toEqual(json());
    const seen = await at.ask('GET', `/api/orders/${id}/file`);
    expect([seen.status, [...seen.bytes], seen.headers['content-type']]).toEqual([200, [...jpeg], 'image/jpeg']);
    expect(seen.headers['content-disposition']).toBe('inline; filename=".._.._a_b.jpg"');
    expect((await at.trail()).at(-1)).toMatchObject({ kind: 'picture-viewed', body: { order: id, device: 'cam' } });
    expect((await list(at))[0]?.file).toEqual({ name: '.._.._a_b.jpg', type: 'image/jpeg', sha256: json().sha256 });
    // The school's journal speaks of another picture than the one that came.
    await orderOutcomes(db, 'a-school', [
      fact({ kind: 'district-answered', order: id, how: 'sent', by: 'gateway', file: '7-0.jpg', sha256: 'ab' }),
    ]);
    expect(await list(at)).toMatchObject([{ outcome: 'sent', file: { differs: true } }]);
  });

  test('that nobody asked for, of another school, of another kind or of another content is not taken', async () => {
    const at = await bureau();
    const still = (await at.give({ kind: 'still', device: 'cam', text: undefined })).body().id;
    const urge = (await at.give()).body().id;
    const refused = async (answer: ReturnType<typeof at.put>) => {
      const { statusCode, json } = await answer;
      return [statusCode, json().code];
    };
    expect(await refused(at.put(randomUUID(), jpeg))).toEqual([404, 'file-unasked']);
    expect(await refused(at.put(urge, jpeg))).toEqual([404, 'file-unasked']);
    expect(await refused(at.put(still, jpeg, { key: KEYS.b }))).toEqual([404, 'file-unasked']);
    expect(await refused(at.put(still, Uint8Array.from([1, 2, 3])))).toEqual([404, 'file-unasked']);
    expect(await refused(at.put(still, jpeg, { type: 'text/html' }))).toEqual([404, 'file-unasked']);
    expect(await refused(at.put(still, jpeg, { key: 'nonsense' }))).toEqual([401, 'key-unknown']);
    expect(await refused(at.put('not-an-order', jpeg))).toEqual([400, 'malformed']);
    const report = (
      await at.give({ kind: 'report', report: 'alarms', from: '2026-11-01', to: '2026-11-02', text: undefined })
    ).body().id;
    expect(await refused(at.put(report, jpeg))).toEqual([404, 'file-unasked']);
    const csv = Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]);
    expect((await at.put(report, csv, { type: 'text/csv; charset=utf-8', name: 'alarms.csv' })).statusCode).toBe(200);
    const got = await at.ask('GET', `/api/orders/${report}/file`);
    expect(got.headers['content-disposition']).toMatch(/^attachment/);
  });

  test('larger than an answer may be is refused before it is read', async () => {
    const at = await bureau();
    const { id } = (await at.give({ kind: 'still', device: 'cam', text: undefined })).body();
    const large = new Uint8Array(20_000_001);
    large.set(jpeg);
    expect((await at.put(id, large)).statusCode).toBeGreaterThanOrEqual(400);
    expect((await at.put(id, jpeg)).statusCode).toBe(200);
  });
});
