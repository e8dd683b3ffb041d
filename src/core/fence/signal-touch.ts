/**
 * Whether a quick rise of a wire is a touch, a hand or the wind. A touch is over soon. A hand holds, or comes again and holds
 * again; what swings to and fro is a branch, however often it comes. It judges one wire and keeps no base.
 */
import { calmMs, type LastingChange, look, waiting } from './signal-sense.ts';
import type { SignalLimits, WireMemory, ZoneMemory } from './signal-types.ts';

/** Once on, a rise is over below this share of the band. */
const upKept = 0.5;
/** What swings back below this share of its peak does not last: half of a swing at 0.3 Hz is shorter than the dwell. */
export const swingShare = 0.5;
/** Neighbouring wires bent apart together need to last for this share of the dwell: an animal touches one. */
const togetherShare = 0.6;
/** Two touches are a hand when each lasts this long, ms, the second comes this soon after the first … */
const touchMs = 1_000;
const againMs = 5_000;
/** … their means are this near to their tops (a swing has about 0.8 of it above the half) … */
const heldShare = 0.84;
/** … and the wire was not beaten: more than these without a quiet minute between them, each too short to be held or with a mean
 *  this far from its top. */
const swingsMax = 2;
const quietMs = 60_000;
const flatShare = 0.75;
/** On a wire that was beaten a rise must last this many times as long: a storm's swings reach the end of a sensor's scale. */
const beatenFactor = 2;

/** Looks at a wire's rise over its quick base; `upN`: its band. */
export function judgeQuick(
  { wires, gustN }: ZoneMemory,
  index: number,
  limits: SignalLimits,
  upN: number,
  at: number,
): LastingChange {
  const { dwellMs } = limits;
  const wire = wires[index]!;
  const { quick } = wire;
  const aside = wire.lastN - wire.quickN - gustN;
  if (quick.holds) return look(quick, false, aside >= upN * upKept, at, dwellMs, calmMs);
  const on = waiting(quick);
  const swingN = on ? Math.max(wire.peakN, aside) * swingShare : 0;
  const together = besides(wires[index - 1]) || besides(wires[index + 1]);
  const times = together ? togetherShare : beaten(wire, at) ? beatenFactor : 1;
  const turn = look(quick, aside >= upN, aside >= Math.max(upN * upKept, swingN), at, dwellMs * times, calmMs);
  if (!waiting(quick)) {
    if (on) touched(wire, limits);
    return turn;
  }
  if (!on) begin(wire, at);
  wire.riseTo = at;
  rise(wire, aside);
  if (turn === 'began' || at - quick.since < touchMs || beaten(wire, at) || !again(wire, limits)) return turn;
  quick.holds = true;
  return 'began';
}

const besides = (neighbour: WireMemory | undefined) => neighbour !== undefined && waiting(neighbour.quick);

const beaten = ({ swings, swungTo }: WireMemory, at: number) => swings > swingsMax && at - swungTo <= quietMs;

function begin(wire: WireMemory, at: number): void {
  wire.riseFrom = at;
  wire.peakN = 0;
  wire.secondN = 0;
  wire.sumN = 0;
  wire.count = 0;
}

function rise(wire: WireMemory, aside: number): void {
  wire.secondN = Math.max(wire.secondN, Math.min(wire.peakN, aside));
  wire.peakN = Math.max(wire.peakN, aside);
  wire.sumN += aside;
  wire.count += 1;
}

/** How far the rise went: of one reading alone noise would make too much. */
const top = ({ peakN, secondN }: WireMemory) => (peakN + secondN) / 2;
const mean = ({ sumN, count }: WireMemory) => sumN / count;
/** At the end of its scale a sensor makes the top of every swing flat. */
const clipped = ({ quickN, peakN }: WireMemory, { fullScaleN }: SignalLimits) => quickN + peakN >= fullScaleN - 1;

/** The rise was too short, and is remembered in case a hand comes again. */
function touched(wire: WireMemory, limits: SignalLimits): void {
  const held = wire.riseTo - wire.riseFrom >= touchMs && !clipped(wire, limits);
  wire.touchTopN = held ? top(wire) : 0;
  wire.touchMeanN = mean(wire);
  wire.touchTo = wire.riseTo;
  if (held && mean(wire) >= flatShare * top(wire)) return;
  wire.swings = wire.riseFrom - wire.swungTo > quietMs ? 1 : wire.swings + 1;
  wire.swungTo = wire.riseTo;
}

function again(wire: WireMemory, limits: SignalLimits): boolean {
  if (wire.touchTopN === 0 || wire.riseFrom - wire.touchTo > againMs || clipped(wire, limits)) return false;
  return mean(wire) + wire.touchMeanN >= heldShare * (top(wire) + wire.touchTopN);
}
