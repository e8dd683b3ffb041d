/**
 * One step of shipping to InfluxDB: a batch of samples, a batch of events, and the one-minute figures of the time that is
 * complete. The figures are made here from the local series and written as points, because the continuous queries of
 * InfluxDB only look at the last minutes: what arrives after an outage would be missing from them for ever.
 */
import type { IPoint } from 'influx';
import type { Event, Time } from '../../core/types.ts';
import { eventPoint, headPoint, minutePoint, samplePoint } from './influx-points.ts';
import type { ShipSource } from './influx-source.ts';
import { type Policy, type RefusedLine, rawDays, type Target } from './influx-target.ts';

/** How far the follower has come; kept as JSON. */
export interface Position {
  /** Address and database this position is true for. */
  readonly target: string;
  samples: number;
  events: number;
  /** Minutes before this are written; 0: none yet. */
  rolled: Time;
  /** Minutes before `rolled` that got a sample later and have to be made again. */
  late: Time[];
}

export interface Shipping {
  readonly source: ShipSource;
  readonly target: Target;
  readonly position: Position;
  readonly batch: number;
  /** What every point bears: which school it is of. */
  readonly tags: Readonly<Record<string, string>>;
  now(): Time;
  save(): Promise<void>;
  refused(refused: readonly RefusedLine[]): void;
}

const minuteMs = 60_000;
/** Samples are in the file within a second of being taken; a minute is made this long after its end. */
const graceMs = 3_000;
/** Minutes made at most in one step. */
const rollMinutes = 10;
/** More late minutes than the local series has days for can only come from a broken clock. */
const lateMax = 7 * 24 * 60;

/** Ships the next pieces and keeps the position; true when there is more to do at once. */
export async function ship(shipping: Shipping): Promise<boolean> {
  const samples = await shipSamples(shipping);
  const events = await shipEvents(shipping);
  const rolled = await rollUp(shipping, samples);
  return samples !== undefined || events || rolled;
}

/** Ships one batch; returns the time of its last sample when there may be more behind it. */
async function shipSamples(shipping: Shipping): Promise<Time | undefined> {
  const { source, position, batch } = shipping;
  if (position.samples > source.newest().samples) position.samples = 0;
  const { samples, cursor, missed } = source.samples(position.samples, batch);
  // From the very first row nothing was promised to this target.
  const lost = position.samples > 0 ? missed : 0;
  if (samples.length === 0) return undefined;
  const points = samples.map(samplePoint).filter((point) => point !== undefined);
  await write(shipping, points, 'raw');
  const late = new Set(position.late);
  for (const { at } of samples) if (at < position.rolled) late.add(minuteOf(at));
  position.late = [...late].slice(-lateMax);
  position.samples = cursor;
  await shipping.save();
  // Not before: a step that fails is tried again, and would count them again.
  if (lost > 0)
    shipping.refused([{ why: 'deleted from the local series before InfluxDB came back', count: lost, gone: true }]);
  return samples.length === batch ? samples.at(-1)?.at : undefined;
}

async function shipEvents(shipping: Shipping): Promise<boolean> {
  const { source, position, batch, now } = shipping;
  if (position.events > source.newest().events) position.events = 0;
  const events = source.events(position.events, batch);
  const last = events.at(-1);
  if (!last) return false;
  // The journal is kept for ever, the raw policy is not: what it would drop at once is not sent.
  const horizon = now() - (rawDays - 1) * 24 * 60 * minuteMs;
  const told = events.filter((event) => event.at > horizon && !isCovert(event)).map(eventPoint);
  const hash = source.link(last.seq);
  if (hash !== undefined && last.at > horizon) told.push(headPoint({ seq: last.seq, hash, at: last.at }));
  await write(shipping, told, 'raw');
  position.events = last.seq;
  await shipping.save();
  return events.length === batch;
}

/** Said for heads, auditors and administrators alone; who looks at a dashboard is known to nobody. */
const isCovert = (event: Event): boolean => 'covert' in event && event.covert === true;

/** Makes minutes whose samples are all shipped; `reached` is how far shipping is when it has not caught up. */
async function rollUp(shipping: Shipping, reached: Time | undefined): Promise<boolean> {
  const { source, position, now } = shipping;
  const complete = minuteOf(Math.min(now() - graceMs, reached ?? Number.POSITIVE_INFINITY));
  if (position.rolled === 0) {
    const oldest = source.oldest();
    if (oldest === undefined) return false;
    position.rolled = minuteOf(oldest);
  }
  const late = position.late.find((minute) => minute < complete);
  if (late !== undefined) {
    await roll(shipping, late, late + minuteMs);
    position.late = position.late.filter((minute) => minute !== late);
  } else if (position.rolled < complete) {
    const to = Math.min(complete, position.rolled + rollMinutes * minuteMs);
    await roll(shipping, position.rolled, to);
    position.rolled = to;
  } else {
    return false;
  }
  await shipping.save();
  return true;
}

async function roll(shipping: Shipping, from: Time, to: Time): Promise<void> {
  await write(shipping, shipping.source.minutes(from, to).map(minutePoint), 'minute');
}

async function write(
  { target, batch, tags, refused }: Shipping,
  all: readonly IPoint[],
  policy: Policy,
): Promise<void> {
  const points = all.map((point) => ({ ...point, tags: { ...tags, ...point.tags } }));
  for (let i = 0; i < points.length; i += batch) refused(await target.write(points.slice(i, i + batch), policy));
}

const minuteOf = (at: Time): Time => Math.floor(at / minuteMs) * minuteMs;
