/** The part of `evolve` that folds the check lists of the kitchen. Like all of it, it holds no rules. Days are kept for five weeks. */
import type { Event, ListAnswer, ListDay, ListFact, State } from '../types.ts';
import { listKey } from './lists.ts';

const daysKept = 35;
/** Samples of a day; more than any kitchen cooks dishes. */
export const samplesMax = 60;

const kinds: Readonly<Record<ListFact['kind'], true>> = { 'list-answered': true, 'list-missed': true };
type ListEvent = Extract<Event, { readonly kind: ListFact['kind'] }>;

/** Whether a fact is one of a check list. */
export const isOfLists = (event: Event): event is ListEvent => Object.hasOwn(kinds, event.kind);

/** Two answers to one item say that the first was wrong; two samples are two dishes. */
const replaces = (next: ListAnswer, was: ListAnswer) =>
  was.item === next.item && (next.note === undefined || was.note === next.note || typeof next.value === 'boolean');

/** Folds one fact of a check list. */
export function foldList(state: State, event: ListEvent): void {
  const { list, day, at } = event;
  const key = listKey(list, day);
  const was: ListDay = state.listDays.get(key) ?? { list, day, answers: [] };
  if (event.kind === 'list-missed') state.listDays.set(key, { ...was, missedAt: at });
  else {
    const { item, value, right, late, note, picture, sha256, by } = event;
    const answer: ListAnswer = {
      ...{ by, at, item, value, right },
      ...(late && { late }),
      ...(note !== undefined && { note }),
      ...(picture !== undefined && { picture }),
      ...(sha256 !== undefined && { sha256 }),
    };
    const others = was.answers.filter((one) => !replaces(answer, one));
    state.listDays.set(key, { ...was, answers: [...others, answer].slice(-(samplesMax * 4)) });
  }
  for (const [id, old] of state.listDays) if (old.day < day - daysKept) state.listDays.delete(id);
}
