/**
 * Where the wires of a zone belong. What all of them do together is weather and followed at once; what one does by itself is
 * followed only as slowly as a wire may drift, and not at all while a sign waits or holds. It never judges.
 */
import { clamp, forget, fresh, middle, share, waiting } from './signal-sense.ts';
import { followSlip } from './signal-slip.ts';
import { followPair } from './signal-spread.ts';
import type { DetectorMemory, SideShare, SignalLimits, WireMemory, ZoneMemory } from './signal-types.ts';

/** The common movement is followed like a mean of this length: noise of single readings is left behind. */
const commonMs = 5_000;
/** What a wire does by itself is quick within about a minute, and slower than this it is followed, N/s. */
const quickMs = 60_000;
const quickNPerS = 0.05;
/** Where a wire is found after nobody looked is the mean of its readings in this time: a single one is noise. */
const foundMs = 10_000;
/** A level is a mean of this length that begins anew when the wire leaves it. */
const levelMs = 5_000;
/** A wire has left its level when it is this far away, N, or this many times its noise. */
const leaveN = 1.5;
const leaveFactor = 5;
/** A wire that went back towards its base is at home there once it rests this long … */
const backMs = 5_000;
/** … and elsewhere after this: above, somebody may be holding it; below, it will rise again when a body leaves the post. */
const restMs = 60_000;
/** What a gust takes all wires along at most, N: 30 m/s on a wire without springs. More at once is no wind. */
const gustMaxN = 5;
/** Noise is a mean of this length; of a wire that is new, it begins with that. */
const noiseMs = 300_000;
const firstNoiseMs = 5_000;
const minuteMs = 60_000;
const tenMinutesMs = 600_000;
const hourMs = 3_600_000;
/** After a pause like this nothing that had not lasted yet counts as lasting, and means move no farther than this. */
export const pauseMs = 10_000;
/** A side's zones agree when theirs moves no faster than this many times what the others do. */
const agreeFactor = 4;
/** What a side says counts for this long. */
const sideMs = 10_000;

/** Anything on this wire that a base must not follow. */
export function disturbed(wire: WireMemory): boolean {
  return (
    wire.stuck ||
    wire.pulled ||
    waiting(wire.quick) ||
    waiting(wire.patient) ||
    waiting(wire.slack) ||
    waiting(wire.cut)
  );
}

/** Moves all bases of the zone with what its wires did together in the last `ms`. */
export function followCommon(
  senses: DetectorMemory,
  id: string,
  zone: ZoneMemory,
  limits: SignalLimits,
  at: number,
  ms: number,
): void {
  const resting: number[] = [];
  const all: number[] = [];
  for (const wire of zone.wires) {
    if (wire.learning || wire.stuck || waiting(wire.cut) || !fresh(wire, at)) continue;
    const off = wire.lastN - wire.quickN;
    // A wire that hangs loose moves by itself, and must not make the taut ones look pulled.
    if (!waiting(wire.slack)) all.push(off);
    if (!disturbed(wire)) resting.push(off);
  }
  const most = (limits.weatherNPerS * ms) / 1_000;
  // Under a body the posts give and every other wire loosens: that is no weather.
  zone.commonN = resting.length * 2 >= zone.wires.length && !waiting(zone.force) ? middle(resting) : 0;
  // One wire alone cannot tell wind from a hand.
  zone.gustN = all.length > 1 ? clamp(middle(all), gustMaxN) : 0;
  const step = clamp(zone.commonN * share(ms, commonMs), most);
  zone.pathN += step;
  zone.minuteN += (zone.pathN - zone.minuteN) * share(ms, minuteMs);
  zone.tenMinutesN += (zone.pathN - zone.tenMinutesN) * share(ms, tenMinutesMs);

  const agreed = agreement(senses, id, zone, limits, at, ms);
  zone.agreedN += agreed;
  for (const wire of zone.wires) {
    if (wire.learning) continue;
    // Beyond its end a sensor shows nothing, and a base there would make a taut wire look slack.
    wire.quickN = Math.min(wire.quickN + step, limits.fullScaleN);
    wire.baseN = Math.min(wire.baseN + agreed, limits.fullScaleN);
    wire.levelN += step;
    wire.restedN += step;
    wire.pulledFromN += step;
    wire.fellFromN += step;
  }
}

/** How far the lasting bases may go along: all the way when the zone stands alone, else no faster than its side moves. */
function agreement(
  senses: DetectorMemory,
  id: string,
  zone: ZoneMemory,
  limits: SignalLimits,
  at: number,
  ms: number,
): number {
  const behind = zone.pathN - zone.agreedN;
  if (zone.side === undefined) return behind;
  const side = senses.sides.get(zone.side)?.zones;
  if (side === undefined) return behind;
  const rates: number[] = [];
  for (const [other, part] of side) if (other !== id && current(part, at) && !part.still) rates.push(part.rateNPerS);
  if (rates.length === 0) return behind;
  const perS = agreeFactor * Math.abs(middle(rates)) + limits.driftNPerHour / 3_600;
  return clamp(behind, (perS * ms) / 1_000);
}

