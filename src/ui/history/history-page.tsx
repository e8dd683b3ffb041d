/**
 * Every alarm there was, open or closed: by days, zone, kind, priority, how it ended and any word in it, each in full beside
 * the list. It is for reading; nothing here changes anything.
 */
import { computed, signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { mayAsk } from '../../core/site/rights.ts';
import { kinds, reasonGroups } from '../../words/trade-words.ts';
import { Badge } from '../page/badge.tsx';
import { hm, stamp } from '../page/format.ts';
import { base, read, to } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { site, you } from '../page/page-feed.ts';
import { Desk, Show, useLoaded } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { closed, offset } from '../page/views.ts';
import { CutNotice } from '../text/cut-notice.tsx';
import { reasonText, whoText } from '../text/handling-text.ts';
import { type Period, period, queryOf, spanOf } from '../text/period.ts';
import { PeriodForm } from '../text/period-form.tsx';
import { Story } from './alarm-story.tsx';
import { filter, fits, type HistoryRow, narrow, rowTitle } from './history-filter.ts';
import './history.css';

const LIMIT = 1_000;
/** Beyond so many a period is too long to be read; the export has them all. Ours. */
const ROWS_MAX = 5_000;
/** Rows that are drawn at once; the rest is counted. */
const SHOWN_MAX = 300;

/** `/alarms/123` opens alarm 123. */
function askedFor(): number | undefined {
  const id = Number(/^\/alarms\/(\d+)$/.exec(location.pathname.slice(base.length))?.[1]);
  return Number.isSafeInteger(id) ? id : undefined;
}
const chosenId = signal(askedFor());

function open(id: number): void {
  history.pushState(null, '', to(`/alarms/${id}${location.search}`));
  chosenId.value = id;
}

interface Loaded {
  readonly rows: readonly HistoryRow[];
  /** There are more than could be loaded. */
  readonly cut: boolean;
}

async function load(chosen: Period): Promise<Loaded> {
  const rows: HistoryRow[] = [];
  let next: string | undefined = '';
  while (next !== undefined && rows.length < ROWS_MAX) {
    const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
    const page: { readonly rows: readonly HistoryRow[]; readonly next?: string } = await read(
      `/api/alarms?${queryOf(chosen)}&limit=${LIMIT}${cursor}`,
    );
    rows.push(...page.rows);
    next = page.next;
  }
  return { rows, cut: next !== undefined };
}

function Choice({
  name,
  label,
  options,
}: {
  name: 'zone' | 'kind' | 'priority' | 'end';
  label: string;
  options: readonly (readonly [value: string, text: string])[];
}) {
  return (
    <label class="field">
      {label}{' '}
      <select value={filter.value[name]} onChange={(e) => narrow({ [name]: e.currentTarget.value })}>
        <option value="">{t('historyAny')}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

const zoneChoices = computed(() =>
  Object.values(site.value?.zones ?? {}).map(
    ({ id, number, title }) => [id, t('zoneTitle', { n: number, title: say(title) })] as const,
  ),
);

function Chooser({ rows }: { rows: readonly HistoryRow[] }) {
  const present = [...new Set(rows.map(({ kind }) => kind))];
  const ends = Object.entries(reasonGroups).map(([letter, title]) => [letter, `${letter} ${say(title)}`] as const);
  return (
    <div class="acts filters">
      <Choice name="zone" label={t('zone')} options={zoneChoices.value} />
      <Choice name="kind" label={t('historyKind')} options={present.map((kind) => [kind, say(kinds[kind])] as const)} />
      <Choice name="priority" label={t('historyPriority')} options={['1', '2', '3', '4'].map((n) => [n, n] as const)} />
      <Choice name="end" label={t('result')} options={[['open', t('historyOpen')], ...ends]} />
      <input
        type="search"
        class="long"
        aria-label={t('historySearch')}
        placeholder={t('historySearch')}
        value={filter.value.text}
        onInput={(e) => narrow({ text: e.currentTarget.value })}
      />
    </div>
  );
}

/** How it ended, in as many words as a row has room for. */
function endOf(row: HistoryRow): string {
  if (!row.closedAt) return t('historyOpen');
  const by = row.closedBy ? whoText(row.closedBy) : '';
  return `${hm(row.closedAt, offset.value)} ${by} ${row.reason ? reasonText(row.reason) : ''}`;
}

function Rows({ rows }: { rows: readonly HistoryRow[] }) {
  return (
    <ul class="list bygone">
      {rows.slice(0, SHOWN_MAX).map((row) => (
        <li key={row.id}>
          <button
            type="button"
            class={`item ${row.id === chosenId.value ? 'chosen' : ''}`}
            aria-current={row.id === chosenId.value}
            onClick={() => open(row.id)}
          >
            <Badge priority={row.priority} acked={true} />
            <span class="main">{rowTitle(row)}</span>
            <span class="age">{stamp(row.raisedAt, offset.value)}</span>
            <span class="sub">{endOf(row)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function List({ loaded: { rows, cut } }: { loaded: Loaded }) {
  const found = rows.filter((row) => fits(row, filter.value));
  return (
    <>
      <Chooser rows={rows} />
      <p class="facts hits" aria-live="polite">
        <b>{t('historyFound', { n: found.length, all: rows.length })}</b>
        {found.length > SHOWN_MAX && <span>{t('historyFirst', { n: SHOWN_MAX })}</span>}
        {cut && <span class="flag">{t('historyCut', { n: rows.length })}</span>}
      </p>
      <CutNotice classes={['alarm']} from={spanOf(period.value).from} />
      {found.length === 0 && <p class="note">{t('historyEmpty')}</p>}
      <Rows rows={found} />
    </>
  );
}

function History() {
  const chosen = period.value;
  const role = you.value?.role;
  const newest = closed.value[0]?.id;
  const [loaded, again] = useLoaded(() => load(chosen), `${JSON.stringify(chosen)} ${newest}`);
  return (
    <div class="stack">
      <fieldset class="chooser" aria-label={t('kpiPeriod')}>
        <PeriodForm />
        <span class="fill" />
        <button type="button" class="btn" onClick={again}>
          {t('historyAgain')}
        </button>
        {role && mayAsk(role, 'export') && (
          <a class="btn" href={`/api/export/alarms.csv?${queryOf(chosen)}`} download>
            {t('kpiCsv')}
          </a>
        )}
        <button type="button" class="btn" onClick={() => window.print()}>
          {t('kpiPrint')}
        </button>
      </fieldset>
      <div class="two lookup">
        <div class="box">
          <Show loaded={loaded} again={again}>
            {(there) => <List loaded={there} />}
          </Show>
        </div>
        <div class="box">
          {role && chosenId.value !== undefined ? (
            <Story key={chosenId.value} id={chosenId.value} role={role} />
          ) : (
            <p class="note">{t('choose')}</p>
          )}
        </div>
      </div>
    </div>
  );
}

export function HistoryPage() {
  useEffect(() => {
    reportAs('alarms');
    const back = () => {
      chosenId.value = askedFor();
    };
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  return (
    <Desk>
      <History />
    </Desk>
  );
}
