/**
 * Areas at the desk: how each stands, since when and by whom, who has come in and how long is left, what is open, and three
 * big buttons. While data is stale nothing is promised and nothing counts down.
 */
import { useMemo, useState } from 'preact/hooks';
import { notReady, openZones } from '../../core/condition/not-ready.ts';
import { leftOut, schedulerName } from '../../core/site/armed-plan.ts';
import { needsCode } from '../../core/site/rights.ts';
import type { Area, AreaMode, Zone } from '../../core/types.ts';
import { Failure } from '../page/failure.tsx';
import { clockSpan, span, stamp } from '../page/format.ts';
import { command } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { select, site } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { t } from '../text/arming-language.ts';
import { needsPin } from '../text/pin-field.tsx';
import { areaDoes, areaStands, dayTime, openText, zoneName } from './arming-text.ts';
import { ahead, areaStates, comingIn, entryOf, mayArm, zoneStates } from './arming-views.ts';
import { goTo } from './desk.ts';
import { LeaveForm } from './disarm-form.tsx';

/** Zones of the area in the order of their numbers. */
const zonesOf = (area: Area): Zone[] =>
  area.zones.flatMap((id) => site.value?.zones[id] ?? []).sort((a, b) => a.number - b.number);

/** Who comes in, and how long there is to unset the area. */
function Entry({ area }: { area: Area }) {
  const entry = entryOf(area.id);
  if (!entry) return null;
  const zones = new Set(entry.held.map(({ zone }) => zone));
  const touched = zonesOf(area).filter(({ id }) => zones.has(id));
  return (
    <p class="entering" role="alert">
      <b>{t('areaEntry', { left: span(entry.until - now.value) })}</b>{' '}
      <span>{t('areaEntryBy', { zones: touched.map(zoneName).join(t('listComma')) })}</span>
    </p>
  );
}

