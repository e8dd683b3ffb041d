/**
 * Whether a guard on his round stands where an alarm is: expected there now, or just been there. It is said beside the
 * alarm and is never a reason to be silent: whoever climbs may know the rounds, too.
 */
import type { Draft } from '../draft.ts';
import { RoundCourse } from '../round/round-course.ts';
import { lookup } from '../site/lookup.ts';
import type { Checkpoint, GuardNear, Round, Route } from '../types.ts';

/** So long after a scan a guard may still be about. */
export const scannedMs = 300_000;
/** A reader's clock may be this far ahead of ours. */
const aheadMs = 30_000;

/** What a round says of one checkpoint: scanned just now, or planned for now and not reached yet. */
function near(draft: Draft, route: Route, round: Round, point: Checkpoint): GuardNear | undefined {
  const check = round.checks[point.id];
  const course = new RoundCourse(route, round, draft.state.changedRounds.get(round.id)?.changes);
  const person = check?.person ?? course.peopleAt(draft.now).person;
  const who = { round: round.id, checkpoint: point.id, ...(person !== undefined && { person }) };
  if (check?.sourceTime !== undefined) {
    const agoMs = draft.now - check.sourceTime;
    return agoMs <= scannedMs && agoMs >= -aheadMs ? { ...who, at: check.sourceTime, scanned: true } : undefined;
  }
  const plan = course.plan(point, draft.now);
  const expected = !check && !round.counts && draft.now >= plan - point.earlyMs && draft.now <= plan + point.lateMs;
  return expected ? { ...who, at: plan, scanned: false } : undefined;
}

/** The guard near these zones, by the readers that stand there; a scan says more than a plan, and a later one more than an earlier. */
export function guardNear(draft: Draft, zones: readonly string[]): GuardNear | undefined {
  const readers = new Set(zones.flatMap((id) => lookup(draft.site.zones, id)?.reader ?? []));
  if (readers.size === 0) return undefined;
  const found: GuardNear[] = [];
  for (const round of draft.state.rounds.values()) {
    const route = lookup(draft.site.routes, round.route);
    for (const point of route?.checkpoints ?? []) {
      const guard = route && readers.has(point.reader) ? near(draft, route, round, point) : undefined;
      if (guard) found.push(guard);
    }
  }
  return found.sort((a, b) => Number(b.scanned) - Number(a.scanned) || b.at - a.at)[0];
}
