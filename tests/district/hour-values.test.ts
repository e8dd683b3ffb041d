/**
 * Hourly values on their way from a school's own samples to the district's page, through the real district and Debian's influxd: what was measured is
 * what is shown, whatever came late or twice, and whoever was away meanwhile.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHourStore } from '../../src/district/series/hour-store.ts';
import { openSeries } from '../../src/store/series/series.ts';
import { openSeriesLook } from '../../src/store/series/series-look.ts';
import { DistrictExchange } from '../../src/uplink/district-exchange.ts';
import { HourPush } from '../../src/uplink/hour-push.ts';
import { realWorld } from '../../src/world/world.ts';
import { until } from '../patience.ts';
import { type Influxd, startInfluxd } from '../peers/influxd.ts';
import { dataFolder, listeningLog } from '../store/place.ts';
import { realDistrict } from '../uplink/real-district.ts';

const HOUR = 3_600_000;
let influxd: Influxd;
beforeAll(async () => {
  influxd = await startInfluxd();
});
afterAll(async () => await influxd?.stop());

const storeOf = (database: string) => openHourStore({ url: influxd.url, database, keepDays: 1_095 });

/** A school with a gauge, and the way its hours go. */
async function gauged(url: string, key: string) {
  const dir = await dataFolder();
  const world = realWorld(listeningLog());
  const series = await openSeries({ dir, log: listeningLog() });
  const look = await openSeriesLook({ dir, log: listeningLog() });
  const clock = { now: Math.floor(Date.now() / HOUR) * HOUR - 40 * HOUR };
  const begin = clock.now;
  const exchange = new DistrictExchange({ url, password: key }, world);
  const push = () =>
    new HourPush({
      ...{ source: { now: () => clock.now, hours: look.hours }, exchange, school: 'school-1', target: url, dir },
    });
  const measured = async (...samples: readonly (readonly [at: number, value: number])[]) => {
    series.write(samples.map(([at, value]) => ({ device: 'fridge-1', point: 'temperature', at, value })));
    const [at] = samples.at(-1) ?? [0];
    await until('it is stored', async () => (await look.hours({ from: at, to: at + 1 })).rows.length > 0);
  };
  /** As often as it takes. */
  const tell = async (by: HourPush) => {
    const { signal } = new AbortController();
    while (await by.step(signal));
  };
  const close = async () => {
    exchange.close();
    await look.close();
    await series.close();
  };
  return { begin, clock, push, measured, tell, close };
}

test('what is written twice is there once, and late samples change their hour', async () => {
  const store = storeOf('twice');
  const hour = { device: 'fridge-1', point: 'temperature', hour: 500_000 * HOUR, min: 1, max: 3, count: 9 };
  await store.write('school-1', [{ ...hour, mean: 2 }]);
  await store.write('school-1', [{ ...hour, mean: 2.5, count: 10 }]);
  await store.write('school-2', [{ ...hour, mean: 7 }]);
  const rows = await store.read({ ...hour, school: 'school-1' }, { from: 0, to: 600_000 * HOUR });
  expect(rows).toEqual([{ hour: hour.hour, mean: 2.5, min: 1, max: 3, count: 10 }]);
  expect(await store.gauges('school-2', 0)).toEqual([
    { device: 'fridge-1', point: 'temperature', mean: 7, at: hour.hour },
  ]);
  expect(await store.gauges("school-1' OR 'a' = 'a", 0)).toEqual([]);
  // How long they are kept is the district's rule, also where it was another one before.
  await openHourStore({ url: influxd.url, database: 'twice', keepDays: 60 })
    .write('school-1', [{ ...hour, mean: 2 }])
    .catch(() => undefined);
  const [rule] = await influxd
    .ask('SHOW RETENTION POLICIES ON "twice"', 'twice')
    .then((all) => all.filter(({ name }) => name === 'hour'));
  expect(rule).toMatchObject({ duration: '1440h0m0s', default: true });
});

test('after an outage of the store and of the school all hours arrive, and those that changed', async () => {
  const district = await realDistrict({}, `influx: { url: "${influxd.url}", database: outage }`);
  const key = await district.add('school-1');
  const { begin, clock, push, measured, tell, close } = await gauged(district.url, key);
  const store = storeOf('outage');
  const hours = async () =>
    (
      await store.read(
        { school: 'school-1', device: 'fridge-1', point: 'temperature' },
        { from: begin, to: begin + 60 * HOUR },
      )
    ).map(({ hour, mean, min, max, count }) => [(hour - begin) / HOUR, mean, min, max, count]);
  await measured([begin + 60_000, 4], [begin + 120_000, 6]);
  clock.now = begin + HOUR + 200_000;
  const first = push();
  await tell(first);
  expect(await hours()).toEqual([[0, 5, 4, 6, 2]]);
  // The store is gone for twenty hours; one sample came late, and the gateway was started anew.
  await influxd.kill();
  await measured(...Array.from({ length: 20 }, (_, i) => [begin + (i + 1) * HOUR + 1_000, i + 1] as const));
  clock.now = begin + 21 * HOUR + 200_000;
  await tell(first);
  await measured([begin + 180_000, 20]);
  await influxd.start();
  const again = push();
  await until('all hours are there', async () => {
    await tell(again);
    return (await hours().catch(() => [])).length === 21;
  });
  await tell(again);
  const late = [0, 10, 4, 20, 3];
  expect(await hours()).toEqual([late, ...Array.from({ length: 20 }, (_, i) => [i + 1, i + 1, i + 1, i + 1, 1])]);
  await close();
});

test('what the store would refuse for its time keeps nothing else out, and is not sent again', async () => {
  const district = await realDistrict(
    {},
    `influx: { url: "${influxd.url}", database: odd }\nretention: { series: 30 }`,
  );
  const key = await district.add('school-1');
  const last = Math.floor(Date.now() / HOUR) * HOUR - HOUR;
  const figures = { device: 'fridge-1', point: 'temperature', mean: 1, min: 1, max: 1, count: 1 };
  const put = async (...hours: readonly number[]) => {
    const answer = await fetch(`${district.url}/hours`, {
      ...{
        method: 'PUT',
        body: JSON.stringify({ school: 'school-1', hours: hours.map((hour) => ({ ...figures, hour })) }),
      },
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    });
    return await answer.json();
  };
  expect(await put(last - 31 * 24 * HOUR, last)).toEqual({ kept: true });
  expect(await put(2_500_000_000 * HOUR, last - HOUR)).toEqual({ kept: true });
  const rows = await storeOf('odd').read({ ...figures, school: 'school-1' }, { from: 0, to: last + HOUR });
  expect(rows.map(({ hour }) => hour)).toEqual([last - HOUR, last]);
});

test('a district without a store says so, and takes everything else', async () => {
  const district = await realDistrict();
  const key = await district.add('school-1');
  const ask = (body: object) =>
    fetch(`${district.url}/hours`, {
      ...{ method: 'PUT', body: JSON.stringify(body) },
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    });
  expect(await (await ask({ school: 'school-1', hours: [] })).json()).toEqual({ kept: false });
  expect((await ask({ school: 'school-2', hours: [] })).status).toBe(404);
  const odd = { device: 'a" b', point: 'x', hour: 3_600_000, mean: 1, min: 1, max: 1, count: 1 };
  expect((await ask({ school: 'school-1', hours: [odd] })).status).toBe(400);
  expect((await ask({ school: 'school-1', hours: [{ ...odd, device: 'a', hour: 1 }] })).status).toBe(400);
});
