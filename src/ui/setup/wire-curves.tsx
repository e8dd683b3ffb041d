/**
 * The wires of a zone as they were stored, each with the band it is judged by: base, limits, static window, and the alarms
 * of that time with what they were closed with. It draws what was stored and nothing between; where nobody heard a wire,
 * the line is broken.
 */
import { type CurveColumn, type Curves, heldMs } from '../../core/fence/curve.ts';
import type { AlarmKind, Point, SignalLimits, Time } from '../../core/types.ts';
import { kinds } from '../../words/trade-words.ts';
import { hm, stamp, valueText } from '../page/format.ts';
import { say } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { gauges } from '../page/page-feed.ts';
import { offset } from '../page/views.ts';
import { pointTitle } from '../text/detection-text.ts';
import './wire-curves.css';
import { t } from '../text/commission-language.ts';

/** An alarm of the zone in the time that is drawn. */
export interface Marked {
  readonly id: number;
  readonly kind: AlarmKind;
  readonly raisedAt: Time;
  readonly reason?: string;
}

/** What is drawn. */
export interface CurvePicture {
  readonly from: Time;
  readonly to: Time;
  readonly curves: Curves;
  readonly alarms: readonly Marked[];
}

const [width, height] = [1_000, 100];
const TICKS = 4;
const DAY_MS = 86_400_000;
/** A label this close to the one before would lie on it, as a share of the width. */
const LABEL_SHARE = 0.05;

interface Scale {
  readonly x: (at: Time) => number;
  readonly y: (value: number) => number;
  readonly low: number;
  readonly high: number;
}

/** A line that stands from each value to the next, and breaks where the value was not known any more. */
function line(columns: readonly CurveColumn[], { x, y }: Scale, shift = (value: number) => value): string {
  let path = '';
  let before: CurveColumn | undefined;
  for (const column of columns) {
    const [from, to, low, high, last] = column;
    const known = before !== undefined && from - before[1] <= heldMs;
    path += known ? `H${x(from)}` : `M${x(from)} ${y(shift(low))}`;
    path += low === high ? `V${y(shift(last))}` : `V${y(shift(high))}V${y(shift(low))}V${y(shift(last))}`;
    path += `H${x(to)}`;
    before = column;
  }
  return before ? `${path}H${x(before[1] + heldMs)}` : path;
}

/** The base alone, where the detector's mind stood at the end of each column. */
const rested = (columns: readonly CurveColumn[]): CurveColumn[] =>
  columns.map(([from, to, , , last]) => [from, to, last, last, last] as const);

function scaleOf(
  { from, to }: CurvePicture,
  wire: readonly CurveColumn[],
  base: readonly CurveColumn[],
  limits: SignalLimits,
  all: boolean,
): Scale | undefined {
  const bases = base.map((column) => column[4]);
  const near = bases.flatMap((n) => [n - limits.downN, n + limits.patientN]);
  const own = wire.flatMap((column) => [column[2], column[3]]);
  const values = all || near.length === 0 ? [...own, ...near] : near;
  if (own.length === 0) return undefined;
  const room = Math.max(1, (Math.max(...values) - Math.min(...values)) * 0.15);
  const [low, high] = [Math.min(...values) - room, Math.max(...values) + room];
  const clamp = (n: number, most: number) => Math.round(Math.max(-4, Math.min(most + 4, n)) * 10) / 10;
  return {
    low,
    high,
    x: (at) => clamp(((at - from) / (to - from)) * width, width),
    y: (value) => clamp(height - ((value - low) / (high - low)) * height, height),
  };
}

function Band({ base, limits, scale }: { base: readonly CurveColumn[]; limits: SignalLimits; scale: Scale }) {
  const { upN, patientN, downN, slackShare, floorN, ceilingN } = limits;
  const { y, low, high } = scale;
  return (
    <>
      {floorN > low && <rect class="out" x="0" y={y(floorN)} width={width} height={height} />}
      {ceilingN < high && <rect class="out" x="0" y="0" width={width} height={Math.max(0, y(ceilingN))} />}
      <path class="base" d={line(base, scale)} />
      <path class="quick" d={line(base, scale, (n) => n + upN)} />
      <path class="patient" d={line(base, scale, (n) => n + patientN)} />
      <path class="quick" d={line(base, scale, (n) => Math.max(n - downN, n * slackShare))} />
    </>
  );
}

