/**
 * The limits of a zone: its wires as they were stored with the band over them, what other limits would have done, and the
 * way to try or enable them. Who may not change limits sees the same, without the buttons.
 */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Curves } from '../../core/fence/curve.ts';
import { rehearsable } from '../../core/report/rehearsal.ts';
import { wireGroupOf } from '../../core/site/layout.ts';
import { mayAsk } from '../../core/site/rights.ts';
import { limitsOf, sameLimits } from '../../core/site/zone-limits.ts';
import type { Device, Point, SignalLimits, Time, Zone } from '../../core/types.ts';
import { zonePicture } from '../../core/view/view.ts';
import { read } from '../page/gateway-api.ts';
import { everyTurn, now, stale } from '../page/page-clock.ts';
import { select, site, you } from '../page/page-feed.ts';
import { Desk, Show, useLoaded } from '../page/page-frame.tsx';
import { reportAs } from '../page/page-report.ts';
import { looseText } from '../text/loose-text.ts';
import { ConfirmBase } from './confirm-tension.tsx';
import { Changes, Enable, InForce } from './enable-limits.tsx';
import { LimitFields } from './limit-fields.tsx';
import { Replay } from './limit-trial.tsx';
import { Midspan } from './midspan-table.tsx';
import { SetupTabs } from './setup-tabs.tsx';
import { Hidden, Vouch } from './vouch-limits.tsx';
import { zoneText } from './walk-table.tsx';
import { type CurvePicture, CurveSheet, type Marked } from './wire-curves.tsx';
import './limits.css';
import { t } from '../text/commission-language.ts';

const HOUR_MS = 3_600_000;
/** How much is drawn, and how often that is looked up again; a week only when asked for. */
const SPANS = [
  { key: 'span1h', ms: HOUR_MS, againMs: 10_000 },
  { key: 'span24h', ms: 24 * HOUR_MS, againMs: 60_000 },
  { key: 'span7d', ms: 7 * 24 * HOUR_MS, againMs: Number.POSITIVE_INFINITY },
] as const;
const COLUMNS = 600;
const ALARMS = 1_000;

interface ChosenGroup {
  readonly zone: Zone;
  readonly device: Device;
  readonly wires: readonly Point[];
}

/** The zones that have wires, in the order of their numbers. */
function groups(): readonly ChosenGroup[] {
  const here = site.value;
  if (!here) return [];
  return Object.values(here.zones)
    .sort((a, b) => a.number - b.number)
    .flatMap((zone) => {
      const group = zone.signal && wireGroupOf(here, zone.id);
      return group ? [{ zone, ...group }] : [];
    });
}

async function load(zone: string, from: Time, to: Time): Promise<CurvePicture> {
  const range = { from: String(from), to: String(to) };
  const [curves, alarms] = await Promise.all([
    read<Curves>(`/api/curves?${new URLSearchParams({ zone, ...range, columns: String(COLUMNS) })}`),
    read<{ readonly rows: readonly (Marked & { readonly zone?: string })[] }>(
      `/api/alarms?${new URLSearchParams({ ...range, limit: String(ALARMS) })}`,
    ),
  ]);
  return { from, to, curves, alarms: alarms.rows.filter((row) => row.zone === zone && rehearsable.has(row.kind)) };
}

function Sheet({
  group,
  limits,
  centre,
  look: lookAt,
}: {
  group: ChosenGroup;
  limits: SignalLimits;
  centre: Time | undefined;
  look: (at: Time | undefined) => void;
}) {
  const { zone, device, wires } = group;
  const [spanKey, setSpan] = useState<(typeof SPANS)[number]['key']>('span1h');
  const [all, showAll] = useState(false);
  const { ms, againMs } = SPANS.find(({ key }) => key === spanKey) ?? SPANS[0];
  const [loaded, again] = useLoaded(() => {
    const to = centre === undefined ? now.peek() : Math.min(now.peek(), centre + ms / 2);
    return load(zone.id, to - ms, to);
  }, `${zone.id} ${spanKey} ${centre}`);
  useEffect(() => {
    let at = performance.now();
    return everyTurn(() => {
      if (centre !== undefined || stale.peek() || performance.now() - at < againMs) return;
      at = performance.now();
      again();
    });
  }, [again, againMs, centre]);
  const choice = (label: string, on: boolean, choose: () => void) => (
    <button key={label} type="button" class={`btn ${on ? 'on' : ''}`} aria-pressed={on} onClick={choose}>
      {label}
    </button>
  );
  return (
    <section class="box">
      <div class="acts bar2">
        <span>{t('curveSpan')}</span>
        {SPANS.map(({ key }) => choice(t(key), key === spanKey, () => setSpan(key)))}
        <span>{t('curveZoom')}</span>
        {choice(t('zoomBand'), !all, () => showAll(false))}
        {choice(t('zoomAll'), all, () => showAll(true))}
        <button type="button" class="btn plain" onClick={again}>
          {t('curveRefresh')}
        </button>
        {centre !== undefined && (
          <button type="button" class="btn" onClick={() => lookAt(undefined)}>
            {t('curveNow')}
          </button>
        )}
      </div>
      <Show loaded={loaded} again={again}>
        {(picture) => <CurveSheet picture={picture} device={device.id} wires={wires} limits={limits} all={all} />}
      </Show>
    </section>
  );
}

