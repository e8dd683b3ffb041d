/**
 * The cameras of the canteen by area: the whole still with its age, whether the camera is there, what its pictures show of it, and how much of
 * today it could be seen; beside them what the sensors of the area say. One is shown large on a press.
 */
import { useState } from 'preact/hooks';
import type { CanteenCamera, CanteenSensor, ShownArea } from '../../core/canteen/canteen-view.ts';
import { pictureSigns } from '../../words/camera/picture-names.ts';
import { areaUses } from '../../words/canteen/list-words.ts';
import { canteenWords, seenToday, sinceTime } from '../../words/screens/canteen-page-words.ts';
import { measured } from '../../words/sensor/sensor-alarm-words.ts';
import { ShotTile } from '../alarm/shots.tsx';
import { hm, rateTenth, valueText } from '../page/format.ts';
import { say } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import type { CanteenAnswer } from './canteen-poll.ts';

const pathOf = (id: string) => `/api/canteen/cameras/${encodeURIComponent(id)}/picture`;

/** Whether it can be seen, in words; amiss is marked. */
function Standing({ camera, offset }: { camera: CanteenCamera; offset: number }) {
  if (camera.up === undefined) return <span class="tag dotted">{say(canteenWords.unheard)}</span>;
  if (!camera.up)
    return (
      <span class="flag">
        {say(canteenWords.offline)} {say(sinceTime(hm(camera.since, offset)))}
      </span>
    );
  if (camera.signs.length === 0) return <span>{say(canteenWords.online)}</span>;
  return (
    <>
      {camera.signs.map((sign) => (
        <span key={sign} class="flag">
          {say(pictureSigns[sign])}
        </span>
      ))}
    </>
  );
}

/** A share below what is asked for is marked. */
function Rate({ share, least }: { share: number | null | undefined; least: number }) {
  if (share === null || share === undefined) return <span>{say(canteenWords.rateUnknown)}</span>;
  const low = share * 100 < least;
  return <span class={low ? 'flag' : ''}>{say(seenToday(rateTenth(share, 1)))}</span>;
}

function Camera({
  camera,
  view,
  large,
  press,
}: {
  camera: CanteenCamera;
  view: CanteenAnswer;
  large: boolean;
  press: () => void;
}) {
  return (
    <li class={large ? 'camera large' : 'camera'}>
      <div class="framed">
        {' '}
        <ShotTile path={pathOf(camera.id)} label={say(camera.title)} empty={say(canteenWords.noPicture)} />
      </div>
      <p class="facts">
        <Standing camera={camera} offset={view.utcOffsetMin} />
        <Rate share={view.rates[camera.id]} least={view.leastOnline} />
        <button type="button" class="btn plain" aria-pressed={large} onClick={press}>
          {say(large ? canteenWords.smaller : canteenWords.larger)}
        </button>
      </p>
    </li>
  );
}

/** Its gauges, one beyond its limits marked, and of its contacts those that are on: nobody reads that nothing is. */
function Sensor({ sensor, view }: { sensor: CanteenSensor; view: CanteenAnswer }) {
  const offset = view.utcOffsetMin;
  const gauges = view.gauges.filter(({ device }) => device === sensor.id);
  const said = sensor.values.filter(({ value }) => value !== false);
  return (
    <li class="sensor">
      <b>{say(sensor.title)}</b>{' '}
      {sensor.up === false && (
        <span class="flag">
          {say(canteenWords.offline)} {say(sinceTime(hm(sensor.since, offset)))}
        </span>
      )}
      {sensor.up === undefined && <span class="tag dotted">{say(canteenWords.unheard)}</span>}
      {gauges.map(({ point, title, value, unit, since }) => (
        <span key={point}>
          {' '}
          {say(title)}{' '}
          <span class={since === undefined ? '' : 'flag'}>
            {value === undefined || stale.value ? '—' : measured(value, unit)}
          </span>
        </span>
      ))}
      {said.map(({ key, title, value }) => (
        <span key={key}>
          {' '}
          <span class="flag">{value === true ? say(title) : `${say(title)} ${valueText(value)}`}</span>
        </span>
      ))}
      {gauges.length === 0 && said.length === 0 && sensor.up && !stale.value && (
        <span>{say(canteenWords.nothingOn)}</span>
      )}
    </li>
  );
}

function Area({
  area,
  view,
  large,
  choose,
}: {
  area: ShownArea;
  view: CanteenAnswer;
  large: string | undefined;
  choose: (camera: string | undefined) => void;
}) {
  const wide = area.cameras.length > 1 || area.cameras.some(({ id }) => id === large);
  return (
    <section class={wide ? 'canteenarea wide' : 'canteenarea'}>
      <h3>
        {say(area.title)} <small>{say(areaUses[area.use])}</small>
      </h3>
      {area.cameras.length + area.sensors.length === 0 && <p class="quiet">{say(canteenWords.noCameras)}</p>}
      {area.cameras.length > 0 && (
        <ul class="cameras">
          {area.cameras.map((camera) => (
            <Camera
              key={camera.id}
              camera={camera}
              view={view}
              large={large === camera.id}
              press={() => choose(large === camera.id ? undefined : camera.id)}
            />
          ))}
        </ul>
      )}
      {area.sensors.length > 0 && (
        <ul class="canteen-sensors">
          {area.sensors.map((sensor) => (
            <Sensor key={sensor.id} sensor={sensor} view={view} />
          ))}
        </ul>
      )}
    </section>
  );
}

export function CamerasBox({ view }: { view: CanteenAnswer }) {
  const [large, setLarge] = useState<string>();
  return (
    <section class="box camerasbox">
      <h2>{say(canteenWords.cameras)}</h2>
      <div class="canteenareas">
        {view.areas.map((area) => (
          <Area key={area.id} area={area} view={view} large={large} choose={setLarge} />
        ))}
      </div>
    </section>
  );
}
