/**
 * How the gateway and its devices are doing: troubles with their remedy, whom alarms reach, walls, lines with their ledgers, what could not be read,
 * cameras that answer a search, and every device with its live points. It shows; it changes nothing.
 */
import { useEffect, useState } from 'preact/hooks';
import { pageTable } from '../../core/site/pages.ts';
import { mayAsk } from '../../core/site/rights.ts';
import type { Ledger, Trouble, Words } from '../../core/types.ts';
import { drops } from '../../words/device/drop-words.ts';
import { troublePart } from '../../words/device/trouble-part-words.ts';
import { sheetNote, sheetTitle } from '../../words/patrol/point-words.ts';
import { certificateWay, certificateWayNote } from '../../words/screens/certificate-way-words.ts';
import { stamp } from '../page/format.ts';
import { read } from '../page/gateway-api.ts';
import { lang, say, t } from '../page/language.ts';
import { everyTurn, stale } from '../page/page-clock.ts';
import { you } from '../page/page-feed.ts';
import { Desk, Show, useLoaded } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { offset } from '../page/views.ts';
import { ConfigChanges } from './config-changes.tsx';
import { Devices } from './device-table.tsx';
import { PolicePanel } from './police-panel.tsx';
import { DistrictPanel, type DistrictWay } from './reach/district-panel.tsx';
import { SetupTabs } from './setup-tabs.tsx';
import { Reach, Walls, type Watch } from './watch-panel.tsx';
import './health.css';

const REFRESH_MS = 5_000;

interface Health extends Watch, DistrictWay {
  readonly at: number;
  readonly lines: readonly {
    readonly id: string;
    readonly protocol: string;
    readonly up: boolean;
    readonly why: Words;
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
    readonly why: Words;
    readonly head: string;
  }[];
}

/** A reason of the ledger in words; an unknown code is shown as it is. */
function dropText(reason: string): string {
  const known: Readonly<Record<string, Words | undefined>> = drops;
  const words = known[reason];
  return words ? say(words) : reason;
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const lost = ({ received, stored, judged, dropped }: Ledger) =>
  received - stored - judged - sum(Object.values(dropped));

function droppedText(dropped: Ledger['dropped']): string {
  const some = Object.entries(dropped).filter(([, n]) => n > 0);
  return some.length === 0 ? '0' : some.map(([reason, n]) => `${dropText(reason)} ${n}`).join(' · ');
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
                <span class="flag">{say(troublePart(trouble.part))}</span>
              </td>
              <td>{say(trouble.why)}</td>
              <td class="when">{t('since', { time: stamp(trouble.since, offset.value) })}</td>
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
            <th class="n">{t('unaccounted')}</th>
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
                {say(line.why)} <small>{t('since', { time: stamp(line.since, offset.value) })}</small>
              </td>
              <td class="n">{line.ledger.received}</td>
              <td class="n">{line.ledger.stored}</td>
              <td class="n">{line.ledger.judged}</td>
              <td>{droppedText(line.ledger.dropped)}</td>
              <td class="n">{lost(line.ledger)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th colSpan={4}>{t('total')}</th>
            <td class="n">{sum(lines.map((l) => l.ledger.received))}</td>
            <td class="n">{sum(lines.map((l) => l.ledger.stored))}</td>
            <td class="n">{sum(lines.map((l) => l.ledger.judged))}</td>
            <td>{sum(lines.flatMap((l) => Object.values(l.ledger.dropped)))}</td>
            <td class="n">{sum(lines.map((l) => lost(l.ledger)))}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Quarantine({ quarantine }: Pick<Health, 'quarantine'>) {
  const allowed = you.value !== undefined && mayAsk(you.value.role, 'quarantine');
  return (
    <div class="box scroll">
      <h2>{t('quarantine')}</h2>
      {quarantine.length === 0 && <p class="note">{t(allowed ? 'noQuarantine' : 'quarantineHidden')}</p>}
      <table class="plain">
        {quarantine.length > 0 && (
          <thead>
            <tr>
              <th>{t('time')}</th>
              <th>{t('from')}</th>
              <th>{t('why')}</th>
              <th>{t('firstBytes')}</th>
            </tr>
          </thead>
        )}
        <tbody>
          {quarantine.map((q, i) => (
            <tr key={i}>
              <td class="when">{stamp(q.at, offset.value)}</td>
              <td>{[q.line, q.device, q.topic].filter(Boolean).join(' · ')}</td>
              <td>
                <b>{dropText(q.reason)}</b> {say(q.why)}
              </td>
              <td>
                <code class="bytes">{q.head}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CameraRow {
  readonly address: string;
  readonly name?: string;
  readonly hardware?: string;
}

function Results() {
  const [loaded, again] = useLoaded(
    async () => (await read<{ found: readonly CameraRow[] }>('/api/discover')).found,
    0,
  );
  return (
    <Show loaded={loaded} again={again}>
      {(found) => (
        <>
          <table class="plain">
            {found.length > 0 && (
              <thead>
                <tr>
                  <th>{t('address')}</th>
                  <th>{t('name')}</th>
                  <th>{t('model')}</th>
                </tr>
              </thead>
            )}
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
          {found.length > 0 && <p class="note">{t('notAccepted')}</p>}
        </>
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

/** The sheet of codes that phones read at checkpoints, for whoever puts them up. */
function PointCodes() {
  if (!you.value || !mayAsk(you.value.role, 'point-codes')) return null;
  return (
    <p class="box">
      <a class="btn" href={`/api/export/point-codes.pdf?lang=${lang.value}`} download>
        {say(sheetTitle)}
      </a>{' '}
      {say(sheetNote)}
    </p>
  );
}

/** The way to the guide that phones are set up by. */
function CertificateWay() {
  return (
    <p class="box">
      <a class="btn" href={pageTable.certificates.path}>
        {say(certificateWay)}
      </a>{' '}
      {say(certificateWayNote)}
    </p>
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
  return (
    <Desk>
      <SetupTabs />
      <div class="stack">
        <Show loaded={loaded} again={again}>
          {({ lines, troubles, quarantine, nobody, walls, unlistedWalls, district, at }) => (
            <>
              <Troubles troubles={troubles} />
              <Reach nobody={nobody} />
              <Walls walls={walls} unlistedWalls={unlistedWalls} />
              <DistrictPanel district={district} at={at} />
              <Lines lines={lines} />
              <Quarantine quarantine={quarantine} />
            </>
          )}
        </Show>
        <PointCodes />
        <CertificateWay />
        <PolicePanel />
        <ConfigChanges />
        <Discover />
        <Devices />
      </div>
    </Desk>
  );
}
