/**
 * A gateway on virtual time over a simulated disk: its loop is the real one, and a test says when anything is heard, when the
 * disk takes nothing, and when the machine stands still.
 */
import { Chance } from '../../simulators/virtual/chance.ts';
import { Gateway } from '../../src/app/gateway.ts';
import type { Event, Site, Words } from '../../src/core/types.ts';
import { Disk } from '../../src/simulation/sim-disk.ts';
import { SimSeries } from '../../src/simulation/sim-series.ts';
import { VirtualTime, worldOf } from '../../src/simulation/virtual-time.ts';
import { monday, school } from '../core/school.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** It has started on a Monday at local midnight, and has heard nobody yet. */
export async function virtualHouse(site: Site = school, seed = 'house') {
  const time = new VirtualTime(monday);
  const chance = new Chance(seed);
  const nothing = () => undefined;
  const disk = new Disk({ time, chance, kept: nothing, unwell: nothing, crash: nothing });
  const process = { alive: true };
  const troubles = new Map<string, Words | undefined>();
  const gateway = new Gateway(site, {
    journal: disk.open(process),
    series: new SimSeries(time).open(process),
    world: worldOf(time, chance.random, process, quiet),
    trouble: (part, why) => troubles.set(part, why),
    perform: async ({ id }) => ({ kind: 'outcome', duty: id, ok: true }),
  });
  await gateway.start('test', 'test');
  return {
    gateway,
    time,
    disk,
    troubles,
    /** Lets time pass. */
    pass: (ms: number) => time.run(time.elapsed + ms),
    /** What is on the disk. */
    kept: () => disk.lines.map((line) => JSON.parse(line) as Event),
  };
}
