/**
 * The program as it is built, which is what schools run: from the start over an event and an alarm to the end and the walk of its journal, with
 * every thread from its built file. And what a person needs when it breaks: the line of the source.
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import mqtt from 'mqtt';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../simulators/free-port.ts';
import type { Event } from '../../src/core/types.ts';
import { builtDoor, builtFolder } from '../built.ts';
import { PATIENCE_MS } from '../patience.ts';
import { broker, campus, mqttFence, mqttReader, secrets, zone } from './campus.ts';
import { startGateway } from './gateway.ts';

const root = join(import.meta.dirname, '../..');

async function call(...args: string[]) {
  return spawnSync(process.execPath, args, { encoding: 'utf8', timeout: PATIENCE_MS });
}

test('the built program records, raises an alarm, answers for its history, ends in order, and its journal is whole', async () => {
  const port = await freePort();
  const yaml = campus({
    lines: [broker(port)],
    devices: [mqttFence('fence-4', 'z7'), mqttReader('reader-1')],
    zones: [zone(7)],
  });
  const gateway = await startGateway({ yaml, env: secrets, built: true });
  const line = readFileSync(`/proc/${gateway.pid}/cmdline`, 'utf8');
  expect(line).toContain('start-built.mjs');
  expect(gateway.complaint).not.toContain('running the sources');
  const cookie = await gateway.login();
  const feed = await gateway.feed(cookie);
  await feed.until('zone 7 armed', ({ state }) => state.zones.get('z7')?.mode === 'armed');
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, {
    ...{ username: 'fence-4', password: secrets.DEVICE_PASSWORD, clientId: 'fence-4' },
  });
  onTestFinished(() => client.endAsync(true));
  await client.publishAsync('gatehouse/fence-4/event', JSON.stringify({ id: 'e-1', a: { climb: true } }), { qos: 1 });
  const alarm = await feed.raised('z7/climb');
  const { rows } = await gateway.get<{ rows: Event[] }>('/api/events?kind=raised', cookie);
  expect(rows).toContainEqual(expect.objectContaining({ kind: 'raised', alarm: 'climb', seq: alarm.id }));
  expect(await gateway.stop()).toBe(0);

  const walked = await call(await builtDoor(), 'verify', '--data', gateway.dir);
  expect(walked).toMatchObject({ status: 0, stdout: expect.stringContaining('no change found in') });
});

test('what breaks in the built program is told by the line of its source', async () => {
  const breaking = `
    import fs from 'node:fs/promises';
    import { syncBuiltinESMExports } from 'node:module';
    fs.readFile = () => { throw new Error('broken on purpose'); };
    syncBuiltinESMExports();`;
  const broken = `data:text/javascript,${encodeURIComponent(breaking)}`;
  const { status, stderr } = await call('--import', broken, await builtDoor(), 'run');
  expect(status).toBe(1);
  const line = /src\/commands\/main\.ts:(\d+)/.exec(stderr)?.[1];
  const source = readFileSync(join(root, 'src/commands/main.ts'), 'utf8').split('\n');
  expect({ stderr, there: source[Number(line) - 1] }).toMatchObject({ there: expect.stringContaining('readFile(') });
  expect(stderr).not.toContain('dist/program');
});

test('what breaks in a thread of it is told by the line of its source, too', async () => {
  await builtDoor();
  // It needs a folder to write in, and gets none.
  const worker = new Worker(join(builtFolder(), 'journal-writer.js'), { workerData: {} });
  const [{ stack }] = (await once(worker, 'error')) as [Error];
  expect(stack).toMatch(/src\/store\/thread\.ts:\d+/);
  expect(stack).not.toContain('dist/program');
});
