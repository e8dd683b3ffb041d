/**
 * What people do about an alarm: acknowledge it, send somebody, say that one goes and has arrived, what was found, close.
 * Each command ends in facts, in one refusal, or, where the same person has done just this before, in nothing. A second
 * person always learns who was first.
 */

import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import { closing, isReason, needsCountersign } from '../site/reasons.ts';
import { may } from '../site/rights.ts';
import type { Alarm, Command, Time, User } from '../types.ts';
import { type AlarmCommand, alarmFor, authorize, refuse } from './authorize.ts';
import { nameSent } from './procedures.ts';
import { lift } from './shelving.ts';

type Handled = Exclude<AlarmCommand, { readonly do: 'shelve' | 'answer' }>;

/** Whether what was done is about what the alarm waits for now, and not about what was before it was raised again. */
const present = (alarm: Alarm, done: { readonly at: Time } | undefined): boolean =>
  done !== undefined && done.at >= alarm.waitingSince;

/** Whether this very person has done just this before: a double click, or a second try after an answer that was lost. */
function doneBefore(draft: Draft, by: User, command: Handled): boolean {
  const { name } = by;
  const alarm = alarmFor(draft, by, command.alarm);
  if (!may(by.role, command.do)) return false;
  if (!alarm) return command.do === 'close' && closedBy(draft, name, command.alarm);
  switch (command.do) {
    case 'acknowledge':
      return alarm.acked?.by === name;
    case 'dispatch':
      return alarm.dispatched?.to === command.to && present(alarm, alarm.dispatched);
    case 'accept':
      return alarm.accepted?.by === name;
    case 'arrive':
      return alarm.arrived?.by === name && present(alarm, alarm.arrived);
    case 'dispose':
      return alarm.disposed?.by === name && sameFinding(alarm, command);
    case 'close':
    case 'note':
      return false;
  }
}

const closedBy = (draft: Draft, name: string, id: number): boolean =>
  draft.state.closed.some((one) => one.id === id && one.closedBy === name);

function sameFinding(alarm: Alarm, { reason, note }: { readonly reason: string; readonly note?: string }): boolean {
  const { disposed } = alarm;
  return disposed?.reason === reason && disposed.note === note && present(alarm, disposed);
}

/** Does what was asked, or refuses it. */
export function handle(draft: Draft, by: User, command: Handled): void {
  if (doneBefore(draft, by, command)) return;
  const alarm = authorize(draft, by, command);
  if (!alarm) return;
  const { id } = alarm;
  switch (command.do) {
    case 'acknowledge':
      return draft.add({ kind: 'acknowledged', alarm: id, by: by.name });
    case 'dispatch':
      if (!lookup(draft.site.people, command.to)) return refuse(draft, by, command, 'unknown-person');
      draft.add({ kind: 'dispatched', alarm: id, by: by.name, to: command.to });
      return nameSent(draft, by, alarm, command.to);
    case 'accept':
      if (!alarm.dispatched) return refuse(draft, by, command, 'not-dispatched');
      if (alarm.accepted) return refuse(draft, by, command, 'already-accepted', alarm.accepted);
      return draft.add({ kind: 'accepted', alarm: id, by: by.name });
    case 'arrive':
      if (present(alarm, alarm.arrived)) return refuse(draft, by, command, 'already-arrived', alarm.arrived);
      return draft.add({ kind: 'arrived', alarm: id, by: by.name, how: 'hand' });
    case 'dispose':
      return dispose(draft, by, alarm, command);
    case 'close':
      return close(draft, by, alarm, command);
    case 'note': {
      const text = command.text.trim();
      if (text === '') return refuse(draft, by, command, 'text-missing');
      return draft.add({ kind: 'noted', alarm: id, by: by.name, text });
    }
  }
}

type FindingCommand = Extract<Command, { readonly do: 'dispose' | 'close' }>;

/** Whether a finding stands that only somebody with more rights may pass over; its author may take it back himself. */
function locked(alarm: Alarm, by: User): boolean {
  const { disposed } = alarm;
  if (!disposed || !needsCountersign(disposed.reason) || disposed.by === by.name) return false;
  return closing(by.role, disposed.reason) !== 'may';
}

function dispose(draft: Draft, by: User, alarm: Alarm, command: FindingCommand): void {
  const { reason, note } = command;
  if (!isReason(reason)) return refuse(draft, by, command, 'unknown-reason');
  if (locked(alarm, by)) return refuse(draft, by, command, 'needs-countersign', alarm.disposed);
  draft.add({ kind: 'disposed', alarm: alarm.id, by: by.name, reason, ...(note !== undefined && { note }) });
}

/**
 * Closes, or leaves the finding for the head of security to countersign: whoever presses close with such a reason wants it
 * on record and off the desk, and is told on the second press whose word it waits for.
 */
function close(draft: Draft, by: User, alarm: Alarm, command: Extract<Command, { readonly do: 'close' }>): void {
  const { reason, note } = command;
  if (!isReason(reason)) return refuse(draft, by, command, 'unknown-reason');
  const may = closing(by.role, reason);
  if (may === 'no') return refuse(draft, by, command, 'no-right');
  const again = may === 'countersign' && sameFinding(alarm, command);
  if (again || locked(alarm, by)) return refuse(draft, by, command, 'needs-countersign', alarm.disposed);
  if (may === 'countersign') return dispose(draft, by, alarm, command);
  draft.add({ kind: 'closed', alarm: alarm.id, by: by.name, reason, ...(note !== undefined && { note }) });
  lift(draft, alarm.key, by.name, 'closed');
}

/** A card was held to a reader: whoever was sent to that place has arrived there. `sourceTime` as the reader says. */
export function arrivedByScan(draft: Draft, reader: string, card: string, sourceTime: Time | undefined): void {
  for (const alarm of draft.state.alarms.values()) {
    const { dispatched } = alarm;
    if (!dispatched || placeReader(draft, alarm) !== reader) continue;
    if (lookup(draft.site.people, dispatched.to)?.card !== card) continue;
    // A touch made before he was sent, and uploaded later, says nothing.
    if (sourceTime !== undefined && sourceTime < dispatched.at) continue;
    if (alarm.arrived && alarm.arrived.at >= dispatched.at) continue;
    draft.add({ kind: 'arrived', alarm: alarm.id, by: dispatched.to, how: 'scan' });
  }
}

/** The reader that stands where the alarm is. */
function placeReader(draft: Draft, alarm: Alarm): string | undefined {
  const zone = alarm.zone === undefined ? undefined : lookup(draft.site.zones, alarm.zone);
  if (zone) return zone.reader;
  return lookup(draft.site.devices, alarm.device)?.family === 'reader' ? alarm.device : undefined;
}
