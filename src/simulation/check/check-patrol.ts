/**
 * Patrol: every verdict is worked out again from the cards that were really held to the readers, and a checkpoint nobody
 * reached is an alarm, told when its time has run out and not when somebody happened to look.
 */
import type { Checkpoint, PatrolVerdict, Route, Site, Time } from '../../core/types.ts';
import { missedStands, missedUntold, missedWithdrawn, verdictWrong } from '../../words/check-patrol-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker, type Desk } from './check.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** A device clock further ahead of the gateway's is not believed, and the time of arrival counts. */
const aheadMs = 30_000;
/** This close to a limit either verdict is right: the clocks of the machine and the device are read a moment apart. */
const looseMs = 2_000;
const missMs = 3_000;
/** Scans of the last minutes may still be with their readers. */
const lateMs = 15 * minuteMs;

interface Scan {
  readonly reader: string;
  readonly at: Time;
  /** Whose card it was. */
  readonly person: string | undefined;
}

/** Every scan with the time that counts for it. */
function scans({ evidence }: Desk): Scan[] {
  return evidence.kept.flatMap(({ event, wall }) => {
    if (event.kind !== 'read' || !evidence.site.devices[event.device]?.points[event.point]?.scan) return [];
    const { sourceTime, value } = event;
    const person = Object.values(evidence.site.people).find(({ card }) => card === value)?.id;
    const at = sourceTime === undefined || sourceTime > wall + aheadMs ? wall : sourceTime;
    return [{ reader: event.device, at, person }];
  });
}

interface PlannedTouch {
  readonly id: string;
  readonly route: Route;
  readonly start: Time;
  readonly person: string | undefined;
}

/** Rounds the plan has on the days around a span. */
function planned(site: Site, from: Time, to: Time): PlannedTouch[] {
  const shift = site.utcOffsetMin * minuteMs;
  return Object.values(site.routes).flatMap((route) =>
    route.rounds.flatMap((plan) => {
      const found: PlannedTouch[] = [];
      for (let day = Math.floor((from + shift) / dayMs) - 2; day <= Math.floor((to + shift) / dayMs) + 1; day++) {
        if (!plan.days.includes((((day + 4) % 7) + 7) % 7)) continue;
        const start = day * dayMs + plan.start * minuteMs - shift;
        found.push({
          id: `${route.id}@${new Date(start + shift).toISOString().slice(0, 16)}`,
          route,
          start,
          person: plan.person,
        });
      }
      return found;
    }),
  );
}

const opens = ({ route, start }: PlannedTouch): Time =>
  start - Math.max(...route.checkpoints.map((point) => point.earlyMs));

/** The times of each checkpoint's scans, by round: `own` of who was to walk it, `foreign` of somebody else who is known. */
interface Assigned {
  readonly own: Map<string, Map<string, Time[]>>;
  readonly foreign: Map<string, Map<string, Time[]>>;
}

/** A scan belongs to the plan of whoever made it, else to the nearest that can still take it. */
function assigned(rounds: readonly PlannedTouch[], list: readonly Scan[]): Assigned {
  const [own, foreign] = [new Map<string, Map<string, Time[]>>(), new Map<string, Map<string, Time[]>>()];
  for (const { reader, at, person } of list) {
    if (person === undefined) continue;
    const fits = rounds
      .filter((round) => at >= opens(round))
      .flatMap((round) =>
        round.route.checkpoints.map((point) => ({ round, point, off: at - round.start - point.afterMs })),
      )
      .filter(({ point, off }) => point.reader === reader && off <= point.missMs)
      .sort(
        (a, b) =>
          Number(b.round.person === person) - Number(a.round.person === person) || Math.abs(a.off) - Math.abs(b.off),
      );
    const best = fits[0];
    if (!best) continue;
    const taken = best.round.person !== undefined && best.round.person !== person ? foreign : own;
    const of = taken.get(best.round.id) ?? new Map<string, Time[]>();
    taken.set(best.round.id, of);
    of.set(
      best.point.id,
      [...(of.get(best.point.id) ?? []), at].sort((a, b) => a - b),
    );
  }
  return { own, foreign };
}

