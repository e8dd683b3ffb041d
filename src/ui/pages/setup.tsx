/**
 * How the gateway and its devices are doing: lines with their ledgers, troubles with their remedy, what could not be read,
 * cameras that answer a search, and every device with its live points. It shows; it changes nothing.
 */
import { useEffect, useMemo, useState } from 'preact/hooks';
import { mayAsk } from '../../core/rights.ts';
import type { Device, Ledger, Trouble, Value } from '../../core/types.ts';
import { read } from '../api.ts';
import { everyTurn, now, stale } from '../clock.ts';
import { gauges, look, site, you } from '../feed.ts';
import { span, stamp, valueText } from '../format.ts';
import { Desk, Show, useLoaded } from '../parts/frame.tsx';
import { reportAs } from '../report.ts';
import { offset } from '../views.ts';
import { half, say, t } from '../words.ts';

const REFRESH_MS = 5_000;

interface Health {
  readonly lines: readonly {
    readonly id: string;
    readonly protocol: string;
    readonly up: boolean;
    readonly why: string;
    readonly since: number;
    readonly ledger: Ledger;
  }[];
  readonly troubles: readonly Trouble[];
  readonly quarantine: readonly {
    readonly at: number;
    readonly line: string;
    readonly device?: string;
    readonly topic?: string;
    readonly reason: string;
    readonly why: string;
    readonly head: string;
  }[];
}

function droppedText(dropped: Ledger['dropped']): string {
  const some = Object.entries(dropped).filter(([, n]) => n > 0);
  return some.length === 0 ? '0' : some.map(([reason, n]) => `${reason} ${n}`).join(' · ');
}