/** What is open, zone by zone, with the way to leave it out. */
function Open({ area }: { area: Area }) {
  const open = useMemo(
    () => select((state, here) => openZones(here, state, area, 'away', now.peek()), []),
    [area],
  ).value;
  const [leaving, leave] = useState<string>();
  if (open.length === 0 || stale.value) return null;
  return (
    <div class="opened">
      <b>{t('areaOpen')}</b>
      <ul>
        {open.map((zone) => (
          <li key={zone.id}>
            <OpenZone zone={zone} />
            {mayArm.value && leaving !== zone.id && (
              <button type="button" class="btn" onClick={() => leave(zone.id)}>
                {t('doBypass')}
              </button>
            )}
            {leaving === zone.id && (
              <LeaveForm
                does={t('confirm')}
                why
                ends="inhibited"
                asked={(said) => ({ do: 'arm-zone', zone: zone.id, mode: 'inhibited', ...said })}
                done={() => leave(undefined)}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function OpenZone({ zone }: { zone: Zone }) {
  const text = useMemo(() => select((state, here) => openText(zone, notReady(here, state, zone.id)), ''), [zone]);
  return (
    <span>
      {zoneName(zone)}：{text.value}
    </span>
  );
}

/** What the schedule will do next. */
function Next({ area }: { area: Area }) {
  const [first, ...rest] = ahead.value.areas[area.id] ?? [];
  const next = rest.find(({ mode }) => mode !== first?.mode);
  if (!first) return null;
  if (!next) return <span>{t('areaNoNext')}</span>;
  return <span>{t('areaNext', { time: dayTime(next.from), mode: t(areaDoes[next.mode]) })}</span>;
}

/** How the area stands, in one line of facts. */
function Facts({ area }: { area: Area }) {
  const state = areaStates.value[area.id];
  const zones = zonesOf(area);
  const out = zones.filter(({ id }) => leftOut(zoneStates.value[id], now.value)).length;
  const always = zones.filter((zone) => zone.always).length;
  return (
    <p class="facts">
      {state && <span>{t('since', { time: stamp(state.at, offset.value) })}</span>}
      {state && <span>{state.by === schedulerName ? t('bySchedule') : state.by}</span>}
      <span>{t('areaZones', { n: zones.length })}</span>
      {out > 0 && <b>{t('areaLeftOut', { n: out })}</b>}
      {always > 0 && <span>{t('areaAlways', { n: always })}</span>}
      {!stale.value && <Next area={area} />}
    </p>
  );
}

function Buttons({ area }: { area: Area }) {
  const { busy, failure, act } = useAct();
  const [asking, ask] = useState<AreaMode>();
  const state = areaStates.value[area.id];
  const press = (mode: AreaMode) => {
    const asked = { do: 'arm-area', area: area.id, mode } as const;
    const forced = needsPin.value && site.value !== undefined && needsCode(site.value, asked, state?.mode);
    // Unsetting by a slip would leave a school open for a night; while somebody comes in, every second counts.
    const slip = mode === 'disarmed' && !entryOf(area.id);
    if (forced || slip) ask(mode);
    else void act(() => command(asked));
  };
  if (asking) {
    return (
      <LeaveForm
        question={asking === 'disarmed' ? t('areaUnsetAsk', { area: say(area.title) }) : say(area.title)}
        does={t(areaDoes[asking])}
        asked={() => ({ do: 'arm-area', area: area.id, mode: asking })}
        done={() => ask(undefined)}
      />
    );
  }
  const modes: readonly AreaMode[] = area.stay.length < area.zones.length ? ['away', 'stay'] : ['away'];
  return (
    <>
      <div class="acts big">
        {modes.map((mode) => (
          <button
            key={mode}
            type="button"
            class="btn"
            disabled={busy || state?.mode === mode || entryOf(area.id) !== undefined}
            onClick={() => press(mode)}
          >
            {t(areaDoes[mode])}
          </button>
        ))}
        <button
          type="button"
          class={entryOf(area.id) ? 'btn main' : 'btn'}
          disabled={busy || (state?.mode === 'disarmed' && !entryOf(area.id))}
          onClick={() => press('disarmed')}
        >
          {t(entryOf(area.id) && !needsPin.value ? 'areaDisarmed' : 'areaDisarmedAsk')}
        </button>
      </div>
      <Failure why={failure} />
    </>
  );
}

function AreaCard({ area }: { area: Area }) {
  const state = areaStates.value[area.id];
  const exit = state?.exitUntil !== undefined && state.exitUntil > now.value && !stale.value;
  return (
    <section class="area hatch2" data-area={area.id}>
      <h3>
        {say(area.title)}
        <b>{t(stale.value || !state ? 'areaUnknown' : areaStands[state.mode])}</b>
      </h3>
      <Entry area={area} />
      {exit && <p class="leaving">{t('areaLeaving', { left: clockSpan((state.exitUntil ?? 0) - now.value) })}</p>}
      {state?.entryExpiredAt !== undefined && !stale.value && <p class="facts">{t('areaLapsed')}</p>}
      <Facts area={area} />
      {state?.mode !== 'away' && <Open area={area} />}
      {mayArm.value && <Buttons area={area} />}
    </section>
  );
}

/** All areas of the school; a school without any is told so. */
export function Areas() {
  const areas = Object.values(site.value?.areas ?? {});
  if (areas.length === 0) return <p class="note">{t('noAreas')}</p>;
  return (
    <div class="areas">
      {areas.map((area) => (
        <AreaCard key={area.id} area={area} />
      ))}
    </div>
  );
}

/** On every list of the desk while somebody comes in: how long is left, and the way to unset. */
export function EntryBar() {
  return (
    <>
      {comingIn.value.map((area) => (
        <div key={area.id} class="entrybar">
          <b>{say(area.title)}</b>
          <Entry area={area} />
          <button type="button" class="btn main" onClick={() => goTo('zones')}>
            {t('goUnset')}
          </button>
        </div>
      ))}
    </>
  );
}
