/**
 * The alarm figures of a period for whoever may export them: pictures first, then every figure beside its target, then how long
 * people needed, and the definitions they were counted by. It shows what the gateway reckoned and reckons nothing itself.
 */
import { useEffect } from 'preact/hooks';
import type { Kpi } from '../../core/report/kpi-types.ts';
import { pageTable } from '../../core/site/pages.ts';
import { span, stamp } from '../page/format.ts';
import { read } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { Desk, Show, useLoaded } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { offset } from '../page/views.ts';
import { CutNotice } from '../text/cut-notice.tsx';
import { period, queryOf } from '../text/period.ts';
import { PeriodForm } from '../text/period-form.tsx';
import { Nuisance, Pareto } from './kpi-bars.tsx';
import { Strips } from './kpi-strip.tsx';
import { FigureTable, HandlingTable } from './kpi-tables.tsx';
import { count, figureText, percent } from './kpi-text.ts';
import './kpi.css';
import { t } from '../text/kpi-language.ts';

const enoughMs = 30 * 86_400_000;

function Chooser({ again }: { again: () => void }) {
  const chosen = period.value;
  return (
    <fieldset class="chooser" aria-label={t('kpiPeriod')}>
      <PeriodForm />
      <span class="fill" />
      <button type="button" class="btn" onClick={again}>
        {t('kpiAgain')}
      </button>
      <a class="btn" href={`/api/export/kpi.csv?${queryOf(chosen)}`} download>
        {t('kpiCsv')}
      </a>
      <button type="button" class="btn" onClick={() => window.print()}>
        {t('kpiPrint')}
      </button>
    </fieldset>
  );
}

function Heads({ kpi }: { kpi: Kpi }) {
  const figure = (id: Kpi['figures'][number]['id']) => kpi.figures.find((one) => one.id === id);
  const [perHour, most] = [figure('perHour'), figure('windowMax')];
  const sum = (of: (waits: Kpi['waits'][number]) => number) => kpi.waits.reduce((n, waits) => n + of(waits), 0);
  return (
    <div class="figures">
      <div class="box">
        {t('kpiAlarms')}
        <b>{count(kpi.raised)}</b>
        <small>
          {perHour && (perHour.value === null ? t('kpiTooShort') : t('kpiPerHourNote', { n: figureText(perHour) }))}
        </small>
      </div>
      <div class="box">
        {t('kpiBusiest')}
        <b>{most && figureText(most)}</b>
        <small>{kpi.floodMs > 0 ? t('kpiFlooded', { time: span(kpi.floodMs) }) : t('kpiNoFlood')}</small>
      </div>
      <div class="box">
        {t('kpiInTime')}
        <b>
          {percent(
            sum(({ inTime }) => inTime),
            sum(({ count: acked, overdue }) => acked + overdue),
          )}
        </b>
        <small>{t('kpiInTimeNote')}</small>
      </div>
    </div>
  );
}

/** What was counted, and what one must know before believing it. */
function About({ kpi }: { kpi: Kpi }) {
  return (
    <div class="about">
      <h1>
        {site.value && say(site.value.name)} {say(pageTable.kpi.title)}
      </h1>
      <p>
        <b>{t('kpiSpan', { from: stamp(kpi.from, offset.value), to: stamp(kpi.to, offset.value) })}</b>
      </p>
      <p>{t('kpiPosition', { maintenance: kpi.maintenance })}</p>
      {kpi.tests > 0 && <p>{t('kpiTests', { n: kpi.tests })}</p>}
      {kpi.to - kpi.from < enoughMs && <p>{t('kpiShort')}</p>}
      {kpi.starts > 0 && <p>{t('kpiStarts', { n: kpi.starts })}</p>}
    </div>
  );
}

function Report({ kpi }: { kpi: Kpi }) {
  if (kpi.to <= kpi.from) return <p class="note">{t('kpiNoTime')}</p>;
  return (
    <>
      <About kpi={kpi} />
      <CutNotice classes={['alarm']} from={kpi.from} />
      <Heads kpi={kpi} />
      <Strips kpi={kpi} />
      <div class="pair">
        <div class="column">
          <Pareto kpi={kpi} />
          <FigureTable kpi={kpi} />
        </div>
        <div class="column">
          <Nuisance kpi={kpi} />
          <HandlingTable kpi={kpi} />
        </div>
      </div>
      <p class="sources">{t('kpiSources')}</p>
    </>
  );
}

function Figures() {
  const chosen = period.value;
  const [loaded, again] = useLoaded(() => read<Kpi>(`/api/kpi?${queryOf(chosen)}`), JSON.stringify(chosen));
  return (
    <div class="stack kpi">
      <Chooser again={again} />
      <Show loaded={loaded} again={again}>
        {(kpi) => <Report kpi={kpi} />}
      </Show>
    </div>
  );
}

export function KpiPage() {
  useEffect(() => reportAs('kpi'), []);
  return (
    <Desk>
      <Figures />
    </Desk>
  );
}