function Troubles({ troubles }: Pick<Health, 'troubles'>) {
  return (
    <div class="box">
      <h2>{t('troubles')}</h2>
      {troubles.length === 0 && <p class="note">{t(stale.value ? 'emptyStale' : 'noTroubles')}</p>}
      <table class="plain">
        <tbody>
          {troubles.map((trouble) => (
            <tr key={`${trouble.part} ${trouble.why.en}`}>
              <td>
                <span class="flag">{trouble.part}</span>
              </td>
              <td>{say(trouble.why)}</td>
              <td>{t('since', { time: stamp(trouble.since, offset.value) })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Lines({ lines }: Pick<Health, 'lines'>) {
  return (
    <div class="box scroll">
      <h2>{t('lines')}</h2>
      {lines.length === 0 && <p class="note">{t('noLines')}</p>}
      <table class="plain">
        <thead>
          <tr>
            <th>{t('line')}</th>
            <th>{t('protocol')}</th>
            <th>{t('state')}</th>
            <th>{t('why')}</th>
            <th class="n">{t('received')}</th>
            <th class="n">{t('stored')}</th>
            <th class="n">{t('judged')}</th>
            <th>{t('dropped')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <td>
                <b>{line.id}</b>
              </td>
              <td>{line.protocol}</td>
              <td>{line.up ? t('up') : <span class="flag">{t('down')}</span>}</td>
              <td>
                {half(line.why)} {t('since', { time: stamp(line.since, offset.value) })}
              </td>
              <td class="n">{line.ledger.received}</td>
              <td class="n">{line.ledger.stored}</td>
              <td class="n">{line.ledger.judged}</td>
              <td>{droppedText(line.ledger.dropped)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Quarantine({ quarantine }: Pick<Health, 'quarantine'>) {
  return (
    <div class="box scroll">
      <h2>{t('quarantine')}</h2>
      {quarantine.length === 0 && <p class="note">{t('noQuarantine')}</p>}
      <table class="plain">
        <tbody>
          {quarantine.map((q, i) => (
            <tr key={i}>
              <td>{stamp(q.at, offset.value)}</td>
              <td>{[q.line, q.device, q.topic].filter(Boolean).join(' · ')}</td>
              <td>
                <b>{q.reason}</b> {half(q.why)}
              </td>
              <td>
                <code>{q.head}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface Found {
  readonly address: string;
  readonly name?: string;
  readonly hardware?: string;
}

function Results() {
  const [loaded, again] = useLoaded(async () => (await read<{ found: readonly Found[] }>('/api/discover')).found, 0);
  return (
    <Show loaded={loaded} again={again}>
      {(found) => (
        <table class="plain">
          <tbody>
            {found.length === 0 && (
              <tr>
                <td>{t('foundNone')}</td>
              </tr>
            )}
            {found.map((f) => (
              <tr key={f.address}>
                <td>
                  <b>{f.address}</b>
                </td>
                <td>{f.name}</td>
                <td>{f.hardware}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Show>
  );
}

function Discover() {
  const [runs, run] = useState(0);
  if (!you.value || !mayAsk(you.value.role, 'discover')) return null;
  return (
    <div class="box">
      <h2>{t('discover')}</h2>
      <p class="detail">
        <span class="acts">
          <button type="button" class="btn" onClick={() => run(runs + 1)}>
            {t('discover')}
          </button>
          {t('foundNote')}
        </span>
      </p>
      {runs > 0 && <Results key={runs} />}
    </div>
  );
}

function PointRow({ device, point }: { device: Device; point: Device['points'][string] }) {
  const view = useMemo(
    () => look((state) => state.devices.get(device.id)?.values[point.key], undefined),
    [device, point],
  );
  const gauge = point.keep === 'gauge' ? gauges().get(device.id)?.get(point.key) : undefined;
  const latest: { readonly value: Value; readonly at: number } | undefined = gauge ?? view.value;
  return (
    <tr class={stale.value ? 'hatched' : ''}>
      <td>{say(point.title)}</td>
      <td>
        <code>{point.key}</code>
      </td>
      <td class="n">{latest === undefined || stale.value ? '—' : valueText(latest.value, point.unit)}</td>
      <td class="n">{latest === undefined ? '—' : span(now.value - Math.min(latest.at, now.value))}</td>
    </tr>
  );
}

function DeviceBox({ device }: { device: Device }) {
  const state = useMemo(() => look((s) => s.devices.get(device.id), undefined), [device]).value;
  const up = state?.up;
  return (
    <details class="box">
      <summary>
        <b>{say(device.title)}</b> <code>{device.id}</code> {device.profile} · {device.line} ·{' '}
        {up ? t('up') : <span class="flag">{t(up === false ? 'down' : 'neverHeard')}</span>} {half(state?.why ?? '')}
      </summary>
      <table class="plain">
        <thead>
          <tr>
            <th>{t('point')}</th>
            <th />
            <th class="n">{t('value')}</th>
            <th class="n">{t('age')}</th>
          </tr>
        </thead>
        <tbody>
          {Object.values(device.points).map((point) => (
            <PointRow key={point.key} device={device} point={point} />
          ))}
        </tbody>
      </table>
    </details>
  );
}

export function SetupPage() {
  const [loaded, again] = useLoaded(() => read<Health>('/api/health'), 0);
  useEffect(() => {
    reportAs('setup');
    let at = performance.now();
    return everyTurn(() => {
      if (performance.now() - at < REFRESH_MS || stale.peek()) return;
      at = performance.now();
      again();
    });
  }, [again]);
  const devices = Object.values(site.value?.devices ?? {});
  return (
    <Desk>
      <div class="stack">
        <Show loaded={loaded} again={again}>
          {({ lines, troubles, quarantine }) => (
            <>
              <Troubles troubles={troubles} />
              <Lines lines={lines} />
              <Quarantine quarantine={quarantine} />
            </>
          )}
        </Show>
        <Discover />
        <div class="box">
          <h2>{t('devices')}</h2>
          {devices.length === 0 && <p class="note">{t('noDevices')}</p>}
          {devices.map((device) => (
            <DeviceBox key={device.id} device={device} />
          ))}
        </div>
      </div>
    </Desk>
  );
}
