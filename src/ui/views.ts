/**
 * The views of State that several screens share, each recomputed per batch and passed on only when something in it changed.
 * Queries themselves live in core; this file only ties them to the feed.
 */
import { computed } from '@preact/signals';
import type { Alarm, Round } from '../core/types.ts';
import { inOrder, patrolTally, type RoundRow, roundsToday, wallAlarms } from '../core/view.ts';
import { now } from './clock.ts';
import { look, site } from './feed.ts';

/** Open alarms of the wall, in its order. */
export const alarms = look<readonly Alarm[]>((state) => wallAlarms(state), []);
/** Open upkeep notes (priority 4). */
export const upkeep = look<readonly Alarm[]>(
  (state) => inOrder(state.alarms.values()).filter((a) => a.priority === 4),
  [],
);
export const unacked = computed(() => alarms.value.filter((a) => !a.acked));
export const today = look((state) => state.today, { day: 0, raised: 0, nuisance: 0, acked: 0, ackMs: 0 });
export const closed = look<readonly (Alarm & { reason: string; closedAt: number })[]>((state) => state.closed, []);

const opened = look<readonly Round[]>((state) => [...state.rounds.values()], []);
const minute = computed(() => Math.floor(now.value / 60_000) * 60_000);
/** Every round of the school's day, opened or planned. */
export const rounds = computed<readonly RoundRow[]>(() => {
  const place = site.value;
  if (!place || minute.value === 0) return [];
  const table = new Map(opened.value.map((r) => [r.id, r]));
  return roundsToday(place, table, minute.value);
});
export const tally = computed(() =>
  site.value ? patrolTally(site.value, rounds.value) : { complete: 0, target: 0, judged: 0, reached: 0, onTime: 0 },
);
/** Minutes east of UTC at the school; screens show local time of the school, not of the browser. */
export const offset = computed(() => site.value?.utcOffsetMin ?? 480);
