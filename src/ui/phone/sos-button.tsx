/**
 * SOS: held for three seconds it calls for help; let go before, nothing has happened. Loud it says so; silent, by a setting of this phone,
 * it looks like nothing but a small word, for whoever stands beside the guard reads the screen too. What could not be sent is said at once:
 * nobody may wait for help that nobody knows of.
 */
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { phoneWords as words } from '../../words/screens/phone-words.ts';
import type { Words } from '../../words/words.ts';
import { refusal } from '../page/gateway-api.ts';
import { keep, kept, say } from '../page/language.ts';
import { isQuiet, submit, waiting, whoHolds } from './phone-outbox.ts';

/** Long enough that no pocket calls, short enough that a hand in fear holds it. Ours. */
const HOLD_MS = 3_000;
const KEPT = 'gatehouse.sos';

/** Whether this phone calls silently. */
export const silentSos = signal(kept(KEPT) === 'silent');
export function setSilentSos(on: boolean): void {
  silentSos.value = on;
  keep(KEPT, on ? 'silent' : 'loud');
}

/** Whether a hand is on it: the screen must not turn to something else under it. */
export const sosHeld = signal(false);

type Called = 'sent' | 'waits' | { readonly failed: string };

/** Calls `done` once the finger has stayed for the whole time. */
function useHold(done: () => void) {
  const [since, setSince] = useState<number>();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const end = () => {
    clearTimeout(timer.current);
    setSince(undefined);
    sosHeld.value = false;
  };
  const begin = () => {
    if (timer.current !== undefined && since !== undefined) return;
    setSince(performance.now());
    sosHeld.value = true;
    timer.current = setTimeout(() => {
      end();
      done();
    }, HOLD_MS);
  };
  useEffect(() => end, []);
  return { held: since !== undefined, begin, end };
}

/** This person's calls that lie in the phone still. */
const stuck = () =>
  waiting.value.filter((one) => one.what.do === 'call-help' && one.refused === undefined && one.who === whoHolds());

/** What is said of a silent call, whoever reads along. */
function quietly(called: Called): Words {
  if (stuck().length > 0) return words.quietNotSent;
  return called === 'sent' || called === 'waits' ? words.sosQuietly : words.quietFailed;
}

function Said({ called, quiet }: { called: Called; quiet: boolean }) {
  const calls = stuck();
  if (calls.length > 0 ? calls.every(isQuiet) : quiet) return <p role="status">{say(quietly(called))}</p>;
  if (calls.length > 0 || called === 'waits')
    return (
      <p class="failed" role="alert">
        {say(calls.length > 0 ? words.sosNotSent : words.sosSentLate)}
      </p>
    );
  if (called === 'sent') return <p role="status">{say(words.sosSent)}</p>;
  return (
    <p class="failed" role="alert">
      {called.failed}
    </p>
  );
}

export function SosButton() {
  const [called, setCalled] = useState<Called>();
  const silent = silentSos.value;
  const call = () => {
    setCalled(undefined);
    if (!silent) navigator.vibrate?.([200, 100, 200]);
    submit({ do: 'call-help', ...(silent && { silent: true }) }).then(
      (sent) => setCalled('waits' in sent ? 'waits' : 'sent'),
      (failure) => setCalled({ failed: refusal(failure) }),
    );
  };
  const { held, begin, end } = useHold(call);
  return (
    <section class="sos">
      <button
        type="button"
        class={`btn main ${held ? 'held' : ''} ${silent ? 'silent' : ''}`}
        onPointerDown={(e) => {
          e.currentTarget.setPointerCapture(e.pointerId);
          begin();
        }}
        onPointerUp={end}
        onPointerCancel={end}
        onKeyDown={(e) => (e.key === 'Enter' || e.key === ' ') && begin()}
        onKeyUp={end}
        onBlur={end}
        onContextMenu={(e) => e.preventDefault()}
      >
        <svg viewBox="0 0 44 44" aria-hidden="true">
          <circle cx="22" cy="22" r="18" />
          <circle class="ring" cx="22" cy="22" r="18" pathLength={100} />
        </svg>
        {say(held ? words.sosHold : words.sos)}
      </button>
      {(called !== undefined || stuck().length > 0) && <Said called={called ?? 'waits'} quiet={silent} />}
    </section>
  );
}
