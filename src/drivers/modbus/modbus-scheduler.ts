/**
 * Whose turn it is on a Modbus line: every request by its due time, one at a time, and little time for units that fail.
 * It is pure scheduling on a clock that is passed in; it must never ask or report anything itself.
 *
 * A unit that did not answer is left alone for a while that doubles (on RTU its late answer falls into that silence),
 * is then asked one request, and has less patience spent on it than a healthy one. Those that were silent twice get together
 * at most a fifth of the line's time, so their neighbours keep their pace. A unit that answers, but far more slowly than the
 * others, is likewise left alone after each answer: it costs itself.
 */

/** One request that is polled. */
export interface PollTurn {
  readonly unit: UnitTurns;
  readonly periodMs: number;
  /** It carries an alarm: a device that does not give it must not look well. */
  readonly vital: boolean;
  dueAt: number;
  /** Failures in a row. */
  failures: number;
  /** The last failure was silence, which costs the line time, and not a quick refusal. */
  silent: boolean;
}

/** What is remembered of one unit. */
export interface UnitTurns {
  readonly turns: PollTurn[];
  /** Silences in a row, over all its requests. */
  misses: number;
  retryAt: number;
  heardAt: number;
  /** The slowest answer of late, ms; it forgets slowly. Undefined before the first answer. */
  slowestMs: number | undefined;
  /** What an answer takes lately, ms: half of it is the last one. Undefined before the first answer. */
  paceMs: number | undefined;
}

/** With the usual time-out of 500 ms a unit is down after 3 s; a fence zone is stale after 5 s. */
const UNHEARD_TIMEOUTS = 6;
/** Failures in a row of the request that carries the alarms. */
const VITAL_FAILURES = 4;
const RETRY_MAX_MS = 10_000;
const REFUSED_MAX_MS = 2000;
/** What carries no alarm and is asked no more often than this keeps its distance from its last answer (ours). */
const SELDOM_MS = 1000;
/** One part of failing units to four parts of the others. */
const SHARE = 4;

/**
 * A slow unit: its answers take at least this long, ms, and so many times as long as those of the quickest on the line (ours).
 * It gets one part of the line's time to two of the others: with three requests of half a second each it is still heard
 * within five seconds, and its neighbours keep four fifths of their pace.
 */
const SLOW_MS = 100;
const SLOW_TIMES = 4;
const SLOW_SHARE = 2;

export class PollScheduler {
  readonly #timeoutMs: number;
  readonly #turns: PollTurn[] = [];
  /** Failing units wait until then. */
  #failingAt = 0;
  /** Slow units wait until then. */
  #slowAt = 0;
  readonly #units: UnitTurns[] = [];

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  /** A unit with requests of these periods, all due at `now`. */
  add(requests: readonly { readonly periodMs: number; readonly vital: boolean }[], now: number): UnitTurns {
    const unit: UnitTurns = { turns: [], misses: 0, retryAt: 0, heardAt: now, slowestMs: undefined, paceMs: undefined };
    this.#units.push(unit);
    for (const { periodMs, vital } of requests)
      unit.turns.push({ unit, periodMs, vital, dueAt: now, failures: 0, silent: false });
    this.#turns.push(...unit.turns);
    return unit;
  }

  /** When this turn may be taken. */
  #at(turn: PollTurn): number {
    const { unit } = turn;
    if (unit.misses === 0 && !turn.silent) return this.#slow(unit) ? Math.max(turn.dueAt, this.#slowAt) : turn.dueAt;
    const soonest = Math.max(turn.dueAt, unit.retryAt);
    // One lost answer is mostly noise: the second try is a short one and waits for nobody, for it may carry an alarm.
    const failing = unit.misses >= 2 || (turn.silent && turn.failures >= 2);
    return failing ? Math.max(soonest, this.#failingAt) : soonest;
  }

