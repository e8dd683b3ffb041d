/**
 * The calendar of a week or month: a row for each checkpoint, a column for each day, the share that was reached in each cell as a
 * number. Shade only repeats the number; yellow is for what a head has to look at.
 */
import type { AuditCounts, AuditDay, PatrolAudit } from '../../core/report/audit-types.ts';
import type { Route } from '../../core/types.ts';
import { say } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { t } from '../text/audit-language.ts';
import { dateOf } from '../text/period.ts';
import { look } from './audit-span.ts';
import { gridCell, onGridKey } from './grid-keys.ts';

/** Percent below which a cell is marked. */
const EDGE = 95;
const FILL = 90;

type CellPart = Pick<AuditCounts, 'planned' | 'reached'>;
const NONE: CellPart = { planned: 0, reached: 0 };
const percent = ({ planned, reached }: CellPart) => Math.floor((reached * 100) / planned);
const sumOf = (parts: readonly CellPart[]): CellPart =>
  parts.reduce((a, b) => ({ planned: a.planned + b.planned, reached: a.reached + b.reached }), NONE);
/** What is left of days that were cut is in no sum. */
const wholeOf = (parts: readonly CellPart[], days: readonly AuditDay[]): CellPart =>
  sumOf(parts.filter((_, i) => !days[i]?.cut));

function shade(part: CellPart): string {
  const share = percent(part);
  if (share < FILL) return 'heat low';
  if (share < EDGE) return 'heat edge';
  return share < 100 ? 'heat some' : 'heat full';
}

interface HeatRow {
  readonly title: string;
  readonly total?: true;
  readonly days: readonly CellPart[];
}

function rowsOf(audit: PatrolAudit, routes: readonly Route[]): HeatRow[] {
  const row = (title: string, of: (day: AuditDay) => CellPart): HeatRow => ({ title, days: audit.byDay.map(of) });
  const left = audit.byDay.flatMap(({ points }) => Object.keys(points));
  const known = new Set([...audit.byPoint.map(({ id }) => id), ...left]);
  const rows = routes.flatMap(({ id, title, checkpoints }) => {
    const keys = checkpoints.map((one) => `${id}/${one.id}`);
    if (!keys.some((key) => known.has(key))) return [];
    const points = checkpoints.map((one) => row(say(one.title), ({ points: at }) => at[`${id}/${one.id}`] ?? NONE));
    const whole = row(say(title), ({ points: at }) => sumOf(keys.map((key) => at[key] ?? NONE)));
    return [{ ...whole, total: true as const }, ...points];
  });
  return [...rows, { ...row(t('auditWhole'), ({ counts }) => counts), total: true }];
}

interface HeatPlace {
  readonly part: CellPart;
  readonly at: AuditDay;
  readonly row: HeatRow;
  readonly place: [number, number];
}

function HeatCell({ part, at: { day, cut }, row, place }: HeatPlace) {
  if (part.planned === 0) return <td class={cut ? 'n cutday' : 'n'}>{cut ? '–' : '·'}</td>;
  const holes = { point: row.title, day: dateOf(day), ...part };
  const label = t(cut ? 'auditHeatLeft' : 'auditHeatCell', holes);
  return (
    <td>
      <button
        type="button"
        class={cut ? 'heat cutday' : shade(part)}
        title={label}
        aria-label={label}
        {...gridCell(...place, place[0] === 0 && place[1] === 0)}
        onClick={() => look({ unit: 'day', date: dateOf(day) })}
      >
        {cut ? `${part.reached}/${part.planned}` : percent(part)}
      </button>
    </td>
  );
}

/** `1`, or `11-1` where a month begins. */
function dayHead(day: number, index: number): string {
  const [, month, date] = dateOf(day).split('-').map(Number);
  return index === 0 || date === 1 ? `${month}-${date}` : String(date);
}

export function Heat({ audit }: { audit: PatrolAudit }) {
  const rows = rowsOf(audit, Object.values(site.value?.routes ?? {}));
  return (
    <section class="box">
      <h2>{t('auditHeat')}</h2>
      <div class="scroll">
        <table class="heats" onKeyDown={onGridKey}>
          <thead>
            <tr>
              <th />
              {audit.byDay.map(({ day }, i) => (
                <th key={day} scope="col">
                  {dayHead(day, i)}
                </th>
              ))}
              <th scope="col">{t('auditSum')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, r) => {
              const sum = wholeOf(row.days, audit.byDay);
              return (
                <tr key={r} class={row.total ? 'total' : ''}>
                  <th scope="row">{row.title}</th>
                  {audit.byDay.map((at, c) => (
                    <HeatCell key={c} part={row.days[c] ?? NONE} at={at} row={row} place={[r, c]} />
                  ))}
                  <td class="n">
                    <b>{sum.planned === 0 ? '·' : (Math.floor((sum.reached * 1000) / sum.planned) / 10).toFixed(1)}</b>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p class="auditnote">
        {t('auditHeatNote')} {audit.byDay.some(({ cut }) => cut) && t('auditHeatCut')}
      </p>
    </section>
  );
}
