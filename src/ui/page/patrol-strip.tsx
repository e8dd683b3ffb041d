/**
 * The wall's patrol strip: three rows that are always the same nodes, one per route, and the day's figures. Cells say
 * their verdict by fill, bar and strike, not by colour alone.
 */
import { computed } from '@preact/signals';
import { arrivedVerdicts, attendedVerdicts } from '../../core/site/verdict-sets.ts';
import type { PatrolVerdict } from '../../core/types.ts';
import { type Cell, type RoundRow, strip } from '../../core/view/round-rows.ts';
import { lacking } from '../../core/view/view-posts.ts';
import { postNow, postsLack } from '../../words/post/post-page-words.ts';
import { postStandings } from '../../words/post/post-words.ts';
import { hm, rate } from './format.ts';
import { say, t } from './language.ts';
import { now, stale } from './page-clock.ts';
import { site } from './page-feed.ts';
import { offset, posts, rounds, tally } from './views.ts';
import './patrol-strip.css';

const ROWS = 3;
/** More cells than this have no room for a digit. */
const NUMBERED = 9;
const shown = computed(() => strip(rounds.value));
const slots = Array.from({ length: ROWS }, (_, i) => computed(() => shown.value[i]));

/** `22:30`; of a round that began before midnight, `昨日 22:30`. */
export function startText({ start, earlier }: RoundRow): string {
  const time = hm(start, offset.value);
  return earlier ? t('yesterdayAt', { time }) : time;
}

/** Class names of a cell with this verdict: only what counts as reached looks reached. */
export function verdictClass(verdict: PatrolVerdict): string {
  if (verdict === 'cancelled') return 'cell calledoff';
  if (arrivedVerdicts.has(verdict)) return `cell ${verdict} seen`;
  return `cell ${verdict} amiss ${attendedVerdicts.has(verdict) ? '' : 'unreached'}`;
}

export const cellClass = ({ check, calledOff }: Cell): string =>
  check ? verdictClass(check.verdict) : calledOff ? verdictClass('cancelled') : 'cell';

/** Whether some point of it is not due any more. Cancelling a round whose points were all reached changes nothing. */
export const isCalledOff = ({ cells }: RoundRow): boolean =>
  cells.some(({ check, calledOff }) => calledOff || check?.verdict === 'cancelled');

function whatNext(row: RoundRow): string {
  if (isCalledOff(row)) return t('roundCancelled');
  if (row.course.pausedAt(now.value)) return t('roundPaused');
  if (row.missed > 0) return t('missedN', { n: row.missed });
  if (row.phase === 'ahead') return t('startsAt', { time: hm(row.start, offset.value) });
  if (row.next !== undefined) return t('next', { time: hm(row.next, offset.value) });
  return stale.value ? '' : t('roundDone');
}

function Round({ index }: { index: number }) {
  const row = slots[index]?.value;
  if (!row) return <div class="round blank" />;
  const numbered = row.cells.length <= NUMBERED;
  const person = row.person === undefined ? '—' : (site.value?.people[row.person]?.name ?? row.person);
  return (
    <div class="round">
      <span class="t1 one-line">{say(row.route.title)}</span>
      <span class="num">
        {row.reached}/{row.cells.length}
      </span>
      <span class="cells">
        {row.cells.map((cell, i) => (
          <i key={cell.checkpoint.id} class={cellClass(cell)}>
            {numbered ? i + 1 : ''}
          </i>
        ))}
      </span>
      <span class="t2 one-line">{person}</span>
      <span class="t2 one-line">{whatNext(row)}</span>
    </div>
  );
}

/** The posts that last, in the one line there is room for: what is lacking before what is well. */
function PostsNow() {
  const open = stale.value ? [] : posts.value.filter(({ phase, standing }) => phase === 'open' && standing);
  const short = open.filter(lacking);
  const [row] = short.length > 0 ? short : open;
  if (!row?.standing) return null;
  const text =
    short.length > 1
      ? postsLack(short.length)
      : postNow(row.title, row.there, row.persons, postStandings[row.standing]);
  return <span class={short.length > 0 ? 'postnow lacking' : 'postnow'}>{say(text)}</span>;
}

export function PatrolStrip() {
  const { complete, target, judged, reached } = tally.value;
  return (
    <section class="panel patrol hatch">
      {slots.map((_, i) => (
        <Round key={i} index={i} />
      ))}
      {site.value && rounds.value.length === 0 && <p class="none">{t('noPatrol')}</p>}
      <p class="tally">
        {site.value && t('roundsDone', { done: complete, target })}
        {site.value && '　'}
        {site.value && t('arrival', { rate: rate(reached, judged) })}
        <PostsNow />
      </p>
    </section>
  );
}
