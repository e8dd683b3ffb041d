/**
 * The bureau's door to orders on a real database, with two schools of two streets: what the tests of orders sit before. Who sits there and what time it is
 * the test says.
 */
import { onTestFinished } from 'vitest';
import type { OfficerSession } from '../../src/district/access/officer-session.ts';
import type { Officer } from '../../src/district/access/officers.ts';
import { openTrail } from '../../src/district/access/trail.ts';
import type { DistrictRole } from '../../src/district/board/district-rights.ts';
import type { OrderForm } from '../../src/district/board/order-board.ts';
import type { Database } from '../../src/district/database/database.ts';
import type { Fanout, FanoutNotice } from '../../src/district/fanout/fanout.ts';
import { openKeyOf } from '../../src/district/ingest/key-of.ts';
import { readSchoolKey } from '../../src/district/ingest/school-key.ts';
import { fileDoor } from '../../src/district/orders/file-door.ts';
import { orderRoutes } from '../../src/district/orders/order-routes.ts';
import type { BureauConfig } from '../../src/district/service/district-config.ts';
import { newSigner } from '../../src/proof/signed-note.ts';
import { makeApp } from '../../src/server/http/http-app.ts';
import { realWorld } from '../../src/world/world.ts';
import { listeningLog } from '../store/place.ts';

export const day = 86_400_000;
export const minute = 60_000;
export const hour = 60 * minute;
export const now = Date.parse('2026-11-30T07:00:00Z');
export const signer = newSigner('pudong');
export const KEYS = { a: `a-school.${'k'.repeat(43)}`, b: `b-school.${'k'.repeat(43)}` };

/** Two schools, each with a camera, an alarm and a silent call for help; nothing was asked of them yet. */
export async function twoSchools(db: Database): Promise<void> {
  for (const table of ['school', 'site', 'alarm', 'command', 'sent_file', 'school_key', 'trail'])
    await db.query(`DELETE FROM ${table}`);
  for (const [school, street] of [
    ['a-school', '江川路'],
    ['b-school', '颛桥'],
  ] as const) {
    await db.query(
      `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, joined_at)
       VALUES ($1, $1, $1, $1, $1, $2, 'school', 0)`,
      [school, street],
    );
    const devices = { cam: { family: 'camera', title: { zh: '东门', en: 'Gate' } }, fence: { family: 'fence' } };
    await db.query('INSERT INTO site (school, hash, body, at) VALUES ($1, $2, $3::jsonb, 0)', [
      ...[school, 'x', JSON.stringify({ devices })],
    ]);
    for (const [id, covert] of [
      [7, false],
      [9, true],
    ] as const)
      await db.query(
        `INSERT INTO alarm (school, epoch, id, key, kind, priority, device, place_zh, place_en, covert, raised_at, last_at, received_at)
         VALUES ($1, 1, $2, 'k', 'climb', 1, 'fence', '北墙', 'North', $3, 1, 1, 1)`,
        [school, id, covert],
      );
    const key = readSchoolKey(KEYS[school === 'a-school' ? 'a' : 'b'])!;
    await db.query("INSERT INTO school_key (school, id, hash, made_at, made_by) VALUES ($1, $2, $3, 0, 'x')", [
      ...[school, key.id, key.hash],
    ]);
  }
}

/** The bureau's door, with whoever `role` and `streets` say sitting before it. */
export async function bureau(db: Database, role: DistrictRole = 'duty', streets: readonly string[] = []) {
  const world = { ...realWorld(listeningLog()), now: () => clock.now };
  const clock = { now };
  const notices: FanoutNotice[] = [];
  const fanout: Fanout = {
    tell: (one) => void notices.push(one),
    hear: () => () => undefined,
    close: async () => undefined,
  };
  const { app } = await makeApp(world, 'test', { tls: undefined, trustedProxies: [] });
  const keyOf = openKeyOf({ db, world, fanout, knows: () => undefined });
  const access = { trail: openTrail(db, () => clock.now) };
  const config = { utcOffsetMin: 480 } as BureauConfig;
  const officer: Officer = { name: 'wang', shown: '区教育局 王科长', role, streets, version: 1 };
  // Who is logged in is for the door, which is tried elsewhere.
  app.decorateRequest('officer', undefined);
  app.addHook('onRequest', async (request) => {
    request.officer = { officer } as OfficerSession;
  });
  const context = { db, world, signer, fanout, keyOf, config, access };
  orderRoutes(app, context);
  await fileDoor(app, context);
  onTestFinished(() => app.close());
  const trail = async () =>
    await db.query<{ officer: string; kind: string; school: string; body: object }>(
      'SELECT officer, kind, school, body FROM trail ORDER BY n',
    );
  const ask = async (method: 'GET' | 'POST', url: string, payload?: object) => {
    const { statusCode, json, rawPayload, headers } = await app.inject({ method, url, ...(payload && { payload }) });
    return { status: statusCode, body: () => json(), bytes: rawPayload, headers };
  };
  const give = (form: Partial<OrderForm> = {}) =>
    ask('POST', '/api/orders', {
      ...{ school: 'a-school', kind: 'urge', text: '请说明北墙为何撤防', until: clock.now + 2 * hour },
      ...form,
    });
  const put = (order: string, bytes: Uint8Array, { key = KEYS.a, type = 'image/jpeg', name = '7-0.jpg' } = {}) =>
    app.inject({
      ...{ method: 'PUT', url: `/files/${order}?name=${encodeURIComponent(name)}`, payload: Buffer.from(bytes) },
      headers: { authorization: `Bearer ${key}`, 'content-type': type },
    });
  return { ask, give, put, clock, notices, trail, session: officer, app };
}
