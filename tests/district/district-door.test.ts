/**
 * The door of the district, before the real node: every address there is, without a session, with each role, from another site, after the officer
 * changed; and the streets beyond which nobody sees a school.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { setPassword } from '../../src/district/access/officers.ts';
import { inSight, seeSchool, sightOf } from '../../src/district/access/street-sight.ts';
import { districtPageList, districtWays, firstDistrictPage } from '../../src/district/board/district-pages.ts';
import {
  type DistrictRight,
  districtRights,
  districtRoles,
  mayDistrict,
} from '../../src/district/board/district-rights.ts';
import type { Database } from '../../src/district/database/database.ts';
import { openBureau } from './bureau.ts';
import { embedded } from './embedded-store.ts';

let db: Database;
beforeAll(async () => {
  ({ db } = await embedded.open());
});
afterAll(() => db.close());

/** Open on purpose: pages without data, the log-in itself, and whether the node is well, for whoever balances the load. */
const OPEN =
  /^(GET \/(login(\/.*)?|district(?!\/s\/:school\/(feed$|api\/))(\/.*)?|assets\/.*|)|GET \/(healthz|api\/login-ways)|POST \/api\/login)$/;
/** Asked by schools with their key. */
const SCHOOLS = /^(POST \/ingest|POST \/poll|POST \/ahead|PUT \/site|PUT \/hours|PUT \/files\/:\w+)$/;
const filled = (url: string) => url.replace(/:\w+(\([^)]*\))?/g, 'some-school').replace('*', 'x');

describe('the door of the district', () => {
  test('knows every address, and each says whom it is for', async () => {
    const { district } = await openBureau({ db });
    const { routes } = district.context.access;
    expect(routes.length).toBeGreaterThan(30);
    const wrong = routes.filter(({ method, url, whom }) => {
      const text = `${method} ${url}`;
      return (whom === 'open') !== OPEN.test(text) || (whom === 'school') !== SCHOOLS.test(text) || whom === 'nobody';
    });
    expect(wrong.map(({ method, url, whom }) => `${method} ${url}: ${whom}`)).toEqual([]);
  });

  test('is closed to whoever is not logged in, at every address and at those there are not', async () => {
    const { district, ask } = await openBureau({ db });
    const closed = district.context.access.routes.filter(({ whom }) => whom !== 'open');
    const answers = await Promise.all(
      [...closed, { method: 'GET', url: '/api/nothing' }, { method: 'GET', url: '/nothing' }].map(
        async ({ method, url }) => `${method} ${url} ${(await ask(filled(url), { method })).status}`,
      ),
    );
    expect(answers.filter((answer) => !answer.endsWith(' 401'))).toEqual([]);
  });

  test.each(districtRoles)('lets the role %s in where its rights say so and nowhere else', async (role) => {
    const { district, ask, officer, login } = await openBureau({ db });
    await officer(`walks-${role}`, role);
    const cookie = await login(`walks-${role}`);
    const asked = district.context.access.routes.filter(
      ({ whom, url }) => whom !== 'open' && whom !== 'school' && url !== '/api/logout',
    );
    const answers: string[] = [];
    for (const { method, url, whom } of asked) {
      const { status } = await ask(filled(url), { method, cookie });
      // Without an origin nothing is changed; so whoever has the right is told of the origin, or of what is missing.
      if (mayDistrict(role, whom as DistrictRight)) {
        const refusedByRight = status === 403 && method === 'GET';
        if (status === 401 || refusedByRight) answers.push(`${method} ${url} ${status}`);
      } else if (status !== 403) answers.push(`${method} ${url} ${status}`);
    }
    expect(answers).toEqual([]);
    expect((await ask('/api/nothing', { cookie })).status).toBe(404);
  });

  test('takes no change from another site, nor from one that does not say where it comes from', async () => {
    const { ask, officer, login, url } = await openBureau({ db });
    await officer('changes', 'admin');
    const cookie = await login('changes');
    const body = JSON.stringify({ name: 'x', shown: 'x', role: 'admin', streets: [], oidc: null });
    const json = { 'content-type': 'application/json' };
    for (const origin of ['https://elsewhere.example', 'null', `${url}.elsewhere.example`, '']) {
      const answer = await ask('/api/people', { method: 'POST', cookie, body, headers: { ...json, origin } });
      expect(`${origin} ${answer.status}`).toBe(`${origin} 403`);
    }
    const login1 = await ask('/api/login', { method: 'POST', headers: json, body: '{"user":"a","password":"b"}' });
    expect(login1.status).toBe(403);
  });

  test('believes no cookie that was altered, that is over, or whose officer changed or left', async () => {
    const bureau = await openBureau({ db });
    const { ask, officer, login, send, advance } = bureau;
    await officer('fickle', 'duty');
    const cookie = await login('fickle');
    const status = async (one: string) => (await ask('/api/me', { cookie: one })).status;
    expect(await status(cookie)).toBe(200);
    const [name, token = ''] = cookie.split('=');
    const [body = '', mac = ''] = token.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify({ ...claims, name: 'walks-admin' })).toString('base64url');
    for (const wrong of [`${forged}.${mac}`, body, `.${mac}`, `${body}.`, `${body}.${mac}x`, 'x'.repeat(5_000)])
      expect(await status(`${name}=${wrong}`)).toBe(401);
    // On another node as well, and ended there for all.
    const other = await bureau.another();
    expect((await other.ask('/api/me', { cookie })).status).toBe(200);
    expect((await other.send('/api/logout', {}, cookie)).status).toBe(204);
    expect(await status(cookie)).toBe(401);
    const second = await login('fickle');
    await setPassword(db, 'fickle', 'scrypt$x', false);
    expect(await status(second)).toBe(401);
    await officer('fickle', 'duty');
    const third = await login('fickle');
    advance(12 * 3_600_000 + 1);
    expect(await status(third)).toBe(401);
    expect((await send('/api/logout', {}, third)).status).toBe(401);
  });

  test('gives a cookie that is used a new one in time, and the session stays the same', async () => {
    const { ask, officer, login, advance } = await openBureau({ db });
    await officer('stays', 'duty');
    const cookie = await login('stays');
    expect((await ask('/api/me', { cookie })).headers.get('set-cookie')).toBeNull();
    advance(31 * 60_000);
    const renewed = (await ask('/api/me', { cookie })).headers.get('set-cookie') ?? '';
    expect(renewed).toMatch(/^gatehouse-district=[\w.-]+;.*HttpOnly.*SameSite=Strict/i);
    const idOf = (text: string) => JSON.parse(Buffer.from(text.split(/[=.]/)[1] ?? '', 'base64url').toString()).id;
    expect(idOf(renewed)).toBe(idOf(cookie));
  });

  test('tells no secret of the database while it is away, and lets nobody in', async () => {
    const { db: own } = await embedded.open();
    const { ask, officer, login } = await openBureau({ db: own });
    await officer('waits', 'duty');
    const cookie = await login('waits');
    await own.query('ALTER TABLE officer RENAME TO elsewhere');
    const answer = await ask('/api/me', { cookie });
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(await answer.text()).not.toMatch(/officer|relation|memory/);
    await own.close();
  });
});

