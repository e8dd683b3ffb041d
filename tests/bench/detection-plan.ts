/**
 * What the detection is tried on: a mix of zones, the four weathers of a year, attacks and nuisances with their numbers, all
 * drawn from seeds. The seeds that limits are tuned on and those that are reported never meet.
 */
import type { Act, FenceSpec } from '../../simulators/fence/fence.ts';
import type { Season } from '../../simulators/fence/weather.ts';

export const attacks = ['climb', 'step-through', 'pull-aside', 'ladder', 'cut', 'unscrew'] as const satisfies Act[];
export type Attack = (typeof attacks)[number];
export const nuisances = ['cat', 'bird', 'branch'] as const satisfies Act[];
export type Nuisance = (typeof nuisances)[number];
const seasons: readonly Season[] = ['winter', 'spring', 'summer', 'autumn'];

/** Where the seeds of a run begin: farther apart than any run takes. */
export const firstSeed = { report: 1_000_000, tuning: 5_000_000 } as const;

type Build = Omit<FenceSpec, 'zone' | 'side' | 'seed'> & { readonly title: string };
const common = { fullScaleN: 196, creepNPerDay: -0.5 } as const;
/** 0.1 kgf, as family B counts, and the converter step of family A. */
const kgf = { stepN: 0.980665 } as const;
const counts = { stepN: 0.293 } as const;
const sprung = { springs: true, wires: 6 } as const;
const rigid = { springs: false } as const;

/**
 * Two zones a side: with springs and without, 20 to 40 m, quiet and frictional. Tensioned in the middle of the window that
 * controller B wants (98–147 N): at 150 N its margin would lie beyond the end of its sensor.
 */
export const sides: readonly { readonly side: string; readonly zones: readonly Build[] }[] = [
  {
    side: 'north',
    zones: [
      {
        title: '40 m, springs, quiet',
        ...common,
        ...sprung,
        ...kgf,
        lengthM: 40,
        bayM: 4,
        restN: 130,
        frictionPerSupport: 0.01,
      },
      {
        title: '36 m, springs, frictional',
        ...common,
        ...sprung,
        ...kgf,
        lengthM: 36,
        bayM: 4,
        restN: 130,
        frictionPerSupport: 0.04,
      },
    ],
  },
  {
    side: 'south',
    zones: [
      {
        title: '40 m, rigid, quiet',
        ...common,
        ...rigid,
        ...kgf,
        wires: 6,
        lengthM: 40,
        bayM: 4,
        restN: 130,
        frictionPerSupport: 0.01,
      },
      {
        title: '30 m, rigid, frictional',
        ...common,
        ...rigid,
        ...counts,
        wires: 4,
        lengthM: 30,
        bayM: 3,
        restN: 130,
        frictionPerSupport: 0.04,
      },
    ],
  },
  {
    side: 'west',
    zones: [
      {
        title: '20 m, springs',
        ...common,
        ...sprung,
        ...counts,
        lengthM: 20,
        bayM: 4,
        restN: 130,
        frictionPerSupport: 0.02,
      },
      {
        title: '24 m, rigid',
        ...common,
        ...rigid,
        ...kgf,
        wires: 4,
        lengthM: 24,
        bayM: 3,
        restN: 130,
        frictionPerSupport: 0.02,
      },
    ],
  },
];
export const places = sides.flatMap(({ zones }) => zones.map(({ title }) => title));

/** Readings come this often, ms. */
export const pollMs = 250;
/** Acts of each nuisance in a zone and day: a guess, and the measure of every nuisance figure. */
export const perDay: Readonly<Record<Nuisance, number>> = { cat: 4, bird: 12, branch: 2 };

export interface Effort {
  /** Attacks of each kind in all. */
  readonly attacks: number;
  /** Days in each season and zone. */
  readonly days: number;
}
/** Thirty days a zone, and enough acts that a few misses still prove 0.99. */
export const full: Effort = { attacks: 1_200, days: 7.5 };
export const quick: Effort = { attacks: 60, days: 0.25 };

/** A piece of work for one thread. */
export type Job =
  | {
      readonly kind: 'attacks';
      readonly side: number;
      readonly zone: number;
      readonly season: Season;
      readonly seed: number;
      /** Attacks of each kind. */
      readonly each: number;
    }
  | {
      readonly kind: 'days';
      readonly side: number;
      readonly season: Season;
      readonly seed: number;
      readonly days: number;
    };

/** Attacks of each kind in one session: the fence lives on, and is mended after each. */
const eachSession = 5;

/** All there is to do, the longest pieces first. */
export function plan({ attacks, days }: Effort, first: number): Job[] {
  const jobs: Job[] = [];
  let seed = first;
  for (const season of seasons)
    for (const side of sides.keys()) jobs.push({ kind: 'days', side, season, seed: seed++, days });
  const where = sides.flatMap(({ zones }, side) => [...zones.keys()].map((zone) => ({ side, zone })));
  for (let done = 0, session = 0; done < attacks; done += eachSession, session++) {
    const season = seasons[Math.floor(session / where.length) % seasons.length]!;
    const each = Math.min(eachSession, attacks - done);
    jobs.push({ kind: 'attacks', ...where[session % where.length]!, season, seed: seed++, each });
  }
  return jobs;
}
