/**
 * Where the wires of a zone belong. What all of them do together is weather and followed at once; what one does by itself is
 * followed only as slowly as a wire may drift, and not at all while a sign waits or holds. It never judges.
 */
import { clamp, forget, fresh, middle, share, waiting } from './signal-sense.ts';
import type { Senses, SideShare, SignalLimits, WireSense, ZoneSense } from './signal-types.ts';

/** The common movement is followed like a mean of this length: noise of single readings is left behind. */
const commonMs = 5_000;
/** What a wire does by itself is quick within about a minute, and slower than this it is followed, N/s. */
const quickMs = 60_000;
const quickNPerS = 0.05;
/** A level is a mean of this length that begins anew when the wire leaves it. */
const levelMs = 5_000;
/** A wire has left its level when it is this far away, N, or this many times its noise. */
const leaveN = 1.5;
const leaveFactor = 5;
/** Below its base a wire that rests this long is at home there; above it, somebody may be holding it. */
const restMs = 5_000;
const holdMs = 60_000;
/** A base is learned from a wire that rests this long … */
const learnMs = 10_000;
/** … or, if it never rests, is taken after this long. */
const learnLimitMs = 120_000;
/** What a gust takes all wires along at most, N: 30 m/s on a wire without springs. More at once is no wind. */
const gustMaxN = 5;
const noiseMs = 300_000;
const minuteMs = 60_000;
const tenMinutesMs = 600_000;
const hourMs = 3_600_000;
/** After a pause like this nothing that had not lasted yet counts as lasting, and means move no farther than this. */
export const pauseMs = 10_000;
/** A side's zones agree when theirs moves no faster than this many times what the others do. */
const agreeFactor = 4;
/** What a side says counts for this long. */
const sideMs = 10_000;

/** The band of a quick rise: its limit, wider for a noisy wire, but never so wide that a wire could be shaken blind. */
export function band(wire: WireSense, limits: SignalLimits): number {
  return Math.min(Math.max(limits.upN, limits.noiseFactor * wire.noiseN), 4 * limits.upN);
}

/** Anything on this wire that a base must not follow. */
export function disturbed(wire: WireSense): boolean {
  return wire.stuck || waiting(wire.quick) || waiting(wire.patient) || waiting(wire.slack) || waiting(wire.cut);
}

/** Moves all bases of the zone with what its wires did together in the last `ms`. */
export function followCommon(
  senses: Senses,
  id: string,
  zone: ZoneSense,
  limits: SignalLimits,
  at: number,
  ms: number,
): void {
  const resting: number[] = [];
  const all: number[] = [];
  for (const wire of zone.wires) {
    if (wire.learning || wire.stuck || waiting(wire.cut) || !fresh(wire, at)) continue;
    const off = wire.lastN - wire.quickN;
    all.push(off);
    if (!disturbed(wire)) resting.push(off);
  }
  const most = (limits.weatherNPerS * ms) / 1_000;
  zone.commonN = resting.length * 2 >= zone.wires.length ? middle(resting) : 0;
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
    wire.quickN += step;
    wire.levelN += step;
    wire.baseN += agreed;
  }
}

/** How far the lasting bases may go along: all the way when the zone stands alone, else no faster than its side moves. */
function agreement(senses: Senses, id: string, zone: ZoneSense, limits: SignalLimits, at: number, ms: number): number {
  const behind = zone.pathN - zone.agreedN;
  if (zone.side === undefined) return behind;
  const side = senses.sides.get(zone.side)?.zones;
  if (side === undefined) return behind;
  const rates: number[] = [];
  for (const [other, part] of side) if (other !== id && current(part, at)) rates.push(part.rateNPerS);
  if (rates.length === 0) return behind;
  const perS = agreeFactor * Math.abs(middle(rates)) + limits.driftNPerHour / 3_600;
  return clamp(behind, (perS * ms) / 1_000);
}

export function current(part: SideShare, at: number): boolean {
  return Math.abs(at - part.at) <= sideMs;
}

