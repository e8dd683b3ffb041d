/**
 * Every device with its live points, for whoever fits or mends it: alarms first, then states, then gauges. Closed until
 * asked for, so that a school with many devices stays readable. It shows; it changes nothing.
 */
import { useMemo, useState } from 'preact/hooks';
import { isCanary } from '../../core/tell/canary.ts';
import type { Device, Point, Value } from '../../core/types.ts';
import { span, valueText } from '../page/format.ts';
import { base } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { gauges, select, site } from '../page/page-feed.ts';
import { KeyFrames } from './camera/key-frame-check.tsx';
import { Identity } from './device-identity.tsx';

function PointRow({ device, point }: { device: Device; point: Point }) {
  const view = useMemo(
    () => select((state) => state.devices.get(device.id)?.values[point.key], undefined),
    [device, point],
  );
  const gauge = point.keep === 'gauge' ? gauges().get(device.id)?.get(point.key) : undefined;
  const latest: { readonly value: Value; readonly at: number } | undefined = gauge ?? view.value;
  const zone = point.zone === undefined ? undefined : site.value?.zones[point.zone];
  const alarms = point.alarm !== undefined && latest?.value === true;
  const text = latest === undefined || stale.value ? '—' : valueText(latest.value, point.unit);
  return (
    <tr class={stale.value ? 'hatched' : ''}>
      <td>
        {say(point.title)} <code>{point.key}</code>
      </td>
      <td>{zone ? t('zoneShort', { n: zone.number }) : ''}</td>
      <td class="n">{alarms && !stale.value ? <b class="flag">{text}</b> : <b>{text}</b>}</td>
      <td class="n">{latest === undefined ? '—' : span(now.value - Math.min(latest.at, now.value))}</td>
    </tr>
  );
}

const rank = (point: Point) => (point.alarm ? 0 : point.keep === 'gauge' ? 2 : 1);

function Points({ device }: { device: Device }) {
  const points = Object.values(device.points).sort((a, b) => rank(a) - rank(b));
  return (
    <table class="plain tight">
      <thead>
        <tr>
          <th>{t('point')}</th>
          <th>{t('zone')}</th>
          <th class="n">{t('value')}</th>
          <th class="n">{t('age')}</th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <PointRow key={point.key} device={device} point={point} />
        ))}
      </tbody>
    </table>
  );
}

function DeviceBox({ device }: { device: Device }) {
  const state = useMemo(() => select((s) => s.devices.get(device.id), undefined), [device]).value;
  const [open, setOpen] = useState(false);
  const up = state?.up;
  const numbers = device.zones
    .flatMap((id) => site.value?.zones[id]?.number ?? [])
    .sort((a, b) => a - b)
    .join(', ');
  return (
    <details onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>
        <b>
          {say(device.title)} <code>{device.id}</code>
        </b>
        <span>
          {stale.value ? t('unknown') : up ? t('up') : <b class="flag">{t(up === false ? 'down' : 'neverHeard')}</b>}
        </span>
        <span>
          {numbers !== '' && `${t('guards', { zones: numbers })} · `}
          {device.profile} · {t('lineOf', { line: device.line })}
          {up === false && ` · ${state?.why ? say(state.why) : ''}`}
        </span>
      </summary>
      {open && <Identity device={device.id} />}
      {open && device.family === 'camera' && base === '' && <KeyFrames camera={device.id} />}
      {open && <Points device={device} />}
    </details>
  );
}

const known = select<readonly [up: number, all: number]>(
  (state, here) => {
    const all = Object.keys(here.devices).filter((id) => !isCanary(here, id));
    return [all.filter((id) => state.devices.get(id)?.up === true).length, all.length];
  },
  [0, 0],
);

export function Devices() {
  const here = site.value;
  // The device of the canary is there for a moment each day; how it stands is told with the channels.
  const devices = Object.values(here?.devices ?? {}).filter(({ id }) => !here || !isCanary(here, id));
  const [up, all] = known.value;
  return (
    <div class="box devices">
      <h2>
        {t('devices')} <small>{stale.value ? '—' : t('devicesUp', { up, all })}</small>
      </h2>
      {devices.length === 0 && <p class="note">{t('noDevices')}</p>}
      {devices.map((device) => (
        <DeviceBox key={device.id} device={device} />
      ))}
    </div>
  );
}
