/**
 * Quiet days of the matrix: weather as it comes, animals, branches and balls, and nobody who attacks. Every alarm is a nuisance
 * and counted by what was on the fence when it began.
 */
import {
  betweenOf,
  type Cell,
  type Job,
  type Nuisance,
  nuisances,
  perDay,
  periods,
  type SkyKind,
} from './matrix-plan.ts';
import { algorithms, dayOf, idleMs, isAlarm, own, Stage } from './matrix-stage.ts';

/** What one algorithm said in so many zone-days. */
export interface Quiet {
  readonly cell: Cell;
  readonly sky: SkyKind;
  readonly by: number;
  readonly days: number;
  readonly alarms: Record<Nuisance | 'weather', number>;
  /** Hints of the gateway that are no alarm, by their word. */
  readonly hints: Record<string, number>;
}

const dayMs = 86_400_000;
const warmMs = 15 * 60_000;
const afterMs = 5_000;
const zones = 2;

export function playDays({ cell, sky: kind, days, seed }: Job & { kind: 'days' }) {
  const between = betweenOf(seed ^ 0x2545f491);
  const { sky, from } = dayOf(kind, seed);
  const periodMs = periods[Math.floor(between(0, periods.length))] ?? 250;
  // A part of a day lies anywhere in it.
  const began = from + between(0, Math.max(0, 1 - days)) * dayMs;
  const stage = new Stage({ ...cell, periodMs }, zones, sky, began, seed);
  const quiets = Array.from({ length: algorithms }, (_, by) => noQuiet(cell, kind, by, days * zones));
  const gap = (act: Nuisance) => (-Math.log(1 - between(0, 1)) * dayMs) / perDay[act];
  const due = stage.posts.map(() => nuisances.map((act) => ({ act, at: began + warmMs + gap(act) })));
  const on: { act: Nuisance; from: number; to: number }[][] = stage.posts.map(() => []);
  stage.until(began + warmMs, idleMs);
  for (const end = began + days * dayMs; stage.at < end; ) {
    for (const [zone, post] of stage.posts.entries())
      for (const next of due[zone]!) {
        if (stage.at < next.at) continue;
        const { act } = next;
        const { from, to } = post.fence.begin(act, stage.at);
        on[zone] = [...on[zone]!.filter((one) => one.to + afterMs > stage.at), { act, from, to }];
        next.at = to + gap(act);
      }
    stage.step(idleMs, ({ zone, by, what, begins }) => {
      if (!begins) return;
      const quiet = quiets[by]!;
      if (isAlarm(what)) {
        const cause = on[zone]!.find(({ from, to }) => stage.at >= from && stage.at <= to + afterMs);
        quiet.alarms[cause?.act ?? 'weather'] += 1;
      } else if (by === own) quiet.hints[what] = (quiet.hints[what] ?? 0) + 1;
    });
  }
  return { quiets, readings: stage.readings };
}

function noQuiet(cell: Cell, sky: SkyKind, by: number, days: number): Quiet {
  return { cell, sky, by, days, alarms: { cat: 0, bird: 0, branch: 0, ball: 0, weather: 0 }, hints: {} };
}