/** Takes a wire's newest reading into its level, its noise and, if nothing is on, its bases. */
export function followOwn(wire: WireSense, zone: ZoneSense, limits: SignalLimits, at: number): void {
  const ms = Math.min(wire.readMs, pauseMs);
  rest(wire, at, ms);
  if (wire.learning || wire.stuck || waiting(wire.cut)) return;
  const aside = wire.lastN - wire.quickN;
  const resting = at - wire.levelSince;
  if (aside < 0 ? resting >= restMs && -aside > limits.upN : resting >= holdMs && waiting(wire.quick)) {
    wire.ownN += wire.levelN - wire.quickN;
    wire.quickN = wire.levelN;
    wire.rested = true;
    forget(wire.quick);
  } else if (!waiting(wire.quick)) {
    const step = clamp((aside - zone.commonN) * share(ms, quickMs), (quickNPerS * ms) / 1_000);
    wire.quickN += step;
    wire.ownN += step;
  }
  if (disturbed(wire)) return;
  const astray = wire.lastN - wire.baseN - zone.commonN - (zone.pathN - zone.agreedN);
  wire.baseN += clamp(astray * share(ms, quickMs), (limits.driftNPerHour * ms) / hourMs);
  const own = wire.lastN - zone.pathN;
  wire.ownTenMinutesN += (own - wire.ownTenMinutesN) * share(ms, tenMinutesMs);
  wire.ownHourN += (own - wire.ownHourN) * share(ms, hourMs);
}

/** Keeps the common path with the middle wire: what most wires do by themselves is what they do together. */
export function anchor(zone: ZoneSense): void {
  const own: number[] = [];
  for (const wire of zone.wires) if (!wire.learning) own.push(wire.ownN);
  const common = middle(own);
  if (common === 0) return;
  zone.pathN += common;
  for (const wire of zone.wires) wire.ownN -= common;
}

/** Where the wire rests, and how much it trembles there. */
function rest(wire: WireSense, at: number, ms: number): void {
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
  // A noise that grows by a little at most with each reading cannot be made large by a single act.
  wire.noiseN += (Math.min(far, 3 * wire.noiseN + 0.1) - wire.noiseN) * share(ms, noiseMs);
}

/** How fast the wire moves away from the others, N per hour: what two means of a steady slope lie apart. */
export function driftNPerHour(wire: WireSense): number {
  return ((wire.ownTenMinutesN - wire.ownHourN) * hourMs) / (hourMs - tenMinutesMs);
}

/**
 * After nobody looked: a wire close to its base counts as at rest where it is, one farther off as taken from its base. Weather
 * and drift make the small differences, and only an act the large ones.
 */
export function rejoin(wire: WireSense, limits: SignalLimits): void {
  const off = Math.abs(wire.lastN - wire.baseN);
  const quickN = off < 2 * limits.upN ? wire.lastN : wire.baseN;
  wire.ownN += quickN - wire.quickN;
  wire.quickN = quickN;
  wire.levelN = wire.lastN;
  wire.levelSince = wire.readAt;
}

/** Learns the base of a wire that rests. True when it was learned by this reading. */
export function learn(wire: WireSense, zone: ZoneSense, at: number): boolean {
  if (Number.isNaN(wire.learnSince)) wire.learnSince = at;
  const rests = at - wire.levelSince >= learnMs;
  if (waiting(wire.cut) || (!rests && at - wire.learnSince < learnLimitMs)) return false;
  settle(wire, zone, wire.levelN);
  return true;
}

/** Gives a wire a base, as if it had stood there for long. */
export function settle(wire: WireSense, zone: ZoneSense, baseN: number): void {
  wire.learning = false;
  wire.baseN = baseN;
  wire.quickN = baseN;
  wire.ownN = 0;
  wire.ownTenMinutesN = baseN - zone.pathN;
  wire.ownHourN = baseN - zone.pathN;
}
