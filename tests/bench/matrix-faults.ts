/**
 * Hosts that deceive, in the matrix: one of three zones of a side freezes, plays back what was, or loses its supply, by day
 * under sun and cloud. What is told of it and when, and what its healthy neighbours were made to say meanwhile.
 */
import type { HostFault } from '../../simulators/fence/fence-host.ts';
import { betweenOf, type Cell, type FaultScenario, type Job } from './matrix-plan.ts';
import { dayOf, idleMs, isAlarm, isFirst, own, Stage } from './matrix-stage.ts';

export interface Told {
  readonly scenario: FaultScenario;
  readonly cell: Cell;
  /** Until the gateway said anything of that zone that names a fault, ms; NaN: never. */
  readonly tookMs: number;
  /** Alarms of a break-in the gateway raised meanwhile: at the zone itself, and at its two healthy neighbours. */
  readonly ownAlarms: number;
  readonly neighbourAlarms: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const warmMs = 20 * minuteMs;
/** How long each is watched; a replay needs its tape before. */
const watchMs = {
  'frozen host': 30 * minuteMs,
  'frozen host, its whole side': 60 * minuteMs,
  'replayed host': 24 * hourMs,
  'supply drops': 5 * minuteMs,
} as const;
/** Nothing that happens to a zone by itself: what is said of the weather of a side is no word of a fault. */
const noFault = new Set(['weather', 'climb', 'pull', 'drift']);

export function playFault({ cell, scenario, seed }: Job & { kind: 'fault' }) {
  const between = betweenOf(seed ^ 0x2545f491);
  const { sky, from } = dayOf((['winter', 'spring', 'summer', 'autumn'] as const)[Math.floor(between(0, 4))]!, seed);
  const began = from + between(8, 12) * hourMs;
  const stage = new Stage(cell, 3, sky, began, seed);
  const { host } = stage.posts[0]!;
  const lengthMs = Math.exp(between(Math.log(10 * minuteMs), Math.log(6 * hourMs)));
  const start = began + warmMs + (scenario === 'replayed host' ? lengthMs : 0);
  const fault = faultOf(scenario, start, lengthMs, between(0, 1) < 0.5 ? 0 : between(0.5, 2));
  // One host often has a whole side, and then no neighbour moves while it stands still.
  for (const one of scenario === 'frozen host, its whole side' ? stage.posts : [{ host }]) one.host.fail(fault);
  stage.until(start, idleMs);
  let tookMs = Number.NaN;
  let [ownAlarms, neighbourAlarms] = [0, 0];
  // A replay takes a day; the gateway's own pace is enough there.
  const step = scenario === 'replayed host' ? 1_000 : idleMs;
  stage.until(start + watchMs[scenario], step, ({ by, zone, what, begins }) => {
    if (by !== own || !begins) return;
    if (zone === 0 && Number.isNaN(tookMs) && !noFault.has(what)) tookMs = stage.at - start;
    if (zone === 0 && isFirst(what)) ownAlarms += 1;
    if (zone !== 0 && isAlarm(what)) neighbourAlarms += 1;
  });
  return { told: { scenario, cell, tookMs, ownAlarms, neighbourAlarms }, readings: stage.readings };
}

function faultOf(scenario: FaultScenario, from: number, lengthMs: number, noiseN: number): HostFault {
  const to = Number.POSITIVE_INFINITY;
  if (scenario.startsWith('frozen host')) return { kind: 'frozen', from, to };
  if (scenario === 'replayed host') return { kind: 'replay', from, to, lengthMs, noiseN };
  return { kind: 'supply', from, to, share: 0.6 + noiseN / 10, fallMs: lengthMs / 60 };
}