  /** Whether its answers hold up quicker ones. */
  #slow(unit: UnitTurns): boolean {
    const { paceMs } = unit;
    if (paceMs === undefined || paceMs < SLOW_MS) return false;
    return this.#units.some((one) => one.misses === 0 && one.paceMs !== undefined && one.paceMs * SLOW_TIMES < paceMs);
  }

  /** The turn that may be taken first, and when; undefined on a line that reads nothing. */
  next(): { readonly turn: PollTurn; readonly at: number } | undefined {
    let first: PollTurn | undefined;
    let at = Number.POSITIVE_INFINITY;
    for (const turn of this.#turns) {
      const when = this.#at(turn);
      // Requests of a failing unit wait for the same moment; the one asked longest ago goes first, or one that hangs
      // would hide the others.
      if (when < at || (when === at && first !== undefined && turn.dueAt < first.dueAt)) {
        first = turn;
        at = when;
      }
    }
    return first && { turn: first, at };
  }

  /** How long to wait for an answer of this unit now, ms. */
  responseTimeoutMs(unit: UnitTurns, now: number): number {
    const troubled = unit.misses > 0 || now < this.#failingAt;
    if (!troubled || unit.slowestMs === undefined) return this.#timeoutMs;
    const short = (50 + 4 * unit.slowestMs) * 2 ** Math.max(0, unit.misses - 1);
    return Math.min(this.#timeoutMs, Math.ceil(short));
  }

  /** A good answer that took `tookMs`. */
  answered(turn: PollTurn, now: number, tookMs: number): void {
    this.heard(turn.unit, now, tookMs);
    turn.failures = 0;
    turn.silent = false;
    // Settings of all units that are due in one moment would hold up the alarm bits together, and be due together for ever.
    const seldom = !turn.vital && turn.periodMs >= SELDOM_MS;
    turn.dueAt = seldom ? now + turn.periodMs : Math.max(turn.dueAt + turn.periodMs, now);
  }

  /** The unit is there, whatever it said. */
  heard(unit: UnitTurns, now: number, tookMs: number): void {
    if (unit.misses >= 2) this.#revive(unit, now);
    unit.misses = 0;
    unit.heardAt = now;
    unit.slowestMs = Math.max(tookMs, (unit.slowestMs ?? 0) * 0.99);
    unit.paceMs = ((unit.paceMs ?? tookMs) + tookMs) / 2;
    if (this.#slow(unit)) this.#slowAt = now + SLOW_SHARE * tookMs;
  }

  /** The whole unit was away, so the silence of its requests says nothing about them. */
  #revive(unit: UnitTurns, now: number): void {
    for (const turn of unit.turns) {
      if (!turn.silent) continue;
      turn.silent = false;
      turn.failures = 0;
      turn.dueAt = now;
    }
  }

  /** An exception: the unit is there, this request is not served. */
  refused(turn: PollTurn, now: number, tookMs: number): void {
    this.heard(turn.unit, now, tookMs);
    turn.failures += 1;
    turn.silent = false;
    turn.dueAt =
      now + Math.max(turn.periodMs, Math.min(REFUSED_MAX_MS, turn.periodMs * 2 ** Math.min(turn.failures, 8)));
  }

  /** No believable answer; it cost the line `costMs`. `late`: one may still come, so the unit is left in silence. */
  missed(turn: PollTurn, now: number, costMs: number, late: boolean): void {
    this.silence(turn.unit, now, costMs, late);
    turn.failures += 1;
    turn.silent = true;
    turn.dueAt = now + this.#pause(turn.failures, late);
  }

  /** The unit did not answer something that is not in the schedule (a write). */
  silence(unit: UnitTurns, now: number, costMs: number, late: boolean): void {
    unit.misses += 1;
    unit.retryAt = now + this.#pause(unit.misses, late);
    this.#failingAt = now + SHARE * costMs;
  }

  #pause(failures: number, late: boolean): number {
    if (failures === 1 && !late) return 0;
    return Math.min(RETRY_MAX_MS, this.#timeoutMs * 2 ** Math.min(failures, 8));
  }

  /** Several silences and some time: a busy second on the line is noise, and not worth an alarm at night. */
  reachable(unit: UnitTurns, now: number): boolean {
    if (unit.misses >= 2 && now - unit.heardAt >= UNHEARD_TIMEOUTS * this.#timeoutMs) return false;
    return !unit.turns.some((turn) => turn.vital && turn.failures >= VITAL_FAILURES);
  }
}
