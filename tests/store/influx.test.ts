/** Shipping to a real influxd: everything arrives, also after the server hung, died, lost its database or refused a line. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Event, Sample, Value } from '../../src/core/types.ts';
import { type Influx, startInflux } from '../../src/store/influx.ts';
import { openJournal } from '../../src/store/journal.ts';
import { openSeries } from '../../src/store/series.ts';
import type { Journal, Series } from '../../src/store/types.ts';
import { type Influxd, startInfluxd } from '../peers/influxd.ts';
import { dataFolder, listeningLog, until } from './place.ts';

let influxd: Influxd;
beforeAll(async () => {
  influxd = await startInfluxd();
});
afterAll(() => influxd.stop());

interface House {
  readonly dir: string;
  readonly database: string;
  readonly journal: Journal;
  readonly series: Series;
  readonly log: ReturnType<typeof listeningLog>;
  ship(url?: string, batch?: number): Influx;
}

let databases = 0;
const hourMs = 3_600_000;

async function house(): Promise<House> {
  const dir = await dataFolder();
  const log = listeningLog();
  const journal = await openJournal({ dir, log });
  onTestFinished(() => journal.close());
  const series = await openSeries({ dir, log });
  onTestFinished(() => series.close());
  databases += 1;
  const database = `school_${databases}`;
  return {
    dir,
    database,
    journal,
    series,
    log,
    ship(url = influxd.url, batch = 5000) {
      const shipping = startInflux({ url, database, dir, world: { log }, batch });
      onTestFinished(() => shipping.stop());
      return shipping;
    },
  };
}

const sample = (at: number, value: Value, point = 'tension', device = 'fence-1'): Sample => ({
  device,
  point,
  value,
  at,
});
const event = (seq: number, at: number): Event => ({
  seq,
  at,
  kind: 'linked',
  device: 'fence-1',
  up: true,
  why: `n${seq}`,
});

async function caughtUp(shipping: Influx): Promise<void> {
  await until('everything is shipped', () => {
    const { behind, lastOk, why } = shipping.status();
    return behind === 0 && lastOk !== undefined && why === undefined;
  });
}
async function count(h: House, what: string): Promise<unknown> {
  const rows = await influxd.ask(`SELECT count(${what.split('.')[1]}) AS n FROM raw.${what.split('.')[0]}`, h.database);
  return rows[0]?.n ?? 0;
}

test('samples of every type and all events arrive with their times, names and types', async () => {
  const h = await house();
  const at = Date.now() - hourMs;
  h.series.write([
    sample(at, 12.25),
    sample(at + 1, -3),
    sample(at, true, 'door'),
    sample(at, '刷卡 "42"', 'card'),
    sample(at, 5, 'tension', 'fence-2'),
  ]);
  const events: Event[] = [
    event(1, at),
    event(2, at),
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
      standing: true,
    },
    { seq: 4, at, kind: 'closed', alarm: 3, by: "o'li", reason: 'B1', note: "back\\'slash" },
  ];
  await h.journal.append(events);
  await h.series.flush();
  await caughtUp(h.ship());
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
  const h = await house();
  const first = h.ship();
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
  await caughtUp(h.ship());
  expect(await shown()).toEqual(expect.arrayContaining([['raw', '4800h0m0s', true]]));
});

test('every complete minute has its mean, least, greatest and count, also for samples that come late', async () => {
  const h = await house();
  const minute = Math.floor((Date.now() - hourMs) / 60_000) * 60_000;
  h.series.write([
    sample(minute, 1),
    sample(minute + 30_000, 2),
    sample(minute + 59_999, 6),
    sample(minute + 60_000, 9),
  ]);
  h.series.write([sample(minute, true, 'door'), sample(minute, 'x', 'card'), sample(minute + 120_000, 4, 'power')]);
  await h.series.flush();
  h.ship();
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
  const h = await house();
  const start = Date.now() - hourMs;
  let seq = 0;
  const more = async (): Promise<void> => {
    const events = Array.from({ length: 500 }, () => event(++seq, start + seq));
    await h.journal.append(events);
    expect(h.series.write(events.map(({ at }) => sample(at, at % 97)))).toBe(0);
    await h.series.flush();
  };
  const shipping = h.ship(influxd.url, 300);
  await more();
  await until('the first events are there', async () => (await count(h, 'events.seq').catch(() => 0)) === 500);
  await until('the first samples are there', async () => (await count(h, 'gauges.tension').catch(() => 0)) === 500);

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
  expect(await count(h, 'gauges.tension')).toBe(seq);
  expect(await count(h, 'events.seq')).toBe(seq);
  expect(shipping.status().rejected).toBe(0);
});

test('the cursor outlives a restart: nothing is sent twice and nothing is left out', async () => {
  const h = await house();
  const start = Date.now() - hourMs;
  h.series.write([sample(start, 1)]);
  await h.journal.append([event(1, start)]);
  await h.series.flush();
  const first = h.ship();
  await caughtUp(first);
  await first.stop();
  await influxd.ask('DROP MEASUREMENT gauges; DROP MEASUREMENT events', h.database);
  h.series.write([sample(start + 1, 2)]);
  await h.journal.append([event(2, start + 1)]);
  await h.series.flush();
  await caughtUp(h.ship());
  expect(await influxd.ask('SELECT tension FROM raw.gauges', h.database)).toEqual([{ time: start + 1, tension: 2 }]);
  expect(await influxd.ask('SELECT seq FROM raw.events', h.database)).toMatchObject([{ seq: 2 }]);
});

test('nothing a device sends becomes a line, a tag or a field of its own', async () => {
  const h = await house();
  const at = Date.now() - hourMs;
  const nasty = [
    'x\nevil v=1 1',
    'x\r\nevil v=1',
    'a,b=c d=1',
    'end\\',
    '',
    ' ',
    '"',
    '\\"',
    "\\'",
    'a\\ b',
    '\u0000',
    'é\u2028围',
    '\n',
  ];
  for (const [i, text] of nasty.entries()) {
    h.series.write([sample(at + i, 1, 'p', text), sample(at + i, 1, text), sample(at + i, text, 'words')]);
  }
  h.series.write([sample(at, 'y'.repeat(70_000), 'long', 'd'.repeat(1000))]);
  await h.journal.append(
    nasty.map((text, i) => ({ seq: i + 1, at, kind: 'linked', device: text, up: false, why: text })),
  );
  await h.series.flush();
  const shipping = h.ship();
  await caughtUp(shipping);
  expect(shipping.status()).toMatchObject({ rejected: 0, behind: 0 });
  const names = (await influxd.ask('SHOW MEASUREMENTS', h.database)).map(({ name }) => name);
  expect(new Set(names)).toEqual(new Set(['events', 'gauges', 'texts']));
  const keys = (await influxd.ask('SHOW TAG KEYS FROM gauges', h.database)).map(({ tagKey }) => tagKey);
  expect(new Set(keys)).toEqual(new Set(['device']));
  const rows = await influxd.ask('SELECT * FROM raw.events', h.database);
  expect(rows.map(({ json }) => (JSON.parse(String(json)) as { why: string }).why)).toEqual(nasty);
  const words = (await influxd.ask('SELECT words FROM raw.texts', h.database)).map((row) => row.words);
  expect(words).toEqual(nasty.map((text) => text.replace("\\'", "'")));
});

test('points the server refuses are named and set aside, and their neighbours arrive', async () => {
  const h = await house();
  await influxd.ask(`CREATE DATABASE ${h.database} WITH DURATION 90d NAME raw`);
  const at = Date.now() - hourMs;
  await influxd.write(h.database, `gauges,device=other tension="not a number" ${at}000000`);
  const samples = Array.from({ length: 400 }, (_, i) => sample(at + i, i, i === 50 || i === 333 ? 'tension' : 'power'));
  h.series.write(samples);
  await h.series.flush();
  const shipping = h.ship();
  await caughtUp(shipping);
  const { rejected, aside } = shipping.status();
  expect(rejected).toBe(2);
  expect(aside.map(({ line }) => JSON.parse(line!) as unknown)).toEqual([
    expect.objectContaining({ fields: { tension: 50 } }),
    expect.objectContaining({ fields: { tension: 333 } }),
  ]);
  expect(aside[0]?.why).toContain('field type conflict');
  expect(await count(h, 'gauges.power')).toBe(398);
  expect(h.log.said.filter(({ message }) => message.includes('refused points'))).toHaveLength(1);
});

test('a batch in which very many points are refused is not searched for ever, and their number is still right', async () => {
  const h = await house();
  await influxd.ask(`CREATE DATABASE ${h.database} WITH DURATION 90d NAME raw`);
  const at = Date.now() - hourMs;
  await influxd.write(h.database, `gauges,device=other tension="not a number" ${at}000000`);
  h.series.write(Array.from({ length: 1000 }, (_, i) => sample(at + i, i, i % 4 === 0 ? 'tension' : 'power')));
  await h.series.flush();
  const shipping = h.ship();
  await caughtUp(shipping);
  expect(shipping.status().rejected).toBe(250);
  expect(await count(h, 'gauges.power')).toBe(750);
});

test('a database that is dropped is made again', async () => {
  const h = await house();
  const at = Date.now() - hourMs;
  const shipping = h.ship();
  await caughtUp(shipping);
  await influxd.ask(`DROP DATABASE ${h.database}`);
  h.series.write([sample(at, 7)]);
  await until('the sample arrives all the same', async () => (await count(h, 'gauges.tension').catch(() => 0)) === 1);
  expect(await influxd.ask(`SHOW RETENTION POLICIES ON ${h.database}`)).toHaveLength(3);
});

/** A server that is no InfluxDB, for the answers a real one gives too rarely. */
async function answering(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each([
  [401, '{"error":"authorization failed"}', /refuses the log-in/],
  [503, 'busy', /did not take the data/],
  [400, '{"error":"something new"}', /something new/],
  [204, '', /did not take the data/],
])('an answer %i makes it wait with a sentence, and nothing is set aside', async (status, body, why) => {
  const h = await house();
  h.series.write([sample(Date.now(), 1)]);
  await h.series.flush();
  const url = await answering((request, response) => {
    request.resume();
    response.writeHead(status).end(body);
  });
  const shipping = h.ship(url);
  await until('it says why', () => why.test(shipping.status().why?.en ?? ''));
  expect(shipping.status()).toMatchObject({ rejected: 0, behind: 1 });
  expect(shipping.status().why?.en).toContain(url);
});

test('an answer that begins and never ends is broken off, and stopping does not wait for it', async () => {
  const h = await house();
  const url = await answering((request, response) => {
    request.resume();
    response.writeHead(200).write('{');
  });
  const shipping = h.ship(url);
  await until('it says why', () => /did not answer/.test(shipping.status().why?.en ?? ''), 25_000);
  await shipping.stop();
});
