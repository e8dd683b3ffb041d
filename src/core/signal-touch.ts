/**
 * Whether a quick rise of a wire is a touch, a hand or the wind. A touch is over soon. A hand holds, or comes again and holds
 * again; what swings to and fro is a branch, however often it comes. It judges one wire and keeps no base.
 */
import { calmMs, look, type Turn, waiting } from './signal-sense.ts';
import type { SignalLimits, WireSense, ZoneSense } from './signal-types.ts';

/** Once on, a rise is over below this share of the band. */
const upKept = 0.5;
/** What swings back below this share of its peak does not last: half of a swing at 0.3 Hz is shorter than the dwell. */
export const swingShare = 0.5;
/** Neighbouring wires bent apart together need to last for this share of the dwell: an animal touches one. */
const togetherShare = 0.6;
/** Two touches are a hand when each lasts this long, ms, the second comes this soon after the first … */
const touchMs = 1_000;
const againMs = 5_000;
/** … their means are this near to their peaks (a swing has 0.8 of it above the half) … */
const heldShare = 0.82;
/** … and the wire was not beaten before: more touches than this without a quiet minute between them. */
const touchesMax = 2;
const quietMs = 60_000;
/** On a wire that was beaten a rise must last this many times as long: a storm's swings reach the end of a sensor's scale. */
const beatenFactor = 2;

/** Looks at a wire's rise over its quick base; `upN`: its band. */
export function judgeQuick(
  { wires, gustN }: ZoneSense,
  index: number,
  limits: SignalLimits,
  upN: number,
  at: number,
): Turn {
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
  wire.peakN = Math.max(wire.peakN, aside);
  wire.sumN += aside;
  wire.count += 1;
  if (turn === 'began' || at - quick.since < touchMs || beaten(wire, at) || !again(wire, limits)) return turn;
  quick.holds = true;
  return 'began';
}

const besides = (neighbour: WireSense | undefined) => neighbour !== undefined && waiting(neighbour.quick);

const beaten = ({ touches, touchTo }: WireSense, at: number) => touches > touchesMax && at - touchTo <= quietMs;

function begin(wire: WireSense, at: number): void {
  wire.riseFrom = at;
  wire.peakN = 0;
  wire.sumN = 0;
  wire.count = 0;
}

/** The rise was too short, and is remembered in case a hand comes again. */
function touched(wire: WireSense, limits: SignalLimits): void {
  wire.touches = wire.riseFrom - wire.touchTo > quietMs ? 1 : wire.touches + 1;
  wire.touchTo = wire.riseTo;
  wire.touchPeakN = wire.riseTo - wire.riseFrom >= touchMs && !clipped(wire, limits) ? wire.peakN : 0;
  wire.touchMeanN = wire.sumN / wire.count;
}

function again(wire: WireSense, limits: SignalLimits): boolean {
  const { touchPeakN, touchMeanN, touchTo, riseFrom, peakN, sumN, count } = wire;
  if (touchPeakN === 0 || riseFrom - touchTo > againMs || clipped(wire, limits)) return false;
  return sumN / count + touchMeanN >= heldShare * (peakN + touchPeakN);
}

/** At the end of its scale a sensor makes the top of every swing flat. */
const clipped = ({ quickN, peakN }: WireSense, { fullScaleN }: SignalLimits) => quickN + peakN >= fullScaleN - 1;
