/**
 * Making a cover or a swap for one shift, each with a reason. The gateway decides whether it has an effect and puts nobody into two
 * places; the page offers only people there are and shifts that are to come.
 */
import { useState } from 'preact/hooks';
import type { RosterDay, ShiftAhead } from '../../core/duty/duty-ahead.ts';
import type { RosterCommand, Words } from '../../core/types.ts';
import { dutyPage, dutyReasons, ofShift } from '../../words/duty/duty-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { command } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { site } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { minute } from '../page/views.ts';
import { ahead, dayName, personName, shiftTitle } from '../text/duty-text.ts';

/** One of a few, by its id. */
export function ChooseOne({
  title,
  of,
  value,
  set,
}: {
  title: Words;
  of: readonly (readonly [id: string, text: string])[];
  value: string;
  set: (id: string) => void;
}) {
  return (
    <label>
      {say(title)}{' '}
      <select value={value} onChange={(e) => set(e.currentTarget.value)}>
        {of.map(([id, text]) => (
          <option key={id} value={id}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Why, in a few words; the usual ones are offered. */
export function ReasonField({ value, set }: { value: string; set: (reason: string) => void }) {
  return (
    <label class="long">
      {say(dutyPage.reason)}{' '}
      <input
        name="reason"
        required
        maxLength={200}
        list="dutyreasons"
        value={value}
        onInput={(e) => set(e.currentTarget.value)}
      />
      <datalist id="dutyreasons">
        {dutyReasons.map((words) => (
          <option key={words.en} value={say(words)} />
        ))}
      </datalist>
    </label>
  );
}

const named = (id: string) => [id, personName(id)] as const;

/** The other shifts one may exchange this one for, as `shift/day/person`. */
function exchanges(mine: ShiftAhead, person: string): (readonly [string, string])[] {
  const days: readonly RosterDay[] = ahead.value?.days ?? [];
  return days
    .flatMap(({ shifts }) => shifts)
    .filter(({ until, shift, day }) => until > minute.value && !(shift.id === mine.shift.id && day === mine.day))
    .flatMap(({ shift, day, crew }) =>
      crew
        .filter((place) => place.person !== person)
        .map((place) => {
          const what = say(ofShift(dayName(day), shiftTitle(shift.id)));
          return [`${shift.id}/${day}/${place.person}`, `${what} · ${personName(place.person)}`] as const;
        }),
    );
}

export function ShiftForms({ one, done }: { one: ShiftAhead; done: () => void }) {
  const [kind, setKind] = useState<'cover' | 'swap'>('cover');
  const crew = one.crew.map(({ person }) => person);
  const others = Object.keys(site.value?.people ?? {}).filter((id) => !crew.includes(id));
  const [out, setOut] = useState(crew[0] ?? '');
  const [comes, setComes] = useState(others[0] ?? '');
  const [reason, setReason] = useState('');
  const swaps = exchanges(one, out);
  const [chosen, setChosen] = useState('');
  const other = swaps.some(([id]) => id === chosen) ? chosen : (swaps[0]?.[0] ?? '');
  const { busy, failure, act } = useAct();
  const give = (event: Event) => {
    event.preventDefault();
    const [withShift = '', withDay = '', withPerson = ''] = other.split('/');
    const [shift, day, why] = [one.shift.id, one.day, reason.trim()];
    const asked: RosterCommand =
      kind === 'cover'
        ? { do: 'cover-shift', shift, day, out, in: comes, reason: why }
        : { do: 'swap-shifts', shift, day, person: out, withShift, withDay: Number(withDay), withPerson, reason: why };
    void act(() => command(asked)).then((ok) => ok && done());
  };
  return (
    <form class="dutyform" onSubmit={give} onKeyDown={(event) => event.key === 'Escape' && done()}>
      <div class="acts">
        <b>{say(ofShift(dayName(one.day), shiftTitle(one.shift.id)))}</b>
        {(['cover', 'swap'] as const).map((name) => (
          <button key={name} type="button" class="btn" aria-pressed={kind === name} onClick={() => setKind(name)}>
            {say(dutyPage[name])}
          </button>
        ))}
      </div>
      <div class="field">
        <ChooseOne title={dutyPage.whoGoes} of={crew.map(named)} value={out} set={setOut} />
        {kind === 'cover' ? (
          <ChooseOne title={dutyPage.whoComes} of={others.map(named)} value={comes} set={setComes} />
        ) : (
          <ChooseOne title={dutyPage.swapWith} of={swaps} value={other} set={setChosen} />
        )}
        <ReasonField value={reason} set={setReason} />
        <button type="submit" class="btn main" disabled={busy || stale.value || reason.trim() === ''}>
          {say(kind === 'cover' ? dutyPage.confirmCover : dutyPage.confirmSwap)}
        </button>
        <button type="button" class="btn" onClick={done}>
          {say(dutyPage.back)}
        </button>
      </div>
      <Failure why={failure} />
    </form>
  );
}
