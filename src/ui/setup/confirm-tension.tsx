/**
 * Confirming that the wires of a zone may stand as they do: asked only of who saw the fence, with what was seen.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { Failure } from '../page/failure.tsx';
import { type CommandWithCode, command } from '../page/gateway-api.ts';
import { stale } from '../page/page-clock.ts';
import { you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { t } from '../text/commission-language.ts';
import { needsPin, PinField } from '../text/pin-field.tsx';

export function ConfirmBase({ zone }: { zone: string }) {
  const [reason, setReason] = useState('');
  const [pin, setPin] = useState('');
  const { busy, failure, act } = useAct();
  if (!you.value || !may(you.value.role, 'confirm-base')) return null;
  const confirm = () => {
    const wish: CommandWithCode = { do: 'confirm-base', zone, reason: reason.trim() };
    setPin('');
    void act(() => command(needsPin.value ? { ...wish, pin } : wish)).then((ok) => ok && setReason(''));
  };
  return (
    <section class="confirm-base">
      <h2>{t('baseConfirm')}</h2>
      <p class="note">{t('baseConfirmWhy')}</p>
      <p class="field">
        <label class="long">
          {t('baseConfirmSeen')}{' '}
          <input maxLength={200} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />
        </label>
        <PinField value={pin} set={setPin} />
        <button type="button" class="btn" disabled={busy || stale.value || reason.trim() === ''} onClick={confirm}>
          {t('baseConfirm')}
        </button>
      </p>
      <Failure why={failure} />
    </section>
  );
}
