/**
 * The monthly assessment of schools: from what a school's journal says of a month to points by rules that are printed beside them. What there
 * was nothing of gives no points and takes none; who gave too little to judge gets no score. It must never ask a clock or a store.
 */
import type { Words } from '../../core/types.ts';
import { assessmentTitles } from '../../words/district/assessment-words.ts';

/** What is known of one school and one month. Times in ms. */
export interface SchoolMonth {
  readonly school: string;
  readonly name: Words;
  readonly street: string;
  readonly kind: 'school' | 'kindergarten';
  /** Length of the month as far as it is over, and how much of it the school was lost to the district. */
  readonly lengthMs: number;
  readonly lostMs: number;
  /** Alarms of priority 1: how many, of these acknowledged within `answerMs`, and how long each acknowledged one waited. */
  readonly urgent: { readonly raised: number; readonly inTime: number; readonly waits: readonly number[] };
  /** Checkpoints of rounds that are over. */
  readonly points: { readonly due: number; readonly onTime: number; readonly missed: number };
  readonly kitchen: { readonly upMs: number; readonly dueMs: number };
  /** Rectifications that were open in the month: how many, and of these past their date without an answer at its end. */
  readonly rectifications: { readonly open: number; readonly overdue: number };
  /** Alarms closed as nuisance or malfunction, and the zones there are; zones are not known before the school told its site. */
  readonly nuisance: { readonly closed: number; readonly zones?: number };
  readonly drills: { readonly due: number; readonly done: number };
}

/** An alarm of priority 1 is to be acknowledged within this. Ours: a school's own escalation goes on after a minute. */
export const answerMs = 60_000;

export const ruleIds = ['answer', 'patrol', 'kitchen', 'rectify', 'nuisance', 'drill'] as const;
export type RuleId = (typeof ruleIds)[number];

/** A figure gives its full points at `full`, none at `none`, and in between what lies in between. */
export interface AssessmentRule {
  readonly id: RuleId;
  readonly weight: number;
  readonly full: number;
  readonly none: number;
  readonly unit: 'share' | 'count';
  /** The figure; undefined where there was nothing to judge. */
  readonly of: (month: SchoolMonth) => number | undefined;
}

const share = (good: number, all: number): number | undefined => (all > 0 ? good / all : undefined);
const monthMs = 30 * 86_400_000;

/** The weights and bounds are ours, for a bureau to agree or to change; no regulation gives any. */
export const assessmentRules: readonly AssessmentRule[] = [
  {
    id: 'answer',
    weight: 25,
    full: 0.95,
    none: 0.5,
    unit: 'share',
    of: ({ urgent }) => share(urgent.inTime, urgent.raised),
  },
  {
    id: 'patrol',
    weight: 25,
    full: 0.98,
    none: 0.8,
    unit: 'share',
    of: ({ points }) => share(points.onTime, points.due),
  },
  {
    id: 'kitchen',
    weight: 20,
    full: 0.98,
    none: 0.85,
    unit: 'share',
    of: ({ kitchen }) => share(kitchen.upMs, kitchen.dueMs),
  },
  {
    id: 'rectify',
    weight: 15,
    full: 0,
    none: 5,
    unit: 'count',
    of: ({ rectifications: r }) => (r.open > 0 ? r.overdue : undefined),
  },
  { id: 'nuisance', weight: 5, full: 1, none: 10, unit: 'count', of: nuisancePerZone },
  {
    id: 'drill',
    weight: 10,
    full: 1,
    none: 0,
    unit: 'share',
    of: ({ drills }) => share(Math.min(drills.done, drills.due), drills.due),
  },
];

/** Nuisance alarms a zone in thirty days. */
function nuisancePerZone({ nuisance: { closed, zones }, lengthMs }: SchoolMonth): number | undefined {
  return zones === undefined || zones === 0 || lengthMs < 86_400_000
    ? undefined
    : (closed / zones) * (monthMs / lengthMs);
}

/** Below this weight of what could be judged there is no score. Ours. */
export const weightLeast = 50;

export interface JudgedRule {
  readonly id: RuleId;
  readonly figure: number | undefined;
  /** 0 to the rule's weight, one decimal; undefined where there was nothing to judge. */
  readonly points: number | undefined;
}
export interface SchoolScore {
  readonly month: SchoolMonth;
  readonly rules: readonly JudgedRule[];
  /** 0 to 100, one decimal, of what could be judged; undefined where that is too little. */
  readonly score: number | undefined;
  /** Its place among those with a score; equals share one. */
  readonly rank: number | undefined;
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** The points of a figure, 0 to 1. */
function portion({ full, none }: AssessmentRule, figure: number): number {
  return Math.min(1, Math.max(0, (figure - none) / (full - none)));
}

function judged(month: SchoolMonth): Omit<SchoolScore, 'rank'> {
  let [won, weighed] = [0, 0];
  const rules = assessmentRules.map((rule): JudgedRule => {
    const figure = rule.of(month);
    if (figure === undefined) return { id: rule.id, figure, points: undefined };
    const points = rule.weight * portion(rule, figure);
    won += points;
    weighed += rule.weight;
    return { id: rule.id, figure, points: tenth(points) };
  });
  return { month, rules, score: weighed < weightLeast ? undefined : tenth((won / weighed) * 100) };
}

/** The schools by score, the best first, and those without one at the end; within that by id. */
export function assessed(months: readonly SchoolMonth[]): readonly SchoolScore[] {
  const all = months.map(judged).sort((a, b) => {
    if (a.score === b.score) return a.month.school < b.month.school ? -1 : 1;
    return (b.score ?? -1) - (a.score ?? -1);
  });
  return all.map((one) => {
    const rank = one.score === undefined ? undefined : all.findIndex(({ score }) => score === one.score) + 1;
    return { ...one, rank };
  });
}

/** The middle of how long alarms waited; undefined of none. */
export function medianWait({ urgent: { waits } }: SchoolMonth): number | undefined {
  const sorted = waits.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

/** A rule in a sentence, with its numbers. */
export function ruleSaid({ id, weight, full, none, unit }: AssessmentRule): Words {
  const value = (x: number): string => (unit === 'share' ? `${Math.round(x * 100)}%` : String(x));
  return assessmentTitles[id].rule(String(weight), value(full), value(none));
}
