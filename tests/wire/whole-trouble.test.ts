/**
 * The errors a person meets: each is one sentence that names the thing and the remedy, in the log and in the health view,
 * and what is not concerned keeps working. Real causes on a whole gateway; the full disk has a file of its own.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { get } from 'node:https';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import { broker, campus, tensionHost as host, modbusLine, mqttFence, pages, secrets, zone } from './campus.ts';
import { startGateway } from './gateway.ts';
import { mosquittoPub } from './mosquitto.ts';
import { tautFence } from './taut-fence.ts';

/** Somebody else's program on a port. */
async function taken(): Promise<{ port: number; release(): Promise<void> }> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const release = () => new Promise<void>((resolve) => server.close(() => resolve()));
  onTestFinished(release);
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : 0, release };
}

function climb(port: number, id: string) {
  const topic = 'gatehouse/fence-4/event';
  const message = JSON.stringify({ id, a: { climb: true } });
  return mosquittoPub({ port, user: 'fence-4', password: secrets.DEVICE_PASSWORD, topic, message });
}

const mqttSchool = (port: number, more = {}) =>
  campus({ lines: [broker(port)], devices: [mqttFence('fence-4', 'z7')], zones: [zone(7)], more });

test('with the port of the pages taken the gateway records all the same, says so, and serves when the port is free', async () => {
  const other = await taken();
  const port = await freePort();
  const env = { ...secrets, GATEWAY_PORT: String(other.port) };
  const gateway = await startGateway({ yaml: mqttSchool(port), env, unserved: true });
  const { msg } = await gateway.said('server: Port');
  expect(msg).toMatch(/Port 127\.0\.0\.1:\d+ is taken; stop what uses it or choose another port/);
  await gateway.said('MQTT broker listens');
  expect((await climb(port, 'in-the-dark')).code).toBe(0);

  await other.release();
  await gateway.said('pages at');
  const feed = await gateway.feed(await gateway.login());
  await feed.raised('z7/climb');
});

test('with the MQTT port taken the other lines work, the health view names the port, and devices come in when it is free', async () => {
  const other = await taken();
  const fence = await tautFence();
  const yaml = campus({
    lines: [broker(other.port), modbusLine(fence.port)],
    devices: [mqttFence('fence-4', 'z7'), host('fence-1', 1, 'z1', false)],
    zones: [zone(1), zone(7)],
  });
  const gateway = await startGateway({ yaml, env: secrets });
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  const why = await feed.trouble('line:broker');
  expect(why).toMatch(/MQTT port \d+ on 127\.0\.0\.1 is taken by another program; stop it or set another port/);
  expect((await gateway.health(cookie)).troubles.map((trouble) => trouble.why.en)).toContain(why);
  fence.set(1, 'a_pull', true);
  await feed.raised('z1/pull');

  await other.release();
  await gateway.said('MQTT broker listens');
  await feed.until(
    'no trouble of the broker left',
    ({ beat }) => !beat?.troubles.some(({ part }) => part === 'line:broker'),
  );
  expect((await gateway.health(cookie)).lines.find(({ id }) => id === 'broker')).toMatchObject({ up: true });
  expect((await climb(other.port, 'late')).code).toBe(0);
  await feed.raised('z7/climb');
});

/** What was said but for what a configuration is warned of, which begins with its place. */
const beyondWarnings = (said: string) =>
  said
    .trim()
    .split('\n')
    .filter((line) => !/campus\.yaml/.test(line));

test('a second gateway on the same data ends with one sentence that names the first', async () => {
  const first = await startGateway({ yaml: mqttSchool(await freePort()), env: secrets });
  const env = { ...secrets, GATEWAY_STORE: first.dir };
  const second = await startGateway({ yaml: mqttSchool(await freePort()), env, unserved: true });
  expect(await second.ended).toBe(1);
  expect(beyondWarnings(second.complaint)).toHaveLength(1);
  expect(second.complaint).toContain(`Another gateway (process ${first.pid}) is using the data folder ${first.dir}`);
  expect(await first.stop()).toBe(0);
});

test('an empty journal beside a folder that knows of events is not begun anew without a word, and with a person’s word that is a fact', async () => {
  const yaml = mqttSchool(await freePort());
  const first = await startGateway({ yaml, env: secrets });
  expect(await first.stop()).toBe(0);
  rmSync(join(first.dir, 'journal.db'));
  await expect(first.restart()).rejects.toThrow(
    /ended with 1 .*\n.*journal is empty, and .* knows of event \d+.* --accept-journal/s,
  );
  expect(existsSync(join(first.dir, 'users.json'))).toBe(true);

  const env = { ...secrets, GATEWAY_STORE: first.dir };
  const accepted = await startGateway({ yaml, env, args: ['--accept-journal'] });
  const cookie = await accepted.login();
  const { rows } = await accepted.get<{ rows: unknown[] }>('/api/events?kind=journal-gap', cookie);
  expect(rows).toMatchObject([{ how: 'empty', head: 0, accepted: true }]);
  expect((await accepted.health(cookie)).troubles.map(({ part }) => part)).not.toContain('journal-gap');
});

