/**
 * Brings the record of a round in line with its touches: what is new, what has changed, what is missing now that its time has
 * run out. Asked any number of times it says what differs and nothing else; a verdict that replaces another names it.
 */
import { trigger } from '../alarm/alarms.ts';
import type { Draft } from '../draft.ts';
import type { RoundCourse } from '../round/round-course.ts';
import { attendedVerdicts } from '../site/verdict-sets.ts';
import type { Checkpoint, CheckpointCheck, PatrolCounts, PatrolVerdict, Round, Route, Site } from '../types.ts';
import { saidMissedAt } from './plans.ts';
import type { RoundBook } from './round-book.ts';
import { courseOf } from './round-changes.ts';
import { brokenAt } from './round-result.ts';
import { uploadedMs } from './touches.ts';
import { type CountedTouch, type PointResult, verdicts } from './verdicts.ts';
import { missedKey, type Withdrawals } from './withdraw.ts';

/** A deadline that passed at most this long ago passed before our eyes. */
const promptMs = 5_000;

/** Whether any card is known by name. */
export const cardsKnown = ({ people }: Site): boolean =>
  Object.values(people).some(({ card, cards = [] }) => card !== undefined || cards.length > 0);

/** How a round is judged. */
export interface Judging {
  readonly book: RoundBook;
  readonly withdrawals: Withdrawals;
}

/** A round while it is being judged. */
interface RoundJudged {
  readonly draft: Draft;
  readonly route: Route;
  readonly round: Round;
  readonly course: RoundCourse;
}

/** What a point comes to at `now`; undefined while it is open. */
function resultOf(
  { draft, round, course }: RoundJudged,
  point: Checkpoint,
  found: PointResult | undefined,
): PointResult | undefined {
  if (found && attendedVerdicts.has(found.verdict)) return found;
  // Said to be missed, it stays so until somebody was there, also where the clock was set back and then the round cancelled.
  const was = round.checks[point.id]?.verdict;
  const ranOut = was !== undefined && was !== 'cancelled' && !attendedVerdicts.has(was);
  if (ranOut) return found ?? { verdict: 'missed' };
  if (course.isCancelled(point)) return { verdict: 'cancelled' };
  if (draft.now <= saidMissedAt(course, point, draft.site.utcOffsetMin)) return undefined;
  return found ?? { verdict: 'missed' };
}

/** Says of each point of a round what differs from the record, and of the round when it is over or comes out otherwise. */
export function judge(draft: Draft, route: Route, round: Round, how: Judging): void {
  const course = courseOf(draft, route, round);
  const one = { draft, route, round, course };
  const { ordered, checkpoints } = route;
  const touches = how.book.touchesOf(route, round);
  const found = verdicts({ course, ordered, cardsKnown: cardsKnown(draft.site) }, touches);
  const counts = { 'on-time': 0, early: 0, late: 0, missed: 0, 'wrong-order': 0 } as Record<PatrolVerdict, number>;
  const all: PatrolVerdict[] = [];
  let changed = false;
  for (const point of checkpoints) {
    const was = round.checks[point.id];
    const result = resultOf(one, point, found.get(point.id));
    if (result) {
      counts[result.verdict] = (counts[result.verdict] ?? 0) + 1;
      all.push(result.verdict);
    }
    const planned = result && plannedThen(one, point, result);
    if (result ? isSaid(was, result, planned) : !was) continue;
    changed = true;
    if (result) say(one, point, result, planned, how);
    else if (was) draft.add({ kind: 'unchecked', round: round.id, checkpoint: point.id, before: was.verdict });
  }
  const seen = seenOf(course, round, touches);
  if (all.length < checkpoints.length || (!changed && round.counts && isSame(seen, round.seen))) return;
  const broken = checkpoints[brokenAt(all)]?.id;
  const where = { ...(broken !== undefined && { brokenAt: broken }), ...(seen && { seen }) };
  draft.add({ kind: 'completed', round: round.id, counts: counts as PatrolCounts, ...where });
}

/**
 * Of a round for two: those of the people planned who touched a point of it, whether or not it is their touch that counts for the point. What a
 * person wrote down by hand shows nobody. Undefined for a round of one.
 */
