/** What the series forgets: its days, at no clock's pace, and the oldest where the file or the disk has no room for more. */
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { sampleSchema } from '../../src/store/series/samples.ts';
import { forgetter, type RetentionParts } from '../../src/store/series/series-retention.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.parse('2026-03-02T08:00:00Z');

/** A series of one wire that keeps three days; `at`: the machine's clock, `elapsed`: the time that passed. */
function series(parts: Omit<RetentionParts, 'now' | 'elapsed'> = {}) {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.exec(sampleSchema);
  const insert = db.prepare('INSERT INTO samples (name, at, kind, value) VALUES (1, ?, 0, 1)');
  const clock = { at: start, elapsed: 0 };
  const forget = forgetter(db, 3 * day, '/', {
    tight: () => false,
    now: () => clock.at,
    elapsed: () => clock.elapsed,
    ...parts,
  });
  return {
    clock,
    write(at: number) {
      insert.run(at);
      forget(Float64Array.of(at));
    },
    wait(ms: number) {
      clock.at += ms;
      clock.elapsed += ms;
    },
    all: () => db.prepare<[], number>('SELECT at FROM samples ORDER BY row').pluck().all(),
  };
}

/** So many hours, a sample each. */
function fill(one: ReturnType<typeof series>, hours: number): void {
  for (let i = 0; i < hours; i += 1) {
    one.write(one.clock.at);
    one.wait(hour);
  }
}

test('what is older than its days goes', () => {
  const one = series();
  fill(one, 5 * 24);
  expect(one.all()[0]).toBeGreaterThanOrEqual(one.clock.at - 3 * day - 2 * hour);
  expect(one.all()).toHaveLength(3 * 24 + 1);
});

test('a sample from days ahead empties nothing, nor does a clock that is years ahead', () => {
  const one = series();
  fill(one, 48);
  one.write(one.clock.at + 20 * day);
  expect(one.all()).toHaveLength(49);
  one.clock.at += 3_650 * day;
  one.write(one.clock.at);
  one.wait(hour);
  one.write(one.clock.at);
  // An hour passed: no more than some hours are gone.
  expect(one.all().filter((at) => at < start + 48 * hour).length).toBeGreaterThanOrEqual(42);
});

test('after a week without power what is over goes, in its time', () => {
  const one = series();
  fill(one, 24);
  one.clock.at += 7 * day;
  fill(one, 48);
  expect(one.all()[0]).toBeGreaterThan(start + 6 * day);
});

test('when the file has no room for more the oldest go, whatever their age', () => {
  const one = series({ bytes: 0 });
  for (let i = 0; i < 10; i += 1) one.write(start + i);
  one.wait(10_000);
  one.write(start + 10_000);
  expect(one.all().length).toBeLessThan(2);
});

test('when the disk has little room left the file grows no more, and keeps what it can', () => {
  let tight = false;
  const one = series({ tight: () => tight });
  for (let i = 0; i < 10; i += 1) one.write(start + i);
  tight = true;
  one.wait(10_000);
  for (let i = 0; i < 5; i += 1) one.write(start + 10_000 + i);
  expect(one.all()).toEqual([5, 6, 7, 8, 9, 10_000, 10_001, 10_002, 10_003, 10_004].map((ms) => start + ms));
});