test('a journal put back from an old copy starts, and says on every screen and in the journal what it lacks', async () => {
  const gateway = await startGateway({ yaml: mqttSchool(await freePort()), env: secrets });
  expect(await gateway.stop()).toBe(0);
  const copy = join(gateway.dir, 'copy.db');
  copyFileSync(join(gateway.dir, 'journal.db'), copy);
  await gateway.restart();
  expect(await gateway.stop()).toBe(0);
  copyFileSync(copy, join(gateway.dir, 'journal.db'));
  await gateway.restart();
  const cookie = await gateway.login();
  const { troubles } = await gateway.health(cookie);
  expect(troubles.find(({ part }) => part === 'journal-gap')?.why.en).toMatch(
    /its end was cut off, or an older copy was put back/,
  );
  const { rows } = await gateway.get<{ rows: unknown[] }>('/api/events?kind=journal-gap', cookie);
  expect(rows).toMatchObject([{ how: 'behind', place: 'head-file', accepted: false }]);

  // As long as nobody says that it is right, no start forgets it.
  expect(await gateway.stop()).toBe(0);
  await gateway.restart();
  const again = await gateway.health(await gateway.login());
  expect(again.troubles.map(({ part }) => part)).toContain('journal-gap');
});

test('a data folder that cannot be made ends the start with one sentence that names it', async () => {
  const file = join(import.meta.dirname, 'gateway.ts');
  const env = { ...secrets, GATEWAY_STORE: file };
  const gateway = await startGateway({ yaml: mqttSchool(await freePort()), env, unserved: true });
  expect(await gateway.ended).toBe(1);
  expect(beyondWarnings(gateway.complaint)).toHaveLength(1);
  expect(gateway.complaint).toMatch(/gateway\.ts.* cannot be opened\. Check that its folder exists/);
});

test('a wrong configuration starts nothing, ends with 78 and says every error at once with its place', async () => {
  const yaml = [
    'school: { name: { zh: 校, en: School }, short: 校, timezone: "+25:00" }',
    'map: { width: 100, height: 100 }',
    'server: { host: 127.0.0.1, port: 99999 }',
    'store: { dir: data }',
    'lines: [{ id: bus, protocol: modbus-tpc, host: 127.0.0.1, port: 502 }]',
    'devices: [{ id: f1, title: { zh: 主机, en: Host }, profile: tension-host, line: buss, unit: 1 }]',
    'zones: []',
  ].join('\n');
  const gateway = await startGateway({ yaml, unserved: true });
  expect(await gateway.ended).toBe(78);
  const places = gateway.complaint.match(/campus\.yaml:\d+:\d+/g)?.map((place) => place.split(':')[1]);
  expect(new Set(places)).toEqual(new Set(['1', '3', '5', '6']));
  expect(gateway.complaint).toMatch(/\d+ error\(s\) in .*nothing was started or changed/);
  expect(existsSync(join(gateway.dir, 'journal.db'))).toBe(false);
});

/** Over TLS, whoever signed it. */
function secureStatus(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asking = get(`${url}/healthz`, { rejectUnauthorized: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asking.on('error', reject);
  });
}

test('an unreadable certificate is named while recording goes on, and the pages come up encrypted once it can be read', async () => {
  const port = await freePort();
  const tls = { key: 'data/own.key', cert: 'data/own.crt' };
  const server = pages({ tls });
  const gateway = await startGateway({ yaml: mqttSchool(port, { server }), env: secrets, unserved: true });
  const { msg } = await gateway.said('server: The TLS certificate');
  expect(msg).toMatch(/key .*data\/own\.key cannot be read \(ENOENT\); check its path/);
  await gateway.said('MQTT broker listens');
  expect((await climb(port, 'recorded')).code).toBe(0);

  const files = ['-keyout', join(gateway.dir, 'own.key'), '-out', join(gateway.dir, 'own.crt')];
  const subject = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  execFileSync('openssl', ['req', '-x509', ...subject, ...files], { stdio: 'ignore' });
  await gateway.said('pages at https://');
  expect(await secureStatus(gateway.url.replace('http:', 'https:'))).toBe(200);
});

test('an InfluxDB that refuses is a trouble with a remedy and disturbs nothing', async () => {
  const port = await freePort();
  const influx = { url: `http://127.0.0.1:${await freePort()}`, database: 'gatehouse' };
  const gateway = await startGateway({ yaml: mqttSchool(port, { influx }), env: secrets });
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  await feed.until('zone 7 armed', ({ state }) => state.zones.get('z7')?.mode === 'armed');
  expect((await climb(port, 'all-the-same')).code).toBe(0);
  await feed.raised('z7/climb');
  const why = await feed.trouble('influx');
  expect(why).toContain('InfluxDB');
  expect(why).toContain(influx.url);
  await gateway.said('influx: ');
  expect((await gateway.health(cookie)).troubles.map(({ part }) => part)).toContain('influx');
});
