/**
 * Memory with a hundred, a thousand and five thousand devices connected, each of which has spoken once, and what one
 * device costs. The floor holds the connections and nothing else.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { figure, table, times } from './figures.ts';
import type { Sender } from './load-mqtt.ts';
import { usage } from './peer.ts';
import { type Side, senders, stage } from './side.ts';

const SIZES = [100, 1_000, 5_000];
const RATE = 1_000;
/** For what is only needed while connecting to be let go. */
const SETTLE_MS = 2_000;

type Open = (crowd: readonly Sender[]) => Promise<Side>;

async function measured(open: Open, size: number): Promise<{ rssMB: number; lost: number }> {
  const side = await open(senders(size));
  const { play, stop } = await stage(side, 1, false);
  const played = await play(RATE, size / RATE);
  await delay(SETTLE_MS);
  const { rssMB } = usage(side.pid);
  await stop();
  await side.stop();
  return { rssMB, lost: played.sent - played.events };
}

/** `sides`: the floor first, the gateway second where there is one. */
export async function memory(sides: readonly Open[], quick: boolean): Promise<string> {
  const sizes = quick ? SIZES.slice(0, 2) : SIZES;
  const rows: string[][] = [];
  const first: number[] = [];
  for (const size of sizes) {
    const found = [];
    for (const open of sides) found.push(await measured(open, size));
    const [floor, own] = found as [(typeof found)[0], (typeof found)[0] | undefined];
    first[0] ??= floor.rssMB;
    first[1] ??= own?.rssMB ?? Number.NaN;
    const each = (rssMB: number, of: number) =>
      size === SIZES[0] ? '' : figure(((rssMB - of) * 1_024) / (size - SIZES[0]!));
    rows.push([
      figure(size),
      figure(floor.rssMB),
      each(floor.rssMB, first[0]),
      figure(own?.rssMB ?? Number.NaN),
      each(own?.rssMB ?? Number.NaN, first[1]),
      own ? String(own.lost) : '–',
      own ? times(own.rssMB, floor.rssMB) : '–',
    ]);
  }
  const head = ['devices', 'floor MB', 'floor kB a device', 'gate MB', 'gate kB a device', 'gate lost', 'factor'];
  return table('Resident memory with every device connected', head, rows);
}