interface Trail {
  readonly times: readonly (readonly [point: string, at: Time])[];
  readonly onTime: number;
}

/** More points, then more on time, then whichever comes to its last points soonest. */
function goesFirst(a: Trail, b: Trail): boolean {
  if (a.times.length !== b.times.length) return a.times.length > b.times.length;
  if (a.onTime !== b.onTime) return a.onTime > b.onTime;
  for (let i = a.times.length - 1; i >= 0; i--) {
    const difference = a.times[i]![1] - b.times[i]![1];
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** Every walk in order from a point on, the best of them; by trying each touch of the point, and leaving the point out. */
function bestTrail(
  { route, start }: PlannedTouch,
  taken: ReadonlyMap<string, readonly Time[]>,
  index = 0,
  from = Number.NEGATIVE_INFINITY,
): Trail {
  const point = route.checkpoints[index];
  if (!point) return { times: [], onTime: 0 };
  let best = bestTrail({ id: '', route, start, person: undefined }, taken, index + 1, from);
  for (const at of taken.get(point.id) ?? []) {
    if (at < from) continue;
    const rest = bestTrail({ id: '', route, start, person: undefined }, taken, index + 1, at);
    const onTime = rest.onTime + (byTime(point, at - start - point.afterMs) === 'on-time' ? 1 : 0);
    const trail = { times: [[point.id, at] as const, ...rest.times], onTime };
    if (goesFirst(trail, best)) best = trail;
  }
  return best;
}

/** What may be said of a point that was touched at these times: on time when one of them was, else by the nearest to the plan. */
function byTouches(point: Checkpoint, start: Time, times: readonly Time[]): PatrolVerdict {
  const offs = times.map((at) => at - start - point.afterMs);
  if (offs.some((off) => byTime(point, off) === 'on-time')) return 'on-time';
  return byTime(point, offs.sort((a, b) => Math.abs(a) - Math.abs(b))[0]!);
}

/** The verdicts of a round's points that were touched. */
function verdictsOf(round: PlannedTouch, taken: ReadonlyMap<string, readonly Time[]>): Map<string, PatrolVerdict> {
  const { route, start } = round;
  const trail = route.ordered ? bestTrail(round, taken).times : undefined;
  const found = new Map<string, PatrolVerdict>();
  for (const point of route.checkpoints) {
    const times = taken.get(point.id);
    if (!times) continue;
    const place = trail?.findIndex(([id]) => id === point.id) ?? -1;
    if (trail && place < 0) {
      found.set(point.id, 'wrong-order');
      continue;
    }
    const [from, to] = trail ? [trail[place - 1]?.[1] ?? 0, trail[place + 1]?.[1] ?? Number.POSITIVE_INFINITY] : [0, 0];
    found.set(point.id, byTouches(point, start, trail ? times.filter((at) => at >= from && at <= to) : times));
  }
  return found;
}

function byTime(point: Checkpoint, off: number): PatrolVerdict {
  if (off < -point.earlyMs) return 'early';
  return off > point.lateMs ? 'late' : 'on-time';
}

export const verdictsTrue = checker(() => ({
  name: 'verdicts-true',
  title: promises.verdictsTrue,
  end(desk) {
    const { evidence } = desk;
    const list = scans(desk);
    const rounds = planned(evidence.site, (evidence.kept[0]?.wall ?? 0) - dayMs, evidence.endedWall);
    const { own, foreign } = assigned(rounds, list);
    for (const round of rounds) {
      const told = evidence.state.rounds.get(round.id);
      if (!told?.counts) continue;
      const of = own.get(round.id) ?? new Map<string, Time[]>();
      const others = foreign.get(round.id) ?? new Map<string, Time[]>();
      const should = verdictsOf(round, of);
      for (const point of round.route.checkpoints) {
        const known = told.checks[point.id]?.verdict;
        const near = [...(of.get(point.id) ?? []), ...(others.get(point.id) ?? [])].some((at) =>
          [-point.earlyMs, point.lateMs, point.missMs].some(
            (edge) => Math.abs(at - round.start - point.afterMs - edge) < looseMs,
          ),
        );
        if (near) continue;
        const right = should.get(point.id) ?? (others.has(point.id) ? 'wrong-person' : 'missed');
        desk.test(known === right, evidence.endedAt, verdictWrong(round.id, point.id, known, right));
      }
    }
  },
}));

export const missedInTime = checker(() => {
  let set = false;
  return {
    name: 'missed-in-time',
    title: promises.missedInTime,
    see(seen) {
      set ||= seen.at !== seen.wall;
    },
    end(desk) {
      const { evidence } = desk;
      // With a clock that was set, the gateway's deadlines are not those of the guards.
      if (set) return;
      const from = evidence.kept[0]?.at ?? 0;
      const rounds = planned(evidence.site, from, evidence.endedAt).filter((round) => opens(round) > from);
      const { own, foreign } = assigned(rounds, scans(desk));
      const alarms = evidence.facts('raised');
      const repeats = evidence.facts('repeated');
      for (const round of rounds) {
        for (const point of round.route.checkpoints) {
          const deadline = round.start + point.afterMs + point.missMs;
          const there = own.get(round.id)?.has(point.id) || foreign.get(round.id)?.has(point.id);
          if (there || deadline > evidence.endedAt - lateMs) continue;
          const due = evidence.due(deadline, missMs);
          // What ran out while the gateway was off is in the record, and no alarm.
          if (due > deadline + missMs) continue;
          const cause = `${round.id}/${point.id}`;
          const told = [...alarms, ...repeats].some(
            ({ event, at }) => event.cause === cause && at >= deadline && at <= due,
          );
          desk.test(told, deadline, missedUntold(cause));
        }
      }
    },
  };
});

/** Somebody with a name, or a device that vouches for it, was there. */
const there = ['on-time', 'early', 'late', 'wrong-order', 'wrong-person'];
/** Why the gateway closes such an alarm. */
const reachedAfterAll = 'F7';

/** From what was told of a point until its alarm has ended: one step. */
const settleMs = 1_000;

/** What was said of a point and turned out otherwise: the alarm that it was missed ends when all it speaks for were reached after all, and not as reached while one was not. */
export const withdrawnRightly = checker(() => ({
  name: 'withdrawn-rightly',
  title: promises.withdrawnRightly,
  end({ evidence, test }) {
    /** Since when each point is known to have been reached, whatever was said of it before. */
    const since = new Map<string, Time>();
    for (const { event, at } of evidence.facts('checked')) {
      const cause = `${event.round}/${event.checkpoint}`;
      if (!there.includes(event.verdict)) since.delete(cause);
      else if (!since.has(cause)) since.set(cause, at);
    }
    const ended = new Map<number, Time>();
    const ends = [...evidence.facts('returned-to-normal'), ...evidence.facts('closed')];
    for (const { event, at } of ends) ended.set(event.alarm, Math.min(at, ended.get(event.alarm) ?? at));
    const takenBack = new Map(
      evidence
        .facts('closed')
        .flatMap(({ event, at }) => (event.reason === reachedAfterAll ? [[event.alarm, at]] : [])),
    );
    const repeats = evidence.facts('repeated');
    for (const { event, at } of evidence.facts('raised')) {
      if (event.alarm !== 'missed') continue;
      const again = repeats.filter((one) => one.event.alarm === event.seq).map((one) => one.event.cause);
      const reached = [event.cause, ...again].map((cause) => since.get(cause) ?? Number.POSITIVE_INFINITY);
      const all = Math.max(...reached);
      if (all < Number.POSITIVE_INFINITY)
        test((ended.get(event.seq) ?? Number.POSITIVE_INFINITY) <= all + settleMs, at, missedStands(event.cause));
      const back = takenBack.get(event.seq);
      if (back !== undefined) test(all <= back, at, missedWithdrawn(event.cause));
    }
  },
}));
