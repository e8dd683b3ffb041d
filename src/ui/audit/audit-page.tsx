/**
 * The patrol audit: a day, a week or a month of rounds, for whoever may export them. It shows what the gateway reckoned, in the
 * tables that CSV, XLSX and PDF print too, and reckons nothing itself.
 */
import { useEffect } from 'preact/hooks';
import { type AuditTable, bookOf, cellText } from '../../core/report/audit-book.ts';
import type { PatrolAudit } from '../../core/report/audit-types.ts';
import { pageTitles } from '../../words/page-titles.ts';
import {
  auditCutEmpty,
  auditDayCut,
  auditDefinitions,
  auditHeads,
  auditItems,
} from '../../words/screens/audit-words.ts';
import { dayTime, rateTenth, span, stamp } from '../page/format.ts';
import { read } from '../page/gateway-api.ts';
import { lang, say } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { Desk, Show, useLoaded } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { offset } from '../page/views.ts';
import { CutNotice } from '../text/cut-notice.tsx';
import { dateOf } from '../text/period.ts';
import { TakeOutReport } from './audit-export.tsx';
import { Heat } from './audit-heat.tsx';
import { Kept } from './audit-kept.tsx';
import { type AuditUnit, auditUnits, beside, chosen, dayOf, look, spanOf } from './audit-span.ts';
import { Timeline } from './audit-timeline.tsx';
import './audit.css';
import { type AuditKey, t } from '../text/audit-language.ts';

const UNIT_WORDS: Readonly<Record<AuditUnit, AuditKey>> = { day: 'auditDay', week: 'auditWeek', month: 'auditMonth' };

function Chooser() {
  const now = chosen.value;
  const date = dateOf(dayOf(now));
  return (
    <fieldset class="chooser" aria-label={t('auditUnit')}>
      {auditUnits.map((unit) => (
        <button
          key={unit}
          type="button"
          class="btn"
          aria-pressed={now.unit === unit}
          onClick={() => look({ ...now, unit })}
        >
          {t(UNIT_WORDS[unit])}
        </button>
      ))}
      <button type="button" class="btn" onClick={() => look(beside(now, -1))}>
        ← {t('auditBefore')}
      </button>
      <label class="field">
        <span class="sr">{t('auditDate')}</span>
        <input
          type="date"
          required
          value={date}
          onChange={(e) => e.currentTarget.value && look({ unit: now.unit, date: e.currentTarget.value })}
        />
      </label>
      <button type="button" class="btn" onClick={() => look(beside(now, 1))}>
        {t('auditAfter')} →
      </button>
      <TakeOutReport />
    </fieldset>
  );
}

/** A gap of a day and a half is not a day: hours go beyond 24. */
const gapText = (ms: number) =>
  ms < 86_400_000
    ? span(ms)
    : t('hoursMinutes', { h: Math.floor(ms / 3_600_000), m: String(Math.floor(ms / 60_000) % 60).padStart(2, '0') });

function Heads({ audit }: { audit: PatrolAudit }) {
  const { counts, rounds, gap, required, days, daysMet } = audit;
  const { planned, reached, onTime } = counts;
  const edge = (at: number) => dayTime(at, offset.value);
  return (
    <div class="figures four">
      <div class="box">
        {say(auditHeads.arrivalRate)}
        <b>{rateTenth(reached, planned)}</b>
        <small>{gap ? t('auditRatesNote', { reached, planned }) : say(auditDayCut)}</small>
      </div>
      <div class="box">
        {say(auditHeads.punctuality)}
        <b>{rateTenth(onTime, planned)}</b>
        <small>{gap ? t('auditOnTimeNote', { onTime, planned }) : say(auditDayCut)}</small>
      </div>
      <div class="box">
        {t('auditRounds')}
        <b>{gap ? `${rounds.complete} / ${rounds.over}` : '—'}</b>
        <small>
          {gap ? t('auditRoundsNote', { met: daysMet, days, required, open: rounds.underWay }) : say(auditDayCut)}
        </small>
      </div>
      <div class="box">
        {t('auditGap')}
        <b>{gap ? gapText(gap.to - gap.from) : '—'}</b>
        <small>{gap ? t('auditGapNote', { from: edge(gap.from), to: edge(gap.to) }) : say(auditDayCut)}</small>
      </div>
    </div>
  );
}

function GroupTable({ table }: { table: AuditTable }) {
  return (
    <section class="box">
      <h2>{table.title}</h2>
      <div class="scroll">
        <table class="plain tight">
          <thead>
            <tr>
              {table.columns.map(({ title, kind }) => (
                <th key={title} class={kind === 'text' || kind === 'day' ? '' : 'n'}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((cells, r) => (
              <tr key={r}>
                {table.columns.map(({ kind }, i) => (
                  <td key={i} class={kind === 'text' || kind === 'day' ? '' : 'n'}>
                    {cellText(kind, cells[i], offset.value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Definitions() {
  return (
    <section class="box">
      <h2>{t('auditBasis')}</h2>
      <ol class="meanings">
        {auditDefinitions.map((words) => (
          <li key={words.en}>{say(words)}</li>
        ))}
      </ol>
    </section>
  );
}

function Report({ audit }: { audit: PatrolAudit }) {
  const place = site.value;
  if (!place) return null;
  const { groups } = bookOf(audit, place, lang.value);
  const left = audit.byDay.some(({ cut, counts }) => cut && counts.planned > 0);
  const none = audit.counts.planned === 0 && audit.rounds.underWay === 0 && !left;
  return (
    <>
      <div class="auditabout">
        <h1>
          {say(place.name)} {say(pageTitles.audit)}
        </h1>
        <p>
          <b>{t('kpiSpan', { from: stamp(audit.from, offset.value), to: stamp(audit.to, offset.value) })}</b>
        </p>
      </div>
      <CutNotice classes={['patrol']} from={audit.from} />
      <Heads audit={audit} />
      {audit.items && <p class="box">{say(auditItems(audit.items.due, audit.items.answered, audit.items.wrong))}</p>}
      {none && <p class="box note">{audit.gap ? t('auditNothing') : say(auditCutEmpty)}</p>}
      {none && !audit.byPost ? null : (
        <>
          {chosen.value.unit === 'day' ? <Timeline audit={audit} /> : <Heat audit={audit} />}
          {groups
            .filter(({ rows }) => rows.length > 0)
            .map((table) => (
              <GroupTable key={table.id} table={table} />
            ))}
        </>
      )}
      <Kept />
      <Definitions />
    </>
  );
}

function Audit() {
  const now = chosen.value;
  const { from, to } = spanOf(now);
  const query = `from=${from}&to=${to}&rows=${now.unit === 'day' ? 'yes' : 'no'}`;
  const [loaded, again] = useLoaded(() => read<PatrolAudit>(`/api/patrol-audit?${query}`), query);
  return (
    <div class="stack audit">
      <Chooser />
      <Show loaded={loaded} again={again}>
        {(audit) => <Report audit={audit} />}
      </Show>
    </div>
  );
}

export function AuditPage() {
  useEffect(() => reportAs('patrol'), []);
  return (
    <Desk>
      <Audit />
    </Desk>
  );
}
