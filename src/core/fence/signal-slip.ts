/**
 * Wires that stick at their supports and slip: a step that lasts and in which nothing moves. A hand looks the same in its first two
 * seconds, so a zone whose wires slip is judged by a wider band where one wire moves alone. It learns from steps that stayed and
 * never so much that a wire could be made blind by moving it.
 */
import type { SignalLimits, WireMemory, ZoneMemory } from './signal-types.ts';

/** A wire has come to rest at another level after this long, ms. */
const restMs = 20_000;
/** A step between two rests is a slip from here, N: less is noise; and up to here: more is no friction of a support. */
const leastN = 0.8;
const mostN = 6;
/** One slip is enough to expect the next rise; so many are a habit, by which a fall is judged as well. */
const habit = 3;
/** The size of a slip is forgotten by half in this time, ms. */
const halfMs = 3 * 86_400_000;
/** The band of a single wire is this many times the greatest slip, and no more than so many times its limit. */
const factor = 1.6;
const bandMost = 4;

/** Takes in where a wire rests. */
export function followSlip(wire: WireMemory, zone: ZoneMemory, at: number): void {
  if (at - wire.levelSince < restMs) return;
  const stepN = Math.abs(wire.levelN - wire.restedN);
  wire.restedN = wire.levelN;
  if (!(stepN >= Math.max(leastN, 2 * wire.noiseN) && stepN <= mostN)) return;
  zone.slipN = Math.max(sizeN(zone, at), stepN);
  zone.slips += 1;
  zone.slippedAt = at;
}

const sizeN = ({ slipN, slippedAt }: ZoneMemory, at: number) =>
  slipN === 0 ? 0 : slipN * 0.5 ** ((at - slippedAt) / halfMs);

/** How far a single wire must rise not to be taken for one that slips, N. */
export function slipBand(zone: ZoneMemory, limits: SignalLimits, at: number): number {
  return Math.min(factor * sizeN(zone, at), bandMost * limits.upN);
}

/** How far a single wire must fall for the same, N: what loosens a wire and stays is not let pass for a first slip. */
export function fallBand(zone: ZoneMemory, limits: SignalLimits, at: number): number {
  return zone.slips < habit ? 0 : slipBand(zone, limits, at);
}
