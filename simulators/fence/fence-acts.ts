/**
 * What can happen to a tension fence, and how each act is played: as touches of wires in time, as a wire that lost its hold,
 * or as a sensor that lies. Shapes and figures are assumptions from the mechanics and the trade, for no measured trace of a
 * tension fence is published; they are drawn from the fence's own seed. It knows nothing of tension.
 */
import { ball, freeHand, loosen, onPost, prop, spread, tremble } from './fence-attacks.ts';
import { type ActDetail, type Play, type Stage, type Touch, touch } from './fence-touch.ts';

export const acts = [
  'climb',
  'step-through',
  'pull-aside',
  'ladder',
  'cut',
  'unscrew',
  'cat',
  'bird',
  'branch',
  'sensor-stuck',
  'sensor-offset',
  'comms-loss',
  'free-hand',
  'spread',
  'prop',
  'post',
  'loosen',
  'tremble',
  'ball',
] as const;
export type Act = (typeof acts)[number];

/** What is true while an act is played, to hold against what was told. */
export interface Acting {
  readonly act: Act;
  readonly from: number;
  /** Infinity: until mended. */
  readonly to: number;
  /** Wires that are touched, lowest is 0. */
  readonly wires: readonly number[];
}

/** Draws how an act is played that begins at `at`. */
export function play(act: Act, at: number, detail: ActDetail, stage: Stage): Play {
  const bay = detail.bay ?? Math.floor(stage.between(0, stage.bays));
  const any = detail.wire ?? Math.floor(stage.between(0, stage.wires));
  switch (act) {
    case 'climb':
      return climb(at, bay, detail, stage);
    case 'step-through':
      return stepThrough(at, bay, any, detail, stage);
    case 'pull-aside':
      return pullAside(at, bay, any, detail, stage);
    case 'ladder':
      return ladder(at, bay, detail.wire ?? stage.wires - 1, detail, stage);
    case 'cat':
      return visit(at, bay, any, [25, 58], detail.ms ?? stage.between(400, 1_900), stage);
    case 'bird':
      return visit(at, bay, any, [3, 12], detail.ms ?? stage.between(300, 1_900), stage);
    case 'branch':
      return branch(at, bay, any, detail, stage);
    case 'cut':
      return {
        touches: [],
        loose: [{ wire: any, bay, leftN: stage.between(0, 10) }],
        wires: [any],
        to: Number.POSITIVE_INFINITY,
      };
    case 'unscrew': {
      const rateNPerS = Math.abs(detail.rateNPerS ?? stage.between(1, 5));
      const loose = { wire: any, rateNPerS, untilN: Number.POSITIVE_INFINITY, far: true };
      return { touches: [], loose: [loose], wires: [any], to: Number.POSITIVE_INFINITY };
    }
    case 'sensor-stuck':
      return { touches: [], fault: { kind: 'stuck', offsetN: 0 }, wires: [any], to: lasting(at, detail) };
    case 'sensor-offset': {
      const offsetN = stage.between(15, 60) * (stage.between(0, 1) < 0.5 ? -1 : 1);
      return { touches: [], fault: { kind: 'offset', offsetN }, wires: [any], to: lasting(at, detail) };
    }
    case 'comms-loss': {
      const wires = detail.wire === undefined ? Array.from({ length: stage.wires }, (_, wire) => wire) : [detail.wire];
      return { touches: [], fault: { kind: 'lost', offsetN: 0 }, wires, to: lasting(at, detail) };
    }
    case 'free-hand':
      return freeHand(at, bay, detail, stage);
    case 'spread':
      return spread(at, bay, any, detail, stage);
    case 'prop':
      return prop(at, bay, any, detail, stage);
    case 'post':
      return onPost(at, bay, detail, stage);
    case 'loosen':
      return loosen(any, detail, stage);
    case 'tremble':
      return tremble(at, detail, stage);
    case 'ball':
      return ball(at, bay, any, stage);
  }
}

const lasting = (at: number, { ms }: ActDetail): number => (ms === undefined ? Number.POSITIVE_INFINITY : at + ms);

