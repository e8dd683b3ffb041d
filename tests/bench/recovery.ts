/**
 * How long a camera takes to be heard again once it answers again: real drivers under the real supervisor, simulated cameras, and
 * between them a network that fails in every way there is. Measured from the moment in which all is well again to the first event
 * of the camera that is heard; what happened at the camera then is new at each end of an outage. There is no floor: the aim is 10 s, always.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { seeded } from '../../simulators/fence/random.ts';
import { type SupervisedLine, secured, supervised } from '../drivers/onvif-line.ts';
import { type CameraWay, openWay } from './camera-way.ts';
import { Durations, figure, table } from './figures.ts';

type Cam = Awaited<ReturnType<typeof secured>>['cam'];
interface Out {
  readonly cam: Cam;
  readonly way: CameraWay;
}

interface Kind {
  readonly name: string;
  readonly break: (out: Out) => unknown;
  readonly mend: (out: Out) => unknown;
  /** For so many outages in a row, with a second or two between them. */
  readonly again?: number;
}

const fault = (set: Partial<Cam['faults']>, off: Partial<Cam['faults']>): Pick<Kind, 'break' | 'mend'> => ({
  break: ({ cam }) => Object.assign(cam.faults, set),
  mend: ({ cam }) => Object.assign(cam.faults, off),
});
const way = (state: 'closed' | 'mute'): Pick<Kind, 'break' | 'mend'> => ({
  break: ({ way: between }) => between.set(state),
  mend: ({ way: between }) => between.set('open'),
});

const kinds: readonly Kind[] = [
  { name: 'port refused', ...way('closed') },
  { name: 'nothing comes through, connections stay open', ...way('mute') },
  {
    name: 'rebooted: refused, subscriptions forgotten',
    break: ({ way: between }) => between.set('closed'),
    mend({ cam, way: between }) {
      cam.forget();
      return between.set('open');
    },
  },
  { name: 'accepts and never answers', ...fault({ hang: true }, { hang: false }) },
  { name: 'pulls hang, all else answers', ...fault({ hang: ['PullMessages'] }, { hang: false }) },
  { name: 'answers that mean nothing', ...fault({ garbage: true }, { garbage: false }) },
  { name: 'a web page in place of each answer', ...fault({ htmlOk: true }, { htmlOk: false }) },
  { name: 'half of each answer', ...fault({ cut: true }, { cut: false }) },
  { name: 'answers later than the time limit', ...fault({ slowMs: 8_000 }, { slowMs: 0 }) },
  { name: 'three times refused', ...way('closed'), again: 3 },
  { name: 'three times nothing comes through', ...way('mute'), again: 3 },
  {
    name: 'refused, then two connections a second at most',
    break: ({ way: between }) => between.set('closed'),
    mend(out) {
      out.way.count(true);
      return out.way.set('open');
    },
  },
  {
    name: 'refused, then 503 above two requests a second',
    break: ({ way: between }) => between.set('closed'),
    mend({ cam, way: between }) {
      cam.faults.haste = { perSecond: 2, counts: 'requests', window: 'sliding', answer: 503 };
      return between.set('open');
    },
  },
  {
    name: 'refused, then cut above three requests a second, each on its connection',
    break: ({ way: between }) => between.set('closed'),
    mend({ cam, way: between }) {
      cam.faults.after = 'ended';
      cam.faults.haste = { perSecond: 3, counts: 'requests', window: 'fixed', answer: 'reset' };
      return between.set('open');
    },
  },
];

/** How long outages last, s. */
const lengths = [
  ['0.5 to 4 s', 0.5, 4],
  ['4 to 20 s', 4, 20],
  ['20 to 70 s', 20, 70],
] as const;

/** Given up after this long, ms: whoever is not heard by then is told of with it. */
const limitMs = 60_000;

/** Resolves when the camera's newest state was heard. */
async function heard(line: SupervisedLine, masked: boolean): Promise<void> {
  const until = performance.now() + limitMs;
  const says = () => line.reports.findLast(({ values }) => values.some(([key]) => key === 'masked'))?.values[0]?.[1];
  while (says() !== masked && performance.now() < until) await delay(20);
}

/** One camera through one outage, or several that last `wholeMs` together; ms from the end until it is heard. */
async function outage(kind: Kind, wholeMs: number, chance: () => number): Promise<number> {
  const lastMs = wholeMs / (kind.again ?? 1);
  // An address without a host, so that nothing of the camera is reached past the network in between.
  const { cam, options } = await secured({ faults: { address: 'no-host' } });
  const between = await openWay(cam.port);
  const line = supervised({ ...options, address: between.url });
  try {
    let masked = false;
    cam.set('masked', masked);
    await heard(line, masked);
    // At any moment of a held pull.
    await delay(1_500 + 4_000 * chance());
    for (let n = 0; n < (kind.again ?? 1); n++) {
      await kind.break({ cam, way: between });
      await delay(lastMs);
      masked = !masked;
      cam.set('masked', masked);
      await kind.mend({ cam, way: between });
      if (n + 1 < (kind.again ?? 1)) await delay(1_000 + 1_000 * chance());
    }
    const from = performance.now();
    await heard(line, masked);
    return performance.now() - from;
  } finally {
    between.count(false);
    await line.stop();
    await between.stop();
    await cam.stop();
  }
}

/** So many outages of each kind and length at a time: more cameras in one process would measure the process. */
const AT_ONCE = 3;

/** One round: each kind and length, so often at once. */
async function round(seed: number, times: number, into: (kind: number, length: number) => Durations): Promise<void> {
  const all = kinds.flatMap((kind, k) =>
    lengths.flatMap(([, least, most], l) =>
      Array.from({ length: times }, async (_, n) => {
        const chance = seeded(seed * 1_000_003 + k * 10_007 + l * 101 + n);
        await delay(5_000 * chance());
        into(k, l).add(await outage(kind, 1_000 * (least + (most - least) * chance()), chance));
      }),
    ),
  );
  await Promise.all(all);
}

/** `times`: how often each kind and length is tried. Twelve of each take seven minutes, or nine where some are not heard. */
export async function recovery(times: number, seed = 1): Promise<string> {
  const all = kinds.map(() => lengths.map(() => new Durations()));
  for (let done = 0; done < times; done += AT_ONCE)
    await round(seed + done, Math.min(AT_ONCE, times - done), (k, l) => all[k]![l]!);
  const rows = kinds.flatMap(({ name }, k) =>
    lengths.map(([length], l) => {
      const { count, p50, p95, max } = all[k]![l]!.summary();
      return [`${name}, ${length}`, String(count), figure(p50), figure(p95), figure(max)];
    }),
  );
  const title =
    'from the moment a camera answers again to its first event that is heard; aim: at most 10 000 ms, always';
  return table(title, ['outage', 'times', 'p50 ms', 'p95 ms', 'max ms'], rows);
}
