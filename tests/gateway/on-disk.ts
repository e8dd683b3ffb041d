/**
 * A gateway over real stores in a folder of its own. The disk that can be full, or slow, is the one thing made here; the
 * journal under it is real.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Gateway } from '../../src/app/gateway.ts';
import type { Duty, Event, Input, Words } from '../../src/core/types.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { openSeries } from '../../src/store/series/series.ts';
import { type Journal, StoreError } from '../../src/store/store-types.ts';
import { realWorld, type World } from '../../src/world/world.ts';
import { monday, school } from '../core/school.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export interface Disk {
  full: boolean;
  /** What it did not take last. */
  refused?: readonly Event[];
  /** Called before each commit. */
  before?: (events: readonly Event[]) => void;
  /** What a commit waits for. */
  wait?: Promise<void>;
}

/** The journal, on a disk that can be full. */
function onDisk(journal: Journal, disk: Disk): Journal {
  const why: Words = { zh: '磁盘已满', en: 'the disk is full' };
  const room = (events: readonly Event[]) => {
    if (!disk.full) return;
    disk.refused = events;
    throw new StoreError(why);
  };
  return {
    ...journal,
    append: async (events) => {
      room(events);
      disk.before?.(events);
      if (disk.wait) {
        await disk.wait;
        room(events);
      }
      await journal.append(events);
    },
  };
}

/** A gateway that has started and set its zones. */
export async function open(perform: (duty: Duty) => boolean = () => true, part: Partial<World> = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'gatehouse-gateway-'));
  const real = realWorld(quiet);
  // At whatever hour the tests run, it is an evening on which the school's plan has armed its zones.
  const shift = monday + 22 * 3_600_000 - real.now();
  const world = { ...real, now: () => real.now() + shift, ...part };
  const journal = await openJournal({ dir, log: quiet });
  const series = await openSeries({ dir, days: 1, log: quiet });
  const disk: Disk = { full: false };
  const troubles = new Map<string, Words>();
  const performed: Duty[] = [];
  const gateway = new Gateway(school, {
    journal: onDisk(journal, disk),
    series,
    world,
    trouble: (part, why) => void (why ? troubles.set(part, why) : troubles.delete(part)),
    perform: async (duty) => {
      performed.push(duty);
      const ok = perform(duty);
      const wrote =
        ok && duty.do === 'write' ? { wrote: { device: duty.device, point: duty.point, value: duty.value } } : {};
      return { kind: 'outcome', duty: duty.id, ok, ...wrote };
    },
  });
  const told: Event[][] = [];
  gateway.listen({ batch: ({ events }) => void told.push([...events]), site: () => undefined });
  await gateway.start('test', 'test');
  // The first tick sets the zones; with it behind us, nothing happens that a test did not cause.
  await gateway.offer({ kind: 'tick' });
  onTestFinished(async () => {
    disk.full = false;
    delete disk.wait;
    await gateway.stop().catch(() => undefined);
    await series.close();
    await journal.close();
    await rm(dir, { recursive: true });
  });
  return { gateway, journal, disk, troubles, performed, told };
}

export const climb = (id: string, up = true): Input => ({
  kind: 'reading',
  device: 'fence',
  values: [['climb', up]],
  id,
});

/** Waits until it is so; the test's own limit ends it otherwise. */
export async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await so())) await new Promise((resolve) => setImmediate(resolve));
}
