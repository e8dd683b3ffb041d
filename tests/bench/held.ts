/**
 * The highest rate that is held for thirty seconds with every event durable, told and written to InfluxDB.
 * Short runs find where a side gives way, and the rate below is then held for the whole time. Held means: nothing lost
 * or doubled, acknowledged within a second after the last message, and InfluxDB not falling behind.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { figure, table, times } from './figures.ts';
import { clock } from './peer.ts';
import type { Played, Stage } from './side.ts';

const RATES = [2_500, 5_000, 10_000, 15_000, 20_000, 25_000, 30_000];
const PROBE_SECONDS = 4;
const DRAINED_MS = 1_000;
/** Share of the asked rate that must really have been sent; below it the generator is what gave way. */
const SENT_SHARE = 0.95;
const SHIPPED_LIMIT_MS = 30_000;

interface Held {
  readonly rate: number;
  readonly played: Played | undefined;
  /** Until InfluxDB had everything, ms. */
  readonly shippedMs: number;
  /** What gave way at the next higher rate. */
  readonly why: string;
}

/** What gave way in a run; undefined when the rate was held. */
function gaveWay(played: Played): string | undefined {
  const { asked, rate, sent, acked, events, duplicates, drainedMs } = played;
  if (rate < asked * SENT_SHARE) return `only ${figure(rate)}/s could be sent`;
  if (acked < sent) return `${sent - acked} not acknowledged`;
  if (events < sent) return `${sent - events} not heard`;
  if (duplicates > 0) return `${duplicates} heard twice`;
  return drainedMs > DRAINED_MS ? `last acknowledged after ${figure(drainedMs)} ms` : undefined;
}

/** Waits until InfluxDB has every event sent so far; how long that took in ms, NaN when it takes too long. */
async function shipped({ side, sent }: Stage): Promise<number> {
  const began = clock();
  while ((await side.shipped!()) < sent()) {
    if (clock() - began > SHIPPED_LIMIT_MS) return Number.NaN;
    await delay(250);
  }
  return clock() - began;
}

async function highest(stage: Stage, seconds: number): Promise<Held> {
  let why = '';
  let reached = RATES.length - 1;
  for (const [index, rate] of RATES.entries()) {
    const fault = gaveWay(await stage.play(rate, PROBE_SECONDS));
    await shipped(stage);
    if (fault === undefined) continue;
    why = `${figure(rate)}: ${fault}`;
    reached = index - 1;
    break;
  }
  for (let index = reached; index >= 0; index--) {
    const rate = RATES[index]!;
    const played = await stage.play(rate, seconds);
    const shippedMs = await shipped(stage);
    const fault = gaveWay(played) ?? (Number.isFinite(shippedMs) ? undefined : 'InfluxDB fell behind');
    if (fault === undefined) return { rate, played, shippedMs, why };
    why = `${figure(rate)}: ${fault}`;
  }
  return { rate: Number.NaN, played: undefined, shippedMs: Number.NaN, why };
}

/** `stages`: the floor first, the gateway second where there is one; each writing to InfluxDB. */
export async function held(stages: readonly Stage[], seconds: number): Promise<string> {
  const found: Held[] = [];
  for (const stage of stages) found.push(await highest(stage, seconds));
  const base = found[0]!.rate;
  const rows = found.map(({ rate, played, shippedMs, why }, index) => [
    stages[index]!.side.name,
    figure(rate),
    figure(played?.age.p50 ?? Number.NaN),
    figure(played?.age.p99 ?? Number.NaN),
    `${figure((played?.cpu ?? Number.NaN) * 100)} %`,
    played ? String(played.sent - played.events) : '–',
    figure(shippedMs),
    index === 0 ? '' : times(rate, base),
    why,
  ]);
  const head = ['', 'events/s', 'p50 ms', 'p99 ms', 'cpu', 'lost', 'InfluxDB done after ms', 'factor', 'gave way at'];
  return table(
    `Highest rate held for ${seconds} s with InfluxDB writing (steps ${RATES.map(figure).join(' ')})`,
    head,
    rows,
  );
}
