/**
 * Today's patrol for the desk: every round of the day with a cell per checkpoint, the counter the standard asks for, and
 * the rates with their definition. A cell tells when, who and how far off. The day goes on paper, and days as CSV.
 */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { pagesOn, pageTable } from '../../core/site/pages.ts';
import { mayAsk } from '../../core/site/rights.ts';
import type { Cell, PatrolGap, RoundRow } from '../../core/view/round-rows.ts';
import {
  brokenOff,
  extendedBy,
  longLeg,
  pausedUntil,
  roundPage,
  waitingForHead,
} from '../../words/screens/round-page-words.ts';
import { touchSources, verdicts } from '../../words/trade-words.ts';
import { MissedStill } from '../alarm/missed/missed-still.tsx';
import { hm, hms, rate, span, stamp } from '../page/format.ts';
import { to } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { site, you } from '../page/page-feed.ts';
import { Desk } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { cellClass, isCalledOff, startText, verdictClass } from '../page/patrol-strip.tsx';
import { gap, offset, openAlarms, rounds, tally } from '../page/views.ts';
import { period, queryOf } from '../text/period.ts';
import { PeriodForm } from '../text/period-form.tsx';
import { Exceptions } from './exception-list.tsx';
import { HandTouches } from './hand-touches.tsx';
import { Items, RoundItemsText } from './item-list.tsx';
import { Posts } from './post-list.tsx';
import { DeskButton, nameOf, RoundDesk, whoWalks } from './round-desk.tsx';
import './patrol.css';

/** The round whose changes are open. */
const opened = signal<string | undefined>(undefined);
const chosen = signal<{ readonly round: string; readonly checkpoint: string } | undefined>(undefined);

function resultOf(row: RoundRow): string {
  const { course, cells } = row;
  if (isCalledOff(row)) return say(roundPage.cancelled);
  const pause = course.pausedAt(now.value);
  if (pause) return say(pausedUntil(hm(pause.to, offset.value)));
  if (row.provisional) return t('phaseProvisional');
  const broken = cells.find(({ checkpoint }) => checkpoint.id === row.brokenAt);
  if (broken) return say(brokenOff(say(broken.checkpoint.title)));
  if (row.missed > 0) return t('phaseMissed', { n: row.missed });
  return t(row.phase === 'ahead' ? 'phaseAhead' : row.phase === 'open' ? 'phaseOpen' : 'phaseOver');
}

const pointNumber = ({ cells }: RoundRow, id: string): number =>
  cells.findIndex(({ checkpoint }) => checkpoint.id === id) + 1;

/** A cell in words, for the detail line and for those who do not see its fill. */
function cellText(cell: Cell): string {
  const parts = [say(cell.checkpoint.title), t('plan', { time: hm(cell.plan, offset.value) })];
  const { check } = cell;
  parts.push(check ? say(verdicts[check.verdict]) : cell.calledOff ? say(verdicts.cancelled) : t('pending'));
  if (check?.sourceTime !== undefined) parts.push(t('arrived', { time: hms(check.sourceTime, offset.value) }));
  if (check?.offMs !== undefined) parts.push(t('off', { min: (check.offMs / 60_000).toFixed(1) }));
  if (check?.person !== undefined) parts.push(nameOf(check.person));
  if (check?.card) parts.push(t('card', { card: check.card }));
  if (check?.verdict === 'by-hand') parts.push(t('byHandNote'));
  if (check?.source === 'phone') parts.push(say(touchSources.phone));
  if (check?.uploaded) parts.push(t('uploaded'));
  return parts.join(' · ');
}

/** While the alarm of a missed point is open: its still and the way to it. */
function Missed({ round, checkpoint }: { round: string; checkpoint: string }) {
  const alarm = openAlarms.value.find(
    (one) => one.kind === 'missed' && one.round === round && one.checkpoint === checkpoint,
  );
  return alarm ? <MissedStill key={alarm.id} alarm={alarm.id} picture={alarm.picture} /> : null;
}

function Round({ row }: { row: RoundRow }) {
  const picked =
    chosen.value?.round === row.id ? row.cells.find((c) => c.checkpoint.id === chosen.value?.checkpoint) : undefined;
  return (
    <>
      <tr>
        <td>{startText(row)}</td>
        <td>
          <b>{say(row.route.title)}</b>
        </td>
        <td>{whoWalks(row)}</td>
        <td>
          <span class="cells">
            {row.cells.map((cell, i) => (
              <button
                key={cell.checkpoint.id}
                type="button"
                class={cellClass(cell)}
                title={cellText(cell)}
                aria-label={cellText(cell)}
                onClick={() => {
                  chosen.value = { round: row.id, checkpoint: cell.checkpoint.id };
                }}
              >
                {i + 1}
              </button>
            ))}
          </span>
        </td>
        <td class="n">
          {row.reached}/{row.cells.length}
        </td>
        <td>
          {row.missed > 0 ? <span class="flag">{resultOf(row)}</span> : resultOf(row)}{' '}
          {isCalledOff(row) && row.missed > 0 && <span class="flag">{t('phaseMissed', { n: row.missed })}</span>}{' '}
          {row.longLegs.map((leg) => (
            <span key={leg.to} class="flag">
              {say(longLeg(pointNumber(row, leg.from), pointNumber(row, leg.to), Math.round(leg.overMs / 1_000)))}
            </span>
          ))}{' '}
          {row.course.extendedMin > 0 && `· ${say(extendedBy(row.course.extendedMin))}`}{' '}
          {row.course.unreviewed.length > 0 && <span class="flag">{say(roundPage.waits)}</span>}{' '}
          {row.phase === 'open' && row.next !== undefined && `· ${t('next', { time: hm(row.next, offset.value) })}`}
          <RoundItemsText round={row.id} />
        </td>
        <td>
          <DeskButton row={row} opened={opened} />
        </td>
      </tr>
      {opened.value === row.id && (
        <tr>
          <td />
          <td colSpan={6}>
            <RoundDesk row={row} />
          </td>
        </tr>
      )}
      {picked && (
        <tr>
          <td />
          <td colSpan={6} aria-live="polite">
            {cellText(picked)} <Missed round={row.id} checkpoint={picked.checkpoint.id} />
          </td>
        </tr>
      )}
    </>
  );
}

