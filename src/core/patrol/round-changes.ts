/**
 * What was changed of a round as it stands after the events drafted so far, and the course it has by that. It must never decide
 * whether a change is allowed: that is the act's.
 */
import type { Draft } from '../draft.ts';
import { RoundCourse } from '../round/round-course.ts';
import { gatewayName } from '../site/armed-plan.ts';
import type { Event, Round, RoundChange, Route } from '../types.ts';

/** A change as State keeps it. */
export const changeOf = ({ how, by, at, ...event }: Extract<Event, { kind: 'round-changed' }>): RoundChange => {
  const { reason, minutes, person, of, review } = event;
  return {
    ...{ how, by, at },
    ...(reason !== undefined && { reason }),
    ...(minutes !== undefined && { minutes }),
    ...(person !== undefined && { person }),
    ...(of !== undefined && { of }),
    ...(review && { review }),
  };
};

/** What was changed of a round so far. */
export function changesOf(draft: Draft, round: string): readonly RoundChange[] {
  const known = draft.state.changedRounds.get(round)?.changes ?? [];
  const drafted = draft.events.flatMap((event) =>
    event.kind === 'round-changed' && event.round === round ? [changeOf(event)] : [],
  );
  return drafted.length === 0 ? known : [...known, ...drafted];
}

/** How a round stands with all that was changed. */
export const courseOf = (
  draft: Draft,
  route: Route,
  round: Pick<Round, 'id' | 'start' | 'person' | 'second'>,
): RoundCourse => new RoundCourse(route, round, changesOf(draft, round.id));

/** On every tick: a pause that is as long as it may be is over, and that is said. */
export function keepPauses(draft: Draft): void {
  for (const [id, { route: name, start, changes }] of draft.state.changedRounds) {
    const route = draft.site.routes[name];
    if (!route || draft.state.rounds.get(id)?.counts || !changes.some(({ how }) => how === 'paused')) continue;
    const course = new RoundCourse(route, { start }, changes);
    const last = course.pauses[course.pauses.length - 1];
    if (course.cancelled || !last?.open || draft.at < last.to) continue;
    draft.add({ kind: 'round-changed', round: id, route: name, start, how: 'resumed', by: gatewayName });
  }
}
