/**
 * Whoever comes on duty soon is told, half an hour before: that nobody signed on is found out too late for another to come. One message
 * by the first rung of his ladder, by the next where that is not taken; not to whoever has signed on already.
 */
import type { Draft } from '../draft.ts';
import { crewBook, onShift } from '../duty/on-duty.ts';
import { shiftDayId, shiftsOn } from '../duty/roster-days.ts';
import { localDay } from '../site/calendar.ts';
import { lookup } from '../site/lookup.ts';
import type { Event, ReadOnly, Reminder, Site, State } from '../types.ts';
import { ladderOf } from './ladders.ts';

/** Long enough to come from home, or to say that one cannot. */
const beforeMs = 30 * 60_000;
/** Nobody hears of a try for longer; then it is taken for lost. */
const lostAfterMs = 60_000;

/** Names a reminder: `night/20786/li`. */
export const reminderKey = (shift: string, day: number, person: string): string =>
  `${shiftDayId(shift, day)}/${person}`;

/** The channels by which a person is reminded, each once; a call is for alarms. */
function waysTo(site: Site, { replyBooks }: ReadOnly<State>, person: string): readonly string[] {
  const channels = ladderOf(site, person, replyBooks).map(({ channel }) => channel);
  return [...new Set(channels)].filter((channel) => !lookup(site.channels, channel)?.alarmsOnly);
}

/** Owes the reminders whose time has come. */
export function keepReminders(draft: Draft): void {
  const { site, state, now, at } = draft;
  if (!site.roster || !site.ladder) return;
  const today = localDay(now, site.utcOffsetMin);
  const soon = [...shiftsOn(site, today), ...shiftsOn(site, today + 1)].filter(
    ({ from }) => from - beforeMs <= now && now < from,
  );
  if (soon.length === 0) return;
  const book = crewBook(site, state);
  for (const one of soon) {
    for (const { person, signedOn } of onShift(book, state, one)) {
      if (signedOn) continue;
      const { shift, day, from, until } = one;
      const told = state.reminders.get(reminderKey(shift.id, day, person));
      if (told && (told.sentAt !== undefined || (told.failedAt === undefined && at < told.at + lostAfterMs))) continue;
      const channel = waysTo(site, state, person)[told?.tries ?? 0];
      if (channel !== undefined) draft.add({ kind: 'shift-told', shift: shift.id, day, person, channel, from, until });
    }
  }
}

/** A reminder is on its way. Those of shifts that are over are forgotten. */
export function foldShiftTold({ reminders }: State, event: Extract<Event, { kind: 'shift-told' }>): void {
  const { shift, day, person, channel, from, until, at } = event;
  for (const [key, one] of reminders) if (one.day < day - 1) reminders.delete(key);
  const key = reminderKey(shift, day, person);
  const tries = (reminders.get(key)?.tries ?? 0) + 1;
  reminders.set(key, { shift, day, person, channel, begins: from, ends: until, at, tries });
}

/** A reminder came to something: `remind/night/20786/li`. */
export function foldReminded({ reminders }: State, { duty, ok, at }: Extract<Event, { kind: 'done' }>): void {
  const key = duty.slice('remind/'.length);
  const told = reminders.get(key);
  if (told) reminders.set(key, { ...told, ...(ok ? { sentAt: at } : { failedAt: at }) });
}

/** Reminders that are on their way. */
export function remindersOwed({ reminders }: ReadOnly<State>): readonly (readonly [string, Reminder])[] {
  return [...reminders].filter(([, { sentAt, failedAt }]) => sentAt === undefined && failedAt === undefined);
}
