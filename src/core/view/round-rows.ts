/**
 * The rounds of a day as a screen shows them: their cells, the strip of those nearest, the tally of the day, and the largest gap. Pure
 * queries; it must never hold words or pixels.
 */
import { RoundCourse } from '../round/round-course.ts';
import { legsOf, type RoundLeg } from '../round/round-legs.ts';
import { localDay } from '../site/calendar.ts';
import { roundId, roundsOn } from '../site/round-plan.ts';
import { arrivedVerdicts, attendedVerdicts, missedVerdicts } from '../site/verdict-sets.ts';
import type { Checkpoint, CheckpointCheck, Round, Route, Site, State, Time } from '../types.ts';
export interface Cell {
  readonly checkpoint: Checkpoint;
  readonly plan: Time;
  readonly check?: CheckpointCheck;
  /** Not judged yet, and not due any more: its round is cancelled. */
  readonly calledOff?: true;
}
/** One round of today, opened or still to come; or of an earlier day and being walked over midnight. */
export interface RoundRow {
  readonly id: string;
  /** It began on an earlier day, whose figures it belongs to. */
  readonly earlier: boolean;
  readonly route: Route;
  readonly start: Time;
  /** Who walks now, or will from its start on. */
  readonly person?: string;
  readonly second?: string;
  /** How it stands with all that was changed. */
  readonly course: RoundCourse;
  readonly phase: 'ahead' | 'open' | 'over';
  /** Nobody can reach a point any more, and the baton may still tell who did. */
  readonly provisional: boolean;
  readonly cells: readonly Cell[];
  /** Checkpoints reached in time, early or late. */
  readonly reached: number;
  readonly missed: number;
  /** It was broken off: the point from which on nobody came. */
  readonly brokenAt?: string;
  /** Legs that took longer than the plan allows. */
  readonly longLegs: readonly RoundLeg[];
  /** Plan of the next checkpoint nobody has reached. */
  readonly next?: Time;
}

type RowPlan = Pick<RoundRow, 'route' | 'start' | 'earlier' | 'person' | 'second'>;
/** What people changed of rounds, by the id of the round. */
export type ChangedRounds = State['changedRounds'];

/** A planned round, with what became of it where it was opened. */
export function roundRow(
  planned: RowPlan,
  round: Round | undefined,
  id: string,
  at: Time,
  changed: ChangedRounds,
): RoundRow {
  const { route, start, earlier } = planned;
  const course = new RoundCourse(route, round ?? planned, changed.get(id)?.changes);
  const cells = route.checkpoints.map((checkpoint): Cell => {
    const check = round?.checks[checkpoint.id];
    const calledOff = !check && course.isCancelled(checkpoint) ? { calledOff: true as const } : {};
    return { checkpoint, plan: course.plan(checkpoint, at), ...(check ? { check } : {}), ...calledOff };
  });
  const open = !round?.counts && !course.cancelled;
  const next = open ? cells.find((c) => !c.check)?.plan : undefined;
  return {
    ...{ id, earlier, route, start, course },
    ...course.peopleAt(Math.max(at, start)),
    phase: round?.counts ? 'over' : round || start <= at ? 'open' : 'ahead',
    cells,
    provisional: open && route.uploadBy !== undefined && at > course.last,
    reached: cells.filter((c) => c.check && arrivedVerdicts.has(c.check.verdict)).length,
    missed: cells.filter((c) => c.check && missedVerdicts.has(c.check.verdict)).length,
    longLegs: legsOf(course, (point) => round?.checks[point]).filter(({ overMs }) => overMs > 0),
    ...(round?.brokenAt !== undefined && { brokenAt: round.brokenAt }),
    ...(next === undefined ? {} : { next }),
  };
}

/** How long a round that was walked over midnight is shown after its last checkpoint was due: until whoever comes in the morning has seen how the night ended. Ours. */
const shownAfterMs = 8 * 3_600_000;

/** Whether a round of an earlier day is still being walked, or was just now. */
function overMidnight(route: Route, { start, counts }: Round, at: Time): boolean {
  const lastDue = start + Math.max(0, ...route.checkpoints.map(({ afterMs }) => afterMs));
  return !counts || at < lastDue + shownAfterMs;
}

