/** Shipping to a real influxd: everything arrives and is kept as it should be, also after the server hung, died or lost its database. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Event } from '../../src/core/types.ts';
import { until } from '../patience.ts';
import { type Influxd, startInfluxd } from '../peers/influxd.ts';
import { caughtUp, count, hourMs, linked, sample, shipper } from './shipper.ts';

let influxd: Influxd;
beforeAll(async () => {
  influxd = await startInfluxd();
});
afterAll(() => influxd.stop());

test('samples of every type and all events arrive with their times, names and types', async () => {
  const h = await shipper();
  const at = Date.now() - hourMs;
  h.series.write([
    sample(at, 12.25),
    sample(at + 1, -3),
    sample(at, true, 'door'),
    sample(at, '刷卡 "42"', 'card'),
    sample(at, 5, 'tension', 'fence-2'),
  ]);
  const events: Event[] = [
    linked(1, at),
    linked(2, at),
    {
      seq: 3,
      at,
      kind: 'raised',
      key: 'k',
      alarm: 'climb',
      priority: 1,
      device: 'f',
      cause: 'c',
      zone: '东 1',
      active: true,
    },
    { seq: 4, at, kind: 'closed', alarm: 3, by: "o'li", reason: 'B1', note: "back\\'slash" },
  ];
  await h.journal.append(events);
  await h.series.flush();
  await caughtUp(h.ship(influxd.url));
  expect(await influxd.ask('SELECT time, device, tension FROM raw.gauges', h.database)).toEqual([
    { time: at, device: 'fence-1', tension: 12.25 },
    { time: at, device: 'fence-2', tension: 5 },
    { time: at + 1, device: 'fence-1', tension: -3 },
  ]);
  expect(await influxd.ask('SELECT door FROM raw.flags', h.database)).toEqual([{ time: at, door: true }]);
  expect(await influxd.ask('SELECT card FROM raw.texts', h.database)).toEqual([{ time: at, card: '刷卡 "42"' }]);
  const rows = await influxd.ask('SELECT * FROM raw.events', h.database);
  expect(rows.map(({ json }) => JSON.parse(String(json)) as unknown)).toEqual(events);
  expect(rows[2]).toMatchObject({ kind: 'raised', alarm: 'climb', priority: '1', zone: '东 1', seq: 3 });
  expect(rows[3]).toMatchObject({ by: "o'li" });
});

test('the database keeps raw points 90 days and minutes two years, and a policy someone changed is left alone', async () => {
  const h = await shipper();
  const first = h.ship(influxd.url);
  await caughtUp(first);
  const shown = async (): Promise<unknown[]> =>
    (await influxd.ask(`SHOW RETENTION POLICIES ON ${h.database}`)).map((p) => [p.name, p.duration, p.default]);
  expect(await shown()).toEqual(
    expect.arrayContaining([
      ['raw', '2160h0m0s', true],
      ['minute', '17520h0m0s', false],
    ]),
  );
  await first.stop();
  await influxd.ask(`ALTER RETENTION POLICY raw ON ${h.database} DURATION 200d`);
  await caughtUp(h.ship(influxd.url));
  expect(await shown()).toEqual(expect.arrayContaining([['raw', '4800h0m0s', true]]));
});

test('every complete minute has its mean, least, greatest and count, also for samples that come late', async () => {
  const h = await shipper();
  const minute = Math.floor((Date.now() - hourMs) / 60_000) * 60_000;
  h.series.write([
    sample(minute, 1),
    sample(minute + 30_000, 2),
    sample(minute + 59_999, 6),
    sample(minute + 60_000, 9),
  ]);
  h.series.write([sample(minute, true, 'door'), sample(minute, 'x', 'card'), sample(minute + 120_000, 4, 'power')]);
  await h.series.flush();
  h.ship(influxd.url);
  const rolled = (): Promise<Record<string, unknown>[]> =>
    influxd.ask('SELECT tension_mean, tension_min, tension_max, tension_count FROM minute.gauges', h.database);
  await until('the minutes are there', async () => (await rolled().catch(() => [])).length === 2);
  expect(await rolled()).toEqual([
    { time: minute, tension_mean: 3, tension_min: 1, tension_max: 6, tension_count: 3 },
    { time: minute + 60_000, tension_mean: 9, tension_min: 9, tension_max: 9, tension_count: 1 },
  ]);
  expect(await influxd.ask('SELECT power_mean FROM minute.gauges', h.database)).toHaveLength(1);
  h.series.write([sample(minute + 1000, 11)]);
  await until('the late sample is counted', async () => (await rolled())[0]?.tension_count === 4);
  expect((await rolled())[0]).toMatchObject({ tension_mean: 5, tension_max: 11 });
});

test('an influxd that hangs and one that is killed cost nothing: the backlog is there afterwards, and it was said why', async () => {
  const h = await shipper();
  const start = Date.now() - hourMs;
  let seq = 0;
  const more = async (): Promise<void> => {
    const events = Array.from({ length: 500 }, () => linked(++seq, start + seq));
    await h.journal.append(events);
    expect(h.series.write(events.map(({ at }) => sample(at, at % 97)))).toBe(0);
    await h.series.flush();
  };
  const shipping = h.ship(influxd.url, 300);
  await more();
  await until('the first events are there', async () => (await count(influxd, h, 'events.seq').catch(() => 0)) === 500);
  await until(
    'the first samples are there',
    async () => (await count(influxd, h, 'gauges.tension').catch(() => 0)) === 500,
  );

  influxd.pause();
  await more();
  await until('the hanging is said', () => /5 秒内没有应答/.test(shipping.status().why?.zh ?? ''));
  await until('it knows how far it is behind', () => shipping.status().behind === 1000);
  await more();
  influxd.resume();
  await caughtUp(shipping);

  await influxd.kill();
  await more();
  await until('the absence is said', () => /cannot be reached/.test(shipping.status().why?.en ?? ''));
  await more();
  await influxd.start();
  await caughtUp(shipping);
  expect(await count(influxd, h, 'gauges.tension')).toBe(seq);
  expect(await count(influxd, h, 'events.seq')).toBe(seq);
  expect(shipping.status().rejected).toBe(0);
});

test('the cursor outlives a restart: nothing is sent twice and nothing is left out', async () => {
  const h = await shipper();
  const start = Date.now() - hourMs;
  h.series.write([sample(start, 1)]);
  await h.journal.append([linked(1, start)]);
  await h.series.flush();
  const first = h.ship(influxd.url);
  await caughtUp(first);
  await first.stop();
  await influxd.ask('DROP MEASUREMENT gauges; DROP MEASUREMENT events', h.database);
  h.series.write([sample(start + 1, 2)]);
  await h.journal.append([linked(2, start + 1)]);
  await h.series.flush();
  await caughtUp(h.ship(influxd.url));
  expect(await influxd.ask('SELECT tension FROM raw.gauges', h.database)).toEqual([{ time: start + 1, tension: 2 }]);
  expect(await influxd.ask('SELECT seq FROM raw.events', h.database)).toMatchObject([{ seq: 2 }]);
});

test('a database that is dropped is made again', async () => {
  const h = await shipper();
  const at = Date.now() - hourMs;
  const shipping = h.ship(influxd.url);
  await caughtUp(shipping);
  await influxd.ask(`DROP DATABASE ${h.database}`);
  h.series.write([sample(at, 7)]);
  await until(
    'the sample arrives all the same',
    async () => (await count(influxd, h, 'gauges.tension').catch(() => 0)) === 1,
  );
  expect(await influxd.ask(`SHOW RETENTION POLICIES ON ${h.database}`)).toHaveLength(3);
});
