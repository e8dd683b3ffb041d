/** The addresses that schools ask, over real sockets: whose key is taken, how much a body may grow, when a poll is answered. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSchoolKey } from '../../src/district/ingest/school-key.ts';
import { schoolTroubles } from '../../src/district/ingest/school-troubles.ts';
import { districtFile } from '../../src/district/service/district-config.ts';
import { openDistrict, type RunningDistrict } from '../../src/district/service/open-district.ts';
import { BODY_MAX, ingestAnswer, POLL_MS, pollAnswer, refusalBody } from '../../src/uplink/protocol.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { until } from '../patience.ts';
import { embedded } from './embedded-store.ts';
import { MadeSchool } from './made-school.ts';
import { addSchool } from './some-district.ts';

const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the door for schools', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-district-'));
  const school = new MadeSchool('east-1').begin();
  const { key, id, hash } = makeSchoolKey(school.id);
  let district: RunningDistrict;
  /** Polls that began to wait for an order. */
  let waiting = 0;
  const real = realWorld(log);
  const world: World = {
    ...real,
    sleep: (ms, signal) => {
      if (ms === POLL_MS) waiting++;
      return real.sleep(ms, signal);
    },
  };

  beforeAll(async () => {
    const file = districtFile.parse({
      district: { id: 'east', name: { zh: '东区', en: 'East' } },
      server: { host: '127.0.0.1', port: 0 },
      database: { folder: 'unused' },
      data: dir,
    });
    const { tls: _tls, ...server } = file.server;
    const config = { ...file, server, utcOffsetMin: 480, data: dir };
    district = await openDistrict(config, { world, version: 'test', db: (await embedded.open()).db });
    const { db } = district.context;
    await addSchool(db, school);
    await db.query('INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, 0, $4)', [
      ...[school.id, id, hash, 'admin'],
    ]);
  });
  afterAll(async () => {
    await district.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const ask = (method: string, path: string, body: string | Buffer, headers: Record<string, string> = {}) =>
    fetch(`${district.url}${path}`, {
      ...{ method, body: typeof body === 'string' ? body : new Uint8Array(body) },
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers },
    });
  const code = async (response: Response) => [response.status, refusalBody.parse(await response.json()).code];
  const now = () => ({ clock: Date.now() });

  test('takes a batch, gzipped or not, and says how far it has come', async () => {
    const first = await ask('POST', '/ingest', JSON.stringify({ ...school.batch(), ...now() }));
    expect(ingestAnswer.parse(await first.json()).have).toBe(1);
    school.raise('z1/intrusion');
    const zipped = gzipSync(JSON.stringify({ ...school.batch(2), ...now() }));
    const second = await ask('POST', '/ingest', zipped, { 'content-encoding': 'gzip' });
    expect(ingestAnswer.parse(await second.json()).have).toBe(2);
  });

  test('answers nobody without a key, with one that was never made, or with one that was withdrawn', async () => {
    const body = JSON.stringify(school.speaks());
    expect(await code(await ask('POST', '/poll', body, { authorization: '' }))).toEqual([401, 'key-unknown']);
    const other = makeSchoolKey(school.id);
    const wrong = { authorization: `Bearer ${other.key}` };
    expect(await code(await ask('POST', '/poll', body, wrong))).toEqual([401, 'key-unknown']);
    const { db } = district.context;
    await db.query(
      'INSERT INTO school_key (school, id, hash, made_at, made_by, withdrawn_at) VALUES ($1, $2, $3, 0, $4, 1)',
      [...[school.id, other.id, other.hash, 'admin']],
    );
    expect(await code(await ask('POST', '/poll', body, wrong))).toEqual([401, 'key-unknown']);
  });

  test('believes a key no longer once it was said that keys changed', async () => {
    const body = JSON.stringify({ ...school.speaks(), ...now() });
    const other = makeSchoolKey(school.id);
    const own = { authorization: `Bearer ${other.key}` };
    const { db, fanout } = district.context;
    await db.query('INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, 0, $4)', [
      ...[school.id, other.id, other.hash, 'admin'],
    ]);
    expect((await ask('POST', '/poll', body, own)).status).toBe(200);
    await db.query('UPDATE school_key SET withdrawn_at = 1 WHERE id = $1', [other.id]);
    fanout.tell({ kind: 'access', school: school.id });
    expect(await code(await ask('POST', '/poll', body, own))).toEqual([401, 'key-unknown']);
  });

  test('lets no school speak for another', async () => {
    const body = JSON.stringify({ ...school.speaks(), school: 'west-1' });
    expect(await code(await ask('POST', '/poll', body))).toEqual([404, 'school-unknown']);
  });

  test('refuses what is no request, and says so', async () => {
    expect(await code(await ask('POST', '/poll', '{'))).toEqual([400, 'malformed']);
    expect(await code(await ask('POST', '/poll', '{}'))).toEqual([400, 'malformed']);
    const half = gzipSync(JSON.stringify(school.speaks())).subarray(0, 30);
    expect(await code(await ask('POST', '/poll', half, { 'content-encoding': 'gzip' }))).toEqual([400, 'malformed']);
    expect(await code(await ask('POST', '/poll', 'x', { 'content-encoding': 'br' }))).toEqual([400, 'malformed']);
  });

  test('does not unpack what grows without end', async () => {
    const bomb = gzipSync(Buffer.alloc(BODY_MAX * 20, 32));
    expect(bomb.length).toBeLessThan(200_000);
    expect(await code(await ask('POST', '/ingest', bomb, { 'content-encoding': 'gzip' }))).toEqual([400, 'malformed']);
  });

  test('refuses long bodies beyond what it can hold, says when to come again, and is free again afterwards', async () => {
    const { hostname, port } = new URL(district.url);
    const other = makeSchoolKey('east-9');
    const { db } = district.context;
    await addSchool(db, { id: 'east-9' });
    await db.query('INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, 0, $4)', [
      ...['east-9', other.id, other.hash, 'admin'],
    ]);
    const its = new MadeSchool('east-9').begin();
    // Two hundred of one school that begin a body and do not go on.
    const slow = Array.from({ length: 200 }, () => {
      const request = httpRequest({
        ...{ hostname, port, method: 'POST', path: '/ingest' },
        headers: { 'content-type': 'application/json', 'content-length': '1000', authorization: `Bearer ${key}` },
      });
      request.on('error', () => undefined).write('{');
      return request;
    });
    const body = () => JSON.stringify({ ...school.batch(3), ...now() });
    let last: Response | undefined;
    await expect
      .poll(async () => {
        last = await ask('POST', '/ingest', body());
        return last.status;
      })
      .toBe(429);
    expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
    // They take the places of no other school.
    const beside = await ask('POST', '/ingest', JSON.stringify({ ...its.batch(), ...now() }), {
      authorization: `Bearer ${other.key}`,
    });
    expect(beside.status).toBe(200);
    for (const request of slow) request.destroy();
    await expect.poll(async () => (await ask('POST', '/ingest', body())).status).toBe(200);
  });

  test('says to gateways of another protocol which end is to be updated', async () => {
    const of = (protocol: number) => ask('POST', '/poll', JSON.stringify({ ...school.speaks(), protocol }));
    expect(await code(await of(0))).toEqual([426, 'protocol-old']);
    expect(await code(await of(2))).toEqual([426, 'protocol-new']);
    // The bureau reads the same sentence until the school is heard again; a stranger's key writes nothing.
    const told = async () => (await schoolTroubles(district.context.db, Date.now())).map(({ code: why }) => why);
    await expect.poll(told).toContain('protocol-new');
    await ask('POST', '/poll', JSON.stringify({ ...school.speaks(), ...now() }));
    expect(await told()).toEqual([]);
    await ask('POST', '/poll', JSON.stringify({ ...school.speaks(), clock: Date.now() + 120_000 }));
    expect(await told()).toEqual(['clock']);
    await ask('POST', '/poll', JSON.stringify({ ...school.speaks(), ...now() }));
    const { key: strange } = makeSchoolKey('nowhere');
    await ask('POST', '/poll', '{}', { authorization: `Bearer ${strange}` });
    expect(await told()).toEqual([]);
  });

  test('says to a load balancer that it is well', async () => {
    const response = await fetch(`${district.url}/healthz`);
    expect([response.status, await response.json()]).toEqual([200, { ok: true }]);
  });

  test('answers a poll that waits as soon as there is an order', async () => {
    const { db, fanout } = district.context;
    const order = { id: randomUUID(), school: school.id, kind: 'urge', by: 'Chen', at: 1, until: Date.now() + 60_000 };
    const before = waiting;
    let answered = false;
    const waits = ask('POST', '/poll', JSON.stringify({ ...school.speaks(), ...now(), now: false })).finally(() => {
      answered = true;
    });
    await until('the poll waits', () => waiting > before);
    expect(answered).toBe(false);
    await db.query(
      `INSERT INTO command (id, school, epoch, kind, body, signature, officer, at, until)
       VALUES ($1, $2, 1, 'urge', $3::jsonb, 'signed', 'chen', $4, $5)`,
      [order.id, school.id, JSON.stringify(order), order.at, order.until],
    );
    fanout.tell({ kind: 'order', school: school.id });
    const answer = pollAnswer.parse(await (await waits).json());
    expect(answer.orders).toEqual([{ order, signature: 'signed' }]);
    const taken = { ...school.speaks(), ...now(), taken: [order.id] };
    const after = await ask('POST', '/poll', JSON.stringify(taken));
    expect(pollAnswer.parse(await after.json()).orders).toEqual([]);
  });

  test('a poll that waits gets nothing any more once its key is withdrawn', async () => {
    const { db, fanout } = district.context;
    const other = makeSchoolKey(school.id);
    await db.query('INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, 0, $4)', [
      ...[school.id, other.id, other.hash, 'admin'],
    ]);
    const before = waiting;
    const waits = ask('POST', '/poll', JSON.stringify({ ...school.speaks(), ...now(), now: false }), {
      authorization: `Bearer ${other.key}`,
    });
    await until('the poll waits', () => waiting > before);
    await db.query('UPDATE school_key SET withdrawn_at = 1 WHERE school = $1 AND id = $2', [school.id, other.id]);
    fanout.tell({ kind: 'order', school: school.id });
    expect(await code(await waits)).toEqual([401, 'key-unknown']);
  });

  test('keeps the site by the hash of its letters, and shows places by it', async () => {
    const zone = { id: 'z1', number: 7, title: { zh: '北墙', en: 'North wall' }, path: [] };
    const text = JSON.stringify({ name: { zh: 'a', en: 'a' }, zones: { z1: zone } });
    const { site } = (await (await ask('PUT', '/site', text)).json()) as { site: string };
    const poll = await ask('POST', '/poll', JSON.stringify({ ...school.speaks(), ...now() }));
    expect(pollAnswer.parse(await poll.json()).site).toBe(site);
    await expect.poll(() => district.context.board.board().tiles[0]?.alarms.top?.place.en).toContain('North wall');
  });

  test('shows the school on the board, heard and not late', () => {
    const [tile] = district.context.board.board().tiles;
    expect(tile).toMatchObject({ school: 'east-1', behind: 0, alarms: { waiting: [1, 0, 0], open: 1 } });
    expect(tile?.doubt).toBeUndefined();
  });
});
