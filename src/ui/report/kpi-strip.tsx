/**
 * Every ten minutes of a period as one small bar, a row a day: when alarms came, and when there were too many for one
 * person. What is empty is drawn as empty; what lies outside the period is not drawn at all.
 */
import { floodAbove } from '../../core/alarm/flood.ts';
import { windowMs } from '../../core/report/kpi-load.ts';
import type { Kpi } from '../../core/report/kpi-types.ts';
import { offset } from '../page/views.ts';
import { t } from '../text/kpi-language.ts';
import { dateOf } from '../text/period.ts';

const dayMs = 86_400_000;
const slots = dayMs / windowMs;
const [height, hours] = [30, [0, 6, 12, 18, 24]];

/** A part of one day: its first window within the day, and the counts from there on. */
interface DayRow {
  readonly day: number;
  readonly first: number;
  readonly counts: readonly number[];
}

/** The windows of a period, cut at the school's midnights. */
function rowsOf({ windows: { from, counts } }: Kpi): DayRow[] {
  const start = Math.round((from + offset.value * 60_000) / windowMs);
  const rows: DayRow[] = [];
  for (let i = 0; i < counts.length; ) {
    const first = (start + i) % slots;
    const length = Math.min(slots - first, counts.length - i);
    rows.push({ day: Math.floor((start + i) / slots), first, counts: counts.slice(i, i + length) });
    i += length;
  }
  return rows.reverse();
}

/** Bars from the foot up; a count beyond the scale fills it. */
function bars({ first, counts }: DayRow, top: number, those: (n: number) => boolean): string {
  const path: string[] = [];
  for (const [i, n] of counts.entries()) {
    if (n === 0 || !those(n)) continue;
    const tall = Math.max(5, (Math.min(n, top) / top) * height);
    path.push(`M${first + i} ${height}v${-Number(tall.toFixed(1))}h1v${Number(tall.toFixed(1))}z`);
  }
  return path.join('');
}

function Day({ row, top }: { row: DayRow; top: number }) {
  const n = row.counts.reduce((sum, one) => sum + one, 0);
  const most = Math.max(0, ...row.counts);
  const day = dateOf(row.day);
  return (
    <li>
      <span class="when">{day}</span>
      <svg
        viewBox={`0 0 ${slots} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('kpiDay', { day, n, most })}
      >
        <rect class="ground" x={row.first} y="0" width={row.counts.length} height={height} />
        <path class="bars" d={bars(row, top, (one) => one <= floodAbove)} />
        <path class="bars over" d={bars(row, top, (one) => one > floodAbove)} />
        <path class="hours" d={hours.map((hour) => `M${hour * 6} 0V${height}`).join('')} />
      </svg>
      <span class="when">{t('kpiDayShort', { n, most })}</span>
    </li>
  );
}

export function Strips({ kpi }: { kpi: Kpi }) {
  const { counts } = kpi.windows;
  const over = counts.filter((n) => n > floodAbove).length;
  const top = Math.max(
    2 * floodAbove,
    counts.reduce((a, b) => Math.max(a, b), 0),
  );
  return (
    <section class="box">
      <h2>
        {t('kpiStrip')} <small>{t('kpiStripNote', { n: over })}</small>
      </h2>
      <ol class="strips">
        <li class="scale" aria-hidden="true">
          <span />
          <span class="marks24">
            {hours.map((hour) => (
              <i key={hour}>{hour}</i>
            ))}
          </span>
          <span />
        </li>
        {rowsOf(kpi).map((row) => (
          <Day key={row.day} row={row} top={top} />
        ))}
      </ol>
    </section>
  );
}
