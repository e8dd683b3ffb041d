/**
 * The house over real sockets: started, changed while it runs, stopped. Two simulated Modbus lines count their
 * connections, which is how one sees that a change touched nothing it need not.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import dryContact from '../../devices/dry-contact-modbus.ts';
import { freePort } from '../../simulators/free-port.ts';
import { type ModbusSimulator, modbusSimulator } from '../../simulators/modbus/modbus.ts';
import { openApp } from '../../src/app/app.ts';
import { missing } from '../../src/app/ledger.ts';
import { type Config, loadConfig } from '../../src/site/load-site.ts';
import { verifyJournal } from '../../src/store/journal/verify.ts';
import { realWorld } from '../../src/world/world.ts';
import { eventually } from '../patience.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

interface Wish {
  readonly lines: readonly (readonly [id: string, port: number, timeoutMs?: number])[];
  readonly port?: number;
  readonly seriesDays?: number;
  /** The database of the long-term store, where there is one; nobody listens there. */
  readonly influx?: string;
}

async function place() {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-house-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const free = await freePort();
  const nobody = await freePort();
  const config = async ({ lines, port = free, seriesDays = 14, influx }: Wish): Promise<Config> => {
    const path = join(dir, 'campus.yaml');
    await writeFile(
      path,
      `school: { name: { zh: 试验, en: Test }, short: 试验, timezone: "+08:00" }
map: { width: 100, height: 100 }
zones: []
server: { host: 127.0.0.1, port: ${port} }
store: { dir: data, seriesDays: ${seriesDays} }
${influx ? `influx: { url: "http://127.0.0.1:${nobody}", database: ${influx} }` : ''}
lines:
${lines.map(([id, at, timeout = 20_000]) => `  - { id: ${id}, protocol: modbus-tcp, host: 127.0.0.1, port: ${at}, timeoutMs: ${timeout} }`).join('\n')}
devices:
${lines.map(([id]) => `  - { id: io-${id}, title: { zh: 模块, en: Module }, profile: dry-contact-modbus, line: ${id}, unit: 1, zones: { fence: false, beam: false, door: false } }`).join('\n')}
`,
    );
    const loaded = await loadConfig(path, {});
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.errors));
    return loaded.config;
  };
  return { dir, config };
}

async function slave(): Promise<ModbusSimulator> {
  const one = await modbusSimulator({ units: [{ unit: 1, profile: dryContact }] });
  onTestFinished(() => one.close());
  return one;
}

async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  await eventually(async () => expect(await so()).toBe(true));
}

async function start(config: Config) {
  const running = await openApp(config, { version: 'test', ui: tmpdir(), world: realWorld(quiet) });
  let stopped: ReturnType<typeof running.stop> | undefined;
  const stop = () => {
    stopped ??= running.stop();
    return stopped;
  };
  onTestFinished(() => stop().then(() => undefined));
  const up = (device: string) => running.port.read((state) => state.devices.get(device)?.up);
  const alarms = () => running.port.read((state) => [...state.alarms.values()]);
  const trouble = (part: string) => running.port.troubles().find((one) => one.part === part)?.why.en;
  return { ...running, stop, up, alarms, trouble };
}

describe('a change of the configuration', () => {
  test('starts, stops and replaces the lines it speaks of, and leaves the connection of the others', async () => {
    const { config } = await place();
    const [a, b, c] = await Promise.all([slave(), slave(), slave()]);
    const house = await start(
      await config({
        lines: [
          ['a', a.port],
          ['b', b.port],
        ],
      }),
    );
    await until(async () => (await house.up('io-a')) === true && (await house.up('io-b')) === true);

    await house.reconfigure(
      await config({
        lines: [
          ['a', a.port],
          ['b', b.port, 21_000],
          ['c', c.port],
        ],
      }),
      'wang',
    );
    await until(async () => (await house.up('io-c')) === true && b.connections() === 2);
    expect(a.connections()).toBe(1);
    expect(
      house.port
        .lines()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['a', 'b', 'c']);

    await b.close();
    await until(async () => (await house.up('io-b')) === false && house.trouble('line:b') !== undefined);
    await house.reconfigure(
      await config({
        lines: [
          ['a', a.port],
          ['c', c.port],
        ],
      }),
      'wang',
    );
    expect(house.trouble('line:b')).toBeUndefined();
    const open = await house.alarms();
    expect(open.map(({ key, causes }) => [key, causes])).toEqual([['io-b/comms', []]]);
    expect([a.connections(), c.connections()]).toEqual([1, 1]);
    expect(house.port.gauges()).toMatchObject({ devices_total: 2 });
    expect(await house.port.read((state) => house.port.counts(state))).toMatchObject({ devices_up: 2 });
  });

  test('is made one after the other, however fast they are asked for, and ends as the last one says', async () => {
    const { config } = await place();
    const [a, b] = await Promise.all([slave(), slave()]);
    const first = await config({ lines: [['a', a.port]] });
    const other = await config({
      lines: [
        ['a', a.port, 21_000],
        ['b', b.port],
      ],
    });
    const last = await config({ lines: [['a', a.port, 22_000]] });
    const house = await start(first);
    await until(async () => (await house.up('io-a')) === true);
    await Promise.all([other, last, other, last].map((next) => house.reconfigure(next, 'wang')));
    expect(house.port.lines().map(({ id }) => id)).toEqual(['a']);
    await until(async () => (await house.up('io-a')) === true);
    const ledgers = await house.stop();
    expect([...ledgers].map(([id, ledger]) => [id, missing(ledger)])).toEqual([...ledgers].map(([id]) => [id, 0]));
  });

  test.each<[parts: string, before: Partial<Wish>, after: Partial<Wish>]>([
    ['server', {}, { port: 65_000 }],
    ['store', {}, { seriesDays: 3 }],
    ['influx', {}, { influx: 'gatehouse' }],
    ['influx', { influx: 'gatehouse' }, { influx: 'elsewhere' }],
    ['influx', { influx: 'gatehouse' }, {}],
    ['server, store, influx', {}, { port: 65_000, seriesDays: 3, influx: 'gatehouse' }],
  ])('of the part %s, from %j to %j, says that it needs a restart, until it is taken back', async (parts, was, is) => {
    const { config } = await place();
    const a = await slave();
    const lines: Wish['lines'] = [['a', a.port]];
    const house = await start(await config({ lines, ...was }));
    await house.reconfigure(await config({ lines, ...is }), 'wang');
    expect(house.trouble('config')).toBe(
      `The parts ${parts} of the configuration were changed and need a restart of the gateway; the rest is in force.`,
    );
    await house.reconfigure(await config({ lines, ...was }), 'wang');
    expect(house.trouble('config')).toBeUndefined();
  });
});

test('a stop keeps everything received, and a start finds it again', async () => {
  const { dir, config } = await place();
  const a = await slave();
  const site = await config({ lines: [['a', a.port]] });
  const first = await start(site);
  await until(async () => (await first.up('io-a')) === true);
  a.set(1, 'sos', true);
  await until(async () => (await first.alarms()).length === 1);
  const ledgers = await first.stop();
  expect(missing(ledgers.get('a')!)).toBe(0);
  expect(await verifyJournal(join(dir, 'data'))).toMatchObject({ ok: true });
  const again = await start(site);
  expect((await again.alarms()).map(({ key }) => key)).toEqual(['io-a/sos']);
  expect(await readFile(join(dir, 'data', 'users.json'), 'utf8')).toContain('users');
});
