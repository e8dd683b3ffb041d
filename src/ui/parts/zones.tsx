/**
 * Arming by hand: each zone with its state and what may be done to it. Disarm and bypass ask why, a bypass also asks until
 * when: nothing may stay off because somebody forgot.
 */
import { useMemo, useState } from 'preact/hooks';
import { may } from '../../core/rights.ts';
import type { ArmMode, Zone } from '../../core/types.ts';
import { zonePicture } from '../../core/view.ts';
import { command } from '../api.ts';
import { now, stale } from '../clock.ts';
import { look, site, you } from '../feed.ts';
import { hm, stamp } from '../format.ts';
import { offset } from '../views.ts';
import { modes } from '../words/trade.ts';
import { say, t } from '../words.ts';
import { useAct } from './frame.tsx';

const HOURS = [1, 2, 4, 8] as const;
const HOUR_MS = 3_600_000;

function Ask({ zone, mode, done }: { zone: Zone; mode: ArmMode; done: () => void }) {
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState(2);
  const { busy, failure, act } = useAct();
  const submit = async (event: Event) => {
    event.preventDefault();
    const until = mode === 'bypassed' ? { until: now.value + hours * HOUR_MS } : {};
    if (await act(() => command({ do: 'arm', zone: zone.id, mode, reason: reason.trim(), ...until }))) done();
  };
  return (
    <form class="field" onSubmit={(event) => void submit(event)}>
      <label>
        {t('armReason')}{' '}
        <input required maxLength={200} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />
      </label>
      {mode === 'bypassed' && (
        <label>
          {t('bypassUntil')}{' '}
          <select value={hours} onChange={(e) => setHours(Number(e.currentTarget.value))}>
            {HOURS.map((n) => (
              <option key={n} value={n}>
                {hm(now.value + n * HOUR_MS, offset.value)}（{t('hours', { n })}）
              </option>
            ))}
          </select>
        </label>
      )}
      <button type="submit" class="btn main" disabled={busy || reason.trim() === ''}>
        {say(modes[mode])} · {t('confirm')}
      </button>
      <button type="button" class="btn" onClick={done}>
        {t('cancel')}
      </button>
      {failure !== undefined && <p class="failed">{failure}</p>}
    </form>
  );
}

function ZoneLine({ zone }: { zone: Zone }) {
  const state = useMemo(() => look((s) => s.zones.get(zone.id), undefined), [zone]).value;
  const blind = useMemo(() => look((s, here) => zonePicture(here, s, zone).blind, true), [zone]).value;
  const [asking, ask] = useState<ArmMode>();
  const { busy, failure, act } = useAct();
  const mode = state?.mode ?? 'disarmed';
  const free = you.value !== undefined && may(you.value.role, 'arm');
  return (
    <tr>
      <td>{t('zoneTitle', { n: zone.number, title: say(zone.title) })}</td>
      <td>
        <b>{stale.value ? t('unknown') : say(modes[mode])}</b>{' '}
        {blind && !stale.value && <span class="flag">{t('zoneBlind')}</span>}
        {state && (
          <div class="facts">
            <span>{t('since', { time: stamp(state.since, offset.value) })}</span>
            <span>{state.by === 'schedule' ? t('bySchedule') : state.by}</span>
            {state.reason !== undefined && <span>{state.reason}</span>}
            {state.until !== undefined && <span>{t('until', { time: stamp(state.until, offset.value) })}</span>}
          </div>
        )}
      </td>
      <td>
        {free && asking !== undefined && <Ask zone={zone} mode={asking} done={() => ask(undefined)} />}
        {free && asking === undefined && (
          <div class="acts">
            <button
              type="button"
              class="btn"
              disabled={busy || mode === 'armed'}
              onClick={() => void act(() => command({ do: 'arm', zone: zone.id, mode: 'armed' }))}
            >
              {t(mode === 'bypassed' ? 'endBypass' : 'doArm')}
            </button>
            <button type="button" class="btn" disabled={mode === 'disarmed'} onClick={() => ask('disarmed')}>
              {t('doDisarm')}
            </button>
            {mode !== 'bypassed' && (
              <button type="button" class="btn" onClick={() => ask('bypassed')}>
                {t('doBypass')}
              </button>
            )}
          </div>
        )}
        {failure !== undefined && <p class="failed">{failure}</p>}
      </td>
    </tr>
  );
}

export function ZoneTable() {
  const zones = Object.values(site.value?.zones ?? {}).sort((a, b) => a.number - b.number);
  if (zones.length === 0) return <p class="note">{t('emptyZones')}</p>;
  return (
    <div class="scroll">
      <table class="plain">
        <thead>
          <tr>
            <th>{t('zone')}</th>
            <th>{t('state')}</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {zones.map((zone) => (
            <ZoneLine key={zone.id} zone={zone} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
