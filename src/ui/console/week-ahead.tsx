/**
 * What will be armed in the next seven days, drawn: one strip for each area and for each zone that goes its own way, with the
 * days above. Filled is armed, half is stay, empty is not armed, dotted is left out; special days are named below.
 */

import type { ModeSpan } from '../../core/report/arming-forecast.ts';
import { previewDays } from '../../core/report/arming-forecast.ts';
import { areaOf } from '../../core/site/armed-plan.ts';
import type { AreaMode, ArmMode, Time } from '../../core/types.ts';
import { say } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { site } from '../page/page-feed.ts';
import { minute, offset } from '../page/views.ts';
import { t } from '../text/arming-language.ts';
import { dayName, spanText, zoneName } from './arming-text.ts';
import { ahead } from './arming-views.ts';

type AnySpan = ModeSpan<AreaMode> | ModeSpan<ArmMode>;

const DAY_MS = 86_400_000;
/** An hour is this wide; the picture stretches to the room there is. */
const HOUR = 6;
const WIDTH = previewDays * 24 * HOUR;
const HEIGHT = 28;
const filled: Readonly<Record<AreaMode | ArmMode, number>> = {
  away: 1,
  armed: 1,
  stay: 0.5,
  disarmed: 0,
  inhibited: 1,
  'out-of-service': 1,
};
const ordinary: ReadonlySet<AnySpan['why']> = new Set(['plan', 'no-schedule', 'always']);

const x = (at: Time): number => ((at - minute.value) / DAY_MS) * 24 * HOUR;

function midnights(): Time[] {
  const shift = offset.value * 60_000;
  const first = Math.ceil((minute.value + shift) / DAY_MS) * DAY_MS - shift;
  return Array.from({ length: previewDays }, (_, i) => first + i * DAY_MS);
}

function Bar({ span }: { span: AnySpan }) {
  const height = filled[span.mode] * HEIGHT;
  const kind = span.mode === 'inhibited' || span.mode === 'out-of-service' ? 'out' : 'on';
  return (
    <rect
      class={kind}
      x={x(span.from)}
      y={HEIGHT - height}
      width={Math.max(1, x(span.to) - x(span.from))}
      height={height}
    >
      <title>{spanText(span)}</title>
    </rect>
  );
}

function Strip({ title, spans }: { title: string; spans: readonly AnySpan[] }) {
  const special = spans.filter(({ why }) => !ordinary.has(why));
  return (
    <div class="foreseen">
      <span class="whose">{title}</span>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title}：${spans.map(spanText).join('；')}`}
      >
        {spans.map((span) => (
          <Bar key={span.from} span={span} />
        ))}
        {midnights().map((at) => (
          <path key={at} class="midnight" d={`M${x(at)} 0V${HEIGHT}`} />
        ))}
      </svg>
      {special.length > 0 && (
        <ul class="facts">
          {special.map((span) => (
            <li key={span.from}>{spanText(span)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The days over the strips, each where it begins; today has no room when it is nearly over. */
function Days() {
  const starts = midnights();
  const first = starts[0] ?? minute.value;
  const shown = first - minute.value > DAY_MS / 3 ? [minute.value, ...starts] : starts;
  return (
    <div class="days" aria-hidden="true">
      {shown.slice(0, previewDays).map((at) => (
        <span key={at} style={{ left: `${(x(at) / WIDTH) * 100}%` }}>
          {dayName(at)}
        </span>
      ))}
    </div>
  );
}

const same = (a: readonly AnySpan[], b: readonly AnySpan[]): boolean =>
  a.length === b.length && a.every(({ from, why }, i) => from === b[i]?.from && why === b[i]?.why);

/** Areas, then zones outside areas and zones that somebody has set otherwise than their area. */
function rows(): { readonly id: string; readonly title: string; readonly spans: readonly AnySpan[] }[] {
  const here = site.value;
  if (!here) return [];
  const { areas, zones } = ahead.value;
  const ofAreas = Object.values(here.areas).map(({ id, title }) => ({
    id: `area ${id}`,
    title: say(title),
    spans: areas[id] ?? [],
  }));
  const ofZones = Object.values(here.zones)
    .sort((a, b) => a.number - b.number)
    .filter(({ id }) => {
      const area = areaOf(here, id);
      return !area || !same(zones[id] ?? [], areas[area.id] ?? []);
    })
    .map((zone) => ({ id: zone.id, title: zoneName(zone), spans: zones[zone.id] ?? [] }));
  return [...ofAreas, ...ofZones];
}

export function PreviewStrips() {
  if (stale.value || minute.value === 0) return null;
  const calendar = site.value?.calendar;
  const days = (calendar?.holidays.length ?? 0) + (calendar?.terms.length ?? 0) > 0;
  return (
    <section class="week">
      <h3>
        {t('previewTitle')}
        <span class="facts">
          <i class="on" /> {t('previewArmed')} <i class="stay" /> {t('previewStay')} <i /> {t('previewNot')}{' '}
          <i class="out" /> {t('previewOut')}
        </span>
      </h3>
      <Days />
      {rows().map((row) => (
        <Strip key={row.id} title={row.title} spans={row.spans} />
      ))}
      {days && <p class="facts">{t('previewNobody')}</p>}
    </section>
  );
}
