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

/** Looks at all pairs of neighbours after the newest readings; a wire of a pair that is apart holds its `spread`. */
export function judgePairs(zone: ZoneMemory, limits: SignalLimits, at: number): void {
  const { wires } = zone;
  // Two against two is the least that can be told from all of them.
  if (wires.length < 4) return;
  const all = wires.filter((wire) => known(wire, at));
  const slipN = slipBand(zone, limits, at);
  for (let low = 0; low + 1 < wires.length; low++) {
    const pair = [wires[low]!, wires[low + 1]!] as const;
    if (!pair.every((wire) => known(wire, at)) || all.length < 4) continue;
    const rest = all.filter((wire) => !pair.includes(wire));
    const soon = Math.min(...pair.map(({ soonN }) => soonN)) - Math.max(0, middle(rest.map(({ soonN }) => soonN)));
    const away = ({ ownSoonN, ownLongN }: WireMemory) => ownSoonN - ownLongN;
    const others = rest.map(away);
    const slow = Math.min(...pair.map(away)) - Math.max(0, middle([...others]));
    const apartN = Math.max(...others.map(Math.abs));
    const noiseN = Math.max(...pair.map((wire) => wire.noiseN));
    const [lower] = pair;
    const soonLeastN = Math.max(soonFactor * limits.upN, soonNoise * noiseN);
    const usualN = Math.min(usualFactor * lower.usualN, usualMost * limits.patientN);
    const slowLeastN = Math.max(slowN, usualN, slipN, Math.min(apartShare * apartN, apartMost * limits.patientN));
    // A body goes from one to the other: both must be drawn in the same reading.
    const both = !waiting(zone.force) && pair.every(({ lastN, quickN }) => lastN > quickN);
    apart(lower.apartSoon, both ? soon : 0, soonLeastN, at, soonDwellMs);
    apart(lower.apartSlow, slow, slowLeastN, at, slowDwellMs);
    if (!waiting(lower.apartSlow)) lower.usualN += (Math.abs(slow) - lower.usualN) * share(lower.readMs, usualMs);
  }
  for (const [index, wire] of wires.entries()) {
    const of = [wires[index - 1], wire].filter((one) => one !== undefined && index < wires.length);
    const holding = of.flatMap((one) => [one!.apartSoon, one!.apartSlow]).find(({ holds }) => holds);
    if (!holding) forget(wire.spread);
    else if (!wire.spread.holds) {
      wire.spread.holds = true;
      wire.spread.since = holding.since;
    }
  }
}

const known = (wire: WireMemory, at: number) =>
  !wire.learning && !wire.stuck && !waiting(wire.cut) && fresh(wire, at) && !Number.isNaN(wire.ownLongN);

function apart(one: Lasting, farN: number, leastN: number, at: number, dwellMs: number): void {
  look(one, farN >= leastN, farN >= leastN * kept, at, dwellMs, calmMs);
}
