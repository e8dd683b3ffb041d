/**
 * Confirming that the wires of a zone may stand as they do: asked only of who saw the fence, with what was seen.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/acts.ts';
import { Failure } from '../page/failure.tsx';
import { command } from '../page/gateway-api.ts';
import { t } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';

export function ConfirmBase({ zone }: { zone: string }) {
  const [reason, setReason] = useState('');
  const { busy, failure, act } = useAct();
  if (!you.value || !may(you.value.role, 'confirm-base')) return null;
  const confirm = () =>
    void act(() => command({ do: 'confirm-base', zone, reason: reason.trim() })).then((ok) => ok && setReason(''));
  return (
    <section class="enable">
      <h2>{t('baseConfirm')}</h2>
      <p class="note">{t('baseConfirmWhy')}</p>
      <p class="field">
        <label class="long">
          {t('baseConfirmSeen')}{' '}
          <input maxLength={200} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />
        </label>
        <button type="button" class="btn" disabled={busy || stale.value || reason.trim() === ''} onClick={confirm}>
          {t('baseConfirm')}
        </button>
      </p>
      <Failure why={failure} />
    </section>
  );
}
