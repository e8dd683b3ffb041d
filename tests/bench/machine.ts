/**
 * What a figure was measured on: processor, cores, Node, and how long the disk takes to promise that bytes will stay.
 * Without it no figure means anything, because the durable ones follow the disk.
 */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { Durations, figure, type Spread } from './figures.ts';
import { clock } from './peer.ts';

const WRITES = 200;

/** Times of a write of 4 KiB followed by fdatasync, ms. */
export function diskSpread(dir: string): Spread {
  const file = openSync(join(dir, 'fsync'), 'w');
  const block = Buffer.alloc(4096, 1);
  const spread = new Durations();
  for (let i = 0; i < WRITES; i++) {
    const began = clock();
    writeSync(file, block, 0, block.length, i * block.length);
    fdatasyncSync(file);
    spread.add(clock() - began);
  }
  closeSync(file);
  return spread.summary();
}

export function machine(dir: string): string {
  const disk = diskSpread(dir);
  const model = cpus()[0]?.model ?? 'unknown processor';
  return [
    `machine: ${model}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB`,
    `node ${process.version}, ${process.platform}-${process.arch}; load before the start ${figure(loadavg()[0]!)}`,
    `disk: write of 4 KiB + fdatasync p50 ${figure(disk.p50)} ms, p99 ${figure(disk.p99)} ms`,
  ].join('\n');
}
