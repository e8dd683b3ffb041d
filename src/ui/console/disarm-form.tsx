/**
 * The form in which watch is taken away: why, until when, and the code of whoever has one. Nothing stays off because somebody
 * forgot, and a code stays in this form no longer than it takes to send it.
 */
import { useState } from 'preact/hooks';
import type { Command } from '../../core/types.ts';
import { Failure } from '../page/failure.tsx';
import { stamp } from '../page/format.ts';
import { type CommandWithCode, command } from '../page/gateway-api.ts';
import { now } from '../page/page-clock.ts';
import { useAct } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { type ArmingKey, t } from '../text/arming-language.ts';
import { needsPin } from '../text/pin-field.tsx';

const HOUR_MS = 3_600_000;
/** Hours one may leave a zone out for, up to the most there is. */
const spans = { inhibited: [1, 2, 4, 8, 12], 'out-of-service': [24, 72, 168, 336, 720] } as const;

/** What the person says in the form. */
export interface DisarmSaid {
  readonly reason?: string;
  readonly until?: number;
}

export interface LeaveProps {
  /** The question above the fields, where there is one. */
  readonly question?: string;
  /** On the button that does it. */
  readonly does: string;
  /** Ask for a reason, and for an end as this mode has them. */
  readonly why?: boolean;
  readonly ends?: keyof typeof spans;
  readonly asked: (said: DisarmSaid) => Extract<Command, { readonly do: 'arm-zone' | 'arm-area' }>;
  readonly done: () => void;
}

const untilKeys: Readonly<Record<keyof typeof spans, ArmingKey>> = {
  inhibited: 'bypassUntil',
  'out-of-service': 'outUntil',
};
const lasts = (hours: number) => (hours < 24 ? t('hours', { n: hours }) : t('inDays', { n: hours / 24 }));

function Until({ mode, hours, set }: { mode: keyof typeof spans; hours: number; set: (hours: number) => void }) {
  return (
    <label>
      {t(untilKeys[mode])}{' '}
      <select value={hours} onChange={(e) => set(Number(e.currentTarget.value))}>
        {spans[mode].map((n) => (
          <option key={n} value={n}>
            {stamp(now.value + n * HOUR_MS, offset.value).slice(5, 16)}（{lasts(n)}）
          </option>
        ))}
      </select>
    </label>
  );
}

/** One function for all renders: another one each time would take the focus back with every key. */
const focusOnce = (input: HTMLElement | null) => input?.focus();

export function LeaveForm({ question, does, why = false, ends, asked, done }: LeaveProps) {
  const [reason, setReason] = useState('');
  const [hours, setHours] = useState<number>(ends ? spans[ends][1] : 0);
  const [pin, setPin] = useState('');
  const { busy, failure, act } = useAct();
  const ready = (!why || reason.trim() !== '') && (!needsPin.value || pin !== '');
  const submit = async (event: Event) => {
    event.preventDefault();
    const until = ends && { until: now.value + hours * HOUR_MS };
    const wish: CommandWithCode = asked({ ...(why && { reason: reason.trim() }), ...until });
    setPin('');
    if (await act(() => command(needsPin.value ? { ...wish, pin } : wish))) done();
  };
  return (
    <form
      class="field leave"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => event.key === 'Escape' && done()}
    >
      {question !== undefined && <b>{question}</b>}
      {why && (
        <label>
          {t('armReason')}{' '}
          <input
            name="reason"
            required
            maxLength={200}
            ref={focusOnce}
            value={reason}
            onInput={(e) => setReason(e.currentTarget.value)}
          />
        </label>
      )}
      {ends && <Until mode={ends} hours={hours} set={setHours} />}
      {needsPin.value && (
        <label>
          {t('pin')}{' '}
          <input
            name="pin"
            type="password"
            inputMode="numeric"
            autoComplete="off"
            required
            maxLength={12}
            {...(!why && { ref: focusOnce })}
            value={pin}
            onInput={(e) => setPin(e.currentTarget.value)}
          />
        </label>
      )}
      <button
        type="submit"
        class="btn main"
        disabled={busy || !ready}
        {...(!why && !needsPin.value && { ref: focusOnce })}
      >
        {does}
      </button>
      <button type="button" class="btn" onClick={done}>
        {t('cancel')}
      </button>
      <Failure why={failure} />
    </form>
  );
}
