/**
 * Putting an alarm aside for a while: why, and for how long. Nothing is put aside for ever, and nothing without a reason.
 */
import { useState } from 'preact/hooks';
import { shelveMaxMs } from '../../core/alarm/shelving.ts';
import type { Alarm, Command } from '../../core/types.ts';
import { hm } from '../page/format.ts';
import { t } from '../page/language.ts';
import { now } from '../page/page-clock.ts';
import { offset } from '../page/views.ts';

const MINUTE_MS = 60_000;
/** Minutes one may shelve for, up to the most there is. */
const spans = [15, 30, 60, shelveMaxMs / MINUTE_MS] as const;

export function ShelveForm({
  alarm,
  busy,
  ask,
  done,
}: {
  alarm: Alarm;
  busy: boolean;
  ask: (asked: Command) => Promise<boolean>;
  done: () => void;
}) {
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState(30);
  const once = minutes === 0;
  const submit = async (event: Event) => {
    event.preventDefault();
    const until = now.value + (once ? shelveMaxMs : minutes * MINUTE_MS);
    const asked = { do: 'shelve', alarm: alarm.id, reason: reason.trim(), until } as const;
    if (await ask(once ? { ...asked, once } : asked)) done();
  };
  return (
    <form class="field panelled" onSubmit={(event) => void submit(event)}>
      <label>
        {t('shelveReason')}{' '}
        <input
          name="shelve"
          required
          maxLength={200}
          ref={(input) => input?.focus()}
          value={reason}
          onInput={(e) => setReason(e.currentTarget.value)}
        />
      </label>
      <label>
        {t('shelveFor')}{' '}
        <select value={minutes} onChange={(e) => setMinutes(Number(e.currentTarget.value))}>
          {spans.map((n) => (
            <option key={n} value={n}>
              {t('shelveMinutes', { n, time: hm(now.value + n * MINUTE_MS, offset.value) })}
            </option>
          ))}
          <option value={0}>{t('shelveOnce')}</option>
        </select>
      </label>
      <button type="submit" class="btn main" disabled={busy || reason.trim() === ''}>
        {t('shelveDo')}
      </button>
      <button type="button" class="btn" onClick={done}>
        {t('cancel')}
      </button>
      <small>{t('shelvedNote')}</small>
    </form>
  );
}