export function current(part: SideShare, at: number): boolean {
  return Math.abs(at - part.at) <= sideMs;
}

/** Takes a wire's newest reading into its level, its noise and, if nothing is on, its bases. */
export function followOwn(wire: WireMemory, zone: ZoneMemory, limits: SignalLimits, at: number): void {
  const ms = Math.min(wire.readMs, pauseMs);
  rest(wire, at, ms);
  followSlip(wire, zone, at);
  // What a new wire showed least is what a climber is held against until it has a base.
  if (wire.learning) wire.quickN = Number.isNaN(wire.quickN) ? wire.lastN : Math.min(wire.quickN, wire.lastN);
  if (wire.learning || wire.stuck || waiting(wire.cut)) return;
  const borne = waiting(zone.force);
  followPair(wire, zone, borne);
  if (elsewhere(wire, limits, at) && !(borne && wire.lastN < wire.quickN)) {
    // Where a pull that was told is held is no way of its own: of a zone most of whose wires are propped, the others did nothing.
    if (!wire.pulled) wire.ownN += wire.levelN - wire.quickN;
    wire.quickN = wire.levelN;
    wire.rested = true;
    forget(wire.quick);
  } else if (!waiting(wire.quick) && !waiting(wire.slack) && !borne) {
    const aside = wire.lastN - wire.quickN - zone.commonN;
    const seenMs = at - wire.seenSince;
    const found = seenMs < foundMs && Math.abs(aside) < limits.upN;
    const step = found ? aside * share(ms, seenMs + ms) : clamp(aside * share(ms, quickMs), (quickNPerS * ms) / 1_000);
    wire.quickN += step;
    wire.ownN += step;
  }
  if (borne || disturbed(wire) || wire.lastN >= limits.fullScaleN) return;
  const astray = wire.lastN - wire.baseN - zone.commonN - (zone.pathN - zone.agreedN);
  wire.baseN += clamp(astray * share(ms, quickMs), (limits.driftNPerHour * ms) / hourMs);
  const own = wire.lastN - zone.pathN;
  wire.ownTenMinutesN += (own - wire.ownTenMinutesN) * share(ms, tenMinutesMs);
  wire.ownHourN += (own - wire.ownHourN) * share(ms, hourMs);
}

/** Whether the wire has come to rest away from its quick base, so that this is where the next rise begins. */
function elsewhere(wire: WireMemory, limits: SignalLimits, at: number): boolean {
  const restsMs = at - wire.levelSince;
  if (wire.lastN >= wire.quickN) return waiting(wire.quick) && restsMs >= restMs;
  if (waiting(wire.slack) || wire.quickN - wire.lastN <= limits.upN) return false;
  return restsMs >= (wire.levelN < wire.baseN - limits.upN ? restMs : backMs);
}

/** Keeps the common path with the middle wire: what most wires do by themselves is what they do together. */
export function anchor(zone: ZoneMemory): void {
  const own: number[] = [];
  for (const wire of zone.wires) if (!wire.learning) own.push(wire.ownN);
  const common = middle(own);
  if (common === 0) return;
  zone.pathN += common;
  for (const wire of zone.wires) {
    wire.ownN -= common;
    // Nothing moved: only what is called common did.
    wire.stillLowN += common;
    wire.stillHighN += common;
  }
}

/** Where the wire rests, and how much it trembles there. */
function rest(wire: WireMemory, at: number, ms: number): void {
  if (Number.isNaN(wire.seenSince)) wire.seenSince = at;
  if (Number.isNaN(wire.levelSince)) {
    wire.levelN = wire.lastN;
    wire.levelSince = at;
  }
  const off = wire.lastN - wire.levelN;
  const far = Math.abs(off);
  if (far > Math.max(leaveN, leaveFactor * wire.noiseN)) {
    wire.levelN = wire.lastN;
    wire.levelSince = at;
  } else wire.levelN += off * share(ms, levelMs);
  // A noise that grows by a little at most with each reading cannot be made large by a single act; a new wire's is learned sooner.
  const meanMs = Math.min(noiseMs, firstNoiseMs + at - wire.seenSince);
  wire.noiseN += (Math.min(far, 3 * wire.noiseN + 0.1) - wire.noiseN) * share(ms, meanMs);
}

/** How fast the wire moves away from the others, N per hour: what two means of a steady slope lie apart. */
export function driftNPerHour(wire: WireMemory): number {
  return ((wire.ownTenMinutesN - wire.ownHourN) * hourMs) / (hourMs - tenMinutesMs);
}

/** Gives a wire a base, as if it had stood there for long. */
export function settle(wire: WireMemory, zone: ZoneMemory, baseN: number): void {
  wire.learning = false;
  wire.renewed = false;
  wire.baseN = baseN;
  wire.quickN = baseN;
  wire.ownN = 0;
  wire.ownTenMinutesN = baseN - zone.pathN;
  wire.ownHourN = baseN - zone.pathN;
  wire.ownSoonN = baseN - zone.pathN;
  wire.ownLongN = baseN - zone.pathN;
  wire.soonN = 0;
}
