/** The series on a real file: what was measured comes back, and the buffer has an end. */
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Sample, Value } from '../../src/core/types.ts';
import { openSeries } from '../../src/store/series/series.ts';
import { StoreError } from '../../src/store/store-types.ts';
import { until } from '../patience.ts';
import { dataFolder, listeningLog, startOfTime } from './place.ts';

const sample = (i: number, value: Value = i + 0.5, point = 'tension'): Sample => ({
  device: `fence-${i % 2}`,
  point,
  value,
  at: startOfTime + i * 1000,
});
const all = { device: 'fence-0', point: 'tension', from: 0, to: Number.MAX_SAFE_INTEGER };

test('samples come back as they were written, by time and by cursor, also after opening again', async () => {
  const dir = await dataFolder();
  const samples = [
    ...Array.from({ length: 20 }, (_, i) => sample(i)),
    sample(20, true, 'flag'),
    sample(22, false, 'flag'),
    sample(24, '1', 'text'),
    sample(26, 1, 'text'),
  ];
  const first = await openSeries({ dir, log: listeningLog() });
  expect(first.write(samples)).toBe(0);
  await first.close();

  const series = await openSeries({ dir, log: listeningLog() });
  onTestFinished(() => series.close());
  expect(await series.query(all)).toEqual(samples.filter((s) => s.device === 'fence-0' && s.point === 'tension'));
  expect((await series.query({ ...all, point: 'flag' })).map(({ value }) => value)).toEqual([true, false]);
  expect((await series.query({ ...all, point: 'text' })).map(({ value }) => value)).toEqual(['1', 1]);
  expect(await series.query({ ...all, from: startOfTime + 4000, to: startOfTime + 6000 })).toEqual([
    samples[4],
    samples[6],
  ]);
  expect(await series.query({ ...all, limit: 2 })).toEqual([samples[16], samples[18]]);
  expect(await series.query({ ...all, device: 'unknown' })).toEqual([]);

  const page = await series.read(0, 15);
  expect(page.samples).toEqual(samples.slice(0, 15));
  const rest = await series.read(page.cursor, 15);
  expect(rest.samples).toEqual(samples.slice(15));
  expect(await series.read(rest.cursor, 15)).toEqual({ samples: [], cursor: rest.cursor, missed: 0 });
});

test('samples reach the file without being asked to', async () => {
  const series = await openSeries({ dir: await dataFolder(), log: listeningLog() });
  onTestFinished(() => series.close());
  series.write([sample(0)]);
  await until('the sample is in the file', async () => (await series.read(0, 5)).samples.length === 1);
});

test('what has no room in the buffer and what is no number is refused and counted', async () => {
  const series = await openSeries({ dir: await dataFolder(), log: listeningLog() });
  expect(series.write([sample(0, Number.NaN), sample(1, Number.POSITIVE_INFINITY), sample(2)])).toBe(2);
  expect(series.write(Array.from({ length: 200_100 }, (_, i) => sample(i)))).toBe(101);
  expect(series.write([sample(1)])).toBe(1);
  await series.close();
});

test.runIf(process.getuid?.() === 0)(
  'a full disk is said once, and what waited is written when there is room',
  async () => {
    const dir = await dataFolder();
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', dir]).status).toBe(0);
    try {
      const log = listeningLog();
      const series = await openSeries({ dir, log });
      writeFileSync(`${dir}/ballast`, Buffer.alloc(1_400_000));
      series.write(Array.from({ length: 20_000 }, (_, i) => sample(i)));
      await expect(series.flush()).rejects.toBeInstanceOf(StoreError);
      expect(series.trouble()?.zh).toContain('磁盘已满');
      expect(log.said.filter(({ level }) => level === 'error')).toHaveLength(1);
      series.write([sample(20_000)]);
      rmSync(`${dir}/ballast`);
      await until('the series is written again', () => series.trouble() === undefined);
      await series.flush();
      expect(await series.query({ ...all, limit: 100_000 })).toHaveLength(10_001);
      await series.close();
    } finally {
      spawnSync('umount', [dir]);
    }
  },
);

test('a file that is no database is moved aside and a new series begun', async () => {
  const dir = await dataFolder();
  writeFileSync(join(dir, 'series.db'), 'no database at all, but long enough to be taken for one\n'.repeat(100));
  const log = listeningLog();
  const series = await openSeries({ dir, log });
  onTestFinished(() => series.close());
  expect(readdirSync(dir)).toContain('series.db.damaged-1');
  await until('a person is told', () => log.said.some(({ message }) => message.includes('moved to')));
  series.write([sample(0)]);
  await until('the sample is in the new file', async () => (await series.read(0, 5)).samples.length === 1);
});
