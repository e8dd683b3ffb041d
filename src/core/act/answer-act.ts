/**
 * An answer to the step of a procedure that is next, or why it is passed over. One answer does something: whoever is named
 * as the one who goes is sent.
 */

import { refuse } from '../alarm/authorize.ts';
import { courseOf } from '../alarm/procedures.ts';
import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import type { Alarm, ProcedureStep, Refusal, Site, User, Value } from '../types.ts';
import { type Act, type Asked, aboutAlarm, sinceRaised } from './act.ts';
import { may } from './act-roles.ts';

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
  const { dispatched } = alarm;
  if (!may(by.role, 'dispatch') || (dispatched?.to === to && sinceRaised(alarm, dispatched))) return;
  draft.add({ kind: 'dispatched', alarm: alarm.id, by: by.name, to });
}

function take(draft: Draft, by: User, alarm: Alarm, command: Asked<'answer'>): void {
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

export const answer: Act<'answer'> = {
  words: { zh: '填写预案步骤', en: 'Answer a step of the procedure, or say why it is passed over' },
  rule: aboutAlarm(() => false, take),
};