/** Feet go from hold to hold, upwards: what one wire carries of a body, up to the 300 N of a climber, then one further up. */
function climb(at: number, bay: number, { ms }: ActDetail, stage: Stage): Play {
  const whole = ms ?? stage.between(4_000, 40_000);
  const holds = Math.min(stage.wires, Math.max(2, Math.round(whole / 1_500)));
  const each = whole / holds;
  const weight = stage.between(150, 300);
  const share = stage.between(0.25, 0.75);
  const touches = Array.from({ length: holds }, (_, hold) => {
    const from = at + hold * each;
    const wire = Math.round((hold * (stage.wires - 1)) / (holds - 1));
    return touch({
      wire,
      bay,
      share,
      by: 'force',
      amount: weight * stage.between(0.8, 1),
      from,
      // The other foot is on its wire before this one leaves.
      to: Math.min(at + whole, from + each * 1.4),
      riseMs: Math.min(stage.between(300, 1_000), each / 2),
      fallMs: 250,
      sway: stage.between(0.05, 0.2),
      swayHz: stage.between(1, 2),
    });
  });
  return { touches, wires: touches.map(({ wire }) => wire), to: at + whole };
}

/** Two neighbouring wires are bent apart, far enough for a body between them; how far is what tension sees. */
function stepThrough(at: number, bay: number, any: number, { ms }: ActDetail, stage: Stage): Play {
  const lower = Math.min(any, stage.wires - 2);
  const whole = ms ?? stage.between(2_500, 8_000);
  const wires = [lower, lower + 1];
  const riseMs = stage.between(400, 1_000);
  const share = stage.between(0.35, 0.65);
  const touches = wires.map((wire) =>
    touch({
      wire,
      bay,
      share,
      by: 'displacement',
      amount: stage.between(120, 220),
      from: at,
      to: at + whole,
      riseMs,
      fallMs: 400,
      sway: stage.between(0.03, 0.1),
      swayHz: stage.between(1, 2),
    }),
  );
  return { touches, wires, to: at + whole };
}

/** The tester's pull: aside by so much, a second to three, and again. */
function pullAside(at: number, bay: number, wire: number, detail: ActDetail, stage: Stage): Play {
  const pulls = detail.ms === undefined ? Math.floor(stage.between(2, 5)) : 1;
  const touches: Touch[] = [];
  let from = at;
  for (let pull = 0; pull < pulls; pull++) {
    const to = from + (detail.ms ?? stage.between(1_600, 3_600));
    const riseMs = stage.between(300, 600);
    const amount = detail.displacementMm ?? 75;
    touches.push(touch({ wire, bay, by: 'displacement', amount, from, to, riseMs }));
    from = to + stage.between(800, 2_000);
  }
  return { touches, wires: [wire], to: touches.at(-1)?.to ?? at };
}

/** A ladder or a plank laid on the top wire: it stays, and somebody goes up on it. */
function ladder(at: number, bay: number, wire: number, { ms }: ActDetail, stage: Stage): Play {
  const whole = ms ?? stage.between(15_000, 60_000);
  const common = { wire, bay, share: stage.between(0.3, 0.7), by: 'force', riseMs: stage.between(300, 1_000) } as const;
  const laid = touch({ ...common, amount: stage.between(70, 160), from: at, to: at + whole });
  const swayHz = stage.between(1, 2);
  const body = touch({
    ...common,
    amount: stage.between(50, 150),
    from: at + whole * 0.3,
    to: at + whole * 0.6,
    sway: 0.1,
    swayHz,
  });
  return { touches: [laid, body], wires: [wire], to: at + whole };
}

/** An animal lands, stays for a moment and leaves. */
function visit(
  at: number,
  bay: number,
  wire: number,
  [low, high]: readonly [number, number],
  ms: number,
  stage: Stage,
): Play {
  const amount = stage.between(low, high);
  const share = stage.between(0.1, 0.9);
  const rest = { riseMs: Math.min(150, ms / 3), fallMs: Math.min(150, ms / 3), sway: 0.1, swayHz: 3 };
  const to = at + ms;
  return { touches: [touch({ wire, bay, share, by: 'force', amount, from: at, to, ...rest })], wires: [wire], to };
}

/** A branch or a kite's tail that the wind beats against one wire, in bursts. */
function branch(at: number, bay: number, wire: number, { ms }: ActDetail, stage: Stage): Play {
  const end = at + (ms ?? stage.between(60_000, 300_000));
  const share = stage.between(0.2, 0.8);
  const peak = stage.between(10, 60);
  const touches: Touch[] = [];
  for (let from = at; from < end; ) {
    const to = Math.min(end, from + stage.between(3_000, 12_000));
    // Swings from nothing to its whole amount and back, 0.3 to 1 times a second.
    const beat = { sway: 1, swayHz: stage.between(0.3, 1), gusty: true, amount: peak / 2 };
    touches.push(touch({ wire, bay, share, by: 'force', from, to, ...beat }));
    from = to + stage.between(4_000, 20_000);
  }
  return { touches, wires: [wire], to: end };
}
