/**
 * Rounds: opened by plan, filled by scans, judged point by point. Verdicts depend only on *when* each tag was touched,
 * never on the order in which the scans reached us, so a baton read out in the morning gives the same round.
 * The verdicts are those patrol software in the field uses: on time, early, late, missed, wrong order.
 */
import { trigger } from '../alarm/alarms.ts';
import type { Draft } from '../draft.ts';
import { localDay, localMinute, timeOf, weekday } from '../site/calendar.ts';
import type { Checkpoint, CheckpointCheck, PatrolVerdict, ReaderTouch, Round, Route, Time } from '../types.ts';
import { isKnown, touchOf, uploadedMs } from './touches.ts';

const dayMs = 86_400_000;
/** A deadline that passed at most this long ago passed before our eyes. */
const promptMs = 5_000;

const lastDeadline = (route: Route, start: Time): Time =>
  start + Math.max(...route.checkpoints.map((point) => point.afterMs + point.missMs));
const opensAt = (route: Route, start: Time): Time => start - Math.max(...route.checkpoints.map((p) => p.earlyMs));

/** Starts of a route's rounds on the local days around `at`, with the person planned for each. */
function* starts(route: Route, at: Time, utcOffsetMin: number): Generator<{ start: Time; person?: string }> {
  const today = localDay(at, utcOffsetMin);
  for (let day = today - 1; day <= today + 1; day++) {
    for (const plan of route.rounds) {
      if (!plan.days.includes(weekday(day))) continue;
      const start = timeOf(day, plan.start, utcOffsetMin);
      yield plan.person === undefined ? { start } : { start, person: plan.person };
    }
  }
}

/** Opens every round that is due. Rounds that were over before this journal or their plan began are not ours to judge. */
function openDue(draft: Draft): void {
  const { site, state, now } = draft;
  const oldest = Math.max(state.since, state.configuredAt, now - dayMs);
  for (const route of Object.values(site.routes)) {
    for (const { start, person } of starts(route, now, site.utcOffsetMin)) {
      const deadline = lastDeadline(route, start);
      if (now < opensAt(route, start) || (deadline < now && deadline < oldest)) continue;
      const id = `${route.id}@${localMinute(start, site.utcOffsetMin)}`;
      if (state.rounds.has(id)) continue;
      // Two cards in one message must not open it twice: the second opening would forget the first scan.
      if (draft.events.some((event) => event.kind === 'opened' && event.round === id)) continue;
      draft.add({ kind: 'opened', round: id, route: route.id, start, ...(person !== undefined && { person }) });
    }
  }
}

/** On every tick: opens what is due, says what was missed, completes what is over. */
export function keepRounds(draft: Draft): void {
  openDue(draft);
  for (const round of draft.state.rounds.values()) {
    const route = draft.site.routes[round.route];
    if (!route || round.counts) continue;
    const missed: string[] = [];
    for (const point of route.checkpoints) {
      if (round.checks[point.id] || draft.now <= round.start + point.afterMs + point.missMs) continue;
      missed.push(point.id);
      miss(draft, route, round, point);
    }
    const open = route.checkpoints.filter((point) => !round.checks[point.id] && !missed.includes(point.id));
    if (open.length === 0) complete(draft, route, round, missed);
  }
}

function miss(draft: Draft, route: Route, round: Round, point: Checkpoint): void {
  draft.add({ kind: 'checked', round: round.id, checkpoint: point.id, verdict: 'missed' });
  const deadline = round.start + point.afterMs + point.missMs;
  // Nobody could have told us while the gateway was off or the plan was another; the record says missed, but it is no alarm. That we start is
  // told in our own time, which may be ahead of the clock; what has only just run out we were there for.
  const watching = Math.max(draft.state.startedAt, draft.state.configuredAt);
  if (deadline < watching && draft.now - deadline > promptMs) return;
  trigger(draft, {
    key: `${route.id}/${point.id}/missed`,
    alarm: 'missed',
    priority: 3,
    device: point.reader,
    cause: `${round.id}/${point.id}`,
    active: false,
    round: round.id,
    checkpoint: point.id,
  });
}

function complete(draft: Draft, route: Route, round: Round, missed: readonly string[]): void {
  const counts: Record<PatrolVerdict, number> = { 'on-time': 0, early: 0, late: 0, missed: 0, 'wrong-order': 0 };
  for (const point of route.checkpoints) {
    counts[missed.includes(point.id) ? 'missed' : (round.checks[point.id]?.verdict ?? 'missed')] += 1;
  }
  draft.add({ kind: 'completed', round: round.id, counts });
}

/** The verdict of a point by time alone. */
function byTime(point: Checkpoint, start: Time, taken: Time): PatrolVerdict {
  const off = taken - (start + point.afterMs);
  if (off < -point.earlyMs) return 'early';
  return off > point.lateMs ? 'late' : 'on-time';
}

/**
 * The points of the longest walk that keeps the route's order (patience sorting; of equals the one that ends earliest).
 * One stray touch then spoils its own point and not every other.
 */
