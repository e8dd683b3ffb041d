/**
 * What is made of a zone that is heard again after nobody looked. The weather may have moved all wires meanwhile, and somebody
 * may have moved some of them or all: the side is asked how far the weather went, and what goes beyond is left against the base
 * from before, so that it is told. It never makes a new base of what it finds.
 */
import { current } from './signal-follow.ts';
import { clamp, middle } from './signal-sense.ts';
import type { DetectorMemory, SignalLimits, WireMemory, ZoneMemory } from './signal-types.ts';

/** When nobody looked for this long, the weather may have moved on: as at a start. */
export const absenceMs = 60_000;
/** The weather moves a zone no farther while nobody looks, N: a day's swing of a fence without springs … */
const absenceN = 45;
/** … and in a short time no farther than this, and per second: the sun comes out from behind a cloud. */
const soonN = 5;
const soonNPerS = 0.03;
/** A zone may go this many times as far as its side: without springs among zones with them. */
const sideFactor = 4;
/** Wires this near to their base stand where they stood, N; when so many of the zone do, the weather did not move the others. */
const nearN = 8;
const nearShare = 1 / 3;
/** The side may be heard again later than the zone, ms. */
const askMs = 60_000;
/** How far each other zone went is noted this often, ms. */
const noteEveryMs = 10_000;
/** A wire may wander from its base by this much an hour while nobody looks, N, up to this. */
const wanderNPerHour = 2;
const wanderMaxN = 4;
const hourMs = 3_600_000;
/** What is so within this time after readings came back was found so, ms. */
export const foundMs = 1_000;

/** Notes how far the other zones of the side went, to be asked when this one was away. */
export function noteSide(senses: DetectorMemory, id: string, zone: ZoneMemory, at: number): void {
  // While its readings stand still nobody looks: what the side does then is asked when they move again.
  if (zone.side === undefined || at - zone.sideNotedAt < noteEveryMs || at - zone.still.changedAt > absenceMs) return;
  zone.sideNotedAt = at;
  zone.sidePaths.clear();
  for (const [other, part] of senses.sides.get(zone.side)?.zones ?? []) {
    if (other !== id) zone.sidePaths.set(other, part.pathN);
  }
}

/** How far the side went since then, N; undefined when no other zone of it is heard. */
function sideStep(senses: DetectorMemory, id: string, zone: ZoneMemory, at: number): number | undefined {
  if (zone.side === undefined) return undefined;
  const steps: number[] = [];
  for (const [other, part] of senses.sides.get(zone.side)?.zones ?? []) {
    if (other !== id && current(part, at) && !part.still) steps.push(part.pathN - (zone.sidePaths.get(other) ?? 0));
  }
  return steps.length === 0 ? undefined : middle(steps);
}

/** What of the distances to their bases is weather, N. */
function weather(offsN: readonly number[], ms: number, side: number | undefined): number {
  const farN = Math.min(absenceN, soonN + (soonNPerS * ms) / 1_000);
  const leastN = side === undefined ? -farN : Math.min(0, side) * sideFactor - soonN;
  const mostN = side === undefined ? farN : Math.max(0, side) * sideFactor + soonN;
  const enough = Math.ceil(offsN.length * nearShare);
  const together = middle([...offsN]);
  const near = offsN.filter((one) => Math.abs(one - (side ?? 0)) <= nearN);
  // Whatever most wires did: those that stand where they stood say that the weather stayed, too.
  const stayed = offsN.length > 1 && near.length >= Math.max(2, enough) && Math.abs(together - (side ?? 0)) > nearN;
  if (stayed) return middle(near);
  if (together >= leastN && together <= mostN) return together;
  const likely = offsN.filter((one) => one >= leastN && one <= mostN);
  return likely.length >= Math.max(2, enough) ? middle(likely) : clamp(side ?? 0, absenceN);
}

/** After nobody looked for `ms`, or at the start from remembered bases. */
export function resume(
  senses: DetectorMemory,
  id: string,
  zone: ZoneMemory,
  limits: SignalLimits,
  at: number,
  ms: number,
): void {
  const known = zone.wires.filter(({ learning, readAt }) => !learning && readAt === at);
  const side = sideStep(senses, id, zone, at);
  zone.resumedAt = at;
  zone.absentMs = ms;
  zone.sideAsked = side !== undefined || zone.side === undefined;
  zone.absentN = known.length === 0 ? 0 : weather(offs(known), ms, side);
  shift(zone, zone.absentN);
  for (const wire of known) rejoin(wire, limits, ms);
}

/** Asks the side when it is heard again after the zone: what was taken for weather may turn out to be none. */
export function askSide(senses: DetectorMemory, id: string, zone: ZoneMemory, limits: SignalLimits, at: number): void {
  if (zone.sideAsked) return;
  if (at - zone.resumedAt > askMs) zone.sideAsked = true;
  const side = sideStep(senses, id, zone, at);
  if (side === undefined) return;
  zone.sideAsked = true;
  const known = zone.wires.filter(({ learning, readAt }) => !learning && readAt === at);
  if (known.length === 0) return;
  const before = offs(known).map((one) => one + zone.absentN);
  const more = weather(before, zone.absentMs, side) - zone.absentN;
  if (Math.abs(more) < soonN) return;
  shift(zone, more);
  zone.absentN += more;
  zone.resumedAt = at;
  for (const wire of known) rejoin(wire, limits, zone.absentMs);
}

const offs = (wires: readonly WireMemory[]) => wires.map(({ lastN, baseN }) => lastN - baseN);

/** All wires of the zone went by this much while nobody looked, N. */
function shift(zone: ZoneMemory, stepN: number): void {
  zone.pathN += stepN;
  zone.agreedN += stepN;
  zone.minuteN += stepN;
  zone.tenMinutesN += stepN;
  for (const wire of zone.wires) {
    wire.baseN += stepN;
    wire.quickN += stepN;
  }
}

/**
 * After nobody looked at a wire for `ms`: close to its base it counts as at rest where it is, farther off as taken from its base.
 * Weather and drift make the small differences, and only an act the large ones.
 */
export function rejoin(wire: WireMemory, limits: SignalLimits, ms: number): void {
  const off = Math.abs(wire.lastN - wire.baseN);
  // How long a restart took nobody knows; it is mostly seconds.
  const wanderN = Number.isFinite(ms) ? Math.min(wanderMaxN, (wanderNPerHour * ms) / hourMs) : 0;
  const quickN = off < 2 * limits.upN + wanderN ? wire.lastN : wire.baseN;
  wire.ownN += quickN - wire.quickN;
  wire.quickN = quickN;
  wire.levelN = wire.lastN;
  wire.levelSince = wire.readAt;
  wire.seenSince = wire.readAt;
}
