/**
 * How a round stands after what people changed of it: by how much each point is later, until when it can be reached, who walks it at
 * a time, and since when it is cancelled. From the plan and the changes alone, by the time at which a touch was made: gateway,
 * pages and reports ask here. It must never ask what has happened, nor when it was told.
 */
import type { Checkpoint, Round, RoundChange, Route, Time } from '../types.ts';

const minuteMs = 60_000;
/** A round is put off by this much at most, all in all; ours: longer is another round. */
export const extendMaxMin = 120;
/** A round stands still for this long at most, all in all, and then goes on by itself; ours: longer is no pause. */
export const pauseMaxMs = 60 * minuteMs;

/** A time in which the clock of a round stands still. */
export interface RoundPause {
  readonly from: Time;
  readonly to: Time;
  /** Nobody has ended it so far: it ends at `to` by itself. */
  readonly open: boolean;
  readonly by: string;
}

/** Who walks. */
export type RoundPeople = Pick<Round, 'person' | 'second'>;

/** From `from` on everything is later: by all of `ms` at once, or as time goes until `to`. */
interface Shift {
  readonly from: Time;
  readonly ms: number;
  readonly to?: Time;
}

const reached = ({ from, ms, to }: Shift, at: Time): number => (to === undefined ? ms : Math.min(at, to) - from);

/** The pauses among these changes; together they are no longer than a round may stand still. */
function pausesOf(changes: readonly RoundChange[]): RoundPause[] {
  const pauses: RoundPause[] = [];
  let left = pauseMaxMs;
  let since: RoundChange | undefined;
  const end = (at: Time, open: boolean) => {
    if (!since) return;
    const to = Math.min(at, since.at + left);
    pauses.push({ from: since.at, to, open, by: since.by });
    left -= to - since.at;
    since = undefined;
  };
  for (const change of changes) {
    if (change.how === 'paused' && !since) since = change;
    if (change.how === 'resumed') end(change.at, false);
  }
  end(Number.POSITIVE_INFINITY, true);
  return pauses;
}

/** Who walks at a time, of those planned and whoever has taken over until then. */
export function peopleAfter(plan: RoundPeople, changes: readonly RoundChange[], at: Time): RoundPeople {
  let { person, second } = plan;
  for (const change of changes) {
    if (change.how !== 'covered' || change.at > at) continue;
    if (change.of !== undefined && change.of === second) second = change.person;
    else person = change.person;
  }
  return { ...(person !== undefined && { person }), ...(second !== undefined && { second }) };
}

export class RoundCourse {
  readonly route: Pick<Route, 'checkpoints' | 'uploadBy'>;
  readonly start: Time;
  readonly changes: readonly RoundChange[];
  /** Set while it is cancelled. */
  readonly cancelled: RoundChange | undefined;
  readonly pauses: readonly RoundPause[];
  /** From here on a touch may count for it. */
  readonly opens: Time;
  readonly #plan: RoundPeople;
  readonly #shifts: readonly Shift[];

  constructor(
    route: Pick<Route, 'checkpoints' | 'uploadBy'>,
    plan: Pick<Round, 'start'> & RoundPeople,
    changes: readonly RoundChange[] = [],
  ) {
    this.route = route;
    this.start = plan.start;
    this.changes = changes;
    this.#plan = plan;
    this.cancelled = changes.reduce<RoundChange | undefined>(
      (was, change) => (change.how === 'cancelled' ? change : change.how === 'reinstated' ? undefined : was),
      undefined,
    );
    this.pauses = pausesOf(changes);
    this.#shifts = [
      ...changes
        .filter(({ how }) => how === 'extended')
        .map(({ at, minutes = 0 }): Shift => ({ from: at, ms: minutes * minuteMs })),
      ...this.pauses.map(({ from, to }): Shift => ({ from, ms: to - from, to })),
    ].sort((a, b) => a.from - b.from);
    let opens = plan.start - Math.max(...route.checkpoints.map(({ earlyMs }) => earlyMs));
    for (const { from, ms } of this.#shifts) if (from < opens) opens += ms;
    this.opens = opens;
  }

  /**
   * By how much a point is later, for whoever touches it at `at`. What was put off when its time had run out already is not later by it:
   * missed stays missed.
   */
  #lag({ afterMs, missMs }: Checkpoint, at: Time): number {
    const deadline = this.start + afterMs + missMs;
    const counting: Shift[] = [];
    const sum = (when: Time) => counting.reduce((ms, shift) => ms + reached(shift, when), 0);
    for (const shift of this.#shifts) {
      if (shift.from > at) break;
      if (deadline + sum(shift.from) > shift.from) counting.push(shift);
    }
    return sum(at);
  }

  /** When a point is planned, for whoever touches it at `at`; without `at`: as the plan stands with all that was changed. */
  plan(point: Checkpoint, at: Time = Number.POSITIVE_INFINITY): Time {
    return this.start + point.afterMs + (this.#shifts.length === 0 ? 0 : this.#lag(point, at));
  }

  /** Until here a touch may count for the point. */
  reachedBy(point: Checkpoint): Time {
    return this.plan(point) + point.missMs;
  }

  /** Until here a point of the round could be reached, had nobody cancelled it. */
  get last(): Time {
    return Math.max(...this.route.checkpoints.map((point) => this.reachedBy(point)));
  }

  /** Until here a touch may count for the round. */
  get takesUntil(): Time {
    return Math.min(this.last, this.cancelled?.at ?? Number.POSITIVE_INFINITY);
  }

  /** Whether the point is not due any more, because the round was cancelled while there was time to reach it. */
  isCancelled(point: Checkpoint): boolean {
    return this.cancelled !== undefined && this.reachedBy(point) > this.cancelled.at;
  }

  /** Who walks at a time, with whoever has taken over until then. */
  peopleAt(at: Time): RoundPeople {
    return peopleAfter(this.#plan, this.changes, at);
  }

  /** Who is to reach a point: whoever walks at the time for which it is planned. */
  plannedFor(point: Checkpoint): RoundPeople {
    return this.peopleAt(this.plan(point));
  }

  /** The pause that runs at a time. */
  pausedAt(at: Time): RoundPause | undefined {
    return this.cancelled ? undefined : this.pauses.find(({ from, to }) => from <= at && at < to);
  }

  /** Minutes by which it was put off so far. */
  get extendedMin(): number {
    return this.changes.reduce((sum, { how, minutes = 0 }) => sum + (how === 'extended' ? minutes : 0), 0);
  }

  /** For how long it has stood still, or will have when the pause that runs is as long as it may be. */
  get pausedMs(): number {
    return this.pauses.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  /** What a head has not seen yet. */
  get unreviewed(): readonly RoundChange[] {
    const seen = this.changes.map(({ how }) => how).lastIndexOf('reviewed');
    return this.changes.slice(seen + 1).filter(({ review }) => review);
  }
}
