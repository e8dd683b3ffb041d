/**
 * What a single wire says: pulled, slack, cut, outside its window, drifting, stuck. Each is a condition that must last and must
 * be over for a while before it ends. It changes only the conditions, never a base.
 */
import { rejoin } from './signal-absence.ts';
import { driftNPerHour } from './signal-follow.ts';
import { band, calmMs, forget, fresh, type LastingChange, look, middle, share, waiting } from './signal-sense.ts';
import { fallBand, slipBand } from './signal-slip.ts';
import { judgeQuick } from './signal-touch.ts';
import type { Detection, Finding, Lasting, SignalLimits, WireMemory, ZoneMemory } from './signal-types.ts';

/** Once on, a condition is over only well inside its limit: below these shares of it. */
const patientKept = 0.75;
/** What is only far from its base, and did not come quickly, is waited for this many times as long: a branch is not patient. */
const patience = 5;
const downKept = 0.75;
/** A window is left again by this much, N, before it counts as kept. */
const insideN = 3;
/** A fall at once by this share of the limit of slack (9 N) that stays for so long, ms, is no slip; it is over at that share of it. */
const fallShare = 0.6;
const fallMs = 5_000;
const fallKept = 0.5;
/** A wire that keeps less than this share of what it had some seconds ago, ms, is cut, until it has so much again. */
const snappedShare = 0.36;
const snapMs = 3_000;
const snappedBack = 0.6;
/** A pull is over when the wire is back this near to where it began, as a share of its way. */
const heldShare = 0.35;
const driftDwellMs = 600_000;
const driftKept = 0.5;
/** A stuck sensor may still flicker by this share of what the others moved. */
const flicker = 0.2;

export interface FindingMade {
  readonly detection: Detection;
  readonly wire?: number;
  readonly valueN: number;
  readonly limitN: number;
}

export function tell(found: Finding[], turn: LastingChange, at: number, one: Lasting, what: FindingMade): void {
  if (turn === 'began') found.push({ kind: 'detection', active: true, ...what, sinceMs: at - one.since });
  else if (turn === 'ended') found.push({ kind: 'detection', active: false, ...what });
}

/** Judges one wire by its newest reading. */
export function judge(found: Finding[], zone: ZoneMemory, index: number, limits: SignalLimits, at: number): void {
  const wire = zone.wires[index]!;
  const valueN = wire.lastN;
  const gone = valueN < limits.cutN || snapped(wire, limits);
  const cut = look(wire.cut, gone, gone, at, limits.cutDwellMs, calmMs);
  tell(found, cut, at, wire.cut, { detection: 'cut', wire: index, valueN, limitN: limits.cutN });
  if (!wire.stuck) {
    if (!wire.learning) judgeSlack(found, zone, index, limits, at);
    judgePull(found, zone, index, limits, at);
    if (!wire.learning) judgeDrift(found, wire, index, limits, at);
  }
  judgeWindow(found, wire, index, limits, at);
}

/**
 * Whether the wire lost most of its tension at once: what sticks at the supports between the cut and the sensor keeps the rest. A
 * tensioner that is unscrewed takes longer.
 */
function snapped(wire: WireMemory, { floorN }: SignalLimits): boolean {
  const { lastN, beforeN, snappedN } = wire;
  if (!Number.isNaN(snappedN)) {
    if (lastN < snappedBack * snappedN) return true;
    wire.snappedN = Number.NaN;
  }
  if (beforeN >= floorN / 2 && lastN < snappedShare * beforeN && wire.readMs < snapMs) {
    wire.snappedN = beforeN;
    return true;
  }
  wire.beforeN = Number.isNaN(beforeN) ? lastN : beforeN + (lastN - beforeN) * share(wire.readMs, snapMs);
  return false;
}

