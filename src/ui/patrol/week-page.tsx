/**
 * The rounds of the next seven days, day by day with what the school calendar makes of each: who walks, what was changed ahead, and the
 * way to change it. It reckons by the same plan as the gateway and shows no round that is over.
 */
import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { weekday } from '../../core/site/calendar.ts';
import { pageTable } from '../../core/site/pages.ts';
import type { RoundRow } from '../../core/view/round-rows.ts';
import { type PatrolDay, patrolWeek } from '../../core/view/view-week.ts';
import { extendedBy, makeUpDay, roundPage, weekDaysShort } from '../../words/screens/round-page-words.ts';
import { hm } from '../page/format.ts';
import { to } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { Desk } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { changedRounds, minute, offset, openedRounds } from '../page/views.ts';
import { dateOf } from '../text/period.ts';
import { DeskButton, RoundDesk, whoWalks } from './round-desk.tsx';

const opened = signal<string | undefined>(undefined);
const week = computed<readonly PatrolDay[]>(() =>
  site.value && minute.value > 0 ? patrolWeek(site.value, openedRounds.value, minute.value, changedRounds.value) : [],
);

/** What the calendar makes of a day that is no ordinary one. */
function kindText({ kind }: PatrolDay): string | undefined {
  const { as, why, title } = kind;
  if (why === 'plan') return undefined;
  if (why === 'outside-term') return say(roundPage.outsideTerm);
  if (as === 'holiday') return title ? `${say(title)} · ${say(roundPage.holiday)}` : say(roundPage.holiday);
  return say(makeUpDay(weekDaysShort[as]!, title ?? { zh: '', en: '' }));
}

function standsAs({ course }: RoundRow): string {
  if (course.cancelled) return say(roundPage.cancelled);
  return course.extendedMin > 0 ? say(extendedBy(course.extendedMin)) : t('phaseAhead');
}

function Round({ row }: { row: RoundRow }) {
  const anybody = row.person === undefined && row.second === undefined;
  return (
    <>
      <tr>
        <td>{hm(row.start, offset.value)}</td>
        <td>
          <b>{say(row.route.title)}</b>
        </td>
        <td>{anybody ? say(roundPage.anybody) : whoWalks(row)}</td>
        <td class="n">{row.cells.length}</td>
        <td>
          {row.phase === 'open' && !row.course.cancelled ? t('phaseOpen') : standsAs(row)}{' '}
          {row.course.unreviewed.length > 0 && <span class="flag">{say(roundPage.waits)}</span>}
        </td>
        <td>
          <DeskButton row={row} opened={opened} />
        </td>
      </tr>
      {opened.value === row.id && (
        <tr>
          <td />
          <td colSpan={5}>
            <RoundDesk row={row} />
          </td>
        </tr>
      )}
    </>
  );
}

function Day({ day }: { day: PatrolDay }) {
  const special = kindText(day);
  return (
    <section class="box scroll">
      <h2>
        {dateOf(day.day)} {say(weekDaysShort[weekday(day.day)]!)} {special && <small>{special}</small>}
      </h2>
      {day.rounds.length === 0 ? (
        <p class="note">{say(roundPage.dayEmpty)}</p>
      ) : (
        <table class="plain">
          <thead>
            <tr>
              <th>{t('start')}</th>
              <th>{t('route')}</th>
              <th>{t('person')}</th>
              <th class="n">{t('checkpoints')}</th>
              <th>{t('result')}</th>
              <th>
                <span class="sr">{say(roundPage.change)}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {day.rounds.map((row) => (
              <Round key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

export function WeekPage() {
  useEffect(() => reportAs('patrol'), []);
  const empty = week.value.every(({ rounds }) => rounds.length === 0);
  return (
    <Desk>
      <div class="stack week7">
        <nav class="chooser">
          <a class="btn" href={to(pageTable.patrol.path)}>
            {say(roundPage.board)}
          </a>
        </nav>
        <p class={empty ? 'note' : ''}>{say(empty ? roundPage.weekEmpty : roundPage.weekNote)}</p>
        {!empty && week.value.map((day) => <Day key={day.day} day={day} />)}
      </div>
    </Desk>
  );
}
