/**
 * How many points a second are read from twenty Modbus units of a hundred registers, and how long a changed register
 * takes to become a frame on a screen when it is polled as alarm bits are.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Durations, figure, type Spread, table, times } from './figures.ts';
import { gate } from './gate.ts';
import { dropped } from './login.ts';
import { launch, type Peer, usage } from './peer.ts';
import { POLL_MS, REGISTERS, UNITS } from './plant.ts';
import type { Side } from './side.ts';

const DOOR = fileURLToPath(new URL('./gate-door.ts', import.meta.url));
const SETTLE_MS = 2_000;
const FLIP_LIMIT_MS = 5_000;

type Reader = Pick<Side, 'name' | 'web' | 'login' | 'pid' | 'stop'>;

async function floorReader(port: number, pollMs: number): Promise<Reader> {
  const peer = await launch('./floor-modbus.ts', { port, pollMs });
  return { name: 'floor', web: String(peer.said.web), pid: peer.pid, stop: () => peer.stop() };
}

function gateReader(dir: string): (port: number, pollMs: number) => Promise<Reader> {
  return (port, pollMs) => {
    const units = Array.from({ length: UNITS }, (_, index) => index + 1);
    return gate({
      dir,
      door: DOOR,
      // The model wants a period above nothing; one millisecond is always due.
      env: { BENCH_POLL_MS: String(Math.max(pollMs, 1)) },
      lines: units.map((unit) => ({ id: `plant-${unit}`, protocol: 'modbus-tcp', host: '127.0.0.1', port })),
      devices: units.map((unit) => ({
        id: `unit-${unit}`,
        title: { zh: `unit ${unit}`, en: `unit ${unit}` },
        profile: 'bench-unit',
        line: `plant-${unit}`,
        unit,
      })),
    });
  };
}

type Open = (port: number, pollMs: number) => Promise<Reader>;

interface Speed {
  readonly points: number;
  readonly cpu: number;
  /** Readings that came and were not taken. */
  readonly lost: number;
}

/** Points a second with every unit polled as fast as it answers. */
async function speed(slave: Peer, open: Open, seconds: number): Promise<Speed> {
  const reader = await open(Number(slave.said.port), 0);
  await delay(SETTLE_MS);
  const served = await slave.ask<number>('served', undefined, 5_000);
  const { cpuMs } = usage(reader.pid);
  await delay(seconds * 1_000);
  const points = ((await slave.ask<number>('served', undefined, 5_000)) - served) / seconds;
  const cpu = (usage(reader.pid).cpuMs - cpuMs) / (seconds * 1_000);
  const lost = reader.login ? await dropped(reader.web, reader.login) : 0;
  await reader.stop();
  return { points, cpu, lost };
}

/** From a register changed to a frame that says so. */
async function flips(slave: Peer, open: Open, count: number): Promise<Spread> {
  const reader = await open(Number(slave.said.port), POLL_MS);
  const screen = await launch('./listen-ws.ts', {
    url: reader.web,
    sockets: 1,
    ...(reader.login && { login: reader.login }),
  });
  await delay(SETTLE_MS);
  const ages = new Durations();
  for (let i = 0; i < count; i++) {
    const { number, at } = await slave.ask<{ number: number; at: number }>('flip', undefined, 5_000);
    ages.add((await screen.ask<number>('flipped', { number, limitMs: FLIP_LIMIT_MS }, FLIP_LIMIT_MS * 2)) - at);
    // Out of step with the polling, so that a flip meets every moment of a period.
    await delay(Math.random() * POLL_MS);
  }
  await screen.stop();
  await reader.stop();
  return ages.summary();
}

export async function modbus(dir: string, seconds: number, count: number, withGate: boolean): Promise<string> {
  const slave = await launch('./slave.ts', {});
  const rows: string[][] = [];
  const measured = [];
  for (const open of [floorReader, ...(withGate ? [gateReader(dir)] : [])]) {
    const reading = await speed(slave, open, seconds);
    measured.push({ ...reading, spread: await flips(slave, open, count) });
  }
  await slave.stop();
  const [floor, own] = measured as [(typeof measured)[0], (typeof measured)[0] | undefined];
  const pair = (name: string, of: (side: typeof floor) => number, unit = '') =>
    rows.push([
      name,
      figure(of(floor)) + unit,
      own ? figure(of(own)) + unit : '–',
      own ? times(of(own), of(floor)) : '–',
    ]);
  pair('points/s, polled as fast as answered', (side) => side.points);
  pair('cpu while doing so', (side) => side.cpu * 100, ' %');
  rows.push(['readings dropped', '0', own ? String(own.lost) : '–', '']);
  pair(`register flip to frame, polled every ${POLL_MS} ms, p50 ms`, (side) => side.spread.p50);
  pair('… p99 ms', (side) => side.spread.p99);
  return table(
    `Modbus TCP, ${UNITS} units of ${REGISTERS} registers, a connection each`,
    ['', 'floor', 'gatehouse', 'factor'],
    rows,
  );
}
