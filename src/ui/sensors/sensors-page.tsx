/**
 * Sensors of rooms and machines: how each stands, its curve of an hour, a day or a week with the limits that hold now, and when it was beyond them.
 * For the control room and for whoever answers for the canteen; it lives without the feed. It draws what was stored and nothing between.
 */
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { CurveColumn } from '../../core/fence/curve.ts';
import type { SensorStanding, Time } from '../../core/types.ts';
import { lasted, measured, sensorFaultNames } from '../../words/sensor/sensor-alarm-words.ts';
import { beyondText, curveName, endedText, limitText, sensorPage } from '../../words/sensor/sensor-page-words.ts';
import { dayTime, hm } from '../page/format.ts';
import { read } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { advance, stale } from '../page/page-clock.ts';
import { Bar, Show, StaleBar, useLoaded } from '../page/page-frame.tsx';
import './sensors.css';

const lookMs = 3_000;
/** How much of the past a curve shows. */
type Hours = 1 | 24 | 168;
/** A curve is drawn anew so often. */
const drawMs = 60_000;
/** Where no value was stored for this long, the line is broken. */
const brokenMs = 20 * 60_000;
const [width, height] = [1_000, 160];

interface SensorsAnswer {
  readonly at: Time;
  readonly utcOffsetMin: number;
  readonly sensors: readonly SensorStanding[];
}
interface Curve {
  readonly from: Time;
  readonly to: Time;
  readonly columns: readonly CurveColumn[];
  readonly ended: readonly {
    readonly at: Time;
    readonly lastedMs: number;
    readonly extreme: number;
    readonly alarmed: boolean;
  }[];
}

const told = signal<SensorsAnswer | undefined>(undefined);

function follow(): () => void {
  let ended = false;
  const look = async () => {
    while (!ended) {
      await read<SensorsAnswer>('/api/sensors')
        .then((now) => {
          advance(now.at);
          told.value = now;
        })
        .catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, lookMs));
    }
  };
  void look();
  return () => {
    ended = true;
  };
}

function Drawn({
  curve: { from, to, columns },
  sensor,
  offset,
}: {
  curve: Curve;
  sensor: SensorStanding;
  offset: number;
}) {
  const { limits, unit, title } = sensor;
  const values = [...columns.flatMap(([, , low, high]) => [low, high]), ...limits.map(({ limit }) => limit)];
  if (columns.length === 0) return <p class="note">{say(sensorPage.noCurve)}</p>;
  const room = Math.max(0.5, (Math.max(...values) - Math.min(...values)) * 0.1);
  const [low, high] = [Math.min(...values) - room, Math.max(...values) + room];
  const x = (at: Time) => Math.round(((at - from) / (to - from)) * width * 10) / 10;
  const y = (value: number) => Math.round((height - ((value - low) / (high - low)) * height) * 10) / 10;
  let [path, before] = ['', Number.NEGATIVE_INFINITY];
  for (const [begins, ends, least, most, last] of columns) {
    path += begins - before > brokenMs ? `M${x(begins)} ${y(least)}` : `L${x(begins)} ${y(least)}`;
    path += `V${y(most)}V${y(least)}V${y(last)}H${x(ends)}`;
    before = ends;
  }
  return (
    <div class="drawn">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say(curveName(say(title)))}
      >
        {limits.map(({ bound, limit, priority }) => (
          <path key={`${bound}${priority}`} class="limit" d={`M0 ${y(limit)}H${width}`} />
        ))}
        <path class="value" d={path} />
      </svg>
      <p class="ends">
        <span>{measured(high, unit)}</span>
        <span>{measured(low, unit)}</span>
      </p>
      <p class="span">
        <span>{dayTime(from, offset)}</span>
        <span>{dayTime(to, offset)}</span>
      </p>
    </div>
  );
}

function Card({ sensor, hours, offset }: { sensor: SensorStanding; hours: Hours; offset: number }) {
  const { device, point, place, title, unit, value, fault, up, limits, since, extreme } = sensor;
  const [round, setRound] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setRound((n) => n + 1), drawMs);
    return () => clearInterval(timer);
  }, []);
  const [loaded, again] = useLoaded(
    () => read<Curve>(`/api/sensors/${device}/${point}?hours=${hours}`),
    `${hours} ${round}`,
  );
  const known = value !== undefined && !stale.value;
  return (
    <section class={`sensor ${since === undefined ? '' : 'is-beyond'}`} data-sensor={`${device}/${point}`}>
      <h2>
        {say(place)} {say(title)}
      </h2>
      <p class="now">
        <b>{known ? measured(value, unit) : '—'}</b>
        <span>
          {!known &&
            !stale.value &&
            (fault ? say(sensorFaultNames[fault]) : say(up ? sensorPage.unknown : sensorPage.down))}
        </span>
        {since !== undefined && (
          <span class="flag">{say(beyondText(hm(since, offset), measured(extreme ?? 0, unit)))}</span>
        )}
      </p>
      <p class="held-to">
        {limits.map(({ bound, limit, dwellMs, priority }) => (
          <span key={`${bound}${priority}`}>
            P{priority} {say(limitText(bound, measured(limit, unit), lasted(dwellMs)))}
          </span>
        ))}
      </p>
      <Show loaded={loaded} again={again}>
        {(curve) => (
          <>
            <Drawn curve={curve} sensor={sensor} offset={offset} />
            <h3>{say(sensorPage.ended)}</h3>
            {curve.ended.length === 0 && <p class="note">{say(sensorPage.quiet)}</p>}
            <ul>
              {curve.ended.slice(0, 8).map((one) => (
                <li key={one.at}>
                  {say(
                    endedText(dayTime(one.at, offset), lasted(one.lastedMs), measured(one.extreme, unit), one.alarmed),
                  )}
                </li>
              ))}
            </ul>
          </>
        )}
      </Show>
    </section>
  );
}

export function SensorsPage() {
  useEffect(follow, []);
  const [hours, setHours] = useState<Hours>(24);
  const now = told.value;
  return (
    <div class={`desk ${stale.value ? 'is-stale' : ''}`}>
      <Bar />
      {now && <StaleBar />}
      <main class="content">
        {!now && <p class="note">{t('loading')}</p>}
        {now?.sensors.length === 0 && <p class="note">{say(sensorPage.none)}</p>}
        {now && now.sensors.length > 0 && (
          <div class={`sensors ${stale.value ? 'hatch2' : ''}`}>
            <p class="spans">
              {([1, 24, 168] as const).map((n) => (
                <button key={n} type="button" class="btn" aria-pressed={hours === n} onClick={() => setHours(n)}>
                  {say(sensorPage[n === 1 ? 'hour' : n === 24 ? 'day' : 'week'])}
                </button>
              ))}
            </p>
            {now.sensors.map((sensor) => (
              <Card key={`${sensor.device}/${sensor.point}`} sensor={sensor} hours={hours} offset={now.utcOffsetMin} />
            ))}
          </div>
        )}
      </main>
    </div>
  );
}
