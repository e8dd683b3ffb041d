/**
 * Arming zone by zone: each with its state and what may be done to it. Disarming asks why; a bypass and out of service also
 * ask until when: nothing may stay off because somebody forgot.
 */
import { useMemo, useState } from 'preact/hooks';
import { type NotReady, notReady } from '../../core/condition/not-ready.ts';
import { areaOf, schedulerName } from '../../core/site/armed-plan.ts';
import type { ArmMode, Zone, ZoneState } from '../../core/types.ts';
import { zonePicture } from '../../core/view/view.ts';
import { modes } from '../../words/trade-words.ts';
import { Failure } from '../page/failure.tsx';
import { stamp } from '../page/format.ts';
import { command } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { select, site } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { type ArmingKey, t } from '../text/arming-language.ts';
import { looseText } from '../text/loose-text.ts';
import { openText, zoneName } from './arming-text.ts';
import { areaStates, mayArm, zoneStates } from './arming-views.ts';
import { LeaveForm } from './disarm-form.tsx';

type Off = Exclude<ArmMode, 'armed'>;

/** What a zone is besides its state: watched day and night, a way in, waiting for those who leave. */
function Tags({ zone }: { zone: Zone }) {
  const area = site.value && areaOf(site.value, zone.id);
  const state = area && areaStates.value[area.id];
  const leaving = state?.exitUntil !== undefined && state.exitUntil > now.value && !zone.always;
  return (
    <>
      {zone.always && <span class="tag">{t('zoneAlways')}</span>}{' '}
      {zone.entry && <span class="tag">{t('zoneEntry')}</span>}{' '}
      {leaving && !stale.value && <span class="tag">{t('zoneLeaving')}</span>}
    </>
  );
}

function StateCell({ zone, state }: { zone: Zone; state: ZoneState | undefined }) {
  const seen = useMemo(() => select((s, here) => zonePicture(here, s, zone), undefined), [zone]).value;
  const { blind = true, learning = false } = seen ?? {};
  const loose = seen && looseText(seen);
  const open = useMemo(() => select((s, here) => notReady(here, s, zone.id), [] as readonly NotReady[]), [zone]).value;
  const said = open.filter(({ what }) => what !== 'silent');
  return (
    <td>
      <b>{stale.value || !state ? t('unknown') : say(modes[state.mode])}</b>{' '}
      {blind && !stale.value && <span class="flag">{t(learning ? 'zoneLearning' : 'zoneBlind')}</span>}
      {loose !== undefined && !stale.value && <span class="flag">{loose}</span>}
      {said.length > 0 && !stale.value && state?.mode !== 'armed' && (
        <span class="flag">{t('openIs', { what: openText(zone, said) })}</span>
      )}
      {state && (
        <div class="facts">
          <span>{t('since', { time: stamp(state.since, offset.value) })}</span>
          <span>{state.by === schedulerName ? t('bySchedule') : state.by}</span>
          {state.reason !== undefined && <span>{state.reason}</span>}
          {state.until !== undefined && <span>{t('until', { time: stamp(state.until, offset.value) })}</span>}
        </div>
      )}
    </td>
  );
}

const backKeys: Readonly<Record<ArmMode, ArmingKey>> = {
  armed: 'doArm',
  disarmed: 'doArm',
  inhibited: 'endBypass',
  'out-of-service': 'endOut',
};
const offKeys: Readonly<Record<Off, ArmingKey>> = {
  disarmed: 'doDisarm',
  inhibited: 'doBypass',
  'out-of-service': 'doOut',
};

function Acts({ zone, mode }: { zone: Zone; mode: ArmMode }) {
  const [asking, ask] = useState<Off>();
  const { busy, failure, act } = useAct();
  if (asking) {
    return (
      <LeaveForm
        does={`${say(modes[asking])} · ${t('confirm')}`}
        why
        {...(asking !== 'disarmed' && { ends: asking })}
        asked={(said) => ({ do: 'arm-zone', zone: zone.id, mode: asking, ...said })}
        done={() => ask(undefined)}
      />
    );
  }
  const off = (
    zone.always ? ['inhibited', 'out-of-service'] : ['disarmed', 'inhibited', 'out-of-service']
  ) as readonly Off[];
  return (
    <>
      <div class="acts">
        <button
          type="button"
          class="btn"
          disabled={busy || mode === 'armed'}
          onClick={() => void act(() => command({ do: 'arm-zone', zone: zone.id, mode: 'armed' }))}
        >
          {t(backKeys[mode])}
        </button>
        {off.map((one) => (
          <button key={one} type="button" class="btn" disabled={mode === one} onClick={() => ask(one)}>
            {t(offKeys[one])}
          </button>
        ))}
      </div>
      <Failure why={failure} />
    </>
  );
}

function ZoneLine({ zone }: { zone: Zone }) {
  const state = zoneStates.value[zone.id];
  const area = site.value && areaOf(site.value, zone.id);
  return (
    <tr>
      <td>
        {zoneName(zone)} <Tags zone={zone} />
        {area && <div class="of-area">{say(area.title)}</div>}
      </td>
      <StateCell zone={zone} state={state} />
      <td>{mayArm.value && <Acts zone={zone} mode={state?.mode ?? 'armed'} />}</td>
    </tr>
  );
}

export function ZoneTable() {
  const zones = Object.values(site.value?.zones ?? {}).sort((a, b) => a.number - b.number);
  if (zones.length === 0) return <p class="note">{t('emptyZones')}</p>;
  return (
    <div class="scroll">
      <table class="plain zones">
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
