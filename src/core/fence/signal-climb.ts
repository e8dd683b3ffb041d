/**
 * Whether a body is on the fence. A climber bears on one wire after another, each perhaps for less than a touch may last, so
 * the whole zone is looked at and not one wire. Force that stays on one wire is left to be told as a pull.
 */
import { tell } from './signal-judge.ts';
import { passed } from './signal-passed.ts';
import { calmMs, clipped, fresh, look, waiting } from './signal-sense.ts';
import { swingShare } from './signal-touch.ts';
import type { Finding, SignalLimits, WireMemory, ZoneMemory } from './signal-types.ts';

/** Two wires bent apart at once are taken within less than this; the next hold of a climber comes later, ms. */
const togetherMs = 600;
/** Between two wires a body may bear on nothing that is seen (a wire that is cut) for this long, ms; the hold before lasts at least
 *  so long, and the one behind it so long. */
const steppedMs = 2_000;
const holdMs = 1_000;
const nextMs = 500;
/** A hold is let go below this share of what a hold is. */
const heldKept = 0.5;
/** This much is neither an animal nor a pull, N: a climber of 300 N adds 300 to a sprung wire, a cat of 50 N 90 at most … */
const bodyN = 130;
/** … if it also moves: by this much, N, and this many times to and fro. */
const motionN = 8;
const motionTurns = 3;

/** Looks at all wires of a zone after their newest readings were taken in. */
export function judgeClimb(found: Finding[], zone: ZoneMemory, limits: SignalLimits, at: number): void {
  let bearingN = 0;
  let beyond = false;
  for (const wire of zone.wires) {
    if (Number.isNaN(wire.quickN) || wire.stuck || !fresh(wire, at)) continue;
    const overN = wire.lastN - wire.quickN;
    bearingN = Math.max(bearingN, overN);
    const full = clipped(wire, overN, limits);
    beyond ||= full;
    hold(wire, overN, full || overN >= limits.climbN, limits, at);
  }
  const { force } = zone;
  move(zone, bearingN);
  const keptN = Math.max(limits.climbN * heldKept, force.holds ? 0 : zone.peakN * swingShare);
  const turn = look(
    force,
    beyond || bearingN >= limits.climbN,
    beyond || bearingN >= keptN,
    at,
    limits.dwellMs,
    calmMs,
  );
  const what = { detection: 'climb', valueN: bearingN, limitN: limits.climbN } as const;
  const since = passed(zone, limits, at);
  // The wires may be free just now: the force that is told began with the first of them.
  if (since !== undefined && !(since >= force.since)) force.since = since;
  const quickly = since !== undefined || (waiting(force) && stepped(zone, at));
  if (quickly) force.holds = true;
  const moved = zone.peakN >= bodyN && zone.turns >= motionTurns;
  if (force.holds && !zone.climbing && (quickly || walked(zone) || moved)) {
    zone.climbing = true;
    tell(found, 'began', at, force, what);
  } else if (turn === 'ended' && zone.climbing) {
    zone.climbing = false;
    tell(found, 'ended', at, force, what);
  }
}

function hold(wire: WireMemory, overN: number, taken: boolean, limits: SignalLimits, at: number): void {
  if (wire.held) wire.held = taken || overN >= limits.climbN * heldKept;
  else if (taken) {
    wire.held = true;
    wire.heldSince = at;
  }
  if (wire.held) wire.heldTo = at;
}

/** The greatest force of this bearing, and its motion to and fro. */
function move(zone: ZoneMemory, bearingN: number): void {
  if (!waiting(zone.force)) {
    zone.peakN = bearingN;
    zone.turnN = bearingN;
    zone.rising = true;
    zone.turns = 0;
    return;
  }
  zone.peakN = Math.max(zone.peakN, bearingN);
  const moved = bearingN - zone.turnN;
  if (zone.rising === moved > 0) zone.turnN = bearingN;
  else if (Math.abs(moved) >= motionN) {
    zone.rising = !zone.rising;
    zone.turnN = bearingN;
    zone.turns += 1;
  }
}

/** Whether one wire is held now and another was let go shortly before, each for longer than a touch of an animal that passes. */
function stepped({ wires }: ZoneMemory, at: number): boolean {
  return wires.some(
    (now) =>
      // Held in this very reading: of a wire that is not read any more nothing is known.
      now.heldTo === at &&
      at - now.heldSince >= nextMs &&
      wires.some((before) => {
        const apartMs = now.heldSince - before.heldTo;
        return apartMs > 0 && apartMs <= steppedMs && before.heldTo - before.heldSince >= holdMs;
      }),
  );
}

/** Whether one wire was taken after another since the force came. */
function walked(zone: ZoneMemory): boolean {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { heldSince } of zone.wires) {
    if (!(heldSince >= zone.force.since)) continue;
    first = Math.min(first, heldSince);
    last = Math.max(last, heldSince);
  }
  return last - first >= togetherMs;
}
