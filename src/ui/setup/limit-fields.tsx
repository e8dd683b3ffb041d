/**
 * The limits of a zone as fields: the few that make it more or less sensitive with sliders and presets, the others folded
 * away. It only edits what it is given; nothing is enabled here.
 */
import { limitBounds, presets, wrongLimits } from '../../core/arming/tuning.ts';
import type { SignalLimits } from '../../core/types.ts';
import { type CommissionKey, t } from '../text/commission-language.ts';

type Name = keyof SignalLimits;

interface LimitField {
  readonly key: CommissionKey;
  readonly unit: string;
  /** What one unit on screen is in the limit's own unit. */
  readonly per: number;
  readonly step: number;
  /** As far as the slider goes, on screen; the field takes all that is allowed. */
  readonly slide?: number;
}

const newtons = (key: CommissionKey, step = 1, slide?: number): LimitField => ({
  key,
  unit: 'N',
  per: 1,
  step,
  ...(slide && { slide }),
});
const seconds = (key: CommissionKey, slide?: number): LimitField => ({
  key,
  unit: 's',
  per: 1_000,
  step: 0.1,
  ...(slide && { slide }),
});

const shown: Readonly<Record<Name, LimitField>> = {
  upN: newtons('limitUpN', 0.1, 20),
  patientN: newtons('limitPatientN', 0.5, 60),
  downN: newtons('limitDownN', 0.5, 60),
  dwellMs: seconds('limitDwellMs', 5),
  climbN: newtons('limitClimbN'),
  floorN: newtons('limitFloorN'),
  ceilingN: newtons('limitCeilingN'),
  slackShare: { key: 'limitSlackShare', unit: '%', per: 0.01, step: 1 },
  noiseFactor: { key: 'limitNoiseFactor', unit: '×', per: 1, step: 0.5 },
  cutN: newtons('limitCutN'),
  cutDwellMs: seconds('limitCutDwellMs'),
  staticDwellMs: seconds('limitStaticDwellMs'),
  fullScaleN: newtons('limitFullScaleN'),
  driftNPerHour: { key: 'limitDriftNPerHour', unit: 'N/h', per: 1, step: 0.5 },
  stuckN: newtons('limitStuckN', 0.5),
  weatherN: newtons('limitWeatherN', 0.5),
  weatherNPerS: { key: 'limitWeatherNPerS', unit: 'N/s', per: 1, step: 0.01 },
};

const first: readonly Name[] = ['upN', 'patientN', 'downN', 'dwellMs', 'climbN', 'floorN', 'ceilingN'];
const others = (Object.keys(shown) as Name[]).filter((name) => !first.includes(name));
const levels = [
  ['low', 'presetLow'],
  ['medium', 'presetMedium'],
  ['high', 'presetHigh'],
] as const;

const onScreen = (name: Name, value: number): number => Math.round((value / shown[name].per) * 1_000) / 1_000;

/** A limit in words, as `2.5 N`. */
export function limitText(name: Name, value: number): string {
  const text = String(onScreen(name, value));
  return shown[name].unit === '%' ? `${text}%` : `${text} ${shown[name].unit}`;
}
/** What a limit is called. */
export const limitTitle = (name: Name): string => t(shown[name].key);
/** The limits that differ. */
export const changedLimits = (before: SignalLimits, after: SignalLimits): Name[] =>
  (Object.keys(shown) as Name[]).filter((name) => before[name] !== after[name]);

interface Editing {
  readonly limits: SignalLimits;
  readonly now: SignalLimits;
  readonly change: (limits: SignalLimits) => void;
}

function Field({ name, limits, now, change, wrong }: Editing & { readonly name: Name; readonly wrong: boolean }) {
  const { unit, per, step, slide } = shown[name];
  const [least, most] = limitBounds[name].map((bound) => onScreen(name, bound)) as [number, number];
  const set = (text: string) =>
    change({ ...limits, [name]: text === '' ? Number.NaN : Math.round(Number(text) * per * 1e6) / 1e6 });
  const value = Number.isNaN(limits[name]) ? '' : onScreen(name, limits[name]);
  return (
    <div class={`knob ${wrong ? 'wrong' : ''}`}>
      <label for={`limit-${name}`}>{limitTitle(name)}</label>
      <span class="number">
        <input
          id={`limit-${name}`}
          type="number"
          inputMode="decimal"
          min={least}
          max={most}
          step={step}
          value={value}
          aria-invalid={wrong}
          title={t('limitRange', { least, most })}
          onChange={(e) => set(e.currentTarget.value)}
        />{' '}
        {unit}
      </span>
      {slide !== undefined && (
        <input
          type="range"
          min={least}
          max={slide}
          step={step}
          value={value}
          aria-label={limitTitle(name)}
          onInput={(e) => set(e.currentTarget.value)}
        />
      )}
      <span class="was">{limits[name] === now[name] ? '' : t('limitWas', { value: limitText(name, now[name]) })}</span>
    </div>
  );
}

/** The fields of limits; `now` is what is in force. */
export function LimitFields(editing: Editing) {
  const { limits, change } = editing;
  const wrong = wrongLimits(limits);
  const level = levels.find(([id]) =>
    Object.entries(presets[id]).every(([name, value]) => limits[name as Name] === value),
  )?.[0];
  const field = (name: Name) => <Field key={name} name={name} {...editing} wrong={wrong.includes(name)} />;
  return (
    <>
      <fieldset class="picks">
        <legend>{t('sensitivity')}</legend>
        {levels.map(([id, key]) => (
          <label key={id} class={level === id ? 'on' : ''}>
            <input
              type="radio"
              name="sensitivity"
              checked={level === id}
              onChange={() => change({ ...limits, ...presets[id] })}
            />
            <span>{t(key)}</span>
          </label>
        ))}
        <span class={level === undefined ? 'own on' : 'own'}>{t('presetOwn')}</span>
      </fieldset>
      <div class="limits">{first.map(field)}</div>
      <details open={wrong.some((name) => others.includes(name))}>
        <summary>{t('limitsMore')}</summary>
        <div class="limits">{others.map(field)}</div>
      </details>
      {wrong.length > 0 && <p class="failed">{t('limitsWrong')}</p>}
    </>
  );
}