describe('the rights of the district', () => {
  test.each(districtRoles)('lead the role %s to pages it may see, and begin at one of them', (role) => {
    for (const { right } of districtWays(role)) expect(right && mayDistrict(role, right)).toBe(true);
    expect(districtWays(role).map(({ id }) => id)).toContain(firstDistrictPage(role));
  });

  test('show covert alarms to head and auditor alone, and nothing but the board to a screen', () => {
    expect(districtRoles.filter((role) => mayDistrict(role, 'covert'))).toEqual(['chief', 'auditor']);
    expect(districtRights.filter((right) => mayDistrict('screen', right))).toEqual(['self', 'board']);
    expect(districtPageList.filter(({ right }) => right === undefined).map(({ id }) => id)).toEqual(['login']);
  });

  test('give nobody both the people and the trail, and whoever only reads nothing to change', () => {
    expect(districtRoles.filter((role) => mayDistrict(role, 'people') && mayDistrict(role, 'trail'))).toEqual([]);
    for (const right of ['order', 'keys', 'settle', 'people'] as const)
      expect(mayDistrict('auditor', right) || mayDistrict('screen', right)).toBe(false);
  });
});

describe('the streets of an officer', () => {
  const schools = ['east-1', 'east-2', 'west-1'];
  beforeAll(async () => {
    for (const school of schools)
      await db.query(
        `INSERT INTO school (school, name_zh, name_en, short_zh, short_en, street, kind, joined_at) VALUES ($1, $1, $1, $1, $1, $2, 'school', 0)`,
        [school, school.startsWith('east') ? '东街' : "West's street"],
      );
  });
  const seen = async (streets: readonly string[]) => {
    const listed = await db.query<{ school: string }>(
      `SELECT school FROM school WHERE school = ANY($2) AND ${inSight(1)} ORDER BY school`,
      [sightOf({ streets }), schools],
    );
    const asked: string[] = [];
    for (const school of schools)
      await seeSchool(db, { streets }, school).then(
        () => asked.push(school),
        () => undefined,
      );
    expect(asked).toEqual(listed.map(({ school }) => school));
    return asked;
  };

  test('bound lists and single questions alike; none are all', async () => {
    expect(await seen([])).toEqual(schools);
    expect(await seen(['东街'])).toEqual(['east-1', 'east-2']);
    expect(await seen(["West's street", '南街'])).toEqual(['west-1']);
    expect(await seen(['南街'])).toEqual([]);
    expect(await seen(["' OR true --"])).toEqual([]);
  });

  test('a school outside is answered like one that does not exist', async () => {
    const told = async (school: string) =>
      await seeSchool(db, { streets: ['东街'] }, school).catch((problem: { status: number; code: string }) => [
        problem.status,
        problem.code,
      ]);
    expect(await told('west-1')).toEqual(await told('no-such'));
    expect(await told('west-1')).toEqual([404, 'not-found']);
  });
});
