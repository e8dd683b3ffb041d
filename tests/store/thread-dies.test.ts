/** Threads that die while the gateway runs, of their own or by the hand of the system: they come back, and meanwhile it is said. */
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { openJournal } from '../../src/store/journal/journal.ts';
import { openSeries } from '../../src/store/series/series.ts';
import { openSeriesLook } from '../../src/store/series/series-look.ts';
import { StoreGone } from '../../src/store/store-types.ts';
import { until } from '../patience.ts';
import { dataFolder, listeningLog, readings, startOfTime } from './place.ts';

/** The threads that begin from now on, in order. */
function threads(): Worker[] {
  const all: Worker[] = [];
  const hear = (worker: Worker) => void all.push(worker);
  process.on('worker', hear);
  onTestFinished(() => void process.off('worker', hear));
  return all;
}

test('the thread that reads the journal comes back by itself, and recording never noticed', async () => {
  const begun = threads();
  const log = listeningLog();
  const journal = await openJournal({ dir: await dataFolder(), log });
  onTestFinished(() => journal.close());
  await journal.append(readings(1, 5));
  // It begins with the first question.
  expect(await journal.read(0, 1)).toEqual(readings(1, 1));
  await begun[1]!.terminate();
  expect(await journal.read(0, 10)).toEqual(readings(1, 5));
  await journal.append(readings(6, 1));
  expect(await journal.query({ table: 'events', limit: 1 })).toMatchObject([{ seq: 6 }]);
  expect(journal.trouble()).toBeUndefined();
  expect(log.said).toMatchObject([
    { level: 'error', message: expect.stringContaining('A storage thread has stopped') },
  ]);
});

test('a question that is under way when its thread dies is refused, and the next is answered', async () => {
  const begun = threads();
  const journal = await openJournal({ dir: await dataFolder(), log: listeningLog() });
  onTestFinished(() => journal.close());
  for (let seq = 1; seq < 20_000; seq += 5_000) await journal.append(readings(seq, 5_000));
  expect(await journal.read(0, 1)).toEqual(readings(1, 1));
  const asked = journal.read(0, 20_000).then(
    () => 'answered',
    (error: unknown) => error,
  );
  await begun[1]!.terminate();
  const answer = await asked;
  if (answer !== 'answered') {
    expect(String(answer)).toContain('A storage thread has stopped');
    expect(answer).not.toBeInstanceOf(StoreGone);
  }
  expect(await journal.read(0, 2)).toEqual(readings(1, 2));
});

test('who reads samples after the end is refused, and begins no thread', async () => {
  const begun = threads();
  const dir = await dataFolder();
  const series = await openSeries({ dir, log: listeningLog() });
  await series.close();
  const look = openSeriesLook({ dir, log: listeningLog() });
  expect((await look.hours({ from: 0, to: 1 })).rows).toEqual([]);
  await look.close();
  const before = begun.length;
  const asked = look.hours({ from: 0, to: 1 });
  onTestFinished(async () => void (await asked.catch(() => undefined)));
  await expect(asked).rejects.toThrow('A storage thread has stopped');
  expect(begun).toHaveLength(before);
});

test('the thread that keeps samples comes back, knows every name, and no sample is missing', async () => {
  const begun = threads();
  const series = await openSeries({ dir: await dataFolder(), log: listeningLog() });
  onTestFinished(() => series.close());
  const sample = (point: string, at: number) => ({ device: 'fence-1', point, value: at, at: startOfTime + at });
  series.write([sample('a', 1), sample('b', 2)]);
  await series.flush();
  await begun[0]?.terminate();
  series.write([sample('b', 3), sample('c', 4)]);
  await until('the samples are kept', async () => {
    await series.flush().catch(() => undefined);
    return series.trouble() === undefined;
  });
  const of = async (point: string) =>
    (await series.query({ device: 'fence-1', point, from: 0, to: startOfTime + 9 })).map(({ value }) => value);
  expect([await of('a'), await of('b'), await of('c')]).toEqual([[1], [2, 3], [4]]);
});
