/**
 * The journals of one school, one after the other: what is given up ends with words and stays to be read, a school that left joins again, and how late
 * its data is is told by the district's clock, whatever its own says. On both stores.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { orderStage } from '../../src/district/board/order-board.ts';
import { tileDoubt } from '../../src/district/board/tile-doubt.ts';
import type { Database } from '../../src/district/database/database.ts';
import { openFanout } from '../../src/district/fanout/fanout.ts';
import { SchoolRefused } from '../../src/district/ingest/refuse.ts';
import { settleSchool } from '../../src/district/ingest/settle.ts';
import { takePoll } from '../../src/district/ingest/take-batch.ts';
import { besideAnswer } from '../../src/district/ingest/waiting-orders.ts';
import { listOrders } from '../../src/district/orders/order-rows.ts';
import { openSchoolBoard } from '../../src/district/service/school-board.ts';
import type { Order } from '../../src/uplink/protocol.ts';
import { realWorld } from '../../src/world/world.ts';
import { openBureau } from './bureau.ts';
import { debianStore } from './debian-store.ts';
import { embedded, type TestStore } from './embedded-store.ts';
import { MadeSchool, NOON } from './made-school.ts';
import { addSchool, type TestNode, testNode } from './some-district.ts';

const HOUR = 3_600_000;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
let names = 0;

function onStore(store: TestStore): void {
  let db: Database;
  let node: TestNode;
  beforeAll(async () => {
    ({ db } = await store.open());
    node = testNode(db);
  });
  afterAll(async () => await db.close());

  const joined = async () => {
    const school = new MadeSchool(`epoch-${++names}`).begin();
    await addSchool(db, school);
    return school;
  };
  /** Asks a school for something, as the bureau writes it down. */
  async function ordered(school: MadeSchool, about: Partial<Order> = {}): Promise<string> {
    const id = crypto.randomUUID();
    const until = node.now + HOUR;
    const order: Order = { id, school: school.id, kind: 'urge', by: 'wang', at: node.now, until, text: 'x', ...about };
    await db.query(
      `INSERT INTO command (id, school, epoch, kind, body, signature, officer, at, until)
       SELECT $1, $2, epoch, $3, $4::jsonb, 's', 'wang', $5, $6 FROM school WHERE school = $2`,
      [id, school.id, order.kind, JSON.stringify(order), order.at, until],
    );
    return id;
  }
  const orders = async (school: MadeSchool) =>
    (await listOrders(db, { streets: '[]', mayCovert: true, school: school.id })).orders;
  /** Its tile, as the board has it by the district's clock. */
  async function tileOf(school: MadeSchool) {
    const closing = new AbortController();
    const world = { ...realWorld(quiet), now: () => node.now };
    const board = await openSchoolBoard({
      ...{ db, world, fanout: await openFanout(undefined, world), faults: { all: () => [] }, signal: closing.signal },
      head: { district: { zh: '东区', en: 'East' }, utcOffsetMin: 480, outline: [] },
    });
    closing.abort();
    return board.board().tiles.find((one) => one.school === school.id)!;
  }
  const doubtOf = async (school: MadeSchool) => tileDoubt(await tileOf(school), node.now);

  test('an order about an alarm of a journal that was given up ends with words; one about nothing is asked anew', async () => {
    const school = await joined();
    const alarm = school.raise('z1/intrusion');
    await node.take(school.batch());
    const about = await ordered(school, { alarm });
    const bare = await ordered(school);
    const stray = new MadeSchool(school.id, school.signer).begin();
    stray.boot = crypto.randomUUID();
    await expect(node.take(stray.batch())).rejects.toBeInstanceOf(SchoolRefused);
    await settleSchool(db, { school: school.id, how: 'begin-anew', officer: 'chief' }, node.now);
    const stages = new Map((await orders(school)).map((one) => [one.id, orderStage(one, node.now)]));
    expect([stages.get(about), stages.get(bare)]).toEqual(['given-up', 'waiting']);
    expect((await orders(school)).find(({ id }) => id === about)).toMatchObject({ doneBy: 'chief', doneAt: node.now });
    expect((await besideAnswer(db, school.id, node.now)).orders.map(({ order }) => order.id)).toEqual([bare]);
    const open = await listOrders(db, { streets: '[]', mayCovert: true, school: school.id, open: true });
    expect(open.orders.map(({ id }) => id)).toEqual([bare]);
  });

  test('data that is late is late, however far ahead the clock of its school is', async () => {
    const school = await joined();
    school.at = node.now + 5 * HOUR;
    for (let i = 0; i < 20; i++) school.raise(`z${i}/intrusion`);
    await node.take(school.batch());
    expect(await doubtOf(school)).toBeUndefined();
    const levelAt = node.now;
    // An outage of an hour; then it brings its backlog, whose lines are stamped hours ahead.
    node.now += HOUR;
    for (let i = 0; i < 40; i++) school.raise(`y${i}/intrusion`);
    await takePoll(node, school.speaks());
    await node.take(school.batch(22, 20));
    expect(await doubtOf(school)).toBe('late');
    expect((await tileOf(school)).toldAt).toBe(levelAt);
    // Its clock is set right in the middle of it.
    school.at = node.now;
    school.raise('x/intrusion');
    await node.take(school.batch(42, 10));
    expect(await doubtOf(school)).toBe('late');
    await node.take(school.batch(52));
    expect(await doubtOf(school)).toBeUndefined();
  });

  test('a school whose lines never end is not late while each batch brings what was there at the one before', async () => {
    const school = await joined();
    await node.take(school.batch());
    for (let i = 0; i < 10; i++) {
      node.now += 30_000;
      const has = school.lines.length;
      for (let k = 0; k < 20; k++) school.raise(`w${i}-${k}/intrusion`);
      // What it says to have has grown beyond what the batch brings.
      await node.take(school.batch(i === 0 ? 2 : has - 9, 20));
      expect(await doubtOf(school)).toBeUndefined();
    }
    node.now += 50_000;
    for (let k = 0; k < 2_000; k++) school.raise(`v${k}/intrusion`);
    await takePoll(node, school.speaks());
    node.now += 61_000;
    await takePoll(node, school.speaks());
    expect(await doubtOf(school)).toBe('late');
  });

  test('a school that left joins again under its id with another key and journal, and the old one stays to be read', async () => {
    const bureau = await openBureau({ db });
    await bureau.officer('gu', 'admin');
    await bureau.officer('wang', 'chief');
    const [admin, chief] = [await bureau.login('gu'), await bureau.login('wang')];
    const school = await joined();
    const alarm = school.raise('z1/intrusion');
    await node.take(school.batch(1, 2, { checkpoint: school.checkpoint() }));
    const about = await ordered(school, { alarm });
    const place = `/api/schools/${school.id}`;
    expect((await bureau.send(`${place}/rejoin`, {}, admin)).status).toBe(409);
    expect((await bureau.send(`${place}/leave`, {}, admin)).status).toBe(204);
    expect((await orders(school)).map(({ id, outcome }) => [id, outcome])).toEqual([[about, 'given-up']]);
    expect((await bureau.send(`${place}/rejoin`, {}, chief)).status).toBe(403);
    const answer = await bureau.send(`${place}/rejoin`, {}, admin);
    expect(answer.status).toBe(200);
    const { key } = (await answer.json()) as { key: string };
    // Another machine with another journal and another key of its log: nothing of it is held against the old one.
    const again = new MadeSchool(school.id).begin();
    again.raise('z9/intrusion', 2);
    again.raise('z9/intrusion', 2);
    const sent = await bureau.ask('/ingest', {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ...again.batch(1, 3, { checkpoint: again.checkpoint() }), clock: Date.now() }),
    });
    expect(await sent.json()).toMatchObject({ have: 3, cosignature: expect.any(String) });
    const seen = await (await bureau.ask(`${place}/journals`, { cookie: chief })).json();
    expect(seen).toEqual([{ epoch: 1, lines: 2, alarms: 1, from: NOON + 1_000, to: NOON + 2_000 }]);
    const alarms = await (await bureau.ask(`${place}/journals/1/alarms`, { cookie: chief })).json();
    expect(alarms).toMatchObject([{ id: alarm, kind: 'intrusion', priority: 1 }]);
    expect(await (await bureau.ask(`${place}/journals/2/alarms`, { cookie: chief })).json()).toEqual([]);
    expect((await bureau.ask(`${place}/journals`, { cookie: admin })).status).toBe(403);
    const trail = await db.query<{ kind: string; body: object }>(
      `SELECT kind, body FROM trail WHERE school = $1 AND kind LIKE 'school-%' ORDER BY n`,
      [school.id],
    );
    expect(trail).toEqual([
      { kind: 'school-left', body: {} },
      { kind: 'school-rejoined', body: { key: expect.any(String), epoch: 2 } },
    ]);
  });
}

describe('the journals of a school, within the process', () => onStore(embedded));
describe("the journals of a school, on Debian's PostgreSQL", () => onStore(debianStore()));
