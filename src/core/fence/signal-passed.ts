/**
 * Wires passed one after the other within seconds: what a body does that goes up or down a fence, however short its holds and
 * whether it lets go between them. An animal visits a wire, a branch beats one, a gust takes all at once; none of them goes from
 * wire to wire in order. It counts wires and no time, so that a quick climber has no dwell to stay below.
 */
import { clipped, fresh } from './signal-sense.ts';
import type { SignalLimits, WireMemory, WirePass, ZoneMemory } from './signal-types.ts';

/** A touch of this share of a climber's force is one wire passed; an animal's may be as strong, but is on one wire. */
const passShare = 0.5;
/** It ends below this share of that again. */
const passKept = 0.5;
/** So many wires in order are a body: two may be an animal that jumps … */
const wiresPassed = 3;
/** … unless the host is so slow, ms, that it sleeps over every other hold, and what it did see is more than an animal: 300 N of a
 *  climber add 300 to a sprung wire, 50 N of a cat 90 at most to a rigid one; the end of the scale may be anything. */
const slowMs = 600;
const bodyN = 100;
const wiresSeen = 2;
/** From letting go to the next hold, ms: a second that a host may sleep at either end, and what a climber is free of the wires. */
const apartMs = 3_000;
/** Touches are remembered for this long, ms; a climber who takes longer stays on his wires. */
const windowMs = 15_000;
/** What is touched oftener than this within the window is beaten and not passed. */
const touchesMax = 3;
/** More touches than a climb has. */
const keptMax = 32;

/** Takes in how far each wire is over its quick base now. Returns since when wires are passed, or undefined. */
export function passed(zone: ZoneMemory, limits: SignalLimits, at: number): number | undefined {
  const { passes } = zone;
  let slow = false;
  let changed = false;
  for (const [index, wire] of zone.wires.entries()) {
    if (!(wire.readAt === at) || !fresh(wire, at) || wire.stuck || Number.isNaN(wire.quickN)) continue;
    const overN = wire.lastN - wire.quickN - zone.gustN;
    slow ||= wire.readMs >= slowMs;
    const leastN = limits.climbN * passShare;
    const open = passes.findLast((one) => one.wire === index && one.open);
    if (open) {
      open.peakN = Math.max(open.peakN, overN);
      changed ||= !open.body && body(wire, overN, limits);
      open.body ||= body(wire, overN, limits);
      open.open = overN >= leastN * passKept;
      if (open.open) open.to = at;
    } else if (overN >= leastN || clipped(wire, overN, limits)) {
      passes.push({ wire: index, from: at, to: at, peakN: overN, body: body(wire, overN, limits), open: true });
      changed = true;
    }
  }
  while (passes.length > 0 && (passes.length > keptMax || at - passes[0]!.to > windowMs)) passes.shift();
  return changed ? longest(passes, slow, limits) : undefined;
}

const body = (wire: WireMemory, overN: number, limits: SignalLimits) => overN >= bodyN || clipped(wire, overN, limits);

/** Since when the newest touches form a chain of enough wires, up or down. */
function longest(passes: readonly WirePass[], slow: boolean, limits: SignalLimits): number | undefined {
  const often = (wire: number) => passes.filter((one) => one.wire === wire).length > touchesMax;
  const counted = passes.filter(({ wire }) => !often(wire));
  const strong = counted.filter(({ peakN }) => peakN >= limits.climbN);
  const firm = ({ peakN }: WirePass) => peakN >= limits.climbN;
  return (
    chain(counted, 1, wiresPassed, firm) ??
    chain(counted, -1, wiresPassed, firm) ??
    (slow ? (chain(strong, 1, wiresSeen, bodily) ?? chain(strong, -1, wiresSeen, bodily)) : undefined)
  );
}

const bodily = (one: WirePass) => one.body;

/** So many wires one after the other, since when, and whether one of them bore enough. */
interface PassChain {
  readonly wires: number;
  readonly since: number;
  readonly enough: boolean;
}

function chain(
  passes: readonly WirePass[],
  way: 1 | -1,
  least: number,
  enough: (one: WirePass) => boolean,
): number | undefined {
  const best: PassChain[] = [];
  for (const [index, one] of passes.entries()) {
    let here: PassChain = { wires: 1, since: one.from, enough: enough(one) };
    for (const [before, other] of passes.slice(0, index).entries()) {
      const follows = (one.wire - other.wire) * way > 0 && one.from > other.from && one.from - other.to <= apartMs;
      const so = best[before]!;
      if (follows && so.wires >= here.wires)
        here = { wires: so.wires + 1, since: so.since, enough: so.enough || enough(one) };
    }
    best.push(here);
  }
  return best.find((one) => one.wires >= least && one.enough)?.since;
}
