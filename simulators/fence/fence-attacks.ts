/**
 * People who know the fence: holds with the wires free in between, two wires bent apart at any speed and propped, the way over
 * the post, tensioners turned, a fence shaken so that nobody trusts it. And a ball, which is nobody. Figures are assumptions
 * from the mechanics and the trade (a skilled climber needs about four seconds); each is a range and drawn.
 */
import { type ActDetail, type Play, type Range, type Stage, type Touch, touch } from './fence-touch.ts';

/** What a hold carries of a body, N: an arm's pull up to a light body's whole weight and the swing of it. */
const heldN: Range = [100, 350];
/** A climber's whole time, hold by hold. */
const climbMs: Range = [3_000, 8_000];
const holdMs: Range = [300, 2_000];
const freeMs: Range = [0, 500];
/** A body fits between two wires of which each is bent this far, mm. */
const fitsMm = 125;

const drawn = (stage: Stage, [low, high]: Range): number => stage.between(low, high);
const all = (stage: Stage): number[] => Array.from({ length: stage.wires }, (_, wire) => wire);

/**
 * From hold to hold upwards, the wires free between two: now and then a second wire is held as well. Nobody gets over with fewer
 * than three wires.
 */
export function freeHand(at: number, bay: number, detail: ActDetail, stage: Stage): Play {
  const whole = detail.ms ?? drawn(stage, climbMs);
  const share = detail.share ?? stage.between(0.25, 0.75);
  const body = drawn(stage, heldN);
  const touches: Touch[] = [];
  const hold = (wire: number, from: number, ms: number) =>
    touches.push(
      touch({
        wire,
        bay,
        share,
        by: 'force',
        amount: body * stage.between(0.7, 1),
        from,
        to: from + ms,
        riseMs: Math.min(stage.between(80, 300), ms / 3),
        fallMs: Math.min(stage.between(50, 200), ms / 3),
        sway: stage.between(0, 0.2),
        swayHz: stage.between(1, 2),
      }),
    );
  const [start, top] = [Math.floor(stage.between(0, Math.max(1, stage.wires - 3))), stage.wires - 1];
  let end = at;
  for (let from = at, wire = start; from < at + whole || wire <= Math.min(top, start + 2); wire++) {
    const ms = drawn(stage, detail.holdMs ?? holdMs);
    hold(Math.min(wire, top), from, ms);
    if (wire < top && stage.between(0, 1) < 0.3) hold(wire + 1, from + ms * 0.2, ms * 0.8);
    end = from + ms;
    from = end + drawn(stage, detail.freeMs ?? freeMs);
  }
  return { touches, wires: [...new Set(touches.map(({ wire }) => wire))], to: end };
}

/** Two neighbouring wires are bent apart, held and let go. */
export function spread(at: number, bay: number, any: number, detail: ActDetail, stage: Stage): Play {
  const lower = Math.min(any, stage.wires - 2);
  const riseMs = detail.riseMs ?? 1_000 * Math.exp(stage.between(0, Math.log(2_400)));
  const fallMs = Math.min(riseMs, stage.between(400, 5_000));
  // The way apart is nearly a straight one: easing in and out of minutes would hide how fast a hand goes.
  const to = at + riseMs + (detail.ms ?? stage.between(2_000, 30_000)) + fallMs;
  const share = detail.share ?? stage.between(0.35, 0.65);
  const amount = detail.displacementMm ?? fitsMm;
  const wires = [lower, lower + 1];
  const common = { bay, share, by: 'displacement', amount, from: at, to, riseMs, fallMs } as const;
  const sway = { sway: stage.between(0, 0.05), swayHz: stage.between(0.5, 2) };
  return { touches: wires.map((wire) => touch({ wire, ...common, ...sway })), wires, to };
}

/** The same with a stick between the wires: it stays. */
export function prop(at: number, bay: number, any: number, detail: ActDetail, stage: Stage): Play {
  const played = spread(at, bay, any, { riseMs: stage.between(800, 5_000), ...detail }, stage);
  const to = detail.ms === undefined ? Number.POSITIVE_INFINITY : played.to;
  return { ...played, touches: played.touches.map((one) => ({ ...one, to, sway: 0 })), to };
}

/** Up the control pole or its brackets: the weight is the pole's; a hand or foot brushes the wires' ends beside it. */
export function onPost(at: number, _bay: number, detail: ActDetail, stage: Stage): Play {
  const whole = detail.ms ?? drawn(stage, climbMs);
  const weight = stage.between(350, 900);
  const swaying = { sway: stage.between(0.1, 0.4), swayHz: stage.between(1, 2) };
  const pole = [touch({ wire: -1, bay: 0, by: 'force', amount: weight, from: at, to: at + whole, ...swaying })];
  const brushes = Math.floor(stage.between(0, 4));
  const touches = Array.from({ length: brushes }, () => {
    const from = at + stage.between(0, whole * 0.8);
    const wire = Math.floor(stage.between(0, stage.wires));
    const by = { by: 'force', amount: stage.between(10, 150), share: stage.between(0.01, 0.05) } as const;
    return touch({ wire, bay: 0, ...by, from, to: from + stage.between(300, 1_500), riseMs: 100, fallMs: 100 });
  });
  return { touches, pole, wires: touches.map(({ wire }) => wire), to: at + whole };
}

/** Tensioners are turned by so much and stay: out (slack), or in when the amount is negative. */
export function loosen(any: number, detail: ActDetail, stage: Stage): Play {
  const wires = detail.wires ?? [any];
  const amountN = detail.amountN ?? stage.between(10, 60);
  const rateNPerS = amountN / ((detail.riseMs ?? stage.between(500, 5_000)) / 1_000);
  const far = stage.between(0, 1) < 0.5;
  const loose = wires.map((wire) => ({ wire, rateNPerS, untilN: amountN, far }));
  return { touches: [], loose, wires, to: Number.POSITIVE_INFINITY };
}

/** The fence is shaken, by hand or by what runs beside it. */
export function tremble(at: number, detail: ActDetail, stage: Stage): Play {
  const amount = Math.abs(detail.amountN ?? stage.between(2, 8));
  const to = at + (detail.ms ?? stage.between(60_000, 600_000));
  const wires = detail.wires ?? all(stage);
  const swayHz = stage.between(0.3, 3);
  const touches = wires.map((wire) =>
    touch({ wire, bay: 0, by: 'shake', amount, from: at, to, riseMs: 3_000, fallMs: 3_000, swayHz }),
  );
  return { touches, wires, to };
}

/** A ball hits a wire, or two, and is gone. */
export function ball(at: number, bay: number, any: number, stage: Stage): Play {
  const wires = stage.between(0, 1) < 0.3 && any + 1 < stage.wires ? [any, any + 1] : [any];
  const [amount, share, ms] = [stage.between(60, 250), stage.between(0.05, 0.95), stage.between(60, 250)];
  const hit = wires.map((wire) =>
    touch({ wire, bay, share, by: 'force', amount, from: at, to: at + ms, riseMs: ms / 2, fallMs: ms / 2 }),
  );
  const rings = wires.map((wire) => {
    const rung = { by: 'shake', amount: stage.between(1, 5), swayHz: stage.between(2, 6) } as const;
    return touch({ wire, bay, ...rung, from: at + ms, to: at + ms + 1_500, riseMs: 50, fallMs: 1_400 });
  });
  return { touches: [...hit, ...rings], wires, to: at + ms + 1_500 };
}
