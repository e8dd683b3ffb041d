/**
 * Plays months with planted frauds and counts: how many of each kind were found, and how often honest people were accused. It counts
 * and divides; the aims are the issue of whoever reads it, and are printed beside.
 */
import { usualLimits } from '../../src/core/exception/exception-limits.ts';
import { exceptionsOf } from '../../src/core/exception/exceptions.ts';
import type { ExceptionRule } from '../../src/core/types.ts';
import { lowerBound, upperBound } from './detection-score.ts';
import { table } from './figures.ts';
import { type Care, cares, type Fraud, fraudKinds, frauds } from './patrol-frauds.ts';
import { type Irregularity, irregularities, Month, utcOffsetMin } from './patrol-month.ts';
import { naive } from './patrol-naive.ts';

/** Seeds of two ranges that never meet: limits are chosen on one and reported on the other. */
export const firstSeed = { scoring: 700_000_000, tuning: 800_000_000, checking: 900_000_000 } as const;

export interface PatrolJob {
  readonly fraud: Fraud;
  readonly care: Care;
  readonly irregularity: Irregularity;
  readonly seed: number;
}

/** What one judge said of one month. */
export interface Judged {
  /** By the rule of that kind; by any rule. */
  readonly found: boolean;
  readonly foundByAny: boolean;
  /** Exceptions that name honest people and rest on nothing forged, by rule; and those that only name a reader. */
  readonly accused: Partial<Record<ExceptionRule, number>>;
  readonly readers: Partial<Record<ExceptionRule, number>>;
}
export interface PlayedMonth {
  readonly job: PatrolJob;
  readonly rounds: number;
  readonly touches: number;
  readonly own: Judged;
  readonly naive: Judged;
}

/** Rules that speak of a device and accuse nobody. */
const ofReaders: readonly ExceptionRule[] = ['clock-jump', 'late-batch', 'one-address'];

function judged(
  fraud: Fraud,
  said: readonly { readonly rule: ExceptionRule; readonly touches: readonly string[] }[],
): Judged {
  const accused: Partial<Record<ExceptionRule, number>> = {};
  const readers: Partial<Record<ExceptionRule, number>> = {};
  let found = false;
  let foundByAny = false;
  for (const { rule, touches } of said) {
    if (touches.some((id) => id.startsWith('forged'))) {
      foundByAny = true;
      found ||= rule === fraud;
      continue;
    }
    const table = ofReaders.includes(rule) ? readers : accused;
    table[rule] = (table[rule] ?? 0) + 1;
  }
  return { found, foundByAny, accused, readers };
}

export function playMonth(job: PatrolJob): PlayedMonth {
  const month = new Month(job.seed, job.irregularity);
  frauds[job.fraud](month, job.care);
  const touches = month.delivered();
  const { rounds, duty, outages } = month;
  const span = { touches, rounds, duty, outages, utcOffsetMin };
  const ids = naive(span).map(({ rule, touches: some }) => ({ rule, touches: some.map(({ id }) => id) }));
  return {
    ...{ job, rounds: rounds.length, touches: touches.length },
    own: judged(job.fraud, exceptionsOf(span, usualLimits)),
    naive: judged(job.fraud, ids),
  };
}

/** Every kind, done with every care, among people of every irregularity, each so many times. */
export function planPatrol(each: number, first: number): PatrolJob[] {
  const cells = fraudKinds.flatMap((fraud) =>
    cares.flatMap((care) =>
      (Object.keys(irregularities) as Irregularity[]).map((irregularity) => ({ fraud, care, irregularity })),
    ),
  );
  return Array.from({ length: each }, (_, n) =>
    cells.map((cell, m) => ({ ...cell, seed: first + n * cells.length + m })),
  ).flat();
}

const percent = (share: number) => (Math.floor(share * 1_000 + 1e-9) / 10).toFixed(1);
const share = (hits: number, tries: number) =>
  tries === 0 ? '–' : `${percent(hits / tries)} (${percent(lowerBound(hits, tries))})`;
const sum = (some: readonly number[]) => some.reduce((total, one) => total + one, 0);

/** The whole report, in Markdown. */
export function patrolReport(months: readonly PlayedMonth[]): string {
  const rounds = sum(months.map((one) => one.rounds));
  const perThousand = (count: number, of = rounds) =>
    of === 0 ? '–' : `${((1_000 * count) / of).toFixed(3)} (${((1_000 * upperBound(count)) / of).toFixed(3)})`;
  const accusing = (by: 'own' | 'naive', rule: ExceptionRule, which: 'accused' | 'readers') =>
    sum(months.map((one) => one[by][which][rule] ?? 0));
  const rules = fraudKinds.map((fraud) => {
    const plain = (by: 'own' | 'naive') => {
      const some = months.filter(({ job }) => job.fraud === fraud && job.care === 'plain');
      return share(some.filter((one) => one[by].found).length, some.length);
    };
    const careful = months.filter(({ job }) => job.fraud === fraud && job.care === 'careful');
    const which = ofReaders.includes(fraud) ? 'readers' : 'accused';
    return [
      which === 'readers' ? `${fraud} (names a reader)` : fraud,
      plain('own'),
      share(careful.filter(({ own }) => own.found).length, careful.length),
      perThousand(accusing('own', fraud, which)),
      plain('naive'),
      perThousand(accusing('naive', fraud, which)),
    ];
  });
  const total = (by: 'own' | 'naive') => sum(months.flatMap((one) => Object.values(one[by].accused)));
  const levels = Object.keys(irregularities) as Irregularity[];
  const byLevel = levels.map((level) => {
    const some = months.filter(({ job }) => job.irregularity === level);
    const of = sum(some.map((one) => one.rounds));
    const count = (by: 'own' | 'naive') => sum(some.flatMap((one) => Object.values(one[by].accused)));
    return [level, String(of), perThousand(count('own'), of), perThousand(count('naive'), of)];
  });
  const matrix = fraudKinds.flatMap((fraud) =>
    cares.map((care) => {
      const cells = levels.map((level) => {
        const some = months.filter(({ job }) => job.fraud === fraud && job.care === care && job.irregularity === level);
        return `${some.filter(({ own }) => own.found).length} + ${some.filter(({ own }) => own.foundByAny && !own.found).length} of ${some.length}`;
      });
      return [fraud, care, ...cells];
    }),
  );
  return [
    table(
      'By rule: found of planted, % (and proved at 95 %); honest accused per 1,000 rounds (and no more than, at 95 %)',
      ['rule', 'plain', 'careful', 'accused', 'by the letter: plain', 'by the letter: accused'],
      rules,
    ),
    table(
      'Honest people accused per 1,000 rounds, all rules',
      ['irregularity', 'rounds', 'gatehouse', 'by the letter'],
      [...byLevel, ['all', String(rounds), perThousand(total('own')), perThousand(total('naive'))]],
    ),
    table('Found by its own rule + by another, of planted', ['fraud', 'done', ...levels], matrix),
  ].join('\n');
}
