/**
 * What every command about an alarm has in common: whether it may be asked of this alarm as it stands, and how a refusal is
 * put. What a command then does is the business of the file it belongs to.
 */
import type { Draft } from '../draft.ts';
import { sight } from '../site/rights.ts';
import type { Alarm, By, Command, Refusal, User } from '../types.ts';
import { barred } from './alarm-state.ts';

/** A command about one open alarm. */
export type AlarmCommand = Extract<Command, { readonly alarm: number }>;

/** Says that a command was refused, and who was first where that is why. */
export function refuse(draft: Draft, by: User, command: Command, why: Refusal, first?: By): void {
  const who = first && { first: { by: first.by, at: first.at } };
  draft.add({ kind: 'refused', by: by.name, command, why, ...who });
}

/** The open alarm a person speaks of, as far as they may know of it. */
export function alarmFor(draft: Draft, by: User, id: number): Alarm | undefined {
  const alarm = draft.state.alarms.get(id);
  return alarm?.covert && sight(by.role) !== 'full' ? undefined : alarm;
}

/** The alarm a command is about; undefined when the command had to be refused: no alarm, or not in this state. */
export function authorize(draft: Draft, by: User, command: AlarmCommand): Alarm | undefined {
  const alarm = alarmFor(draft, by, command.alarm);
  const why = barred(draft.state, alarm, command.do, draft.at);
  if (!why) return alarm;
  refuse(draft, by, command, why, firstOf(draft, alarm, command, why));
  return undefined;
}

function firstOf(draft: Draft, alarm: Alarm | undefined, command: AlarmCommand, why: Refusal): By | undefined {
  if (why === 'already-acknowledged') return alarm?.acked;
  if (why === 'already-shelved') return alarm && draft.state.shelves.get(alarm.key);
  const closed = draft.state.closed.find(({ id }) => id === command.alarm);
  return why === 'unknown-alarm' && closed ? { by: closed.closedBy, at: closed.closedAt } : undefined;
}
