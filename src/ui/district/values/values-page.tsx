/**
 * Hourly values of a school's gauges, as the district keeps them: mean within least and greatest. Hours of which nothing came are a gap, and never a line
 * across. Where there is nothing to draw it says why.
 */
import { useState } from 'preact/hooks';
import type { ValueGauge, ValueHours, ValueSchools } from '../../../district/board/value-types.ts';
import { valueWords as w } from '../../../words/district/value-words.ts';
import { dayTime } from '../../page/format.ts';
import { read } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { Show, useLoaded } from '../../page/page-frame.tsx';
import { DistrictDesk } from '../desk-shell.tsx';
import { officer } from '../officer.ts';
import { runsOf } from './hour-runs.ts';
import './values.css';

const [WIDTH, HEIGHT] = [1_000, 300];
const figure = (value: number): string => String(Number(value.toPrecision(4)));
const time = (at: number): string => dayTime(at, officer.value?.utcOffsetMin ?? 480);

function Chart({ found: { from, to, hours } }: { found: ValueHours }) {
  const [first] = hours;
  if (!first) return <p class="note">{say(w.noValues)}</p>;
  const least = Math.min(...hours.map(({ min }) => min));
  const greatest = Math.max(...hours.map(({ max }) => max));
  const x = (at: number) => ((at - from) / (to - from)) * WIDTH;
  const y = (value: number) => HEIGHT - ((value - least) / (greatest - least || 1)) * HEIGHT;
  return (
    <>
      <p class="valuefigures">
        <span>
          {say(w.lowest)} {figure(least)}
        </span>
        <span>
          {say(w.highest)} {figure(greatest)}
        </span>
      </p>
      <svg class="valuechart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img">
        <title>{`${say(w.lowest)} ${figure(least)}, ${say(w.highest)} ${figure(greatest)}`}</title>
        {runsOf(hours).map((run) => (
          <g key={run[0]?.hour}>
            <polygon
              class="band"
              points={[
                ...run.map((one) => `${x(one.hour)},${y(one.max)}`),
                ...run.map((one) => `${x(one.hour)},${y(one.min)}`).reverse(),
              ].join(' ')}
            />
            <polyline class="mean" points={run.map((one) => `${x(one.hour)},${y(one.mean)}`).join(' ')} />
          </g>
        ))}
      </svg>
      <p class="valuefigures">
        <span>{time(from)}</span>
        <span>{time(to)}</span>
      </p>
    </>
  );
}

interface PickParts {
  readonly title: string;
  readonly name: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly set: (value: string) => void;
}

function Pick({ title, name, value, options, set }: PickParts) {
  return (
    <label>
      {title}{' '}
      <select name={name} value={value} onChange={(e) => set(e.currentTarget.value)}>
        {options.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

function Gauges({ school, gauges }: { school: string; gauges: readonly ValueGauge[] }) {
  const nameOf = ({ device, point }: ValueGauge) => `${device}/${point}`;
  const [gauge, setGauge] = useState(gauges[0] ? nameOf(gauges[0]) : '');
  const [days, setDays] = useState('7');
  const [loaded, again] = useLoaded(
    () => read<ValueHours>(`/api/hours/${school}/${gauge}?days=${days}`),
    `${school} ${gauge} ${days}`,
  );
  const spans = [
    ['7', say(w.week)],
    ['30', say(w.month)],
    ['366', say(w.year)],
  ] as const;
  return (
    <>
      <div class="valuepick">
        <Pick
          title={say(w.gauge)}
          name="gauge"
          value={gauge}
          options={gauges.map((one) => [nameOf(one), `${one.title ? say(one.title) : one.device} ${one.point}`])}
          set={setGauge}
        />
        <Pick title={say(w.days)} name="days" value={days} options={spans} set={setDays} />
      </div>
      <Show loaded={loaded} again={again}>
        {(found) => <Chart found={found} />}
      </Show>
    </>
  );
}

function OfSchool({ school }: { school: string }) {
  const [loaded, again] = useLoaded(() => read<readonly ValueGauge[]>(`/api/hours/${school}`), school);
  return (
    <Show loaded={loaded} again={again}>
      {(gauges) =>
        gauges.length === 0 ? (
          <p class="note">{say(w.noGauges)}</p>
        ) : (
          <Gauges key={school} school={school} gauges={gauges} />
        )
      }
    </Show>
  );
}

function Values({ found: { store, schools } }: { found: ValueSchools }) {
  const [school, setSchool] = useState('');
  if (!store) return <p class="note">{say(w.noStore)}</p>;
  return (
    <>
      <p>{say(w.intro)}</p>
      <div class="valuepick">
        <Pick
          title={say(w.school)}
          name="school"
          value={school}
          options={[['', say(w.choose)], ...schools.map((one) => [one.school, say(one)] as const)]}
          set={setSchool}
        />
      </div>
      {school !== '' && <OfSchool school={school} />}
    </>
  );
}

export function ValuesPage() {
  const [loaded, again] = useLoaded(() => read<ValueSchools>('/api/hours'), 0);
  return (
    <DistrictDesk>
      <div class="box valuebox">
        <Show loaded={loaded} again={again}>
          {(found) => <Values found={found} />}
        </Show>
      </div>
    </DistrictDesk>
  );
}
