/**
 * What an act is: something a person may ask for, what it is called and what comes of it, in one place; who may ask stands in
 * `act-roles`. A file beside this one holds one act, or a few that share a rule. An act must never ask who may give it: that was
 * asked before.
 */

import type { AlarmCommand } from '../alarm/authorize.ts';
import { alarmFor, authorize } from '../alarm/authorize.ts';
import type { Draft } from '../draft.ts';
import type { Alarm, Command, Time, User, Words } from '../types.ts';

/** What is asked when this is done. */
export type Asked<K extends Command['do']> = Extract<Command, { readonly do: K }>;

/** Decides what comes of it: facts, one refusal, or nothing where the same person has done just this before. */
export type Rule<C extends Command> = (draft: Draft, by: User, command: C) => void;

export interface Act<K extends Command['do']> {
  /** What it does, as a description of the interface says it. */
  readonly words: Words;
  readonly rule: Rule<Asked<K>>;
}

/** Whether what was done is about what the alarm waits for now, and not about what was before it was raised again. */
export const sinceRaised = (alarm: Alarm, done: { readonly at: number } | undefined): boolean =>
  done !== undefined && done.at >= alarm.waitingSince;

/**
 * The rule of an act about an open alarm. `again`: this very person has done just this before (a double click, or a second try
 * after an answer that was lost), and nothing comes of it. A second person always learns who was first.
 */
export function aboutAlarm<C extends AlarmCommand>(
  again: (alarm: Alarm, by: User, command: C, now: Time) => boolean,
  rule: (draft: Draft, by: User, alarm: Alarm, command: C) => void,
): Rule<C> {
  return (draft, by, command) => {
    const known = alarmFor(draft, by, command.alarm);
    if (known && again(known, by, command, draft.at)) return;
    const alarm = authorize(draft, by, command);
    if (alarm) rule(draft, by, alarm, command);
  };
}
