/**
 * A follower: takes one step after the other along a log, and stands still while the other side is away.
 * What is behind its cursor waits in the log, so an outage is nothing but a cursor that does not move.
 * It must never give up, and never hurry a side that is struggling.
 */
import type { World } from '../world/world.ts';

export interface Following {
  readonly world: Pick<World, 'sleep' | 'random'>;
  readonly signal: AbortSignal;
  /** Wait after a step that found nothing to do. */
  readonly idleMs: number;
  /** Delivers what comes next and moves the cursor; true when there is more. Throws when the other side did not take it. */
  step(): Promise<boolean>;
  /** Told after every step: undefined when it went well. */
  said(failure: unknown): void;
}

const firstWaitMs = 500;
const longestWaitMs = 30_000;

/** Follows until the signal is aborted. */
export async function follow({ world, signal, idleMs, step, said }: Following): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    let waitMs = 0;
    try {
      waitMs = (await step()) ? 0 : idleMs;
      failures = 0;
      said(undefined);
    } catch (failure) {
      waitMs = backoffMs(failures, world.random());
      failures += 1;
      said(failure);
    }
    if (waitMs > 0) await rest(waitMs, world, signal);
  }
}

/** Doubles from half a second to half a minute, each time between half and all of that. `random` is in [0, 1). */
export function backoffMs(failures: number, random: number): number {
  const ceiling = Math.min(firstWaitMs * 2 ** failures, longestWaitMs);
  return ceiling * (0.5 + random / 2);
}

async function rest(ms: number, world: Following['world'], signal: AbortSignal): Promise<void> {
  try {
    await world.sleep(ms, signal);
  } catch (error) {
    // A sleep that is broken off by the stop has done its work.
    if (!signal.aborted) throw error;
  }
}
