/** Samples that are forgotten here before InfluxDB came back are counted once, however often the step has to be tried. */
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { positionFor } from '../../src/store/influx/influx-follow.ts';
import { ship } from '../../src/store/influx/influx-ship.ts';
import type { ShipSource } from '../../src/store/influx/influx-source.ts';
import type { RefusedLine } from '../../src/store/influx/influx-target.ts';
import { sampleReader, sampleSchema } from '../../src/store/series/samples.ts';

test('what was forgotten while InfluxDB was away is counted once, when it is back', async () => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.exec(sampleSchema);
  db.prepare("INSERT INTO names (device, point) VALUES ('fence', 'tension')").run();
  const insert = db.prepare('INSERT INTO samples (name, at, kind, value) VALUES (1, ?, 0, 1)');
  for (let i = 1; i <= 100; i += 1) insert.run(i * 1_000);
  const position = positionFor('here', { target: 'here', samples: 10 });
  db.exec('DELETE FROM samples WHERE row <= 40');
  const source: ShipSource = {
    samples: sampleReader(db),
    events: () => [],
    minutes: () => [],
    link: () => undefined,
    oldest: () => undefined,
    newest: () => ({ samples: 100, events: 0 }),
    close: () => undefined,
  };
  let away = true;
  const told: RefusedLine[] = [];
  const step = () =>
    ship({
      source,
      position,
      batch: 50,
      tags: {},
      now: () => 200_000,
      save: () => Promise.resolve(),
      refused: (lines) => void told.push(...lines),
      target: {
        prepare: () => Promise.resolve(),
        lastHead: () => Promise.resolve(undefined),
        write: () => (away ? Promise.reject(new Error('away')) : Promise.resolve([])),
        close: () => undefined,
      },
    });
  for (let tries = 0; tries < 3; tries += 1) await expect(step()).rejects.toThrow('away');
  expect(told).toEqual([]);
  away = false;
  await step();
  await step();
  expect(told).toEqual([expect.objectContaining({ count: 30, gone: true })]);
});
