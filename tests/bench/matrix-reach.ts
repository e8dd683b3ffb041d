/**
 * What reaches the sensor at all: the greatest true change of tension an act makes there, whatever anybody makes of it. Where
 * friction keeps it, no detector finds it, and the commissioning of a fence has to say so.
 */
import { type Act, type ActDetail, Fence, type Sky } from '../../simulators/fence/fence.ts';
import { table } from './figures.ts';
import { betweenOf, type Cell, fenceOf, firstSeed, frictions, springs } from './matrix-plan.ts';

const still: Sky = { airC: () => 15, sun: () => 0, windMs: () => 1 };
/** Below this nothing can be told from the noise of a common sensor and steps of a newton, N. */
const feltN = 2;

interface Reach {
  readonly title: string;
  readonly act: Act;
  detail(between: (low: number, high: number) => number): ActDetail;
  /** Seconds looked at. */
  readonly s: number;
}
const middle = (between: (low: number, high: number) => number) => ({ share: between(0.25, 0.75) });
const acts: readonly Reach[] = [
  { title: 'free-hand climb, mid-bay', act: 'free-hand', detail: middle, s: 9 },
  {
    title: 'free-hand climb, near a support',
    act: 'free-hand',
    detail: (between) => ({ share: between(0.03, 0.12) }),
    s: 9,
  },
  { title: 'two wires spread 125 mm', act: 'spread', detail: () => ({ riseMs: 2_000, ms: 4_000 }), s: 5 },
  { title: 'one wire 75 mm aside', act: 'pull-aside', detail: () => ({ ms: 3_000 }), s: 3 },
  { title: 'one wire loosened by 14 N', act: 'loosen', detail: () => ({ amountN: 14, riseMs: 500 }), s: 2 },
];

function rises(cell: Cell, { act, detail, s }: Reach, first: number, tries: number): number[] {
  return Array.from({ length: tries }, (_, at) => {
    const fence = new Fence(fenceOf(cell, 'z', 'south', first + at), still);
    const rest = fence.trueN(0);
    fence.begin(act, 1_000, detail(betweenOf(first + at)));
    let most = 0;
    for (let ms = 1_000; ms <= 1_000 + s * 1_000; ms += 100)
      for (const [wire, tension] of fence.trueN(ms).entries()) most = Math.max(most, Math.abs(tension - rest[wire]!));
    return most;
  });
}

/** What a cut wire still shows, N. */
function left(cell: Cell, first: number, tries: number): number[] {
  return Array.from({ length: tries }, (_, at) => {
    const fence = new Fence(fenceOf(cell, 'z', 'south', first + at), still);
    fence.trueN(0);
    const { wires } = fence.begin('cut', 1_000);
    return fence.trueN(3_000)[wires[0]!]!;
  });
}

const at = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)]!;
const tenths = (value: number) => value.toFixed(1);

/** A table of what arrives, by friction and springs. */
export function reach(tries = 200): string {
  const kinds = frictions.flatMap((friction) =>
    springs.map((spring): Cell => ({ friction, springs: spring, periodMs: 250, weather: 'night' })),
  );
  const head = ['', ...kinds.map((cell) => `${cell.friction}, ${cell.springs}`)];
  const first = firstSeed.checking;
  const rows = acts.map((one) => [
    one.title,
    ...kinds.map((cell) => {
      const all = rises(cell, one, first, tries);
      const lost = all.filter((rise) => rise < feltN).length / tries;
      return `${tenths(at(all, 0.5))} / ${tenths(at(all, 0.05))}, ${Math.round(lost * 100)} %`;
    }),
  ]);
  const cuts = kinds.map((cell) => {
    const all = left(cell, first, tries);
    return `${tenths(at(all, 0.5))} / ${tenths(at(all, 0.95))}, ${Math.round((all.filter((one) => one > 10).length / tries) * 100)} %`;
  });
  return [
    table(`Greatest change at the sensor, N: half of them / 5 of 100 at most; share under ${feltN} N`, head, rows),
    table('What a cut wire still shows, N: half of them / 95 of 100 at most; share over 10 N', head, [
      ['cut', ...cuts],
    ]),
  ].join('\n');
}
