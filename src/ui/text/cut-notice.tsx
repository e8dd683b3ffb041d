/**
 * Says that records of the time that is shown may have been cut, where they may. It must be shown also where nothing was found.
 */
import { computed } from '@preact/signals';
import { cutWithin } from '../../core/retention/cut-spans.ts';
import type { CutClass, CutSpan, Time } from '../../core/types.ts';
import { cutNotice } from '../../words/proof/retention-words.ts';
import { say } from '../page/language.ts';
import { select } from '../page/page-feed.ts';
import { offset } from '../page/views.ts';
import { dateOf } from './period.ts';

type PrunedSpans = { readonly [K in CutClass]?: CutSpan };
/** What was cut, by class; an object and no map, since a view of State is known to have changed by its entries. */
export const prunedSpans = select<PrunedSpans>((state) => Object.fromEntries(state.pruned), {});
const prunedMap = computed(() => new Map(Object.entries(prunedSpans.value) as [CutClass, CutSpan][]));

/** The school's day of a time, `2026-11-29`. */
export const dayText = (at: Time): string => dateOf(Math.floor((at + offset.value * 60_000) / 86_400_000));

/** `from`: where what is shown begins. */
export function CutNotice({ classes, from }: { readonly classes: readonly CutClass[]; readonly from: Time }) {
  return (
    <>
      {cutWithin({ pruned: prunedMap.value }, classes, from).map((one) => (
        <p key={one.class} class="note" role="note">
          {say(cutNotice(one.class, dayText(one.before), one.days))}
        </p>
      ))}
    </>
  );
}
