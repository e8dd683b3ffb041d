/**
 * Plays one piece of the matrix: attacks on a fence of one cell in an order of their own, a host that deceives, or quiet days. What
 * was said is held against what was done. The same piece always comes out the same.
 */
import { seeded } from '../../simulators/fence/random.ts';
import { attackPlays, type Outcome } from './matrix-attacks.ts';
import { playDays, type Quiet } from './matrix-days.ts';
import { playFault, type Told } from './matrix-faults.ts';
import { attackScenarios, betweenOf, type Cell, type Job, type Scenario } from './matrix-plan.ts';
import { idleMs, isAlarm, isFirst, Stage, skyOf } from './matrix-stage.ts';

/** What each algorithm made of one act. */
export interface Trial extends Outcome {
  readonly scenario: Scenario;
  readonly cell: Cell;
}

export interface Played {
  readonly id: string;
  readonly trials: readonly Trial[];
  readonly quiets: readonly Quiet[];
  readonly faults: readonly Told[];
  readonly readings: number;
}

const minuteMs = 60_000;
/** All have learned long before the first act. */
const warmMs = 10 * minuteMs;
/** Between two acts the fence is whole and quiet this long, and until what was said of the last is over, or for so long. */
const quietMs = [minuteMs, 2 * minuteMs] as const;
const calmMs = 6 * minuteMs;

export function playJob(job: Job): Played {
  const nothing = { id: job.id, trials: [], quiets: [], faults: [], readings: 0 };
  if (job.kind === 'days') {
    const { quiets, readings } = playDays(job);
    return { ...nothing, quiets, readings };
  }
  if (job.kind === 'fault') {
    const { told, readings } = playFault(job);
    return { ...nothing, faults: [told], readings };
  }
  const { trials, readings } = playAttacks(job);
  return { ...nothing, trials, readings };
}

function playAttacks({ cell, seed, only = attackScenarios }: Job & { kind: 'attacks' }) {
  const { sky, from } = skyOf(cell.weather, seed);
  const stage = new Stage(cell, 2, sky, from, seed);
  const between = betweenOf(seed ^ 0x2545f491);
  stage.until(from + warmMs, idleMs);
  const trials: Trial[] = [];
  for (const scenario of shuffled(only, seed)) {
    stage.until(stage.at + between(...quietMs), idleMs);
    for (const limit = stage.at + calmMs; stage.at < limit && stage.stands(0, isAlarm); )
      stage.step(idleMs, () => undefined);
    trials.push({ scenario, cell, ...attackPlays[scenario](stage, between) });
    stage.posts[0]!.fence.mend(stage.at);
    // Who mended says so.
    if (stage.stands(0, isFirst)) stage.confirm(0);
  }
  return { trials, readings: stage.readings };
}

function shuffled<T>(all: readonly T[], seed: number): T[] {
  const chance = seeded(seed ^ 0x6a09e667);
  const order = [...all];
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
