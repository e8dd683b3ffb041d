/**
 * Two neighbouring wires that are drawn apart: both tighten while the others do not. It may take seconds or most of an hour, and
 * what each does alone may be lost in its trembling, in slips of its supports or in the sun; that two neighbours do it together
 * and nobody else does is what neither gives. It looks at pairs and keeps no base.
 */
import { clamp, forget, fresh, look, middle, share, waiting } from './signal-sense.ts';
import { slipBand } from './signal-slip.ts';
import type { Lasting, SignalLimits, WireMemory, ZoneMemory } from './signal-types.ts';

/** A tremble is left behind by a mean of this length, ms … */
const soonMs = 2_000;
/** … over which a pair counts this many times the band of a quick rise, N, or this many times its noise, for so long, ms. */
const soonFactor = 2;
const soonNoise = 1.2;
const soonDwellMs = 800;
/** A slow spread is what a mean of half a minute is away from one of hours, ms … */
const slowMs = 30_000;
const longMs = 4 * 3_600_000;
/** … by this much, N: half of what 125 mm at mid-span of a 4 m bay make on a wire with a spring, 10 N … */
const slowN = 5;
/** … or what a single wire may slip here, as two may by chance; or this many times what the pair usually does, a mean of so long,
 *  ms, up to this many times the patient limit. */
const usualFactor = 5;
const usualMs = 6 * 3_600_000;
const usualMost = 1.5;
const slowDwellMs = 4_000;
/** Where the other wires go ways of their own as well, the pair must go farther than this share of the farthest of them: sun and
 *  slips part them all, a hand two; up to this many times the patient limit. */
const apartShare = 1;
const apartMost = 1.5;
/** What one reading can say of a slow spread, N: the rest is a body or an animal. */
const mostN = 12;
/** It is over below this share. */
const kept = 0.6;
const calmMs = 3_000;

/** Takes in a wire's newest reading. */
export function followPair(wire: WireMemory, zone: ZoneMemory, borne: boolean): void {
  const ms = Math.min(wire.readMs, slowMs);
  const own = wire.lastN - zone.pathN;
  if (Number.isNaN(wire.ownLongN)) {
    wire.ownSoonN = own;
    wire.ownLongN = own;
  }
  wire.soonN += (wire.lastN - wire.quickN - wire.soonN) * share(ms, soonMs);
  if (!borne) wire.ownSoonN += clamp(own - wire.ownSoonN, mostN) * share(ms, slowMs);
  if (!borne && !waiting(wire.spread)) wire.ownLongN += (own - wire.ownLongN) * share(ms, longMs);
}

/**
 * Looks at all pairs of neighbours after the newest readings; a wire of a pair that is apart holds its `spread`. It runs at every
 * reading of every zone, and is written so that it makes no lists it does not need.
 */
export function judgePairs(zone: ZoneMemory, limits: SignalLimits, at: number): void {
  const { wires } = zone;
  // Two against two is the least that can be told from all of them.
  if (wires.length < 4) return;
  const told = wires.map((wire) => known(wire, at));
  const slipN = slipBand(zone, limits, at);
  if (told.filter(Boolean).length >= 4)
    for (let low = 0; low + 1 < wires.length; low++)
      if (told[low] && told[low + 1]) judgePair(zone, low, told, { limits, slipN, at });
  for (let index = 0; index < wires.length; index++) {
    const wire = wires[index]!;
    const holding = holdingOf(wires[index - 1]) ?? holdingOf(wire);
    if (!holding) forget(wire.spread);
    else if (!wire.spread.holds) {
      wire.spread.holds = true;
      wire.spread.since = holding.since;
    }
  }
}

/** What holds of a wire and the one above it. */
const holdingOf = (lower: WireMemory | undefined): Lasting | undefined =>
  lower?.apartSoon.holds ? lower.apartSoon : lower?.apartSlow.holds ? lower.apartSlow : undefined;

const away = ({ ownSoonN, ownLongN }: WireMemory): number => ownSoonN - ownLongN;

interface Band {
  readonly limits: SignalLimits;
  /** What a single wire may slip here, N. */
  readonly slipN: number;
  readonly at: number;
}

/** Looks at a wire and the one above it, beside the others that are `told`. */
function judgePair({ wires, force }: ZoneMemory, low: number, told: readonly boolean[], band: Band): void {
  const { limits, slipN, at } = band;
  const lower = wires[low]!;
  const upper = wires[low + 1]!;
  const soons: number[] = [];
  const others: number[] = [];
  let apartN = 0;
  for (let index = 0; index < wires.length; index++) {
    if (!told[index] || index === low || index === low + 1) continue;
    const wire = wires[index]!;
    soons.push(wire.soonN);
    others.push(away(wire));
    apartN = Math.max(apartN, Math.abs(away(wire)));
  }
  const soon = Math.min(lower.soonN, upper.soonN) - Math.max(0, middle(soons));
  const slow = Math.min(away(lower), away(upper)) - Math.max(0, middle(others));
  const noiseN = Math.max(lower.noiseN, upper.noiseN);
  const soonLeastN = Math.max(soonFactor * limits.upN, soonNoise * noiseN);
  const usualN = Math.min(usualFactor * lower.usualN, usualMost * limits.patientN);
  const slowLeastN = Math.max(slowN, usualN, slipN, Math.min(apartShare * apartN, apartMost * limits.patientN));
  // A body goes from one to the other: both must be drawn in the same reading.
  const both = !waiting(force) && lower.lastN > lower.quickN && upper.lastN > upper.quickN;
  apart(lower.apartSoon, both ? soon : 0, soonLeastN, at, soonDwellMs);
  apart(lower.apartSlow, slow, slowLeastN, at, slowDwellMs);
  if (!waiting(lower.apartSlow)) lower.usualN += (Math.abs(slow) - lower.usualN) * share(lower.readMs, usualMs);
}

const known = (wire: WireMemory, at: number) =>
  !wire.learning && !wire.stuck && !waiting(wire.cut) && fresh(wire, at) && !Number.isNaN(wire.ownLongN);

function apart(one: Lasting, farN: number, leastN: number, at: number, dwellMs: number): void {
  look(one, farN >= leastN, farN >= leastN * kept, at, dwellMs, calmMs);
}
