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
const SENT_SHARE = 0.98;
const BACKLOG_LIMIT_MS = 30_000;

interface Held {
  readonly rate: number;
  readonly played: Played | undefined;
  /** Until InfluxDB had everything, ms. */
  readonly shippedMs: number;
}

function isHeld(played: Played): boolean {
  const whole = played.acked === played.sent && played.events === played.sent && played.duplicates === 0;
  return whole && played.drainedMs <= DRAINED_MS && played.rate >= played.asked * SENT_SHARE;
}

/** Waits until nothing is left to write to InfluxDB; NaN when it takes too long. */
async function shipped({ side }: Stage): Promise<number> {
  const began = clock();
  while ((await side.backlog?.()) !== 0) {
    if (clock() - began > BACKLOG_LIMIT_MS) return Number.NaN;
    await delay(100);
  }
  return clock() - began;
}

async function highest(stage: Stage, seconds: number): Promise<Held> {
  let reached = -1;
  for (const [index, rate] of RATES.entries()) {
    const fits = isHeld(await stage.play(rate, PROBE_SECONDS));
    await shipped(stage);
    if (!fits) break;
    reached = index;
  }
  for (let index = reached; index >= 0; index--) {
    const played = await stage.play(RATES[index]!, seconds);
    const shippedMs = await shipped(stage);
    if (isHeld(played) && Number.isFinite(shippedMs)) return { rate: RATES[index]!, played, shippedMs };
  }
  return { rate: Number.NaN, played: undefined, shippedMs: Number.NaN };
}

/** `stages`: the floor first, the gateway second where there is one; each writing to InfluxDB. */
export async function held(stages: readonly Stage[], seconds: number): Promise<string> {
  const found: Held[] = [];
  for (const stage of stages) found.push(await highest(stage, seconds));
  const base = found[0]!.rate;
  const rows = found.map(({ rate, played, shippedMs }, index) => [
    stages[index]!.side.name,
    figure(rate),
    figure(played?.age.p50 ?? Number.NaN),
    figure(played?.age.p99 ?? Number.NaN),
    `${figure((played?.cpu ?? Number.NaN) * 100)} %`,
    played ? String(played.sent - played.events) : '–',
    figure(shippedMs),
    index === 0 ? '' : times(rate, base),
  ]);
  const head = ['', 'events/s', 'p50 ms', 'p99 ms', 'cpu', 'lost', 'InfluxDB done after ms', 'factor'];
  return table(
    `Highest rate held for ${seconds} s with InfluxDB writing (steps ${RATES.map(figure).join(' ')})`,
    head,
    rows,
  );
}
