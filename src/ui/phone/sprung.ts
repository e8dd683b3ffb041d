/**
 * An alarm that comes while a phone is in front fills its screen: the guard need not look for it in a list. It opens, and never
 * acknowledges; while another alarm is open it only knocks; and its button does nothing until somebody can have read what it says.
 */
import { computed, effect, signal } from '@preact/signals';
import type { Alarm } from '../../core/types.ts';
import { alarms, ownCall, sentHere } from '../page/views.ts';

/** Whether an alarm asks something of whoever holds this phone: nobody has taken it, or he was sent and has not answered. */
export function asks(alarm: Alarm): boolean {
  if (alarm.priority > 3 || ownCall(alarm)) return false;
  return !alarm.acked || (sentHere(alarm) && !alarm.accepted && !alarm.arrived);
}

/** What this guard was sent to first, then the order of the wall. */
export const mine = computed<readonly Alarm[]>(() => {
  return [...alarms.value.filter(sentHere), ...alarms.value.filter((a) => !sentHere(a))];
});

/** Those that ask something, in that order. */
export const asking = computed(() => mine.value.filter(asks));

/** The alarm whose page came by itself; one that a person opened is not. */
export const sprung = signal<number | undefined>(undefined);

/** An alarm that waits anew, or is given to this person, is news again. */
const newsOf = (alarm: Alarm) => `${alarm.id}/${alarm.waitingSince}/${sentHere(alarm)}`;
/** Only what cannot wait takes the screen; a missed checkpoint sounds and stands in the list. */
const takesScreen = (alarm: Alarm) => alarm.priority <= 2 || sentHere(alarm);

/**
 * Calls `open` with each alarm that comes from now on while `free` says that the screen may be taken. What there was at the first
 * snapshot stands in the list. Returns the way to stop.
 */
export function spring(known: () => boolean, free: () => boolean, open: (id: number) => void): () => void {
  let seen: Set<string> | undefined;
  return effect(() => {
    const now = asking.value;
    if (!known()) return;
    const news = seen === undefined ? [] : now.filter((alarm) => !seen?.has(newsOf(alarm)) && takesScreen(alarm));
    seen = new Set(now.map(newsOf));
    const first = news[0];
    if (!first || !free()) return;
    sprung.value = first.id;
    open(first.id);
  });
}
