/**
 * Patrol: every verdict is worked out again from the cards that were really held to the readers, and a checkpoint nobody
 * reached is an alarm, told when its time has run out and not when somebody happened to look.
 */
import type { Checkpoint, PatrolVerdict, Route, Site, Time } from '../../core/types.ts';
import { missedUntold, verdictWrong } from '../../words/check-patrol-words.ts';
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
}

/** Every scan with the time that counts for it. */
function scans({ evidence }: Desk): Scan[] {
  return evidence.kept.flatMap(({ event, wall }) => {
    if (event.kind !== 'read' || !evidence.site.devices[event.device]?.points[event.point]?.scan) return [];
    const { sourceTime } = event;
    return [{ reader: event.device, at: sourceTime === undefined || sourceTime > wall + aheadMs ? wall : sourceTime }];
  });
}

interface PlannedTouch {
  readonly id: string;
  readonly route: Route;
  readonly start: Time;
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
        found.push({ id: `${route.id}@${new Date(start + shift).toISOString().slice(0, 16)}`, route, start });
      }
      return found;
    }),
  );
}

const opens = ({ route, start }: PlannedTouch): Time =>
  start - Math.max(...route.checkpoints.map((point) => point.earlyMs));

/** The first scan of each checkpoint of each round: a scan belongs to the nearest plan that can still take it. */
function assigned(rounds: readonly PlannedTouch[], list: readonly Scan[]): Map<string, Map<string, Time>> {
  const taken = new Map<string, Map<string, Time>>();
  for (const { reader, at } of list) {
    const fits = rounds
      .filter((round) => at >= opens(round))
      .flatMap((round) =>
        round.route.checkpoints.map((point) => ({ round, point, off: at - round.start - point.afterMs })),
      )
      .filter(({ point, off }) => point.reader === reader && off <= point.missMs)
      .sort((a, b) => Math.abs(a.off) - Math.abs(b.off));
    const best = fits[0];
    if (!best) continue;
    const of = taken.get(best.round.id) ?? new Map<string, Time>();
    taken.set(best.round.id, of);
    of.set(best.point.id, Math.min(at, of.get(best.point.id) ?? at));
  }
  return taken;
}

/** The points that may count as walked in order: of all longest walks in order, the one that comes to each point soonest. */
function inOrder(points: readonly Checkpoint[], taken: ReadonlyMap<string, Time>): ReadonlySet<string> {
  const reached = points.filter(({ id }) => taken.has(id));
  let best: Checkpoint[] = [];
  for (let choice = 1; choice < 2 ** reached.length; choice++) {
    const walk = reached.filter((_, i) => (choice >> i) & 1);
    const times = walk.map(({ id }) => taken.get(id)!);
    if (times.some((at, i) => i > 0 && at < times[i - 1]!)) continue;
    if (walk.length > best.length || (walk.length === best.length && sooner(walk, best, taken))) best = walk;
  }
  return new Set(best.map(({ id }) => id));
}

function sooner(a: readonly Checkpoint[], b: readonly Checkpoint[], taken: ReadonlyMap<string, Time>): boolean {
  for (let i = a.length - 1; i >= 0; i--) {
    const difference = taken.get(a[i]!.id)! - taken.get(b[i]!.id)!;
    if (difference !== 0) return difference < 0;
  }
  return false;
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
    const taken = assigned(rounds, list);
    for (const round of rounds) {
      const told = evidence.state.rounds.get(round.id);
      if (!told?.counts) continue;
      const of = taken.get(round.id) ?? new Map<string, Time>();
      const ordered = round.route.ordered ? inOrder(round.route.checkpoints, of) : undefined;
      for (const point of round.route.checkpoints) {
        const at = of.get(point.id);
        const off = at === undefined ? undefined : at - round.start - point.afterMs;
        const known = told.checks[point.id]?.verdict;
        const near =
          off !== undefined &&
          [-point.earlyMs, point.lateMs, point.missMs].some((edge) => Math.abs(off - edge) < looseMs);
        if (near) continue;
        const right =
          off === undefined ? 'missed' : ordered?.has(point.id) === false ? 'wrong-order' : byTime(point, off);
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
      const taken = assigned(rounds, scans(desk));
      const alarms = evidence.facts('raised');
      const repeats = evidence.facts('repeated');
      for (const round of rounds) {
        for (const point of round.route.checkpoints) {
          const deadline = round.start + point.afterMs + point.missMs;
          if (taken.get(round.id)?.has(point.id) || deadline > evidence.endedAt - lateMs) continue;
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