function ZoneLimits({ group }: { group: ChosenGroup }) {
  const { zone, wires } = group;
  const tuned = useMemo(() => select((state) => state.tuned.get(zone.id), undefined), [zone]).value;
  const bases = useMemo(() => select((state) => state.bases.get(zone.id), undefined), [zone]).value;
  const inForce = useMemo(() => select((state, here) => limitsOf(here, state, zone.id), undefined), [zone]).value;
  const vouched = useMemo(() => select((state) => state.vouched.get(zone.id), undefined), [zone]).value;
  const [draft, setDraft] = useState<SignalLimits>();
  const [centre, setCentre] = useState<Time>();
  const picture = useMemo(() => select((state, here) => zonePicture(here, state, zone), undefined), [zone]).value;
  if (!inForce || !zone.signal) return null;
  const text = picture && looseText(picture);
  const limits = draft ?? inForce;
  const judge = you.value !== undefined && mayAsk(you.value.role, 'rehearse');
  return (
    <>
      <Sheet group={group} limits={limits} centre={centre} look={setCentre} />
      {judge && (
        <div class="beside">
          <section class="box detail">
            <h2>{t('limitsHere')}</h2>
            <InForce tuned={tuned} />
            {text !== undefined && (
              <p>
                <span class="flag">{text}</span>
              </p>
            )}
            <LimitFields limits={limits} now={inForce} change={setDraft} />
            <Hidden limits={limits} />
            <Enable
              zone={zone.id}
              limits={limits}
              now={inForce}
              configured={zone.signal}
              tuned={tuned}
              vouched={vouched !== undefined && sameLimits(vouched.limits, limits)}
              done={() => setDraft(undefined)}
            />
            {(picture?.loose === 'trial' || picture?.loose === 'owed') && (
              <Vouch zone={zone.id} limits={inForce} tuned={tuned} />
            )}
            <ConfirmBase zone={zone.id} />
          </section>
          <section class="box detail">
            <Replay zone={zone.id} wires={wires} limits={limits} look={setCentre} />
            <Midspan upN={limits.upN} bases={bases} />
          </section>
        </div>
      )}
      {now.value > 0 && <Changes zone={zone.id} at={tuned?.at ?? 0} />}
    </>
  );
}

const asked = () => new URLSearchParams(location.search).get('zone');

export function ThresholdPage() {
  const [chosen, choose] = useState(asked);
  useEffect(() => reportAs('setup'), []);
  const all = groups();
  const group = all.find(({ zone }) => zone.id === chosen) ?? all[0];
  const turnTo = (id: string) => {
    history.replaceState(null, '', `?${new URLSearchParams({ zone: id })}`);
    choose(id);
  };
  return (
    <Desk>
      <SetupTabs />
      <div class="stack">
        {!group && <p class="note">{t('limitsNoWires')}</p>}
        {group && (
          <fieldset class="picks">
            <legend>{t('limitsZone')}</legend>
            {all.map(({ zone }) => (
              <label key={zone.id} class={zone === group.zone ? 'on' : ''}>
                <input type="radio" name="zone" checked={zone === group.zone} onChange={() => turnTo(zone.id)} />
                <span>{zoneText(zone.id)}</span>
              </label>
            ))}
          </fieldset>
        )}
        {group && <ZoneLimits key={group.zone.id} group={group} />}
      </div>
    </Desk>
  );
}
