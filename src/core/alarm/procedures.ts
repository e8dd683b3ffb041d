/**
 * Procedures (预案): what is done about a kind of alarm, step by step. Which step is next follows from the answers there
 * are. A procedure guides and keeps record; it never stands in the way of acknowledging, sending somebody or closing. Only
 * one answer does something: whoever is named as the one who goes is sent.
 */

import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import { may } from '../site/rights.ts';
import type { Alarm, Command, Procedure, ProcedureStep, Refusal, Site, StepAnswer, User, Value } from '../types.ts';
import { authorize, refuse } from './authorize.ts';

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

/** Why this is no answer to the step. */
function wrong(
  site: Site,
  step: ProcedureStep,
  value: Value | undefined,
  skip: string | undefined,
): Refusal | undefined {
  if (skip !== undefined) {
    if (value !== undefined) return 'wrong-answer';
    return step.must && skip.trim() === '' ? 'reason-missing' : undefined;
  }
  switch (step.answer) {
    case 'done':
      return value === undefined || value === true ? undefined : 'wrong-answer';
    case 'yes-no':
      return typeof value === 'boolean' ? undefined : 'wrong-answer';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value) ? undefined : 'wrong-answer';
    case 'person':
      if (typeof value !== 'string') return 'wrong-answer';
      return lookup(site.people, value) ? undefined : 'unknown-person';
  }
}

/** Whoever is named as the one who goes is sent: a name that nobody told him of would look like help under way. */
function sendNamed(draft: Draft, by: User, alarm: Alarm, to: string): void {
  const { dispatched, waitingSince } = alarm;
  if (!may(by.role, 'dispatch') || (dispatched?.to === to && dispatched.at >= waitingSince)) return;
  draft.add({ kind: 'dispatched', alarm: alarm.id, by: by.name, to });
}

/** Somebody was sent: where the procedure asks next who goes, that is the answer. */
export function nameSent(draft: Draft, by: User, alarm: Alarm, to: string): void {
  const course = courseOf(draft.site, alarm);
  const step = course?.next;
  if (!course || step === undefined || course.steps[step]?.step.answer !== 'person') return;
  draft.add({ kind: 'answered', alarm: alarm.id, by: by.name, procedure: course.procedure.id, step, value: to });
}

/** Takes in an answer to the step that is next, or why it is passed over. */
export function answer(draft: Draft, by: User, command: Extract<Command, { readonly do: 'answer' }>): void {
  const alarm = authorize(draft, by, command);
  if (!alarm) return;
  const course = courseOf(draft.site, alarm);
  const shown = course?.steps[command.step];
  const skip = command.skip?.trim();
  const value = shown?.step.answer === 'done' && skip === undefined ? (command.value ?? true) : command.value;
  if (!course || !shown) return refuse(draft, by, command, 'unknown-step');
  if (shown.answer) {
    const { answer: was } = shown;
    if (was.by === by.name && was.value === value && was.skip === skip) return;
    return refuse(draft, by, command, 'already-answered', was);
  }
  if (course.next !== command.step) return refuse(draft, by, command, 'unknown-step');
  const why = wrong(draft.site, shown.step, value, skip);
  if (why) return refuse(draft, by, command, why);
  draft.add({
    kind: 'answered',
    alarm: alarm.id,
    by: by.name,
    procedure: course.procedure.id,
    step: command.step,
    ...(value !== undefined && { value }),
    ...(skip !== undefined && { skip }),
  });
  if (shown.step.answer === 'person' && typeof value === 'string') sendNamed(draft, by, alarm, value);
}
