/** What InfluxDB must never be given, what it refuses, and servers that answer badly: one bad point never costs its neighbours. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { untranslated, type Words } from '../../src/words/words.ts';
import { until } from '../patience.ts';
import { type Influxd, startInfluxd } from '../peers/influxd.ts';
import { caughtUp, count, hourMs, sample, shipper } from './shipper.ts';

let influxd: Influxd;
beforeAll(async () => {
  influxd = await startInfluxd();
});
afterAll(() => influxd.stop());

test('nothing a device sends becomes a line, a tag or a field of its own', async () => {
  const h = await shipper();
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
    nasty.map((text, i) => ({ seq: i + 1, at, kind: 'linked', device: text, up: false, why: untranslated(text) })),
  );
  await h.series.flush();
  const shipping = h.ship(influxd.url);
  await caughtUp(shipping);
  expect(shipping.status()).toMatchObject({ rejected: 0, behind: 0 });
  const names = (await influxd.ask('SHOW MEASUREMENTS', h.database)).map(({ name }) => name);
  expect(new Set(names)).toEqual(new Set(['events', 'gauges', 'journal', 'texts']));
  const keys = (await influxd.ask('SHOW TAG KEYS FROM gauges', h.database)).map(({ tagKey }) => tagKey);
  expect(new Set(keys)).toEqual(new Set(['device', 'school']));
  const rows = await influxd.ask('SELECT * FROM raw.events', h.database);
  expect(rows.map(({ json }) => (JSON.parse(String(json)) as { why: Words }).why.zh)).toEqual(nasty);
  const words = (await influxd.ask('SELECT words FROM raw.texts', h.database)).map((row) => row.words);
  expect(words).toEqual(nasty.map((text) => text.replace("\\'", "'")));
});

test('points the server refuses are named and set aside, and their neighbours arrive', async () => {
  const h = await shipper();
  await influxd.ask(`CREATE DATABASE ${h.database} WITH DURATION 90d NAME raw`);
  const at = Date.now() - hourMs;
  await influxd.write(h.database, `gauges,device=other tension="not a number" ${at}000000`);
  const samples = Array.from({ length: 400 }, (_, i) => sample(at + i, i, i === 50 || i === 333 ? 'tension' : 'power'));
  h.series.write(samples);
  await h.series.flush();
  const shipping = h.ship(influxd.url);
  await caughtUp(shipping);
  const { rejected, refused: aside } = shipping.status();
  expect(rejected).toBe(2);
  expect(aside.map(({ line }) => JSON.parse(line!) as unknown)).toEqual([
    expect.objectContaining({ fields: { tension: 50 } }),
    expect.objectContaining({ fields: { tension: 333 } }),
  ]);
  expect(aside[0]?.why).toContain('field type conflict');
  expect(await count(influxd, h, 'gauges.power')).toBe(398);
  expect(h.log.said.filter(({ message }) => message.includes('refused points'))).toHaveLength(1);
});

test('a batch in which very many points are refused is not searched for ever, and their number is still right', async () => {
  const h = await shipper();
  await influxd.ask(`CREATE DATABASE ${h.database} WITH DURATION 90d NAME raw`);
  const at = Date.now() - hourMs;
  await influxd.write(h.database, `gauges,device=other tension="not a number" ${at}000000`);
  h.series.write(Array.from({ length: 1000 }, (_, i) => sample(at + i, i, i % 4 === 0 ? 'tension' : 'power')));
  await h.series.flush();
  const shipping = h.ship(influxd.url);
  await caughtUp(shipping);
  expect(shipping.status().rejected).toBe(250);
  expect(await count(influxd, h, 'gauges.power')).toBe(750);
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
  [401, '{"error":"authorization failed"}', /asks for a log-in and the configuration has no user/],
  [503, 'busy', /did not take the data/],
  [400, '{"error":"something new"}', /something new/],
  [204, '', /did not take the data/],
])('an answer %i makes it wait with a sentence, and nothing is set aside', async (status, body, why) => {
  const h = await shipper();
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
  const h = await shipper();
  const url = await answering((request, response) => {
    request.resume();
    response.writeHead(200).write('{');
  });
  const shipping = h.ship(url);
  await until('it says why', () => /did not answer/.test(shipping.status().why?.en ?? ''));
  await shipping.stop();
});
