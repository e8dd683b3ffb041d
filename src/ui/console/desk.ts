/**
 * What the desk has before it: the list, the chosen alarm, and what a flood leaves out of the list until somebody asks.
 * It follows alarms, not places in a list, so that an acknowledged one stays in view; and what comes into view by itself
 * cannot be acted upon by a key before it can have been read.
 */
import { computed, effect, signal } from '@preact/signals';
import type { Alarm, Priority } from '../../core/types.ts';
import type { DeskLists } from '../../core/view/view-handling.ts';
import { everyTurn, READ_MS } from '../page/page-clock.ts';
import { deskList, flood, openAlarms } from '../page/views.ts';

export type Tab = keyof DeskLists | 'closed' | 'zones';

export const tab = signal<Tab>('waiting');
export const chosenId = signal<number | undefined>(undefined);
/** Somebody asked to see all in spite of the flood; until it is over. */
const all = signal(false);

const ofTab = computed<readonly Alarm[]>(() =>
  tab.value === 'closed' || tab.value === 'zones' ? [] : deskList(tab.value),
);
/** In a flood the list has priorities 1 and 2; what it leaves out is counted, by priority. */
export const thinned = computed(() => flood.value !== undefined && tab.value === 'waiting' && !all.value);
export const shown = computed(() => (thinned.value ? ofTab.value.filter((a) => a.priority < 3) : ofTab.value));
export const leftOut = computed(() => ofTab.value.length - shown.value.length);
/** Which priorities are left out, and how many of each. */
export const leftOutBy = computed(() => {
  const counts = new Map<Priority, number>();
  if (thinned.value)
    for (const { priority } of ofTab.value) if (priority > 2) counts.set(priority, (counts.get(priority) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
});

/** Shows everything until the flood is over. */
export function showAll(): void {
  all.value = true;
}

/** The alarm that came into view by itself, since nobody had chosen one. */
const offeredId = signal<number | undefined>(undefined);
const offered = computed(() => shown.value.find((a) => a.id === offeredId.value) ?? shown.value[0]);
/** The chosen alarm wherever it went; else the one in view while it is in the list, whatever comes in above it; else the first. */
export const current = computed(() => openAlarms.value.find((a) => a.id === chosenId.value) ?? offered.value);
/** Whether the alarm in view came there by itself, and only just now. */
export const unread = signal(false);

/** Watches what comes into view. Returns the way to stop. */
export function watchView(): () => void {
  let since = 0;
  const unwatch = effect(() => {
    const id = current.value?.id;
    if (id === offeredId.peek()) return;
    since = performance.now();
    offeredId.value = id;
    unread.value = id !== undefined && id !== chosenId.peek();
  });
  const stop = everyTurn(() => {
    if (unread.peek() && performance.now() - since >= READ_MS) unread.value = false;
  });
  return () => {
    unwatch();
    stop();
  };
}

/** Chooses an alarm, in whatever list it stands. */
export function choose(id: number | undefined): void {
  chosenId.value = id;
  unread.value = false;
}

/** Turns to another list; a flood that is over is forgotten. */
export function goTo(next: Tab): void {
  tab.value = next;
  chosenId.value = undefined;
  if (flood.peek() === undefined) all.value = false;
}

/** Chooses the next or the one before, and takes the focus along when it is in the list. */
export function move(step: -1 | 1): void {
  const at = shown.value.findIndex((a) => a.id === current.value?.id);
  const next = shown.value[Math.max(0, at + step)] ?? shown.value[at];
  choose(next?.id);
  if (!next) return;
  const item = document.querySelector<HTMLElement>(`.item[data-alarm="${next.id}"]`);
  item?.scrollIntoView({ block: 'nearest' });
  if (document.activeElement?.matches('.item')) item?.focus();
}
