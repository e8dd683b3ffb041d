/**
 * The figures beside their targets and limits, and how long people needed. A target that was missed is marked by a word in a
 * frame and not by colour alone; what could not be judged says so.
 */
import { figureRows, sharesFrom } from '../../core/report/kpi-figures.ts';
import type { Figure, Judged, Kpi, Spread, Waits } from '../../core/report/kpi-types.ts';
import { span } from '../page/format.ts';
import { say } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { t } from '../text/kpi-language.ts';
import { boundOf, figureText, percent, verdictOf } from './kpi-text.ts';

function Verdict({ judged }: { judged: Judged }) {
  return <span class={judged === 'beyond' ? 'flag' : judged}>{verdictOf(judged)}</span>;
}

/** What must be known to read one figure rightly. */
function noteOf({ id, value, judged }: Figure, kpi: Kpi): string {
  const { shelved, inhibited: bypassed, outOfService: out, refused } = kpi.suppression;
  if (id === 'suppression') return t('kpiSuppression', { shelved, bypassed, out, refused });
  if (id.startsWith('per') && value === null) return t('kpiTooShort');
  if (id.startsWith('priority') && judged === 'none' && kpi.raised > 0) return t('kpiTooFew', { n: sharesFrom });
  if (id === 'fleeting') return t('kpiFleeting');
  if (id === 'chattering') return t('kpiChattering');
  return id === 'topTen' && kpi.raised > 0 && kpi.keys <= 10 ? t('kpiTopFew', { n: kpi.keys }) : '';
}

export function FigureTable({ kpi }: { kpi: Kpi }) {
  return (
    <section class="box scroll">
      <h2>{t('kpiTable')}</h2>
      <table class="plain tight">
        <thead>
          <tr>
            <th>{t('kpiFigure')}</th>
            <th class="n">{t('value')}</th>
            <th class="n">{t('kpiTarget')}</th>
            <th class="n limit">{t('kpiLimit')}</th>
            <th>{t('result')}</th>
          </tr>
        </thead>
        <tbody>
          {kpi.figures.map((figure) => {
            const row = figureRows[figure.id];
            return (
              <tr key={figure.id}>
                <td>
                  {say(row.title)} <small>{noteOf(figure, kpi)}</small>
                </td>
                <td class="n">
                  <b>{figureText(figure)}</b>
                </td>
                <td class="n">{boundOf(row, row.target)}</td>
                <td class="n limit">{boundOf(row, row.limit)}</td>
                <td>
                  <Verdict judged={figure.judged} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

const length = (ms: number | null): string => (ms === null ? '—' : span(ms));

/** Count, median and the time nine of ten stay within. */
function Times({ of }: { of: Spread }) {
  return (
    <>
      <td class="n">{of.count}</td>
      <td class="n">{length(of.medianMs)}</td>
      <td class="n">{length(of.p90Ms)}</td>
    </>
  );
}

function WaitRow({
  who,
  waits,
  whole,
}: {
  who: string;
  waits: Omit<Waits, 'waiting' | 'overdue' | 'judged'>;
  whole?: Waits;
}) {
  return (
    <tr>
      <td>{who}</td>
      <td class="step">{t('kpiAck', { n: waits.priority })}</td>
      <Times of={waits} />
      <td class="n">≤ {span(waits.targetMs)}</td>
      <td class="n">{percent(waits.inTime, waits.count)}</td>
      <td>
        {whole && <Verdict judged={whole.judged} />}{' '}
        {whole && whole.waiting > 0 && <small>{t('kpiWaiting', { n: whole.waiting, overdue: whole.overdue })}</small>}
      </td>
    </tr>
  );
}

function SpanRow({ who, what, of }: { who: string; what: string; of: Spread }) {
  return (
    <tr>
      <td>{who}</td>
      <td class="step">{what}</td>
      <Times of={of} />
      <td />
      <td />
      <td />
    </tr>
  );
}

function PersonRows({ person }: { person: Kpi['people'][number] }) {
  const who = site.value?.people[person.name]?.name ?? person.name;
  return (
    <>
      {person.waits.map((waits) => waits.count > 0 && <WaitRow key={waits.priority} who={who} waits={waits} />)}
      {person.arrivals.count > 0 && <SpanRow who={who} what={t('kpiArrive')} of={person.arrivals} />}
      {person.closings.count > 0 && <SpanRow who={who} what={t('kpiClose')} of={person.closings} />}
    </>
  );
}

export function HandlingTable({ kpi }: { kpi: Kpi }) {
  const all = t('kpiAll');
  return (
    <section class="box scroll">
      <h2>{t('kpiHandling')}</h2>
      <table class="plain tight">
        <thead>
          <tr>
            <th>{t('kpiWho')}</th>
            <th>{t('kpiWhat')}</th>
            <th class="n">{t('kpiTimes')}</th>
            <th class="n">{t('kpiMedian')}</th>
            <th class="n">{t('kpiNine')}</th>
            <th class="n">{t('kpiTarget')}</th>
            <th class="n">{t('kpiInTime')}</th>
            <th>{t('result')}</th>
          </tr>
        </thead>
        <tbody>
          {kpi.waits.map((waits) => (
            <WaitRow key={waits.priority} who={all} waits={waits} whole={waits} />
          ))}
          <SpanRow who={all} what={t('kpiArrive')} of={kpi.arrivals} />
          <SpanRow who={all} what={t('kpiClose')} of={kpi.closings} />
        </tbody>
        <tbody class="each">
          {kpi.people.map((person) => (
            <PersonRows key={person.name} person={person} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
