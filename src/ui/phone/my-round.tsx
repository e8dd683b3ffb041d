/**
 * The round of whoever holds this phone: the point he has to reach next and how many minutes are left for it, and the way to touch it. It
 * counts by the gateway's clock, and says nothing while nobody knows how things stand.
 */
import { computed } from '@preact/signals';
import { pageTable } from '../../core/site/pages.ts';
import type { RoundRow } from '../../core/view/round-rows.ts';
import { phoneWords as words } from '../../words/screens/phone-words.ts';
import { hm, span } from '../page/format.ts';
import { say } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { me, offset, rounds } from '../page/views.ts';

const walks = ({ person, second }: RoundRow) => me.value !== undefined && [person, second].includes(me.value.id);

/** The round he walks now, or the next one that is his today. */
const mine = computed(() => {
  const own = rounds.value.filter((row) => walks(row) && row.phase !== 'over' && row.next !== undefined);
  return own.find(({ phase }) => phase === 'open') ?? [...own].sort((a, b) => a.start - b.start)[0];
});

/** The point that is due next: the first nobody has reached and that is not called off. */
const due = (row: RoundRow) =>
  row.cells.find(({ check, calledOff, plan }) => !check && !calledOff && plan === row.next) ??
  row.cells.find(({ check, calledOff }) => !check && !calledOff);

/** Whether there is a point to go to. */
export const walking = computed(() => !stale.value && mine.value !== undefined);

export function MyRound() {
  const row = mine.value;
  const cell = row && due(row);
  if (!row || !cell || stale.value) return null;
  const latest = cell.plan + cell.checkpoint.lateMs;
  const left = latest - now.value;
  return (
    <section class="myround">
      <h2>
        {say(words.myRound)} {say(row.route.title)} {row.reached}/{row.cells.length}
      </h2>
      <p>
        {say(words.nextPoint)} <b>{say(cell.checkpoint.title)}</b> {hm(cell.plan, offset.value)}
      </p>
      <p class={left < 0 ? 'flag' : ''}>
        {say(left < 0 ? words.overdue : words.timeLeft)} {span(Math.abs(left))}
      </p>
      <a class="btn main" href={pageTable.point.path}>
        {say(pageTable.point.title)}
      </a>
    </section>
  );
}
