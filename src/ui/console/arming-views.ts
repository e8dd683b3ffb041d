/**
 * What the screens know of arming: how areas and zones stand, which way in is open, and what is to come. Queries live in core; this file only ties them to the feed.
 */
import { computed } from '@preact/signals';
import { may } from '../../core/act/act-roles.ts';
import { type Preview, preview } from '../../core/report/arming-forecast.ts';
import type { Area, AreaState, EntryTimer, ZoneState } from '../../core/types.ts';
import { now, stale } from '../page/page-clock.ts';
import { select, site, you } from '../page/page-feed.ts';
import { minute } from '../page/views.ts';

/** By id. A table with the same entries as before is the same table, so that only a change draws anew. */
export const areaStates = select<Readonly<Record<string, AreaState>>>((state) => Object.fromEntries(state.areas), {});
export const zoneStates = select<Readonly<Record<string, ZoneState>>>((state) => Object.fromEntries(state.zones), {});
const entries = select<Readonly<Record<string, EntryTimer>>>((state) => Object.fromEntries(state.entryTimers), {});

/** The entry delay that runs in an area; none once its time is over, though the alarm may not be told yet. */
export function entryOf(area: string): EntryTimer | undefined {
  const entry = entries.value[area];
  return entry && entry.until > now.value && !stale.value ? entry : undefined;
}

/** The areas somebody has come in to and nobody has unset yet. */
export const comingIn = computed<readonly Area[]>(() =>
  Object.values(site.value?.areas ?? {}).filter((area) => entryOf(area.id) !== undefined),
);

/** What will be armed in the days to come; worked out anew when something was set and every minute. */
export const ahead = computed<Preview>(() => {
  if (!site.value || minute.value === 0) return { areas: {}, zones: {} };
  const zones = new Map(Object.entries(zoneStates.value));
  const areas = new Map(Object.entries(areaStates.value));
  return preview(site.value, { zones, areas }, minute.value);
});

/** Whether this person may arm at all. */
export const mayArm = computed(() => you.value !== undefined && may(you.value.role, 'arm-zone'));
