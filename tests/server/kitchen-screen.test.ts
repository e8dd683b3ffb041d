/**
 * The public screen in the dining hall, as the server answers it: its account has no other right, no other camera answers it, and what is
 * not known is not given.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KitchenView, Site } from '../../src/core/types.ts';
import { canteen } from '../core/cold-store.ts';
import { people, place, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

const site: Site = {
  ...canteen,
  devices: { ...canteen.devices, cam2: { ...canteen.devices.cam!, id: 'cam2' } },
  kitchen: {
    cameras: [{ camera: 'cam', area: { zh: '烹饪区', en: 'Cooking' } }],
    sensors: [{ device: 'store', point: 'temperature', title: { zh: '冷冻库', en: 'Freezer' } }],
    cleaned: { zh: '今日 06:30 已消毒', en: 'Disinfected at 06:30' },
    menu: { zh: '番茄炒蛋', en: 'Eggs with tomatoes' },
    everyMs: 2_000,
  },
};

async function hall(of: Site = site) {
  const spot = place();
  spot.site = of;
  const ground = await stand(crowd.path, { ui: '/nonexistent' }, spot);
  const cookie = await ground.login('dining');
  const get = (path: string, headers: Record<string, string> = {}) =>
    ground.fetch(path, { headers: { cookie, ...headers } });
  return { ...ground, spot, cookie, get };
}

/** What the screen's account may reach, beside what anybody may. */
const ALLOWED = new Set(['GET /api/me', 'HEAD /api/me', 'POST /api/logout', 'GET /api/kitchen', 'HEAD /api/kitchen']);

/** Addresses that look at what is asked before they look at who asks: what any wall, or anybody, might ask there. */
const BODIES: Readonly<Record<string, object>> = {
  '/api/commands': { do: 'silence' },
  '/api/duty/calendars': { person: 'li' },
};

test('the account of the screen is let to the screen, to itself, and to no other route of the application', async () => {
  const { server, get, fetch, post, cookie } = await hall();
  const asked: string[] = [];
  for (const { method, url } of server.routes) {
    const route = `${method} ${url}`;
    if (ALLOWED.has(route) || url.startsWith('/api/kitchen/') || method === 'HEAD') continue;
    const path = url
      // A code of a class has a length of its own.
      .replace(/:\w+\([^)]*\{22\}[^)]*\)/, 'a'.repeat(22))
      .replace(/:(\w+)(\([^)]*\))?/g, '1')
      .replace('*', 'x');
    const without = await fetch(path, {
      method,
      ...(method !== 'GET' && { headers: { 'content-type': 'application/json', origin: server.url }, body: '{}' }),
    });
    // A chat signs for itself, and nobody's account opens its way.
    if (url.startsWith('/api/callback/')) continue;
    // Open to anybody.
    if (without.status !== 401) continue;
    asked.push(route);
    const answer = method === 'GET' ? await get(path) : await post(path, BODIES[url] ?? {}, { cookie });
    expect([route, answer.status]).toEqual([route, 403]);
  }
  expect(asked.length).toBeGreaterThan(30);
  expect((await get('/api/me')).status).toBe(200);
});

describe('the screen', () => {
  test('is told its cameras, its lines and its values, and no person, no alarm and no address', async () => {
    const { spot, get } = await hall();
    await spot.offer({ kind: 'reading', device: 'store', values: [['temperature', -18.4]] });
    spot.live.gauges.set('store', new Map([['temperature', { value: -18.4, at: spot.house.now() }]]));
    const told = (await (await get('/api/kitchen')).json()) as KitchenView;
    expect(told).toEqual({
      ...{ school: site.name, at: told.at, utcOffsetMin: 480, everyMs: 2_000 },
      cameras: [{ id: 'cam', area: { zh: '烹饪区', en: 'Cooking' } }],
      values: [
        {
          ...{
            title: { zh: '冷冻库', en: 'Freezer' },
            unit: '°C',
            value: -18.4,
            at: expect.any(Number),
            above: -15,
            is: 'known',
          },
        },
      ],
      ...{ cleaned: site.kitchen?.cleaned, menu: site.kitchen?.menu },
    });
  });

  test('is given no value of a store that is not heard, is in doubt, or was heard long ago', async () => {
    const { spot, get } = await hall();
    const is = async () => ((await (await get('/api/kitchen')).json()) as KitchenView).values[0];
    spot.live.gauges.set('store', new Map([['temperature', { value: -18.4, at: spot.house.now() }]]));
    expect(await is()).not.toHaveProperty('value');
    await spot.offer({ kind: 'reading', device: 'store', values: [['temperature', -18.4]] });
    expect(await is()).toMatchObject({ is: 'known', value: -18.4 });
    await spot.offer({ kind: 'sensor', device: 'store', point: 'temperature', fault: 'stuck', active: true });
    expect(await is()).toMatchObject({ is: 'unknown' });
    await spot.offer({ kind: 'sensor', device: 'store', point: 'temperature', fault: 'stuck', active: false });
    spot.advance(60_000);
    expect(await is()).toMatchObject({ is: 'unknown' });
  });

  test('gets pictures of its own cameras and of no other, and why there is none is not said', async () => {
    const { spot, get } = await hall();
    const still = await get('/api/kitchen/pictures/cam');
    expect([still.status, still.headers.get('x-taken-at'), still.headers.get('cache-control')]).toEqual([
      200,
      '1',
      'no-store, private',
    ]);
    const again = await get('/api/kitchen/pictures/cam', { 'if-none-match': still.headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
    for (const other of ['cam2', 'fence', 'nobody'])
      expect((await get(`/api/kitchen/pictures/${other}`)).status).toBe(404);
    spot.pictures.answer = () => Promise.reject(new Error('camera cam at 192.168.8.41 refused'));
    const away = await get('/api/kitchen/pictures/cam');
    expect(away.status).toBe(503);
    expect(await away.text()).not.toContain('192.168');
  });

  test('of a school that has none is not found', async () => {
    const { get } = await hall(canteen);
    expect((await get('/api/kitchen')).status).toBe(404);
  });
});
