/**
 * The part of `evolve` that folds rectifications. Like all of it, it holds no rules. What is over is forgotten after five weeks: longer
 * than repeated offences are counted.
 */
import type {
  Event,
  Rectification,
  RectifyAnswer,
  RectifyFact,
  RectifyMatter,
  RectifyStage,
  State,
  Time,
} from '../types.ts';

/** Five weeks, as with rounds. */
export const rectifyKeptMs = 35 * 86_400_000;
/** Answers that are kept of one; the journal has all. */
const answersMax = 20;

const kinds: Readonly<Record<RectifyFact['kind'], true>> = {
  'rectification-proposed': true,
  'rectification-opened': true,
  'rectification-taken': true,
  'rectification-dismissed': true,
  'rectification-moved': true,
  'rectification-answered': true,
  'rectification-countersigned': true,
  'rectification-returned': true,
  'rectification-withdrawn': true,
  'rectification-overdue': true,
};
type RectifyEvent = Extract<Event, { readonly kind: RectifyFact['kind'] }>;
type LaterFact = Exclude<RectifyFact, { readonly kind: 'rectification-proposed' | 'rectification-opened' }>;

/** Whether a fact is one of a rectification. */
export const isOfRectify = (event: Event): event is RectifyEvent => Object.hasOwn(kinds, event.kind);

/** Whether nothing more comes of it. */
export const isOver = (stage: RectifyStage): boolean =>
  stage === 'countersigned' || stage === 'dismissed' || stage === 'withdrawn';

function matterOf({ source, place, offence, what, times, picture, sha256 }: RectifyMatter): RectifyMatter {
  return {
    ...{ source, place, offence, what, times },
    ...(picture !== undefined && { picture }),
    ...(sha256 !== undefined && { sha256 }),
  };
}

function begun(event: Extract<RectifyEvent, { kind: 'rectification-proposed' | 'rectification-opened' }>) {
  const { seq: id, at: foundAt } = event;
  const fresh = { id, ...matterOf(event), foundAt, moves: 0, answers: [], overdueTimes: 0 };
  if (event.kind === 'rectification-proposed') return { ...fresh, stage: 'proposed' as const };
  const { by, who, due } = event;
  return { ...fresh, stage: 'open' as const, opened: { by, at: foundAt }, who, due };
}

/** Not overdue any more: answered, or given another date. */
function inTime({ overdueSince: _over, ...rest }: Rectification): Rectification {
  return rest;
}

const lastReturned = (answers: readonly RectifyAnswer[], returned: NonNullable<RectifyAnswer['returned']>) =>
  answers.map((answer, n) => (n === answers.length - 1 ? { ...answer, returned } : answer));

/** A rectification as a fact leaves it, stamped `at`. */
export function rectifiedAfter(was: Rectification, fact: LaterFact, at: Time): Rectification {
  switch (fact.kind) {
    case 'rectification-taken': {
      const { who, due, by } = fact;
      return { ...was, stage: 'open', who, due, opened: { by, at } };
    }
    case 'rectification-moved':
      return { ...inTime(was), who: fact.who, due: fact.due, moves: was.moves + 1 };
    case 'rectification-answered': {
      const { by, text, picture, sha256 } = fact;
      const photo = { ...(picture !== undefined && { picture }), ...(sha256 !== undefined && { sha256 }) };
      const answers = [...was.answers, { by, at, text, ...photo }].slice(-answersMax);
      return { ...inTime(was), stage: 'answered', answers };
    }
    case 'rectification-returned': {
      const { by, reason, due } = fact;
      return { ...was, stage: 'open', due, answers: lastReturned(was.answers, { by, at, reason }) };
    }
    case 'rectification-countersigned':
      return { ...was, stage: 'countersigned', over: { by: fact.by, at } };
    case 'rectification-dismissed':
      return { ...was, stage: 'dismissed', over: { by: fact.by, at, reason: fact.reason } };
    case 'rectification-withdrawn':
      return { ...inTime(was), stage: 'withdrawn', over: { by: fact.by, at, reason: fact.reason } };
    case 'rectification-overdue':
      return { ...was, overdueSince: at, overdueTimes: was.overdueTimes + 1 };
    default:
      return fact satisfies never;
  }
}

/** Folds one fact of a rectification. */
export function foldRectify(state: State, event: RectifyEvent): void {
  const { rectifications: all } = state;
  if (event.kind === 'rectification-proposed' || event.kind === 'rectification-opened') {
    all.set(event.seq, begun(event));
    for (const [id, { over }] of all) if (over && over.at < event.at - rectifyKeptMs) all.delete(id);
    return;
  }
  const was = all.get(event.rectification);
  if (was) all.set(was.id, rectifiedAfter(was, event, event.at));
}

/** The still of an alarm comes after it: what was proposed because of the alarm shows it, too. */
export function foldStill(state: State, alarm: number, picture: string, sha256: string | undefined): void {
  for (const [id, one] of state.rectifications) {
    if (one.source.from !== 'alarm' || one.source.alarm !== alarm || one.picture !== undefined) continue;
    state.rectifications.set(id, { ...one, picture, ...(sha256 !== undefined && { sha256 }) });
  }
}
