/**
 * InfluxDB after a night: whatever befell it, the network or the gateway meanwhile, every sample and every fact that belongs
 * there stands in it once, as it is on the shelf and in the journal, and nothing else does. Worked out again from these two.
 */
import type { Event, Sample, Time, Words } from '../../core/types.ts';
import {
  covertInInflux,
  factTooMany,
  factWrong,
  minuteTooMany,
  minuteWrong,
  pointTooMany,
  refusedUntold,
  sampleMissing,
} from '../../words/check-words.ts';
import { promises } from '../../words/night-words.ts';
import { untranslated } from '../../words/words.ts';
import type { Points } from '../sim-influx.ts';
import { checker, type Desk } from './check.ts';
import type { Evidence } from './evidence.ts';

/** What is younger may be on its way: a step, a dawdling answer, the longest pause between two tries and their time-outs. */
const wayMs = 90_000;
/** A backlog of hours is gone in this time. */
const drainMs = 300_000;
const minuteMs = 60_000;
/** A minute is made some seconds after its end. */
const graceMs = 15_000;

const measurements = { number: 'gauges', boolean: 'flags', string: 'texts' } as const;

/** The name a sample's point has in InfluxDB. */
function pointOf({ device, value, at }: Sample): string {
  return `${measurements[typeof value as keyof typeof measurements]},device=${device} ${at}000000`;
}

/** Until when everything must be there; undefined when InfluxDB, or the gateway, was not well for long enough. */
function settledAt({ endedAt, stores }: Evidence): Time | undefined {
  const { wellSince } = stores.influx;
  return wellSince === undefined || endedAt - wellSince < drainMs ? undefined : endedAt - wayMs;
}

const unsaid = untranslated('');

/** Tests something that is looked at very often; the sentence is made only when it is needed. */
function test(desk: Desk, holds: boolean, at: Time, words: () => Words): void {
  desk.test(holds, at, holds ? unsaid : words());
}

export const influxHasSamples = checker(() => {
  const sizes: { at: Time; count: number }[] = [];
  let told = 0;
  return {
    name: 'influx-has-samples',
    title: promises.influxHasSamples,
    see(seen, { evidence }) {
      if (seen.what === 'moment') sizes.push({ at: seen.at, count: evidence.stores.shelf.samples.length });
      else if (seen.what === 'refused') told += seen.count;
    },
    end(desk) {
      const { stores, endedAt } = desk.evidence;
      const until = settledAt(desk.evidence);
      if (until === undefined) return;
      const due = sizes.findLast(({ at }) => at <= until)?.count ?? 0;
      const { refused, points } = stores.influx;
      // Of several samples of one point and moment the last one stays.
      const wanted = new Map<string, Map<string, Sample>>();
      const young = new Set(stores.shelf.samples.slice(due));
      for (const sample of stores.shelf.samples) {
        const point = pointOf(sample);
        const fields = wanted.get(point);
        if (fields) fields.set(sample.point, sample);
        else wanted.set(point, new Map([[sample.point, sample]]));
      }
      for (const [point, fields] of wanted) {
        const there = points.raw.get(point);
        for (const [field, sample] of fields) {
          if (young.has(sample) || (refused.size > 0 && refused.has(`${point} ${field}`))) continue;
          test(desk, there?.[field] === sample.value, sample.at, () => sampleMissing(sample.device, field));
        }
      }
      for (const [point, values] of points.raw) {
        if (point.startsWith('events,') || point.startsWith('journal,')) continue;
        const own = Object.keys(values).every((field) => wanted.get(point)?.has(field));
        test(desk, own, endedAt, () => pointTooMany(point));
      }
      const { size } = refused;
      test(desk, told >= size, endedAt, () => refusedUntold(size, told));
    },
  };
});

/** The facts in InfluxDB by their number, as often as they stand there. */
function factsIn(raw: Points): Map<unknown, { readonly point: string; readonly json: unknown }[]> {
  const found = new Map<unknown, { readonly point: string; readonly json: unknown }[]>();
  for (const [point, { seq, json }] of raw) {
    if (point.startsWith('events,')) found.set(seq, [...(found.get(seq) ?? []), { point, json }]);
  }
  return found;
}

export const influxHasFacts = checker(() => ({
  name: 'influx-has-facts',
  title: promises.influxHasFacts,
  end(desk) {
    const { stores, kept, endedAt } = desk.evidence;
    const until = settledAt(desk.evidence);
    if (until === undefined) return;
    const facts = factsIn(stores.influx.points.raw);
    for (const { event, at } of kept) {
      const { seq, kind } = event;
      const found = facts.get(seq) ?? [];
      if (isCovert(event)) test(desk, found.length === 0, at, () => covertInInflux(seq));
      else if (at <= until)
        test(desk, found.length === 1 && isFact(found[0]!, stores.disk.lines[seq - 1]!), at, () =>
          factWrong(seq, kind, found.length),
        );
    }
    test(
      desk,
      [...facts.keys()].every((seq) => Number(seq) <= kept.length),
      endedAt,
      () => factTooMany,
    );
  },
}));

const isCovert = (event: Event): boolean => 'covert' in event && event.covert === true;

/** The whole fact, at its time and under its kind. */
function isFact({ point, json }: { point: string; json: unknown }, line: string): boolean {
  const { kind, at } = JSON.parse(line) as Event;
  const same = JSON.stringify(JSON.parse(String(json))) === line;
  return same && point.includes(`kind=${kind}`) && point.split(' ').at(-1)!.startsWith(String(at));
}

interface Figures {
  sum: number;
  min: number;
  max: number;
  count: number;
}

export const influxHasMinutes = checker(() => ({
  name: 'influx-has-minutes',
  title: promises.influxHasMinutes,
  end(desk) {
    const { stores, endedWall } = desk.evidence;
    if (settledAt(desk.evidence) === undefined) return;
    const complete = endedWall - wayMs - minuteMs - graceMs;
    const wanted = new Map<string, Map<string, Figures>>();
    for (const { device, point, value, at } of stores.shelf.samples) {
      const minute = Math.floor(at / minuteMs) * minuteMs;
      if (typeof value !== 'number' || minute > complete) continue;
      const name = `gauges,device=${device} ${minute}000000`;
      const of = wanted.get(name) ?? new Map<string, Figures>();
      wanted.set(name, of);
      const { sum, min, max, count } = of.get(point) ?? { sum: 0, min: value, max: value, count: 0 };
      of.set(point, { sum: sum + value, min: Math.min(min, value), max: Math.max(max, value), count: count + 1 });
    }
    for (const [name, points] of wanted) {
      const told = stores.influx.points.minute.get(name) ?? {};
      const at = Number(name.split(' ').at(-1)!.slice(0, -6));
      for (const [point, figures] of points)
        test(desk, areFigures(told, point, figures), at, () => minuteWrong(name, point));
      const own = Object.keys(told).every((field) => points.has(field.replace(/_(mean|min|max|count)$/, '')));
      test(desk, own, at, () => minuteTooMany(name));
    }
  },
}));

function areFigures(
  told: Readonly<Record<string, unknown>>,
  point: string,
  { sum, min, max, count }: Figures,
): boolean {
  const mean = Number(told[`${point}_mean`]);
  if (!(Math.abs(mean - sum / count) <= 1e-9 * Math.max(1, Math.abs(mean)))) return false;
  return told[`${point}_min`] === min && told[`${point}_max`] === max && told[`${point}_count`] === count;
}