function inOrder(route: Route, taken: ReadonlyMap<string, Time>): ReadonlySet<string> {
  interface Link {
    readonly id: string;
    readonly at: Time;
    readonly before: Link | undefined;
  }
  const tails: Link[] = [];
  for (const { id } of route.checkpoints) {
    const at = taken.get(id);
    if (at === undefined) continue;
    const place = tails.findIndex((tail) => tail.at > at);
    const length = place < 0 ? tails.length : place;
    tails[length] = { id, at, before: tails[length - 1] };
  }
  const kept = new Set<string>();
  for (let link = tails.at(-1); link; link = link.before) kept.add(link.id);
  return kept;
}

/** The verdicts of a whole round from its scans. */
export function verdicts(route: Route, start: Time, taken: ReadonlyMap<string, Time>): Map<string, PatrolVerdict> {
  const result = new Map<string, PatrolVerdict>();
  const ordered = route.ordered ? inOrder(route, taken) : undefined;
  for (const point of route.checkpoints) {
    const at = taken.get(point.id);
    if (at === undefined) continue;
    result.set(point.id, ordered?.has(point.id) === false ? 'wrong-order' : byTime(point, start, at));
  }
  return result;
}

interface Fit {
  readonly route: Route;
  readonly round: Round;
  readonly point: Checkpoint;
  readonly off: number;
}

/** The round and checkpoint a scan belongs to: the nearest plan whose window holds it. */
function nearest(draft: Draft, reader: string, at: Time): Fit | undefined {
  let best: Fit | undefined;
  for (const round of roundsOf(draft)) {
    const route = draft.site.routes[round.route];
    if (!route || at < opensAt(route, round.start)) continue;
    for (const point of route.checkpoints) {
      const off = at - (round.start + point.afterMs);
      if (point.reader !== reader || off > point.missMs) continue;
      if (!best || Math.abs(off) < Math.abs(best.off)) best = { route, round, point, off };
    }
  }
  return best;
}

/** Rounds as they stand after the events drafted so far. */
function roundsOf(draft: Draft): Iterable<Round> {
  const rounds = new Map(draft.state.rounds);
  for (const event of draft.events) {
    if (event.kind === 'opened') {
      const { round: id, route, start, person } = event;
      rounds.set(id, { id, route, start, checks: {}, ...(person !== undefined && { person }) });
    } else if (event.kind === 'checked' || event.kind === 'completed') {
      const was = rounds.get(event.round);
      if (!was) continue;
      const checks = event.kind === 'checked' ? { ...was.checks, [event.checkpoint]: event } : was.checks;
      rounds.set(was.id, { ...was, checks, ...(event.kind === 'completed' && { counts: event.counts }) });
    }
  }
  return rounds.values();
}

/** A card was held to a checkpoint's reader. Of several scans of one point in one round, the first made counts. A touch that is known already changes nothing. */
export function scanned(draft: Draft, reader: string, card: string, sourceTime: Time | undefined): void {
  const touch = touchOf(draft, reader, card, sourceTime);
  if (isKnown(draft, touch)) return;
  draft.add({ kind: 'touched', ...touch });
  judgeTouch(draft, touch);
}

/** Judges a touch that was just taken down. */
export function judgeTouch(draft: Draft, { reader, card, person, sourceTime, countedAs, doubt }: ReaderTouch): void {
  openDue(draft);
  if (doubt && countedAs === undefined) return;
  const at = countedAs ?? sourceTime;
  const found = nearest(draft, reader, at);
  if (!found) return;
  const { route, round, point, off } = found;
  const known = round.checks[point.id];
  if (known?.sourceTime !== undefined && known.sourceTime <= at) return;
  const times = new Map<string, Time>();
  for (const [id, check] of Object.entries(round.checks))
    if (check.sourceTime !== undefined) times.set(id, check.sourceTime);
  times.set(point.id, at);
  for (const [id, verdict] of verdicts(route, round.start, times)) {
    const before = round.checks[id];
    if (id === point.id) {
      const check: CheckpointCheck = {
        verdict,
        sourceTime: at,
        card,
        offMs: off,
        ...(person !== undefined && { person }),
        ...(draft.now - at > uploadedMs && { uploaded: true }),
      };
      draft.add({ kind: 'checked', round: round.id, checkpoint: id, ...check });
    } else if (before && before.verdict !== verdict) {
      draft.add({ kind: 'checked', round: round.id, checkpoint: id, ...before, verdict });
    }
  }
  if (round.counts) recount(draft, route, round);
}

/** A scan that came after the round was completed changes its figures; the record says so with a second completion. */
function recount(draft: Draft, route: Route, round: Round): void {
  const checks = { ...round.checks };
  for (const event of draft.events) {
    if (event.kind === 'checked' && event.round === round.id) checks[event.checkpoint] = event;
  }
  complete(draft, route, { ...round, checks }, []);
}