/**
 * Rounds of the school's day that holds `at`, opened ones from `rounds`, planned ones from the routes, and those of an earlier
 * day that somebody is still walking; by start.
 */
export function roundsToday(
  site: Site,
  rounds: ReadonlyMap<string, Round>,
  at: Time,
  changed: ChangedRounds = new Map(),
): RoundRow[] {
  const day = localDay(at, site.utcOffsetMin);
  const rows: RoundRow[] = [];
  const opened = new Set<string>();
  for (const round of rounds.values()) {
    const route = site.routes[round.route];
    const began = localDay(round.start, site.utcOffsetMin);
    if (!route || began > day || (began < day && !overMidnight(route, round, at))) continue;
    opened.add(`${route.id} ${round.start}`);
    rows.push(roundRow({ route, start: round.start, earlier: began < day }, round, round.id, at, changed));
  }
  for (const route of Object.values(site.routes)) {
    for (const planned of roundsOn(site, route, day)) {
      if (opened.has(`${route.id} ${planned.start}`)) continue;
      const id = roundId(route.id, planned.start, site.utcOffsetMin);
      rows.push(roundRow({ ...planned, route, earlier: false }, undefined, id, at, changed));
    }
  }
  return rows.sort((a, b) => a.start - b.start || (a.route.id < b.route.id ? -1 : 1));
}

/** One row per route for the strip of the wall: the open round, else the next one today, else the last; open ones first. */
export function strip(rows: readonly RoundRow[]): RoundRow[] {
  const rank = { open: 0, ahead: 1, over: 2 } as const;
  const best = new Map<string, RoundRow>();
  for (const row of rows) {
    const had = best.get(row.route.id);
    const closer = !had || rank[row.phase] < rank[had.phase] || (row.phase === 'over' && had.phase === 'over');
    if (closer) best.set(row.route.id, row);
  }
  return [...best.values()].sort((a, b) => rank[a.phase] - rank[b.phase] || a.start - b.start);
}

export interface PatrolTally {
  /** Rounds whose every checkpoint was reached. */
  readonly complete: number;
  readonly target: number;
  /** Checkpoints judged so far today. */
  readonly judged: number;
  readonly reached: number;
  readonly onTime: number;
}

/** The day's patrol in figures, of the rounds that began in it. Arrival rate is reached / judged, punctuality onTime / judged. */
export function patrolTally(site: Site, all: readonly RoundRow[]): PatrolTally {
  const rows = all.filter(({ earlier }) => !earlier);
  let judged = 0;
  let onTime = 0;
  let reached = 0;
  for (const row of rows) {
    judged += row.cells.filter((c) => c.check && c.check.verdict !== 'cancelled').length;
    reached += row.reached;
    onTime += row.cells.filter((c) => c.check?.verdict === 'on-time').length;
  }
  const complete = rows.filter((r) => r.phase === 'over' && r.missed === 0 && r.reached === r.cells.length).length;
  return { complete, target: site.roundsPerDay, judged, reached, onTime };
}

/** A time in which nobody walked. */
export interface PatrolGap {
  readonly from: Time;
  readonly to: Time;
}

/**
 * The longest time in which nobody walked, from the last point reached in one round to the first of the next: counted from the
 * beginning of the day, or of the journal (`from`), and up to now (`at`), as the report counts it.
 */
export function largestGap(rows: readonly RoundRow[], from: Time, at: Time): PatrolGap | undefined {
  const walks = rows
    .map(({ cells }) =>
      cells.flatMap(({ check }) =>
        check?.sourceTime !== undefined && attendedVerdicts.has(check.verdict) ? [check.sourceTime] : [],
      ),
    )
    .filter((times) => times.length > 0)
    .map((times) => ({ from: Math.min(...times), to: Math.max(...times) }))
    .sort((a, b) => a.from - b.from);
  let walked = from;
  let widest: PatrolGap | undefined;
  // Two may walk at once: a gap begins when the last of them has ended.
  for (const next of [...walks, { from: at, to: at }]) {
    if (next.from > walked && next.from - walked > (widest ? widest.to - widest.from : 0))
      widest = { from: walked, to: next.from };
    walked = Math.max(walked, next.to);
  }
  return widest;
}
