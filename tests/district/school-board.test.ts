/**
 * The board as time passes and things fail: a school that is silent is lost within the time that is promised, whatever the cause; a district
 * that could hear nobody accuses nobody; what stands still says so.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SchoolTile } from '../../src/district/board/board-types.ts';
import type { Database } from '../../src/district/database/database.ts';
import { DatabaseError } from '../../src/district/database/database-error.ts';
import { openFanout } from '../../src/district/fanout/fanout.ts';
import { watchOutages } from '../../src/district/ingest/outages.ts';
import { takePoll } from '../../src/district/ingest/take-batch.ts';
import { lostTime, type WrittenSilence } from '../../src/district/report/lost-time.ts';
import { openSchoolBoard } from '../../src/district/service/school-board.ts';
import { LOST_MS } from '../../src/uplink/sign-of-life.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { until } from '../patience.ts';
import { embedded } from './embedded-store.ts';
import { MadeSchool, NOON } from './made-school.ts';
import { addSchool, testNode } from './some-district.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const head = { district: { zh: '东区', en: 'East' }, utcOffsetMin: 480, outline: [] };
const SECOND = 1_000;

/** A world whose clocks stand until they are moved on, and whose waits take no longer than they must. */
function movedWorld(begin = Date.now()) {
  const real = realWorld(quiet);
  let by = 0;
  let pauses = 0;
  const world: World = {
    ...real,
    now: () => begin + by,
    elapsed: () => by,
    sleep: (ms, signal) => {
      if (ms === SECOND) pauses++;
      return real.sleep(Math.min(ms, 5), signal);
    },
  };
  return {
    world,
    move: (ms: number) => {
      by += ms;
    },
    /** Resolves when the board has told what there is to tell now: it pauses for a second when it has. */
    told: () => {
      const before = pauses;
      return until('the board has told', () => pauses > before + 1);
    },
  };
}

