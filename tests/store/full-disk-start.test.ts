/** Starting on a disk that is full to the last byte: what is kept can be read, what comes waits, and the sentence names the right file. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { StateSnapshots } from '../../src/app/record/snapshot-keeping.ts';
import type { Event, Words } from '../../src/core/types.ts';
import { Checkpoints, schoolLog } from '../../src/store/checkpoint-keeping.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { openSeries } from '../../src/store/series/series.ts';
import { realWorld } from '../../src/world/world.ts';
import { dataFolder, listeningLog, readings, startOfTime } from './place.ts';

const root = process.getuid?.() === 0;

/** A small disk of its own; `fill` leaves no byte, `free` gives back what was filled. */
async function smallDisk(size = '4m') {
  const dir = await dataFolder();
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', dir]).status).toBe(0);
  onTestFinished(() => void spawnSync('umount', ['-l', dir]));
  const ballast = `${dir}/ballast`;
  const fill = () => {
    for (const size of [65_536, 4_096, 1]) {
      try {
        for (;;) appendFileSync(ballast, Buffer.alloc(size));
      } catch (error) {
        expect(error).toMatchObject({ code: 'ENOSPC' });
      }
    }
  };
  return { dir, fill, free: () => rmSync(ballast) };
}

async function replayed(journal: Awaited<ReturnType<typeof openJournal>>): Promise<Event[]> {
  const events: Event[] = [];
  await journal.replay((event) => events.push(event));
  return events;
}

test.runIf(root)(
  'the journal is read, what comes is refused with the sentence for a full disk, and is kept once there is room',
  async () => {
    const { dir, fill, free } = await smallDisk();
    const before = await openJournal({ dir, log: listeningLog() });
    await before.append(readings(1, 200));
    await before.close();
    fill();

    const journal = await openJournal({ dir, log: listeningLog() });
    onTestFinished(() => journal.close());
    expect(journal.head().seq).toBe(200);
    expect(await replayed(journal)).toEqual(readings(1, 200));
    await expect(journal.append(readings(201, 1))).rejects.toThrow(/The disk is full: .*journal\.db cannot be written/);
    await expect(openJournal({ dir, log: listeningLog() })).rejects.toThrow(
      /Another gateway .* is using the data folder/,
    );

    free();
    await journal.append(readings(201, 1));
    expect(await journal.read(199, 10)).toEqual(readings(200, 2));
  },
);

test.runIf(root)('a gateway begins from its snapshot there, too, and says that it can keep no other', async () => {
  const { dir, fill } = await smallDisk('32m');
  const log = await schoolLog(dir, 'school');
  const troubles = new Map<string, Words>();
  const open = async () => {
    const journal = await openJournal({ dir, log: listeningLog() });
    const world = realWorld(listeningLog());
    const trouble = (part: string, why: Words | undefined) =>
      void (why ? troubles.set(part, why) : troubles.delete(part));
    const site = () => ({ utcOffsetMin: 480 });
    const checkpoints = await Checkpoints.open({ dir, journal, world, witnesses: [], trouble, site }, log);
    return { journal, checkpoints, snapshots: new StateSnapshots({ dir, journal, log, world, trouble }) };
  };
  const before = await open();
  await before.journal.append(readings(1, 10_000));
  await before.checkpoints.publish();
  await before.snapshots.keepLast(before.checkpoints.newest());
  await before.journal.append(readings(10_001, 10_000));
  await before.checkpoints.publish();
  await before.journal.close();
  fill();

  const { journal, snapshots } = await open();
  onTestFinished(() => journal.close());
  expect((await snapshots.begin())?.seq).toBe(20_000);
  await snapshots.keepLast(before.checkpoints.newest());
  expect(troubles.get('snapshot-keeping')?.en).toMatch(/could not be kept/);
});

test.runIf(root)(
  'a folder that was never used gives the sentence for a full disk and names the file that lacks room',
  async () => {
    const { dir, fill } = await smallDisk();
    fill();
    await expect(openJournal({ dir, log: listeningLog() })).rejects.toThrow(/The disk is full: .*journal\.db cannot/);
  },
);

test.runIf(root)('samples wait for room and are kept then', async () => {
  const { dir, fill, free } = await smallDisk();
  await (await openSeries({ dir, log: listeningLog() })).close();
  fill();
  const series = await openSeries({ dir, log: listeningLog() });
  onTestFinished(() => series.close());
  series.write([{ device: 'fence-1', point: 'tension', value: 120, at: startOfTime }]);
  await expect(series.flush()).rejects.toThrow(/The disk is full: .*series\.db/);
  expect(series.trouble()?.zh).toContain('磁盘已满');
  free();
  await series.flush();
  const kept = await series.query({ device: 'fence-1', point: 'tension', from: 0, to: startOfTime });
  expect(kept).toHaveLength(1);
});