const gapText = ({ from, to }: PatrolGap): string =>
  t('gapFromTo', { from: hm(from, offset.value), to: hm(to, offset.value) });

function Figures() {
  const { complete, target, judged, reached, onTime } = tally.value;
  const unknown = stale.value;
  return (
    <div class="figures four">
      <div class="box">
        {t('completeRounds')}
        <b>{unknown ? '—' : `${complete} / ${target}`}</b>
        <small>{t('atLeast', { n: target })}</small>
      </div>
      <div class="box">
        {t('arrivalRate')}
        <b>{unknown ? '—' : rate(reached, judged)}</b>
        <small>{t('ratesNote')}</small>
      </div>
      <div class="box">
        {t('punctuality')}
        <b>{unknown ? '—' : rate(onTime, judged)}</b>
        <small>{t('punctualityNote')}</small>
      </div>
      <div class="box">
        {t('largestGap')}
        <b>{unknown || !gap.value ? '—' : span(gap.value.to - gap.value.from)}</b>
        <small>{gap.value ? gapText(gap.value) : t('largestGapNote')}</small>
      </div>
    </div>
  );
}

function Legend() {
  return (
    <p class="legend">
      <span>
        <i class="cell" /> {t('pending')}
      </span>
      {(Object.keys(verdicts) as (keyof typeof verdicts)[]).map((v) => (
        <span key={v}>
          <i class={verdictClass(v)}>1</i> {say(verdicts[v])}
        </span>
      ))}
    </p>
  );
}

/** How many rounds were changed by somebody at the desk, and no head has seen it. */
function Waiting() {
  const n = rounds.value.filter(({ course }) => course.unreviewed.length > 0).length;
  return n === 0 ? null : (
    <p>
      <span class="flag">{say(waitingForHead(n))}</span>
    </p>
  );
}

/** What is taken out of the page: today on paper, or the records of chosen days. */
function TakeOut() {
  const role = you.value?.role;
  return (
    <fieldset class="chooser" aria-label={t('patrolTakeOut')}>
      <nav>
        {role &&
          pagesOn('patrol', role).map(({ id, path, title }) => (
            <a key={id} class="btn" href={to(path)}>
              {say(title)}
            </a>
          ))}
      </nav>
      {role && mayAsk(role, 'export') && (
        <>
          <b>{t('patrolRecords')}</b>
          <PeriodForm />
          <a class="btn" href={`/api/export/rounds.csv?${queryOf(period.value)}`} download>
            {t('roundsCsv')}
          </a>
          <a class="btn" href={`/api/export/scans.csv?${queryOf(period.value)}`} download>
            {t('scansCsv')}
          </a>
        </>
      )}
      <span class="fill" />
      <button type="button" class="btn" onClick={() => window.print()}>
        {t('kpiPrint')}
      </button>
    </fieldset>
  );
}

/** What a sheet of paper says of itself; on a screen the bar says it. */
function PaperHead() {
  return (
    <h1 class="paper">
      {site.value && say(site.value.name)} {say(pageTable.patrol.title)} {stamp(now.value, offset.value)}
    </h1>
  );
}

export function PatrolPage() {
  useEffect(() => reportAs('patrol'), []);
  return (
    <Desk>
      <div class="stack">
        <PaperHead />
        <TakeOut />
        <Figures />
        <Legend />
        <Waiting />
        <div class="box scroll hatch2">
          {rounds.value.length === 0 ? (
            <p class="note">{t('noPatrol')}</p>
          ) : (
            <table class="plain">
              <thead>
                <tr>
                  <th>{t('start')}</th>
                  <th>{t('route')}</th>
                  <th>{t('person')}</th>
                  <th>{t('checkpoints')}</th>
                  <th class="n">{t('reached')}</th>
                  <th>{t('result')}</th>
                  <th>
                    <span class="sr">{say(roundPage.change)}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rounds.value.map((row) => (
                  <Round key={row.id} row={row} />
                ))}
              </tbody>
            </table>
          )}
        </div>
        <Posts />
        <Items />
        <HandTouches />
        <Exceptions />
      </div>
    </Desk>
  );
}
