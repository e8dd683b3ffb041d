/**
 * A minute of a zone's wires as lines, from the kept samples and the newest live value: so that a person at the desk sees
 * whether somebody leaned on one wire or the wind on all. It draws what was stored and nothing between; a wire nobody
 * heard is not drawn.
 */
import { useEffect } from 'preact/hooks';
import { wiresOf } from '../../../core/site/layout.ts';
import type { Alarm, Device, Point, Sample, Time } from '../../../core/types.ts';
import { tensionWords } from '../../../words/sensor/tension-words.ts';
import { hms, valueText } from '../../page/format.ts';
import { read } from '../../page/gateway-api.ts';
import { fill, say } from '../../page/language.ts';
import { everyTurn, now, stale } from '../../page/page-clock.ts';
import { gauges, site } from '../../page/page-feed.ts';
import { Show, useLoaded } from '../../page/page-frame.tsx';
import { offset } from '../../page/views.ts';
import { causeOf, wireOf } from '../../text/alarm-text.ts';
import { pointTitle } from '../../text/detection-text.ts';
import './tension-minute.css';

const WINDOW_MS = 60_000;
/** After the condition is over, this much of the calm is shown as well. */
const CALM_MS = 15_000;
/** A gauge that does not move is stored once a minute; so far back its last value must be looked for. */
const REACH_MS = 75_000;
const AGAIN_MS = 5_000;
const [width, height] = [600, 120];

type TensionLines = readonly { readonly point: Point; readonly samples: readonly Sample[] }[];

/** The end of the minute shown: now while it stands, else a little after it was over. */
function endOf(alarm: Alarm): Time {
  const over = alarm.causes.length === 0 ? alarm.returnedAt : undefined;
  return over === undefined ? now.value : Math.min(now.value, over + CALM_MS);
}

async function load(device: Device, wires: readonly Point[], end: Time): Promise<TensionLines> {
  const from = end - WINDOW_MS - REACH_MS;
  return Promise.all(
    wires.map(async (point) => {
      const query = new URLSearchParams({ device: device.id, point: point.key, from: String(from), to: String(end) });
      return { point, samples: (await read<{ readonly samples: readonly Sample[] }>(`/api/samples?${query}`)).samples };
    }),
  );
}

interface ChartSpot {
  readonly at: Time;
  readonly value: number;
}

/** Values of one wire within the window, with the one that held when it began and the live one at its end. */
function spotsOf(samples: readonly Sample[], live: ChartSpot | undefined, from: Time, end: Time): ChartSpot[] {
  const all = samples.flatMap(({ at, value }) => (typeof value === 'number' ? [{ at, value }] : []));
  if (live && live.at <= end && live.at > (all.at(-1)?.at ?? 0)) all.push(live);
  const held = all.filter((s) => s.at <= from).at(-1);
  const inside = all.filter((s) => s.at > from && s.at <= end);
  return held ? [{ at: from, value: held.value }, ...inside] : inside;
}

function Chart({ alarm, device, lines }: { alarm: Alarm; device: Device; lines: TensionLines }) {
  const end = endOf(alarm);
  const from = end - WINDOW_MS;
  const live = gauges().get(device.id);
  const wires = lines.map(({ point, samples }) => ({
    point,
    spots: spotsOf(samples, live?.get(point.key), from, end),
  }));
  const values = wires.flatMap((w) => w.spots.map((s) => s.value));
  if (values.length === 0) return <p class="facts">{say(tensionWords.noSamples)}</p>;
  const lead = wireOf(alarm)?.point.key;
  const swing = (spots: readonly ChartSpot[]) =>
    Math.max(...spots.map((s) => s.value)) - Math.min(...spots.map((s) => s.value));
  const moved = [...wires].filter((w) => w.spots.length > 0).sort((a, b) => swing(b.spots) - swing(a.spots))[0];
  const main = moved && swing(moved.spots) > 0 ? moved : wires.find((w) => w.point.key === lead);
  const room = Math.max(1, (Math.max(...values) - Math.min(...values)) * 0.15);
  const least = Math.min(...values);
  const [low, high] = [Math.max(least - room, Math.min(0, least)), Math.max(...values) + room];
  const x = (at: Time) => Math.round(((at - from) / WINDOW_MS) * width);
  const y = (value: number) => Math.round(height - 4 - ((value - low) / (high - low)) * (height - 8));
  const path = (spots: readonly ChartSpot[]) => {
    const steps = spots.map((s, i) => (i === 0 ? `M${x(s.at)} ${y(s.value)}` : `H${x(s.at)}V${y(s.value)}`));
    return [...steps, `H${width}`].join('');
  };
  const began = alarm.sourceTime ?? alarm.raisedAt;
  const shows = began > from && began < end;
  const unit = (main ?? wires[0])?.point.unit;
  const spread = main?.spots.map((s) => s.value) ?? [];
  return (
    <figure class="tension">
      <figcaption>
        <b>{say(tensionWords.title)}</b>
        {main && (
          <span>
            {fill(tensionWords.range, {
              what: pointTitle(main.point),
              low: valueText(Math.min(...spread), unit),
              high: valueText(Math.max(...spread), unit),
            })}
          </span>
        )}
      </figcaption>
      <p class="ends">
        <span>{valueText(Math.round(high), unit)}</span>
        <span>{valueText(Math.round(low), unit)}</span>
      </p>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={say(tensionWords.label)}
      >
        {shows && <path class="began" d={`M${x(began)} 0V${height}`} />}
        {wires.map((w) => (
          <path key={w.point.key} class={w === main ? 'lead' : ''} d={path(w.spots)} />
        ))}
      </svg>
      <p class="scale">
        <span>{hms(from, offset.value)}</span>
        <span>{shows && say(tensionWords.began)}</span>
        <span>{hms(end, offset.value)}</span>
      </p>
    </figure>
  );
}

function Loaded({ alarm, device, wires }: { alarm: Alarm; device: Device; wires: readonly Point[] }) {
  const [loaded, again] = useLoaded(() => load(device, wires, endOf(alarm)), `${alarm.id} ${alarm.causes.length}`);
  useEffect(() => {
    let at = performance.now();
    return everyTurn(() => {
      const done = alarm.causes.length === 0 && now.peek() - (alarm.returnedAt ?? 0) > CALM_MS + AGAIN_MS;
      if (done || stale.peek() || performance.now() - at < AGAIN_MS) return;
      at = performance.now();
      again();
    });
  }, [alarm, again]);
  return (
    <Show loaded={loaded} again={again}>
      {(lines) => <Chart alarm={alarm} device={device} lines={lines} />}
    </Show>
  );
}

/** The wires of the alarm's zone at the alarm's device; nothing where there are none. */
export function Tension({ alarm }: { alarm: Alarm }) {
  const device = site.value?.devices[alarm.device];
  const wires = device && alarm.zone !== undefined ? wiresOf(device, alarm.zone) : [];
  const own = causeOf(alarm);
  const shown = wires.length > 0 ? wires : own?.keep === 'gauge' ? [own] : [];
  if (!device || shown.length === 0) return null;
  return <Loaded alarm={alarm} device={device} wires={shown} />;
}