function seenOf(
  course: RoundCourse,
  { second }: Round,
  touches: ReadonlyMap<string, readonly CountedTouch[]>,
): readonly string[] | undefined {
  if (second === undefined) return undefined;
  const there = [...touches.values()].flat().filter(({ at, person, source }) => {
    const planned = course.peopleAt(at);
    return source !== 'hand' && person !== undefined && [planned.person, planned.second].includes(person);
  });
  return [...new Set(there.flatMap(({ person }) => person ?? []))].sort();
}

const isSame = (one: readonly string[] = [], other: readonly string[] = []): boolean =>
  one.length === other.length && one.every((id, i) => id === other[i]);

/** Who was planned at a point then, where that is another than the round was opened with. */
function plannedThen({ course, round }: RoundJudged, point: Checkpoint, { touch }: PointResult): string | undefined {
  if (course.changes.length === 0) return undefined;
  const { person } = touch ? course.peopleAt(touch.at) : course.plannedFor(point);
  return person === round.person ? undefined : person;
}

const isSaid = (
  was: CheckpointCheck | undefined,
  { verdict, touch }: PointResult,
  planned: string | undefined,
): boolean =>
  was?.verdict === verdict &&
  was.sourceTime === touch?.at &&
  was.card === touch?.card &&
  was.person === touch?.person &&
  was.planned === planned;

function say(
  one: RoundJudged,
  point: Checkpoint,
  result: PointResult,
  planned: string | undefined,
  how: Judging,
): void {
  const { draft, route, round, course } = one;
  const was = round.checks[point.id];
  const { verdict, touch } = result;
  const same = was?.sourceTime !== undefined && was.sourceTime === touch?.at;
  const late = same ? was.uploaded : touch && draft.now - touch.at > uploadedMs;
  draft.add({
    kind: 'checked',
    round: round.id,
    checkpoint: point.id,
    verdict,
    ...(touch && { sourceTime: touch.at, card: touch.card, offMs: touch.at - course.plan(point, touch.at) }),
    ...(touch?.person !== undefined && { person: touch.person }),
    ...(late && { uploaded: true }),
    ...(planned !== undefined && { planned }),
    ...(touch?.source === 'phone' && { source: touch.source }),
    ...(was && { before: was.verdict }),
  });
  if (attendedVerdicts.has(verdict)) {
    if (was && touch && !attendedVerdicts.has(was.verdict)) how.withdrawals.add(route, point, round, touch.at);
  } else if (verdict !== 'cancelled' && (!was || was.verdict === 'cancelled')) raiseMissed(one, point);
}

function raiseMissed({ draft, route, round, course }: RoundJudged, point: Checkpoint): void {
  const { site, state, now } = draft;
  const deadline = saidMissedAt(course, point, site.utcOffsetMin);
  // Nobody could have told us while the gateway was off or the plan was another; the record says missed, but it is no alarm. That we start is
  // told in our own time, which may be ahead of the clock; what has only just run out we were there for.
  const watching = Math.max(state.startedAt, state.configuredAt);
  if (deadline < watching && now - deadline > promptMs) return;
  trigger(draft, {
    key: missedKey(route, point),
    alarm: 'missed',
    priority: isOverdue(route, round, point) ? 2 : 3,
    device: point.reader,
    cause: `${round.id}/${point.id}`,
    active: false,
    round: round.id,
    checkpoint: point.id,
  });
}

/**
 * Whether whoever walks this round may need help: somebody was on the way, and has now come neither to this point nor to the
 * one before it. A point that was only passed by is no such thing, nor is a round that nobody began.
 */
function isOverdue({ checkpoints }: Route, { checks }: Round, point: Checkpoint): boolean {
  const attended = ({ id }: Checkpoint) => attendedVerdicts.has(checks[id]?.verdict ?? 'missed');
  const here = checkpoints.indexOf(point);
  return here > 1 && !checkpoints.slice(here - 1).some(attended) && checkpoints.slice(0, here - 1).some(attended);
}

/** Whether a round that is not over has something to be said, from the plan alone: cheap, for every tick. */
export function isDue(draft: Draft, route: Route, round: Round): boolean {
  const { now, site } = draft;
  const open = route.checkpoints.filter((point) => !round.checks[point.id]);
  if (open.length === 0) return true;
  const course = courseOf(draft, route, round);
  return open.some((point) => course.isCancelled(point) || now > saidMissedAt(course, point, site.utcOffsetMin));
}