function judgeSlack(found: Finding[], zone: ZoneMemory, index: number, limits: SignalLimits, at: number): void {
  const wire = zone.wires[index]!;
  const valueN = wire.lastN;
  const limitN = Math.max(wire.baseN - limits.downN, wire.baseN * limits.slackShare);
  const keptN = Math.max(wire.baseN - limits.downN * downKept, wire.baseN * limits.slackShare);
  // A wire that is cut is no slack wire, but one that was slack before is not taut again.
  const { slack, cut } = wire;
  const fell = fallen(wire, zone, limits, at) && !cut.holds;
  const kept = (valueN < keptN && (slack.holds || !cut.holds)) || fell;
  const turn = look(slack, (valueN < limitN && !cut.holds) || fell, kept, at, limits.dwellMs, calmMs);
  // A fall that was over before it was told is none: a wire that sinks slowly later must not end it.
  if (!slack.holds && !fell) wire.fellFromN = Number.NaN;
  const fromN = fell && valueN >= limitN ? wire.fellFromN - fallShare * limits.downN : limitN;
  tell(found, turn, at, wire.slack, { detection: 'slack', wire: index, valueN, limitN: fromN });
}

/** Whether the wire fell by itself at once, and stayed there: what slips at a support is less, and where wires do slip it is added. */
function fallen(wire: WireMemory, zone: ZoneMemory, limits: SignalLimits, at: number): boolean {
  const { fall, lastN, quickN } = wire;
  // What its neighbours fell by too is none of its own doing: of a zone that falls as one, all wires are told together.
  const together = middle(zone.wires.filter((one) => one !== wire).map((one) => one.quickN - one.lastN || 0));
  const farN = quickN - lastN - Math.max(0, together);
  const leastN = Math.min(limits.downN, fallShare * limits.downN + fallBand(zone, limits, at));
  if (look(fall, farN >= leastN, farN >= leastN * downKept, at, fallMs, calmMs) === 'began') wire.fellFromN = quickN;
  return wire.fellFromN - lastN >= fallShare * limits.downN * fallKept;
}

function judgePull(found: Finding[], zone: ZoneMemory, index: number, limits: SignalLimits, at: number): void {
  const wire = zone.wires[index]!;
  const valueN = wire.lastN;
  const upN = riseBand(zone, index, limits, at);
  const quick = judgeQuick(zone, index, limits, upN, at);
  const over = wire.learning ? 0 : valueN - wire.baseN;
  const { patient, spread } = wire;
  const patientN = limits.patientN + astray(zone, wire, limits);
  look(patient, over >= patientN, over >= patientN * patientKept, at, limits.dwellMs * patience, calmMs);

  const one = wire.quick.holds ? wire.quick : patient.holds ? patient : spread;
  const fromN = wire.quick.holds || wire.learning ? wire.quickN : wire.baseN;
  const limitN = fromN + (fromN === wire.quickN ? upN : patientN);
  const what: FindingMade = { detection: 'pull', wire: index, valueN, limitN };
  const again = quick === 'began' && wire.pulled && wire.rested;
  if (wire.pulled && (again || (released(wire, limits, at) && !one.holds))) {
    wire.pulled = false;
    // It is back, and rests there.
    if (!again && wire.rested) wire.quickN = Math.min(wire.quickN, valueN);
    tell(found, 'ended', at, one, what);
  }
  // A climb says it already; and what is about to end is not begun.
  if (one.holds && Number.isNaN(one.calmSince) && !wire.pulled && !zone.climbing) {
    wire.pulled = true;
    wire.rested = false;
    wire.pulledFromN = again ? Math.min(wire.pulledFromN, fromN) : fromN;
    wire.pulledN = valueN - wire.pulledFromN;
    wire.backSince = Number.NaN;
    tell(found, 'began', at, one, what);
  }
}

/** How far the middle one of the other wires is from its base: where ice or slips part them all, one is told by what it goes beyond. */
function astray({ wires }: ZoneMemory, wire: WireMemory, { patientN }: SignalLimits): number {
  const others = wires
    .filter((one) => one !== wire && !one.learning)
    .map(({ lastN, baseN }) => Math.abs(lastN - baseN));
  return Math.min(middle(others), patientN);
}

/** The band of a quick rise: wider where wires slip, unless a neighbour rises too; and where no base is known, no trembling. */
function riseBand(zone: ZoneMemory, index: number, limits: SignalLimits, at: number): number {
  const wire = zone.wires[index]!;
  const ownN = band(wire, limits);
  if (wire.learning) return Math.max(limits.patientN, ownN);
  const rises = (one: WireMemory | undefined) =>
    one !== undefined && fresh(one, at) && one.lastN - one.quickN - zone.gustN >= band(one, limits);
  if (rises(zone.wires[index - 1]) || rises(zone.wires[index + 1])) return ownN;
  return Math.max(ownN, slipBand(zone, limits, at));
}

