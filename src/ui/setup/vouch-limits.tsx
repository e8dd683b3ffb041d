/**
 * What is loose about limits: what a fence would not tell any more, and the way for a second person to stand for those in force.
 * It says why before anything can be pressed.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { trialMaxMs } from '../../core/arming/tuning.ts';
import { blindLimits, looseLimits, passedBound } from '../../core/site/limit-bounds.ts';
import type { SignalLimits, Tuned } from '../../core/types.ts';
import { limitsBlind, limitsLoose } from '../../words/screens/limit-words.ts';
import { Failure } from '../page/failure.tsx';
import { type CommandWithCode, command } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { t } from '../text/commission-language.ts';
import { needsPin, PinField } from '../text/pin-field.tsx';

const DAY_MS = 86_400_000;

/** Which of these limits hide something, each with its bound and what is hidden; nothing where all are as usual. */
export function Hidden({ limits }: { limits: SignalLimits }) {
  const blind = blindLimits(limits);
  if (blind.length > 0)
    return <p class="failed">{say(limitsBlind(blind.map((name) => passedBound(limits, name, 'seeing'))))}</p>;
  const loose = looseLimits(limits);
  if (loose.length === 0) return null;
  const passed = loose.map((name) => passedBound(limits, name, 'usual'));
  return <p class="failed">{say(limitsLoose(passed, trialMaxMs / DAY_MS))}</p>;
}

/** Standing for the limits in force, asked of a second person alone. */
export function Vouch({ zone, limits, tuned }: { zone: string; limits: SignalLimits; tuned: Tuned | undefined }) {
  const [reason, setReason] = useState('');
  const [pin, setPin] = useState('');
  const { busy, failure, act } = useAct();
  const me = you.value;
  if (!me || !may(me.role, 'vouch')) return null;
  if (tuned?.by === me.name) return <p class="note">{t('vouchOther')}</p>;
  const give = () => {
    const wish: CommandWithCode = { do: 'vouch', zone, limits, reason: reason.trim() };
    setPin('');
    void act(() => command(needsPin.value ? { ...wish, pin } : wish)).then((ok) => ok && setReason(''));
  };
  return (
    <section class="enable">
      <h2>{t('vouchTitle')}</h2>
      <p class="note">{t('vouchWhy')}</p>
      <p class="field">
        <label class="long">
          {t('vouchReason')} <input maxLength={200} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />
        </label>
        <PinField value={pin} set={setPin} />
        <button type="button" class="btn" disabled={busy || stale.value || reason.trim() === ''} onClick={give}>
          {t('vouchDo')}
        </button>
      </p>
      <Failure why={failure} />
    </section>
  );
}
