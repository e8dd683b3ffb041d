/**
 * The code of whoever has one, where watch is taken away: whether it is asked for, and the field it is typed into. A code stays in
 * the field no longer than it takes to send it.
 */
import { signal } from '@preact/signals';
import { read } from '../page/gateway-api.ts';
import { t } from '../page/language.ts';

/** Whether this person must give a code to take watch away. Unknown counts as no: the gateway asks in any case. */
export const needsPin = signal(false);

/** Asks the gateway whether this person has a code. */
export async function learnPin(): Promise<void> {
  const me = await read<{ readonly pin?: boolean }>('/api/me').catch(() => ({ pin: false }));
  needsPin.value = me.pin === true;
}

/** The field, where a code is needed at all. */
export function PinField({ value, set }: { value: string; set: (pin: string) => void }) {
  if (!needsPin.value) return null;
  return (
    <label>
      {t('pin')}{' '}
      <input
        name="pin"
        type="password"
        inputMode="numeric"
        autoComplete="off"
        required
        maxLength={12}
        value={value}
        onInput={(e) => set(e.currentTarget.value)}
      />
    </label>
  );
}
