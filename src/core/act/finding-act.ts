/**
 * What was found, and closing with it. With a reason that says somebody was really there, the person at the desk does not
 * close alone: it becomes a finding that waits for the head of security. And a reason has to be so: `claims` is asked.
 * Last of all an incident whose file was taken is let go; only then may its records be cut, and never here.
 */

import { alarmFor, refuse } from '../alarm/authorize.ts';
import { unfounded } from '../alarm/claims.ts';
import { lift } from '../alarm/shelving.ts';
import { stillCut } from '../condition/active-conditions.ts';
import { standsStill } from '../condition/not-ready.ts';
import type { Draft } from '../draft.ts';
import { closing, isReason, needsCountersign } from '../site/reasons.ts';
import type { Alarm, User } from '../types.ts';
import { type Act, type Asked, aboutAlarm, sinceRaised } from './act.ts';

type FindingCommand = Asked<'dispose' | 'close'>;

const sameFinding = (alarm: Alarm, { reason, note }: Pick<FindingCommand, 'reason' | 'note'>): boolean => {
  const { disposed } = alarm;
  return disposed?.reason === reason && disposed.note === note && sinceRaised(alarm, disposed);
};

/** Whether a finding stands that only somebody with more rights may pass over; its author may take it back himself. */
function locked(alarm: Alarm, by: User): boolean {
  const { disposed } = alarm;
  if (!disposed || !needsCountersign(disposed.reason) || disposed.by === by.name) return false;
  return closing(by.role, disposed.reason) !== 'may';
}

function find(draft: Draft, by: User, alarm: Alarm, command: FindingCommand): void {
  const { reason, note } = command;
  if (!isReason(reason)) return refuse(draft, by, command, 'unknown-reason');
  if (locked(alarm, by)) return refuse(draft, by, command, 'needs-countersign', alarm.disposed);
  const why = unfounded(draft, alarm, reason, false);
  if (why) return refuse(draft, by, command, why);
  draft.add({ kind: 'disposed', alarm: alarm.id, by: by.name, reason, ...(note !== undefined && { note }) });
}

/**
 * Closes, or leaves the finding for the head of security to countersign: whoever presses close with such a reason wants it
 * on record and off the desk, and is told on the second press whose word it waits for.
 */
function end(draft: Draft, by: User, alarm: Alarm, command: Asked<'close'>): void {
  const { reason, note } = command;
  if (!isReason(reason)) return refuse(draft, by, command, 'unknown-reason');
  const may = closing(by.role, reason);
  if (may === 'no') return refuse(draft, by, command, 'no-right');
  const again = may === 'countersign' && sameFinding(alarm, command);
  if (again || locked(alarm, by)) return refuse(draft, by, command, 'needs-countersign', alarm.disposed);
  if (may === 'countersign') return find(draft, by, alarm, command);
  // A zone that does not watch ends the causes of its alarms, not the prop between the wires.
  if (standsStill(draft.site, draft.state, alarm)) return refuse(draft, by, command, 'still-standing');
  const why = unfounded(draft, alarm, reason, stillCut(draft, alarm));
  if (why) return refuse(draft, by, command, why);
  draft.add({ kind: 'closed', alarm: alarm.id, by: by.name, reason, ...(note !== undefined && { note }) });
  lift(draft, alarm.key, by.name, 'closed');
}

const endOpen = aboutAlarm(() => false, end);
const closedBy = (draft: Draft, { name }: User, id: number): boolean =>
  draft.state.closed.some((one) => one.id === id && one.closedBy === name);

export const dispose: Act<'dispose'> = {
  words: { zh: '填写处置结果', en: 'Say what was found' },
  rule: aboutAlarm((alarm, by, command) => alarm.disposed?.by === by.name && sameFinding(alarm, command), find),
};

export const close: Act<'close'> = {
  words: { zh: '关闭报警', en: 'Close an alarm with a reason' },
  rule: (draft, by, command) => {
    if (!alarmFor(draft, by, command.alarm) && closedBy(draft, by, command.alarm)) return;
    endOpen(draft, by, command);
  },
};

export const releaseCase: Act<'release-case'> = {
  words: { zh: '解除事件档案的留存', en: 'Release an incident that is held back from being cut' },
  rule: (draft, by, command) => {
    const { incident, reason } = command;
    const hold = draft.state.held.get(incident);
    if (!hold) return refuse(draft, by, command, 'not-held');
    draft.add({ kind: 'released', incident, by: by.name, reason, ...(hold.covert && { covert: true }) });
  },
};
