/**
 * Looking at stored samples on a real file: curves that lose no peak, and the detector over a stored week saying what it said
 * when the same readings came in.
 */
import { expect, onTestFinished, test } from 'vitest';
import { emptySenses, sense } from '../../src/core/fence/signal.ts';
import { defaultLimits } from '../../src/core/fence/signal-types.ts';
import type { Played, RehearsalQuery } from '../../src/core/report/rehearsal.ts';
import type { Sample } from '../../src/core/types.ts';
import { openSeries } from '../../src/store/series/series.ts';
import { openSeriesLook, rehearseSeries } from '../../src/store/series/series-look.ts';
import { dataFolder, listeningLog, startOfTime } from './place.ts';

const minuteMs = 60_000;
const points = ['w1', 'w2', 'w3', 'w4'] as const;
const wires = points.map((point) => ({ device: 'fence', point }));
const never = new AbortController().signal;
const idle = () => undefined;

/** Tension of a wire after so many ms, N: at rest with a little noise, pulled for five seconds at some minutes. */
function tension(wire: number, ms: number, pulls: readonly number[]): number {
  const pulled = wire === 1 && pulls.some((minute) => ms >= minute * minuteMs && ms < minute * minuteMs + 5_000);
  return 150 + wire + Math.sin(ms / 1_700 + wire) * 0.2 + (pulled ? 12 : 0);
}

/** A series of some minutes at four readings a second, each stored when it moved by the deadband, or once a minute. */
async function stored({
  minutes,
  pulls,
  deadband = 0,
}: {
  minutes: number;
  pulls: readonly number[];
  deadband?: number;
}) {
  const dir = await dataFolder();
  const log = listeningLog();
  const series = await openSeries({ dir, days: 30, log });
  onTestFinished(() => series.close());
  const last = new Map<string, Sample>();
  for (let minute = 0; minute < minutes; minute++) {
    const samples: Sample[] = [];
    for (let ms = minute * minuteMs; ms < (minute + 1) * minuteMs; ms += 250) {
      for (const [wire, point] of points.entries()) {
        const sample = { device: 'fence', point, value: tension(wire, ms, pulls), at: startOfTime + ms };
        const known = last.get(point);
        const same = known && Math.abs(Number(known.value) - sample.value) < deadband;
        if (same && sample.at - known.at < minuteMs) continue;
        last.set(point, sample);
        samples.push(sample);
      }
    }
    expect(series.write(samples)).toBe(0);
    await series.flush();
  }
  const look = openSeriesLook({ dir, log });
  onTestFinished(() => look.close());
  return { dir, series, look };
}

const query = (minutes: number, more: Partial<RehearsalQuery> = {}): RehearsalQuery => ({
  wires,
  from: startOfTime,
  to: startOfTime + minutes * minuteMs,
  now: defaultLimits,
  would: defaultLimits,
  past: { alarms: [], spans: [] },
  ...more,
});

const summary = ({ episodes }: Played) =>
  episodes.map(({ from, signs, wires: told }) => [Math.round((from - startOfTime) / 1_000), signs, told]);

test('says of stored readings what the detector said as they came in', async () => {
  const pulls = [12, 16, 20];
  const senses = emptySenses();
  const live: number[] = [];
  for (let ms = 0; ms < 24 * minuteMs; ms += 250) {
    const values = points.map((_, wire) => tension(wire, ms, pulls));
    for (const finding of sense(senses, { id: 'z1', limits: defaultLimits }, values, startOfTime + ms))
      if (finding.kind === 'detection' && finding.active && finding.detection === 'pull')
        live.push(Math.round((ms - (finding.sinceMs ?? 0)) / 1_000));
  }
  expect(live).toEqual(pulls.map((minute) => minute * 60));
  const { dir } = await stored({ minutes: 24, pulls });
  const played = await rehearseSeries(dir, query(24), idle, never);
  expect(summary(played)).toEqual(live.toReversed().map((second) => [second, ['pull'], [1]]));
  expect(played).toMatchObject({ now: 3, would: 3, samples: 24 * 240 * 4 });
});

test('finds the same pulls in a thinned series, and none with limits that are wide enough', async () => {
  const { dir } = await stored({ minutes: 24, pulls: [12, 20], deadband: 1 });
  const wide = { ...defaultLimits, upN: 20, patientN: 25 };
  const past = {
    alarms: [
      { id: 7, kind: 'pull', raisedAt: startOfTime + 12 * minuteMs, lastAt: startOfTime + 12 * minuteMs, reason: 'A1' },
    ],
    spans: [],
  } as const;
  const told: number[] = [];
  const played = await rehearseSeries(
    dir,
    query(24, { would: wide, past }),
    (done, total) => told.push(done / total),
    never,
  );
  expect(played).toMatchObject({
    was: 1,
    now: 2,
    would: 0,
    confirmed: 1,
    missed: [{ id: 7 }],
    missedNow: 0,
    unknownMs: 0,
  });
  expect(played.samples).toBeLessThan(1_000);
  expect(told).toEqual([0.5, 1]);
});

test('says for how long it had nothing to go by, and begins within the time asked about', async () => {
  const { dir } = await stored({ minutes: 25, pulls: [8, 20] });
  const from = startOfTime + 15 * minuteMs;
  const played = await rehearseSeries(dir, query(40, { from }), idle, never);
  expect(summary(played)).toEqual([[20 * 60, ['pull'], [1]]]);
  expect(Math.round(played.unknownMs / 1_000)).toBe(15 * 60 - 150);
  const nothing = { device: 'fence', point: 'unknown' };
  const none = await rehearseSeries(dir, query(40, { wires: [nothing] }), idle, never);
  expect(none).toMatchObject({ samples: 0, would: 0, unknownMs: 40 * minuteMs - 150_000 });
});

test('is given up when nobody waits for it any more', async () => {
  const { dir } = await stored({ minutes: 5, pulls: [] });
  const gone = new AbortController();
  const played = rehearseSeries(dir, query(60 * 24 * 7), () => gone.abort(), gone.signal);
  await expect(played).rejects.toThrow('given up');
  await expect(rehearseSeries(dir, query(5), idle, AbortSignal.abort())).rejects.toThrow('given up');
});

test('draws each wire with its peaks and the base it was held against', async () => {
  const { look } = await stored({ minutes: 20, pulls: [16] });
  const grid = { from: startOfTime + 10 * minuteMs, to: startOfTime + 20 * minuteMs, columns: 20 };
  const { wires: drawn, bases } = await look.curves({ ...grid, wires, limits: defaultLimits });
  expect(drawn.map((columns) => columns.length)).toEqual([21, 21, 21, 21]);
  expect(drawn.map((columns) => Math.round(Math.max(...columns.map((column) => column[3]))))).toEqual([
    150, 163, 152, 153,
  ]);
  for (const [wire, columns] of bases.entries())
    for (const column of columns) expect(Math.abs(column[4] - 150 - wire)).toBeLessThan(1);
  expect(bases.every((columns) => columns.length >= 20)).toBe(true);
  const nobody = await look.curves({ ...grid, wires: [{ device: 'x', point: 'y' }], limits: defaultLimits });
  expect(nobody).toEqual({ wires: [[]], bases: [[]] });
});
