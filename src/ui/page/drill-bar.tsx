/**
 * A drill on every page that watches: that one runs, and for ten minutes that a real alarm broke it off. It must never hide an alarm, nor
 * look like one while a drill only runs.
 */
import { computed } from '@preact/signals';
import { drillTotals } from '../../core/drill/drill-view.ts';
import { pageTable } from '../../core/site/pages.ts';
import { drillBroken, drillRunsNow } from '../../words/drill/drill-bar-words.ts';
import { clockSpan } from './format.ts';
import { say } from './language.ts';
import { now, stale } from './page-clock.ts';
import { select } from './page-feed.ts';

/** Ours: by then everybody has seen it, and the alarm itself stands beside it. */
const brokenMs = 600_000;
const newest = select((state) => [...state.drills.values()].at(-1), undefined);

/** What has to be said of it; nothing while that may have changed unseen. */
const said = computed(() => {
  const drill = newest.value;
  if (!drill || stale.value || now.value === 0) return undefined;
  const { over } = drill;
  if (over)
    return over.because && now.value - over.at < brokenMs ? { broken: true, text: say(drillBroken) } : undefined;
  const { tookMs, full, classes } = drillTotals(drill, Math.max(now.value, drill.at));
  return { broken: false, text: say(drillRunsNow(clockSpan(tookMs), full, classes)) };
});

/** On the pages of a person, but on the drill's own. */
export function DrillBar() {
  const one = said.value;
  if (!one || location.pathname === pageTable.drill.path) return null;
  return (
    <p class={one.broken ? 'stalebar p1' : 'stalebar drillbar'} role={one.broken ? 'alert' : 'status'}>
      {one.text}
    </p>
  );
}

/** In the head of the wall. */
export function DrillChip() {
  const one = said.value;
  return one ? <span class={one.broken ? 'chip p1' : 'chip drillchip'}>{one.text}</span> : null;
}