/** Whether a pull that was told is over: a wire that is held still away from where it was is pulled for as long as that takes. */
function released(wire: WireMemory, { upN }: SignalLimits, at: number): boolean {
  const farN = wire.lastN - wire.pulledFromN;
  if (farN >= Math.max(upN / 2, heldShare * wire.pulledN)) wire.backSince = Number.NaN;
  else if (Number.isNaN(wire.backSince)) wire.backSince = at;
  return at - wire.backSince >= calmMs;
}

function judgeDrift(found: Finding[], wire: WireMemory, index: number, limits: SignalLimits, at: number): void {
  const rate = driftNPerHour(wire);
  const limitN = limits.driftNPerHour;
  const far = Math.abs(rate);
  const turn = look(wire.drift, far >= limitN, far >= limitN * driftKept, at, driftDwellMs, calmMs);
  tell(found, turn, at, wire.drift, { detection: 'drift', wire: index, valueN: rate, limitN });
}

function judgeWindow(found: Finding[], wire: WireMemory, index: number, limits: SignalLimits, at: number): void {
  const valueN = wire.lastN;
  const topN = Math.min(limits.ceilingN, limits.fullScaleN - limits.upN);
  // A wire that is cut says so itself; one that was loose before it broke stays loose.
  const cut = waiting(wire.cut);
  const low = valueN < limits.floorN && !cut;
  // Somebody on the wire is no fault of its tension.
  const somebody = waiting(wire.quick) || wire.patient.holds;
  const high = valueN > topN && !somebody;
  const { outside } = wire;
  const keptLow = valueN < limits.floorN + insideN && (outside.holds || !cut);
  const keptHigh = valueN > topN - insideN && (outside.holds || !somebody);
  const turn = look(outside, low || high, keptLow || keptHigh, at, limits.staticDwellMs, calmMs);
  const limitN = valueN < (limits.floorN + topN) / 2 ? limits.floorN : topN;
  tell(found, turn, at, outside, { detection: 'static', wire: index, valueN, limitN });
}

/** Whether the sensor stands still while the wires around it move: it no longer says anything about its wire. */
export function judgeStuck(found: Finding[], zone: ZoneMemory, index: number, limits: SignalLimits): void {
  const wire = zone.wires[index]!;
  const valueN = wire.lastN;
  const what: FindingMade = { detection: 'stuck', wire: index, valueN, limitN: limits.stuckN };
  if (!(Math.abs(valueN - wire.stillN) <= limits.stuckN * flicker)) {
    wire.stillN = valueN;
    wire.stillLowN = zone.pathN;
    wire.stillHighN = zone.pathN;
    if (wire.stuck) {
      wire.stuck = false;
      // One whose pull is told already is held where it was: to be told again it has to go on from there.
      if (wire.pulled) wire.quickN = valueN;
      else rejoin(wire, limits, 0);
      found.push({ kind: 'detection', active: false, ...what });
    }
    return;
  }
  wire.stillLowN = Math.min(wire.stillLowN, zone.pathN);
  wire.stillHighN = Math.max(wire.stillHighN, zone.pathN);
  const ends = valueN >= limits.fullScaleN - limits.upN || valueN < limits.cutN;
  if (wire.stuck || ends || wire.stillHighN - wire.stillLowN < limits.stuckN) return;
  wire.stuck = true;
  found.push({ kind: 'detection', active: true, ...what });
}

/** A new base is a clean sheet: what the wire said against the old one is over. */
export function absolve(found: Finding[], wire: WireMemory, index: number): void {
  const over = (sign: Detection, held: boolean, limitN: number) => {
    if (held)
      found.push({ kind: 'detection', detection: sign, active: false, wire: index, valueN: wire.lastN, limitN });
  };
  over('pull', wire.pulled, wire.baseN);
  over('slack', wire.slack.holds, wire.baseN);
  wire.pulled = false;
  wire.rested = false;
  forget(wire.quick);
  forget(wire.patient);
  forget(wire.slack);
}
