/**
 * The benchmarks: `npm run bench -- [section …] [--quick] [--beside FOLDER]`. Prints the machine and one table a section, each figure
 * beside its floor from the same run. Everything runs on loopback in processes of its own and ends with this one.
 * `--beside`: another checkout of the gateway, run from its sources, which takes turns with this one in what is told as latency.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Influxd, startInfluxd } from '../peers/influxd.ts';
import { age } from './age.ts';
import { besideReport } from './beside-report.ts';
import { fanout, SCREENS } from './fanout.ts';
import { gate } from './gate.ts';
import { held } from './held.ts';
import { kitchenScreen } from './kitchen-screen.ts';
import { latency } from './latency.ts';
import { liveVideo } from './live-video.ts';
import type { Sender } from './load-mqtt.ts';
import { machine } from './machine.ts';
import { memory } from './memory.ts';
import { modbus } from './modbus.ts';
import { movingPicture } from './moving-picture.ts';
import { pixel } from './pixel.ts';
import { pixelFlood } from './pixel-flood.ts';
import { proof } from './proof.ts';
import { reconnect } from './reconnect.ts';
import { recovery } from './recovery.ts';
import { replay } from './replay.ts';
import { floor, type Side, type Stage, senders, stage } from './side.ts';
import { slowBoard } from './slow-board.ts';
import { telling } from './telling.ts';

const CROWD = 50;
// Beside the program and not under /tmp, which is memory on many machines and makes every commit look free.
const data = fileURLToPath(new URL('../../data/', import.meta.url));
const words = process.argv.slice(2);
const quick = words.includes('--quick');
const floorOnly = words.includes('--floor');
const beside = words.includes('--beside') ? words[words.indexOf('--beside') + 1] : undefined;
const wanted = words.filter((word) => !word.startsWith('--') && word !== beside);

type Open = (crowd: readonly Sender[], influx?: Influxd) => Promise<Side>;

/** The floor, and the gateway unless only the floor is asked for. */
function sides(dir: string): Open[] {
  const low: Open = (crowd, influx) => floor(dir, crowd, influx);
  const own: Open = (crowd, influx) => gate({ dir, senders: crowd, built: true, ...(influx ? { influx } : {}) });
  return floorOnly ? [low] : [low, own];
}

/** The same, the floor's harder sibling, and the gateway of another checkout. */
function allSides(dir: string): Open[] {
  const hard: Open = (crowd) => floor(dir, crowd, undefined, true);
  const other: Open = async (crowd) => ({
    ...(await gate({ dir, senders: crowd, door: resolve(beside!, 'src/commands/start.mjs') })),
    name: 'gatehouse, the other checkout',
  });
  const [low, ...own] = sides(dir) as [Open, ...Open[]];
  return [low, hard, ...(beside === undefined ? [] : [other]), ...own];
}

/** Brings every side up with its senders and screens, measures, and takes all down again. */
async function staged(
  opens: readonly Open[],
  sockets: number,
  measure: (stages: readonly Stage[]) => Promise<string>,
  influx?: Influxd,
) {
  const stages: Stage[] = [];
  try {
    for (const open of opens) stages.push(await stage(await open(senders(CROWD), influx), sockets));
    return await measure(stages);
  } finally {
    for (const one of stages) {
      await one.stop();
      await one.side.stop();
    }
  }
}

const sections: Record<string, (dir: string) => Promise<string>> = {
  latency: (dir) => staged(allSides(dir), 1, (stages) => latency(stages, quick ? 1 : 5, quick ? 2 : 4)),
  async held(dir) {
    const influx = await startInfluxd();
    try {
      return await staged(sides(dir), 1, (stages) => held(stages, quick ? 5 : 30), influx);
    } finally {
      await influx.stop();
    }
  },
  fanout: (dir) => staged(allSides(dir), SCREENS, (stages) => fanout(stages, quick ? 1 : 5, quick ? 2 : 4)),
  modbus: (dir) => modbus(dir, quick ? 2 : 5, quick ? 10 : 40, !floorOnly),
  pixel: async (dir) => (await pixel(dir, quick ? 100 : 1_000)) + (await pixelFlood(dir, quick ? 0.2 : 1)),
  replay: (dir) => replay(dir, quick ? 100_000 : 1_000_000),
  proof: (dir) => proof(dir, quick ? 100_000 : 1_000_000),
  age: (dir) => age(dir, quick ? 200_000 : 10_000_000),
  telling: (dir) => telling(dir, quick ? 20 : 100),
  reconnect: (dir) => reconnect(dir, quick ? 6 : 20),
  recovery: () => recovery(quick ? 3 : 12),
  video: (dir) => liveVideo(dir, quick ? 5 : 15),
  moving: (dir) => movingPicture(dir, quick ? 12 : 30),
  board: (dir) => slowBoard(dir, quick ? 10 : 60),
  report: (dir) => besideReport(dir, quick ? 2 : 5, quick ? 5 : 10),
  kitchen: (dir) => kitchenScreen(dir, quick ? 3 : 30),
  memory: (dir) => memory(sides(dir), quick),
};

async function main(): Promise<number> {
  const unknown = wanted.filter((name) => sections[name] === undefined);
  if (unknown.length > 0) {
    process.stderr.write(`unknown section ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}\n`);
    return 64;
  }
  mkdirSync(data, { recursive: true });
  const dir = mkdtempSync(`${data}bench-`);
  try {
    process.stdout.write(`${machine(dir)}\n`);
    for (const [name, section] of Object.entries(sections)) {
      if (wanted.length === 0 || wanted.includes(name)) process.stdout.write(await section(dir));
    }
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

// Interrupted, it still takes its processes with it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
process.exit(await main());
