/** What the page of drills follows of State: those held, the one that runs, and whether one is due. */
import { computed } from '@preact/signals';
import { type DrillDue, drillDue } from '../../core/drill/drill-due.ts';
import type { Drill } from '../../core/types.ts';
import { select, site } from '../page/page-feed.ts';
import { minute } from '../page/views.ts';

/** Newest first. */
export const drills = select<readonly Drill[]>((state) => [...state.drills.values()].reverse(), []);
export const running = computed(() => drills.value.find(({ over }) => !over));
const since = select((state) => state.since, 0);
/** The outputs by `device/point`, and what came of trying to switch one. */
export const sirenFails = select(
  (state) => [...state.duties.keys()].filter((id) => id.startsWith('siren/') && id.endsWith('/on')),
  [],
);

/** Undefined while the school has no plan. */
export const due = computed<DrillDue | undefined>(() => {
  const here = site.value;
  if (!here?.drill || minute.value === 0) return undefined;
  const { calendar, utcOffsetMin } = here;
  return drillDue({ every: here.drill.every, calendar, utcOffsetMin }, drills.value, since.value, minute.value);
});
