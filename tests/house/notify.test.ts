/**
 * From a button in the gatehouse to a message outside, through the whole house over real sockets; and from a page that
 * painted an alarm to the fact that somebody saw it.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import dryContact from '../../devices/dry-contact-modbus.ts';
import { freePort } from '../../simulators/free-port.ts';
import { modbusSimulator } from '../../simulators/modbus/modbus.ts';
import { openApp } from '../../src/app/app.ts';
import { loadConfig } from '../../src/site/load-site.ts';
import { realWorld } from '../../src/world/world.ts';
import { eventually } from '../patience.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const operator = { name: 'wang', role: 'operator' } as const;

async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(async () => expect(await so()).toBe(true));
}

/** Takes what is posted, and answers as told. */
async function receiver() {
  const texts: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      texts.push(JSON.parse(body).text.zh);
      response.writeHead(receiving.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const receiving = { texts, status: 503, port: (server.address() as AddressInfo).port };
  return receiving;
}

test('a call for help that nobody answers leaves the house until it is taken, and no more once it is acknowledged', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-notify-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const slave = await modbusSimulator({ units: [{ unit: 1, profile: dryContact }] });
  onTestFinished(() => slave.close());
  const outside = await receiver();
  const path = join(dir, 'campus.yaml');
  await writeFile(
    path,
    `school: { name: { zh: 试验小学, en: Test }, short: 试验, timezone: "+08:00" }
map: { width: 100, height: 100 }
zones: []
server: { host: 127.0.0.1, port: ${await freePort()} }
store: { dir: data }
lines: [{ id: a, protocol: modbus-tcp, host: 127.0.0.1, port: ${slave.port}, timeoutMs: 20000 }]
devices:
  - { id: io, title: { zh: 门卫室, en: Gatehouse }, profile: dry-contact-modbus, line: a, unit: 1, zones: { fence: false, beam: false, door: false } }
channels:
  - { id: duty, title: { zh: 值班, en: Duty }, protocol: webhook, url: "http://127.0.0.1:${outside.port}/", password: "\${KEY}" }
escalation: { p1: { steps: [{ afterSec: 0, roles: [guard], channels: [duty] }], repeatMin: 1 } }
`,
  );
  const loaded = await loadConfig(path, { KEY: 'hush-hush' });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
  const { port: house, stop } = await openApp(loaded.config, {
    version: 'test',
    ui: tmpdir(),
    world: realWorld(quiet),
  });
  onTestFinished(() => stop().then(() => undefined));
  const alarms = () => house.read((state) => [...state.alarms.values()]);
  const trouble = () => house.troubles().some(({ part }) => part === 'channel:duty');

  await until(async () => (await house.read((state) => state.devices.get('io')?.up)) === true);
  slave.set(1, 'sos', true);
  await until(() => outside.texts.length > 0 && trouble());
  outside.status = 204;
  await until(async () => (await alarms())[0]?.notices[0]?.sentAt !== undefined && !trouble());
  expect(outside.texts.at(-1)).toMatch(/^【P1 紧急】门卫室 求助\n[\s\S]*还没有派人\n先做：.+\n试验小学 报警号 \d+$/);
  expect(outside.texts.length).toBeGreaterThan(1);

  const { id } = (await alarms())[0]!;
  house.displayed(
    { user: operator, kiosk: false },
    { t: 'page', page: 'console', seq: 0, displayed: [id], visible: true, sound: 'none', nodes: 1 },
  );
  await until(async () => (await alarms())[0]?.displayed.length === 1);
  expect((await alarms())[0]!.displayed).toMatchObject([{ by: 'wang', page: 'console' }]);
  await house.command(operator, { do: 'acknowledge', alarm: id });
  expect(JSON.stringify(await house.records({ table: 'events', limit: 1_000 }))).not.toContain('hush-hush');
});
