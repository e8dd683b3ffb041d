/**
 * Procedures (预案): what is done about a kind of alarm, step by step. Which step is next follows from the answers there
 * are. A procedure guides and keeps record; it never stands in the way of acknowledging, sending somebody or closing.
 */

import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import type { Alarm, Procedure, ProcedureStep, Site, StepAnswer, User } from '../types.ts';

/**
 * answered, skipped: done. next: waits for an answer. ahead: may still come. aside: the answers lead past it.
 */
export type StepPhase = 'answered' | 'skipped' | 'next' | 'ahead' | 'aside';

export interface ShownStep {
  readonly step: ProcedureStep;
  readonly phase: StepPhase;
  readonly answer?: StepAnswer;
}

/** A procedure as it stands for one alarm. */
export interface Course {
  readonly procedure: Procedure;
  readonly steps: readonly ShownStep[];
  /** Index of the step that waits for an answer; absent when there is none left. */
  readonly next?: number;
}

/** The procedure the answers of the alarm belong to, or else the one for its kind. */
function procedureFor(site: Site, alarm: Alarm): Procedure | undefined {
  if (alarm.procedure !== undefined) return lookup(site.procedures, alarm.procedure);
  const family = lookup(site.devices, alarm.device)?.family;
  const fitting = Object.values(site.procedures).filter(({ kinds }) => kinds.includes(alarm.kind));
  return fitting.find((one) => one.family === family) ?? fitting.find((one) => one.family === undefined);
}

/** The steps that may come after this one: all branches while it is not answered. `steps.length` and more is the end. */
function after(steps: readonly ProcedureStep[], index: number, answer: StepAnswer | undefined): number[] {
  const { next, answer: kind } = steps[index] ?? {};
  const target = (branch: 'yes' | 'no') => {
    const to = next?.[branch] ?? index + 1;
    return to === 'end' ? steps.length : to;
  };
  if (kind !== 'yes-no' || answer?.skip !== undefined) return [index + 1];
  if (answer) return [target(answer.value === true ? 'yes' : 'no')];
  return [target('yes'), target('no')];
}

/** Every step from `from` on that the answers there are, or answers to come, can lead to. */
function reachable(
  steps: readonly ProcedureStep[],
  from: number,
  answers: ReadonlyMap<number, StepAnswer>,
): Set<number> {
  const found = new Set<number>();
  const open = [from];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (index >= steps.length || found.has(index)) continue;
    found.add(index);
    open.push(...after(steps, index, answers.get(index)));
  }
  return found;
}

/** The alarm's procedure with what was answered, and what is next; undefined where the site has none for it. */
export function courseOf(site: Site, alarm: Alarm): Course | undefined {
  const procedure = procedureFor(site, alarm);
  if (!procedure) return undefined;
  const { steps } = procedure;
  const answers = new Map(alarm.answers.map((answer) => [answer.step, answer]));
  let at = 0;
  for (const seen = new Set<number>(); answers.has(at) && !seen.has(at); ) {
    seen.add(at);
    at = after(steps, at, answers.get(at))[0] ?? steps.length;
  }
  const next = at < steps.length && !answers.has(at) ? at : undefined;
  const ahead = next === undefined ? new Set<number>() : reachable(steps, next, answers);
  const shown = steps.map((step, index): ShownStep => {
    const answer = answers.get(index);
    if (answer) return { step, phase: answer.skip === undefined ? 'answered' : 'skipped', answer };
    if (index === next) return { step, phase: 'next' };
    return { step, phase: ahead.has(index) ? 'ahead' : 'aside' };
  });
  return { procedure, steps: shown, ...(next !== undefined && { next }) };
}

/** Somebody was sent: where the procedure asks next who goes, that is the answer. */
export function nameSent(draft: Draft, by: User, alarm: Alarm, to: string): void {
  const course = courseOf(draft.site, alarm);
  const step = course?.next;
  if (!course || step === undefined || course.steps[step]?.step.answer !== 'person') return;
  draft.add({ kind: 'answered', alarm: alarm.id, by: by.name, procedure: course.procedure.id, step, value: to });
}
