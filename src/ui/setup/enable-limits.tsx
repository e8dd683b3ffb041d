/**
 * Enabling limits: for a trial or until further notice, always with a reason. And what was changed before, by whom, from
 * what to what.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { wrongLimits } from '../../core/arming/tuning.ts';
import { blindLimits, looseLimits } from '../../core/site/limit-bounds.ts';
import { sameLimits } from '../../core/site/zone-limits.ts';
import type { Event, SignalLimits, Tuned } from '../../core/types.ts';
import { Failure } from '../page/failure.tsx';
import { stamp } from '../page/format.ts';
import { type CommandWithCode, command, read } from '../page/gateway-api.ts';
import { now, stale } from '../page/page-clock.ts';
import { you } from '../page/page-feed.ts';
import { Show, useAct, useLoaded } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { t } from '../text/commission-language.ts';
import { needsPin, PinField } from '../text/pin-field.tsx';
import { changedLimits, limitText, limitTitle } from './limit-fields.tsx';

const TRIAL_MS = 86_400_000;
const PAST_MS = 90 * 86_400_000;

/** What is in force, and since when. */
export function InForce({ tuned }: { tuned: Tuned | undefined }) {
  if (!tuned) return <p class="said">{t('limitsConfigured')}</p>;
  const { by: name, at, reason, until } = tuned;
  const time = stamp(at, offset.value);
  return (
    <p class="said">
      {until === undefined
        ? t('limitsEnabled', { name, time, reason })
        : t('limitsTrial', { name, time, reason, until: stamp(until, offset.value) })}
    </p>
  );
}

/** What is typed, and the way to give limits with it. */
function useGiving(zone: string, done: () => void) {
  const [reason, setReason] = useState('');
  const [pin, setPin] = useState('');
  const { busy, failure, act } = useAct();
  const give = (limits: SignalLimits, until?: number) => {
    const end = until !== undefined && { until };
    const wish: CommandWithCode = { do: 'tune', zone, limits, reason: reason.trim(), ...end };
    setPin('');
    void act(() => command(needsPin.value ? { ...wish, pin } : wish)).then((ok) => {
      if (!ok) return;
      setReason('');
      done();
    });
  };
  return { reason, setReason, pin, setPin, busy, failure, give };
}

export function Enable({
  zone,
  limits,
  now: inForce,
  configured,
  tuned,
  vouched,
  done,
}: {
  zone: string;
  limits: SignalLimits;
  now: SignalLimits;
  configured: SignalLimits;
  tuned: Tuned | undefined;
  /** A second person stands for just these limits. */
  vouched: boolean;
  done: () => void;
}) {
  const { reason, setReason, pin, setPin, busy, failure, give } = useGiving(zone, done);
  if (!you.value || !may(you.value.role, 'tune')) return <p class="said">{t('limitsMayNot')}</p>;
  const ready = !busy && !stale.value && reason.trim() !== '';
  const same = sameLimits(limits, inForce);
  const back = sameLimits(limits, configured);
  const can = ready && wrongLimits(limits).length === 0 && (back || blindLimits(limits).length === 0);
  const lasting = back || vouched || looseLimits(limits).length === 0;
  return (
    <section class="enable tune">
      <p class="field">
        <label class="long">
          {t('tuneReason')} <input maxLength={200} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />
        </label>
        <PinField value={pin} set={setPin} />
        <button type="button" class="btn" disabled={!can || same} onClick={() => give(limits, now.peek() + TRIAL_MS)}>
          {t('tuneTrial')}
        </button>
        <button
          type="button"
          class="btn main"
          disabled={!can || !lasting || (same && tuned?.until === undefined)}
          onClick={() => give(limits)}
        >
          {t('tuneEnable')}
        </button>
        {tuned && (
          <button type="button" class="btn" disabled={!ready} onClick={() => give(configured)}>
            {t('tuneBack')}
          </button>
        )}
        {same ? (
          <span>{t('tuneSame')}</span>
        ) : (
          <button type="button" class="btn plain" onClick={done}>
            {t('tuneReset')}
          </button>
        )}
      </p>
      <Failure why={failure} />
    </section>
  );
}

type Change = Extract<Event, { kind: 'tuned' | 'vouched' | 'limits-dated' | 'untuned' }>;

async function loadChanges(zone: string): Promise<readonly Change[]> {
  const from = String(now.peek() - PAST_MS);
  const rows = await Promise.all(
    ['tuned', 'vouched', 'limits-dated', 'untuned'].map(async (kind) => {
      const query = new URLSearchParams({ kind, from, limit: '1000' });
      return (await read<{ readonly rows: readonly Change[] }>(`/api/events?${query}`)).rows;
    }),
  );
  return rows
    .flat()
    .filter((one) => one.zone === zone)
    .sort((a, b) => b.seq - a.seq);
}

function ChangeRow({ change }: { change: Change }) {
  if (change.kind === 'untuned')
    return (
      <tr>
        <td>{stamp(change.at, offset.value)}</td>
        <td>—</td>
        <td colSpan={2}>{t(change.why === 'trial-over' ? 'untunedTrial' : 'untunedConfigured')}</td>
      </tr>
    );
  if (change.kind === 'limits-dated')
    return (
      <tr>
        <td>{stamp(change.at, offset.value)}</td>
        <td>—</td>
        <td colSpan={2}>{t('limitsDated', { time: stamp(change.until, offset.value) })}</td>
      </tr>
    );
  if (change.kind === 'vouched')
    return (
      <tr>
        <td>{stamp(change.at, offset.value)}</td>
        <td>{change.by}</td>
        <td colSpan={2}>
          {t('vouchedBy')}
          <br />
          <small>{change.reason}</small>
        </td>
      </tr>
    );
  const { before, limits, until } = change;
  return (
    <tr>
      <td>{stamp(change.at, offset.value)}</td>
      <td>{change.by}</td>
      <td>
        {until === undefined ? t('tunedFor') : t('tunedTrial', { time: stamp(until, offset.value) })}
        <br />
        <small>{change.reason}</small>
      </td>
      <td>
        {changedLimits(before, limits).map((name) => (
          <div key={name}>
            {limitTitle(name)} {limitText(name, before[name])} → <b>{limitText(name, limits[name])}</b>
          </div>
        ))}
      </td>
    </tr>
  );
}

/** Changes of a zone's limits, newest first; looked up again when `at` changes. */
export function Changes({ zone, at }: { zone: string; at: number }) {
  const [loaded, again] = useLoaded(() => loadChanges(zone), `${zone} ${at}`);
  return (
    <section class="box">
      <h2>{t('tunePast')}</h2>
      <Show loaded={loaded} again={again}>
        {(changes) =>
          changes.length === 0 ? (
            <p class="note">{t('tunePastNone')}</p>
          ) : (
            <div class="scroll">
              <table class="plain tight changes">
                <tbody>
                  {changes.map((change) => (
                    <ChangeRow key={change.seq} change={change} />
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Show>
    </section>
  );
}
