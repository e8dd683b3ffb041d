/** Rectifications and drills as rows, by what State says of them. */
import { drillTotals } from '../../core/drill/drill-view.ts';
import type { Event, State } from '../../core/types.ts';

/** The rectification a line speaks of: begun by it, or named in it. */
export function rectificationIn(event: Event): number | undefined {
  if (event.kind === 'rectification-proposed' || event.kind === 'rectification-opened') return event.seq;
  return 'rectification' in event && typeof event.rectification === 'number' && event.kind.startsWith('rectification-')
    ? event.rectification
    : undefined;
}

/** The row of a rectification; undefined where State does not know it. */
export function rectificationRow(state: State, id: number) {
  const one = state.rectifications.get(id);
  if (!one) return undefined;
  const answer = one.answers.at(-1);
  return {
    ...{ id, state: one.stage, kind: one.offence.key, place_zh: one.place.title.zh, place_en: one.place.title.en },
    ...{
      what: one.what.zh,
      opened_at: one.foundAt,
      due_at: one.due,
      taken_by: one.who?.name,
      taken_at: one.opened?.at,
    },
    answered_at: answer && !answer.returned ? answer.at : undefined,
    ...{ closed_at: one.over?.at, closed_by: one.over?.by },
  };
}

/** The drill a line speaks of. */
export function drillIn(event: Event, state: State): number | undefined {
  if (event.kind === 'drill-started') return event.seq;
  if (event.kind === 'drill-counted' || event.kind === 'drill-uncounted' || event.kind === 'drill-ended')
    return event.drill;
  // A problem that was found at a drill is told with it.
  const about = rectificationIn(event);
  const source = about === undefined ? undefined : state.rectifications.get(about)?.source;
  return source?.from === 'drill' ? source.drill : undefined;
}

/** The row of a drill; `void`: it was begun by mistake, and counts for nothing. */
export function drillRow(state: State, id: number) {
  const drill = state.drills.get(id);
  if (!drill) return undefined;
  if (drill.over?.how === 'void') return 'void';
  const { present, due } = drillTotals(drill, state.at);
  const problems = [...state.rectifications.values()]
    .filter(({ source }) => source.from === 'drill' && source.drill === id)
    .map(({ id: rectification, place, what, stage }) => ({ rectification, place: place.title, what, stage }));
  return {
    ...{ id, started_at: drill.at, started_by: drill.by, kind: drill.exercise, ended_at: drill.over?.at },
    ...{ broken_at: drill.over?.how === 'broken-off' ? drill.over.at : undefined, all_present_at: drill.allAt },
    ...{ due, present, classes: drill.classes, problems },
  };
}
