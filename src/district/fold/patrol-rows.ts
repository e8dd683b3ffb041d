/** Rounds as rows, by what State says of them. It must never judge a round. */
import { roundResult } from '../../core/patrol/round-result.ts';
import { localDay } from '../../core/site/calendar.ts';
import { lookup } from '../../core/site/lookup.ts';
import { arrivedVerdicts, missedVerdicts } from '../../core/site/verdict-sets.ts';
import type { Event, Round, Site, State } from '../../core/types.ts';

const DAY_MS = 86_400_000;
/** Days since 1970-01-01 as `2026-11-30`. */
export const dayName = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/**
 * Per school and epoch the points of one day's rounds that were due by now (`judged`) and were reached on time (`on_time`), cancelled rounds
 * aside; `day` as SQL: a day's name, the bureau's own, so that yesterday's figures are not today's where a school has been silent since.
 */
export const patrolOfDay = (day: string): string =>
  `SELECT school, epoch, sum(judged)::integer AS judged, sum(on_time)::integer AS on_time
    FROM round WHERE day = ${day} AND NOT cancelled GROUP BY school, epoch`;

/** The round a line speaks of. */
export function roundIn(event: Event): string | undefined {
  switch (event.kind) {
    case 'opened':
    case 'checked':
    case 'unchecked':
    case 'completed':
    case 'round-changed':
      return event.round;
    default:
      return undefined;
  }
}

/** When a round was opened and completed, as far as the lines of this batch say. */
export interface RoundTimes {
  openedAt?: number;
  completedAt?: number;
}

const cancelled = (state: State, id: string): boolean => {
  const changes = state.changedRounds.get(id)?.changes ?? [];
  return changes.findLast(({ how }) => how === 'cancelled' || how === 'reinstated')?.how === 'cancelled';
};

/** The row of a round; undefined where State does not know it. */
export function roundRow(site: Site, state: State, id: string, times: RoundTimes) {
  const round: Round | undefined = state.rounds.get(id) ?? state.pastRounds.get(id);
  if (!round) return undefined;
  const { counts, brokenAt } = round;
  const verdicts = Object.values(round.checks).map(({ verdict }) => verdict);
  const planned = lookup(site.routes ?? {}, round.route)?.checkpoints.length ?? 0;
  const points = verdicts.filter((one) => one !== 'cancelled');
  return {
    ...{ id, route: round.route, start: round.start, day: dayName(localDay(round.start, state.utcOffsetMin)) },
    ...{ person: round.person, opened_at: times.openedAt, completed_at: times.completedAt },
    ...(counts && brokenAt !== undefined && { broken_at: times.completedAt ?? state.at }),
    ...(counts && { result: roundResult(counts, brokenAt) }),
    due: counts ? points.length : Math.max(planned, points.length),
    reached: verdicts.filter((one) => arrivedVerdicts.has(one)).length,
    on_time: verdicts.filter((one) => one === 'on-time').length,
    missed: verdicts.filter((one) => missedVerdicts.has(one)).length,
    ...{ judged: points.length, cancelled: cancelled(state, id) },
  };
}