describe('the board', () => {
  let db: Database;
  beforeAll(async () => {
    ({ db } = await embedded.open());
  });
  afterAll(async () => await db.close());

  /** A board that has looked once, by the clock of a world. */
  async function looked(world: World, of: Database = db) {
    const fanout = await openFanout(undefined, world);
    const closing = new AbortController();
    const board = await openSchoolBoard({
      ...{ db: of, world, fanout, head, faults: { all: () => [] }, signal: closing.signal },
    });
    return { fanout, board, close: () => closing.abort() };
  }

  async function opened(name: string, of: Database = db) {
    const { world, move, told } = movedWorld();
    const school = new MadeSchool(name);
    await addSchool(db, school);
    const node = { ...testNode(db), world };
    const { fanout, board, close } = await looked(world, of);
    const seen: SchoolTile[] = [];
    board.changed((tiles) => seen.push(...tiles));
    const tile = () => board.board().tiles.find((one) => one.school === name);
    const hears = async () => {
      await takePoll(node, { ...school.speaks(), clock: world.now() });
      fanout.tell({ kind: 'school', school: name });
    };
    return { move, told, school, node, board, seen, tile, hears, close };
  }

  test('a school is never, then well, then lost when ninety seconds are over, then well again', async () => {
    const { move, told, tile, hears, seen, close } = await opened('silent');
    expect(tile()?.doubt).toBe('never');
    await hears();
    await expect.poll(() => tile()?.seenAt).toBeDefined();
    expect(tile()?.doubt).toBeUndefined();
    move(90 * SECOND);
    await told();
    expect(tile()?.doubt).toBeUndefined();
    move(1 * SECOND);
    await told();
    expect(tile()?.doubt).toBe('lost');
    await hears();
    await expect.poll(() => tile()?.doubt).toBeUndefined();
    expect(seen.filter(({ school }) => school === 'silent').map(({ doubt }) => doubt)).toContain('lost');
    close();
  });

  test('a school that has been silent since yesterday shows no patrol of today', async () => {
    const { school, node, close } = await opened('patrolled');
    school.begin();
    school.say({ kind: 'opened', round: 'a 1', route: 'a', start: NOON });
    for (const [n, verdict] of (['on-time', 'late', 'wrong-order', 'missed', 'cancelled'] as const).entries())
      school.say({ kind: 'checked', round: 'a 1', checkpoint: `p${n}`, verdict });
    expect(await node.take(school.batch())).toMatchObject({ have: 7 });
    close();
    const patrolAt = async (at: number) => {
      const { board, close } = await looked(movedWorld(at).world);
      close();
      return board.board().tiles.find((one) => one.school === 'patrolled')?.patrol;
    };
    expect(await patrolAt(NOON + 6 * SECOND)).toEqual({ of: 4, good: 1 });
    // Until the district's midnight it stays today's.
    const midnight = NOON + 12 * 3_600 * SECOND;
    expect(await patrolAt(midnight - 60 * SECOND)).toEqual({ of: 4, good: 1 });
    expect(await patrolAt(midnight + SECOND)).toEqual({ of: 0, good: 0 });
  });

  test('while the database is away nobody becomes lost, and the board says since when it stands', async () => {
    let away = false;
    const query: Database['query'] = (text, params) =>
      away ? Promise.reject(new DatabaseError('away', 'db', 'ECONNREFUSED', 'ECONNREFUSED')) : db.query(text, params);
    const failing: Database = { ...db, query, urgent: { ...db.urgent, query } };
    const { move, tile, hears, board, close } = await opened('unheard', failing);
    await hears();
    await expect.poll(() => tile()?.seenAt).toBeDefined();
    await expect.poll(() => tile()?.doubt).toBeUndefined();
    away = true;
    move(600 * SECOND);
    await expect.poll(() => board.troubles().map(({ part }) => part)).toContain('board');
    expect(tile()?.doubt).toBeUndefined();
    expect(board.troubles().find(({ part }) => part === 'board')?.zh).toMatch(/画面停在 \d\d:\d\d:\d\d/);
    away = false;
    await expect.poll(() => board.troubles().map(({ part }) => part)).not.toContain('board');
    close();
  });

  test('time in which the district could hear nobody is nobody’s silence', async () => {
    await db.query('DELETE FROM outage');
    const school = new MadeSchool('innocent').begin();
    await addSchool(db, school);
    const node = testNode(db);
    await db.query("DELETE FROM setting WHERE name = 'listening'");
    const start = node.now;
    await takePoll(node, school.speaks());
    await db.transaction((sql) => watchOutages(sql, start));
    // An hour in which no node ran; then the school is heard again within its time.
    const back = start + 3_600 * SECOND;
    await db.transaction((sql) => watchOutages(sql, back));
    node.now = back + 40 * SECOND;
    await takePoll(node, school.speaks());
    const of = () =>
      db.query<{ school: string }>("SELECT school FROM outage WHERE school <> '' AND school = 'innocent'");
    expect(await of()).toEqual([]);
    // Two minutes of its own silence afterwards count.
    for (let s = 5; s <= 165; s += 5) await db.transaction((sql) => watchOutages(sql, back + s * SECOND));
    expect(await of()).toHaveLength(1);
    node.now = back + 170 * SECOND;
    await takePoll(node, school.speaks());
    expect(await db.query("SELECT until - since AS ms FROM outage WHERE school = 'innocent'")).toEqual([
      { ms: 130 * SECOND },
    ]);
  });

  test('a clock of the district that was hours ahead keeps no silent school well, and counts as nobody’s silence', async () => {
    await db.query('DELETE FROM outage');
    await db.query("DELETE FROM setting WHERE name = 'listening'");
    const school = new MadeSchool('ahead-of-time').begin();
    await addSchool(db, school);
    const node = testNode(db);
    const hears = async (at: number) => {
      node.now = at;
      await takePoll(node, school.speaks());
    };
    const watch = (at: number) => db.transaction((sql) => watchOutages(sql, at));
    const [start, wrong] = [Date.now(), Date.now() + 8 * 3_600 * SECOND];
    await hears(start);
    await watch(start);
    // It is heard by the wrong clock before anybody looks, and the clock is set back.
    await hears(wrong);
    await watch(wrong);
    await watch(start + 10 * SECOND);
    const seen = () => db.query("SELECT seen_at FROM cursor WHERE school = 'ahead-of-time'");
    expect(await seen()).toEqual([{ seen_at: start + 10 * SECOND }]);
    expect(await db.query("SELECT * FROM outage WHERE school = 'ahead-of-time'")).toEqual([]);
    for (let s = 15; s <= 110; s += 5) await watch(start + s * SECOND);
    expect(await db.query("SELECT since, until FROM outage WHERE school = 'ahead-of-time'")).toEqual([
      { since: start + 10 * SECOND, until: null },
    ]);
  });

  test('a silence in which the district’s clock is set back counts for as long as it lasted, and the school looks lost all the while', async () => {
    await db.query('DELETE FROM outage');
    await db.query("DELETE FROM setting WHERE name = 'listening'");
    const school = new MadeSchool('through-a-jump').begin();
    await addSchool(db, school);
    const node = testNode(db);
    const watch = (at: number) => db.transaction((sql) => watchOutages(sql, at));
    const noon = Date.now();
    node.now = noon;
    await takePoll(node, school.speaks());
    for (let s = 0; s <= 600; s += 5) await watch(noon + s * SECOND);
    // Ten minutes silent, and the clock is set back by half an hour; twenty minutes later it speaks.
    const back = -1_800 * SECOND;
    for (let s = 605; s <= 1_800; s += 5) await watch(noon + back + s * SECOND);
    const [seen] = await db.query<{ seen_at: number }>("SELECT seen_at FROM cursor WHERE school = 'through-a-jump'");
    expect(noon + back + 605 * SECOND - seen!.seen_at).toBeGreaterThan(LOST_MS);
    node.now = noon + back + 1_800 * SECOND;
    await takePoll(node, school.speaks());
    const silences = await db.query<WrittenSilence>('SELECT school, since, until FROM outage');
    const lost = lostTime(silences, noon - 86_400 * SECOND, noon + 86_400 * SECOND).get('through-a-jump') ?? 0;
    expect(Math.abs(lost - 1_800 * SECOND)).toBeLessThanOrEqual(10 * SECOND);
  });

  test('a silence through which the district was away counts once, and without the time it was away', async () => {
    await db.query('DELETE FROM outage');
    await db.query("DELETE FROM setting WHERE name = 'listening'");
    const school = new MadeSchool('both-away').begin();
    await addSchool(db, school);
    const node = testNode(db);
    const watch = (at: number) => db.transaction((sql) => watchOutages(sql, at));
    const noon = NOON;
    node.now = noon;
    await takePoll(node, school.speaks());
    for (let s = 0; s <= 300; s += 5) await watch(noon + s * SECOND);
    // An hour without any node; or, what is the same from within, a clock that was set on by an hour.
    for (let s = 3_900; s <= 4_200; s += 5) await watch(noon + s * SECOND);
    node.now = noon + 4_200 * SECOND;
    await takePoll(node, school.speaks());
    const silences = await db.query<WrittenSilence>('SELECT school, since, until FROM outage');
    expect(lostTime(silences, noon - SECOND, noon + 86_400 * SECOND).get('both-away')).toBe(600 * SECOND);
  });

  test('a silence that was written down while the school was heard is taken back', async () => {
    await db.query('DELETE FROM outage');
    const school = new MadeSchool('crossed').begin();
    await addSchool(db, school);
    const node = testNode(db);
    await db.query("DELETE FROM setting WHERE name = 'listening'");
    const start = node.now;
    await takePoll(node, school.speaks());
    for (let s = 0; s <= 95; s += 5) await db.transaction((sql) => watchOutages(sql, start + s * SECOND));
    expect(await db.query("SELECT until FROM outage WHERE school = 'crossed'")).toEqual([{ until: null }]);
    // It had spoken to another node in time, whose transaction came after the look.
    node.now = start + 89 * SECOND;
    await takePoll(node, school.speaks());
    await db.transaction((sql) => watchOutages(sql, start + 100 * SECOND));
    expect(await db.query("SELECT * FROM outage WHERE school = 'crossed'")).toEqual([]);
  });
});
