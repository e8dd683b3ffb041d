/**
 * The last canary as pages show it: each part of its way with how long it took, and where it broke. Pages ask it; it decides nothing.
 */
import { canaryHop } from '../tell/canary.ts';
import type { CanaryFailure, CanaryHop, CanaryRun, ReadOnly, Site, Time } from '../types.ts';

/** passed: it came through. gave-way: alarms had messages to send. */
export type CanaryPhase = 'running' | 'passed' | 'failed' | 'gave-way';

/** A canary and its way. */
export interface ShownCanary {
  readonly at: Time;
  readonly by?: string;
  readonly channel?: string;
  readonly phase: CanaryPhase;
  /** The parts that are behind it, in their order, ms each. */
  readonly hops: readonly { readonly hop: CanaryHop; readonly ms: number }[];
  readonly failed?: CanaryFailure;
  /** That it failed was told by another channel. */
  readonly told?: true;
}

/** How the last one came on. */
export function shownCanary(site: Site, run: ReadOnly<CanaryRun>): ShownCanary {
  const { at, by, channel, heardAt, sentAt, takenAt, backAt, failed, gaveWayAt, toldAt } = run;
  const ends = [
    ['wire', heardAt],
    ['chain', sentAt],
    ['channel', takenAt],
    ['back', backAt],
  ] as const;
  const hops: { hop: CanaryHop; ms: number }[] = [];
  let since = at;
  for (const [hop, end] of ends) {
    if (end === undefined) break;
    hops.push({ hop, ms: end - since });
    since = end;
  }
  const under = canaryHop(site, run) === undefined ? 'passed' : 'running';
  const phase: CanaryPhase = failed ? 'failed' : gaveWayAt === undefined ? under : 'gave-way';
  return {
    ...{ at, phase, hops },
    ...(by !== undefined && { by }),
    ...(channel !== undefined && { channel }),
    ...(failed && { failed }),
    ...(toldAt !== undefined && { told: true }),
  };
}