function Wire({
  picture,
  index,
  point,
  limits,
  all,
}: {
  picture: CurvePicture;
  index: number;
  point: { readonly device: string } & Point;
  limits: SignalLimits;
  all: boolean;
}) {
  const wire = picture.curves.wires[index] ?? [];
  const base = rested(picture.curves.bases[index] ?? []);
  const scale = scaleOf(picture, wire, base, limits, all);
  const live = gauges().get(point.device)?.get(point.key);
  const value = live && !stale.value ? valueText(live.value, point.unit) : '—';
  return (
    <div class="wire">
      <p class="what">
        <b>{pointTitle(point)}</b>
        <span>{t('wireNow', { value })}</span>
      </p>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('curveOf', { wire: pointTitle(point) })}
      >
        {scale && <Band base={base} limits={limits} scale={scale} />}
        {scale && picture.alarms.map((a) => <path key={a.id} class="when" d={`M${scale.x(a.raisedAt)} 0V${height}`} />)}
        {scale && <path class="value" d={line(wire, scale)} />}
      </svg>
      <p class="ends">
        <span>{scale ? valueText(Math.round(scale.high), point.unit) : ''}</span>
        <span>{scale ? valueText(Math.round(scale.low), point.unit) : t('wireUnheard')}</span>
      </p>
    </div>
  );
}

/** Alarms over the curves; of those that would lie on each other only the first is named. */
function Marks({ picture: { from, to, alarms } }: { picture: CurvePicture }) {
  let shown = Number.NEGATIVE_INFINITY;
  return (
    <p class="alarmed">
      <b>{t('curveAlarms')}</b>
      <span class="lane">
        {[...alarms]
          .sort((a, b) => a.raisedAt - b.raisedAt)
          .map((alarm) => {
            const share = (alarm.raisedAt - from) / (to - from);
            const named = share - shown >= LABEL_SHARE;
            if (named) shown = share;
            const code = alarm.reason ?? t('curveOpen');
            return (
              <span
                key={alarm.id}
                class="at"
                style={{ left: `${share * 100}%` }}
                title={`${stamp(alarm.raisedAt, offset.value)} ${say(kinds[alarm.kind])} ${code}`}
              >
                {named ? code : ''}
              </span>
            );
          })}
      </span>
    </p>
  );
}

function Times({ from, to }: { from: Time; to: Time }) {
  const text = (at: Time) => (to - from > DAY_MS ? stamp(at, offset.value).slice(5, 16) : hm(at, offset.value));
  return (
    <p class="times">
      {Array.from({ length: TICKS + 1 }, (_, i) => from + ((to - from) * i) / TICKS).map((at) => (
        <span key={at}>{text(at)}</span>
      ))}
    </p>
  );
}

/** The curves of a zone's wires; `limits` may be ones that nobody has enabled yet. */
export function CurveSheet({
  picture,
  device,
  wires,
  limits,
  all,
}: {
  picture: CurvePicture;
  device: string;
  wires: readonly Point[];
  limits: SignalLimits;
  all: boolean;
}) {
  if (picture.curves.wires.every((columns) => columns.length === 0)) return <p class="note">{t('curveNone')}</p>;
  return (
    <figure class={`curves ${stale.value ? 'hatch2' : ''}`}>
      <svg class="defs" aria-hidden="true">
        <pattern id="outside" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="3" height="9" />
        </pattern>
      </svg>
      <Marks picture={picture} />
      {wires.map((point, index) => (
        <Wire key={point.key} picture={picture} index={index} point={{ ...point, device }} limits={limits} all={all} />
      ))}
      <Times from={picture.from} to={picture.to} />
      <figcaption>{t('curveLegend')}</figcaption>
    </figure>
  );
}
