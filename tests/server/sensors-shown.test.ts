/** How sensors stand, over HTTP: for the control room and the canteen, with curves that keep every peak, and nothing of fences. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canteen } from '../core/cold-store.ts';
import { people, place, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

/** A canteen of which only the areas matter here. */
const bare = {
  ...{ people: {}, lists: {}, leastOnline: 95, dueDays: 7, recordDays: 30 },
  recordRule: { zh: '校园视频', en: 'campus video' },
};

async function kitchen(user: string) {
  const spot = place();
  const area = {
    id: 'cooking',
    use: 'cooking' as const,
    title: { zh: '烹饪区', en: 'Cooking' },
    cameras: [],
    sensors: ['store', 'gas'],
  };
  spot.site = { ...canteen, canteen: { ...bare, areas: { cooking: area } } };
  const { login, fetch } = await stand(crowd.path, {}, spot);
  const cookie = await login(user);
  return { spot, get: (path: string) => fetch(path, { headers: { cookie } }) };
}

test('a gauge beyond its limit is told with since when and how far, one in doubt without a value, and no wire of a fence is', async () => {
  const { spot, get } = await kitchen('sun');
  await spot.offer({ kind: 'reading', device: 'store', values: [['temperature', -11]] });
  spot.live.gauges.set('store', new Map([['temperature', { value: -11, at: spot.house.now() }]]));
  await spot.offer({ kind: 'sensor', device: 'gas', point: 'level', fault: 'no-reading', active: true });
  const { sensors } = (await (await get('/api/sensors')).json()) as { sensors: Record<string, unknown>[] };
  expect(sensors.map(({ device }) => device)).toEqual(['store', 'gas']);
  expect(sensors[0]).toMatchObject({ value: -11, extreme: -11, up: true, limits: [{ limit: -15 }, { limit: -8 }] });
  expect(sensors[1]).toMatchObject({ fault: 'no-reading' });
  expect(sensors[1]).not.toHaveProperty('value');
});

test('whoever answers for the canteen is told of the sensors in it, and of no other', async () => {
  const { spot, get } = await kitchen('sun');
  const { canteen: whole } = spot.site;
  const area = { ...whole!.areas.cooking!, sensors: ['gas'] };
  spot.site = { ...spot.site, canteen: { ...whole!, areas: { cooking: area } } };
  const { sensors } = (await (await get('/api/sensors')).json()) as { sensors: Record<string, unknown>[] };
  expect(sensors.map(({ device }) => device)).toEqual(['gas']);
  expect((await get('/api/sensors/store/temperature')).status).toBe(404);
});

test('a curve keeps its peak, and only what is a sensor has one', async () => {
  const { spot, get } = await kitchen('operator');
  spot.house.samples = async ({ from }) => [
    { device: 'store', point: 'temperature', at: from + 1000, value: -18 },
    { device: 'store', point: 'temperature', at: from + 2000, value: -3 },
    { device: 'store', point: 'temperature', at: from + 3000, value: -18 },
  ];
  const told = (await (await get('/api/sensors/store/temperature?hours=168')).json()) as { columns: number[][] };
  expect(Math.max(...told.columns.map((column) => column[3] ?? -99))).toBe(-3);
  expect((await get('/api/sensors/fence/tension')).status).toBe(404);
  expect((await get('/api/sensors/nobody/x')).status).toBe(404);
});

test('whoever has nothing to do with the canteen is not told', async () => {
  for (const user of ['guard', 'integrator', 'dining']) {
    const { get } = await kitchen(user);
    expect((await get('/api/sensors')).status).toBe(403);
  }
});
