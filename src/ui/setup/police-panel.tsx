/**
 * The lines of the one-key police alarm: when each was tested last, what is due, and a window in which the next press is a test. It
 * calls nobody.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { policeDue, policeLines } from '../../core/alarm/police.ts';
import { policeDueWords, policePage } from '../../words/reach/police-words.ts';
import { Failure } from '../page/failure.tsx';
import { stamp } from '../page/format.ts';
import { command } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { select, you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { needsPin, PinField } from '../text/pin-field.tsx';

const usualMinutes = 15;

/** Each line, with its last test and what is due of it. */
const rows = select((state, here) => {
  const due = policeDue(here, state, now.value);
  return policeLines(here).map((device) => ({
    device,
    known: state.policeLines.get(device.id),
    due: due.find((one) => one.device.id === device.id),
  }));
}, []);

function Announce({ device }: { device: string }) {
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState(usualMinutes);
  const [pin, setPin] = useState('');
  const { busy, failure, act } = useAct();
  if (!you.value || !may(you.value.role, 'announce-police-test')) return null;
  const announce = () => {
    const code = pin;
    setPin('');
    const asked = { do: 'announce-police-test', device, minutes, reason: reason.trim() } as const;
    void act(() => command({ ...asked, ...(code && { pin: code }) })).then((ok) => ok && setReason(''));
  };
  return (
    <p class="field">
      <label>
        {say(policePage.minutes)}
        <input
          type="number"
          min={5}
          max={60}
          value={minutes}
          onInput={(event) => setMinutes(Number(event.currentTarget.value))}
        />
      </label>
      <label class="long">
        {say(policePage.reason)}
        <input value={reason} maxLength={200} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <PinField value={pin} set={setPin} />
      <button
        type="button"
        class="btn"
        disabled={busy || stale.value || !reason.trim() || (needsPin.value && !pin)}
        onClick={announce}
      >
        {say(policePage.announce)}
      </button>
      <Failure why={failure} />
    </p>
  );
}

function Line({ device, known, due }: (typeof rows.value)[number]) {
  const { announced, test } = known ?? {};
  return (
    <section>
      <h3>{say(device.title)}</h3>
      <p>
        {test
          ? `${stamp(test.at, offset.value)} ${say(test.heard ? policePage.heard : policePage.notHeard)}`
          : say(policePage.never)}
        {due && <span class="flag">{say(policePage.due)}</span>}
      </p>
      {due && <p class="failed">{say(policeDueWords(device.title, due.why, due.days))}</p>}
      {announced ? (
        <p class="note">
          {say(policePage.waits)} {stamp(announced.until, offset.value)}
        </p>
      ) : (
        <Announce device={device.id} />
      )}
    </section>
  );
}

/** The panel; it is there also without a line, so that whoever looks for one learns how it is connected. */
export function PolicePanel() {
  return (
    <div class="box">
      <h2>{say(policePage.title)}</h2>
      <p class="note">{say(policePage.note)}</p>
      {rows.value.length === 0 && <p class="note">{say(policePage.none)}</p>}
      {rows.value.map((row) => (
        <Line key={row.device.id} {...row} />
      ))}
    </div>
  );
}
