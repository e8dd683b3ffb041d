/** What was found amiss at a drill, put into the ledger of rectifications: where, what, who and until when. */
import { useState } from 'preact/hooks';
import type { Drill, HandOffence } from '../../core/types.ts';
import { drillPageWords as w } from '../../words/drill/drill-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { sendFile } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { now } from '../page/page-clock.ts';
import { site } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { LineField, OffenceField } from '../text/rectify-fields.tsx';

const dayMs = 86_400_000;

/** The end of a working day a week from now, as a date field has it. */
const inAWeek = () => new Date(now.value + 7 * dayMs + offset.value * 60_000).toISOString().slice(0, 10);

/** What is said of a problem, and that it is sent. */
function useProblem(drill: Drill) {
  const people = Object.values(site.value?.people ?? {});
  const [said, set] = useState({
    place: '',
    what: '',
    offence: 'fire-safety' as HandOffence,
    who: people[0]?.id ?? '',
  });
  const [until, setUntil] = useState(inAWeek);
  const [sent, setSent] = useState(false);
  const { busy, failure, act } = useAct();
  const due = Date.parse(`${until}T18:00:00Z`) - offset.value * 60_000;
  const send = async () => {
    const query = new URLSearchParams({ source: 'drill', drill: String(drill.id), ...said, due: String(due) });
    const kept = await act(() => sendFile(`/api/canteen/rectifications?${query}`, new Blob([])));
    setSent(kept);
    if (kept) set({ ...said, place: '', what: '' });
  };
  const whole = said.place.trim() !== '' && said.what.trim() !== '' && !Number.isNaN(due);
  return { people, said, set, until, setUntil, sent, busy, failure, send, whole };
}

export function ProblemForm({ drill }: { drill: Drill }) {
  const { people, said, set, until, setUntil, sent, busy, failure, send, whole } = useProblem(drill);
  const put = (name: keyof typeof said) => (value: string) => set({ ...said, [name]: value });
  return (
    <form
      class="field drillproblem"
      onSubmit={(e) => {
        e.preventDefault();
        void send();
      }}
    >
      <p>{say(w.problemHint)}</p>
      <LineField name="place" most={100} label={w.place} value={said.place} set={put('place')} />
      <OffenceField label={w.offence} value={said.offence} set={put('offence')} />
      <LineField name="what" most={200} label={w.what} value={said.what} set={put('what')} />
      <label>
        {say(w.who)}{' '}
        <select name="who" value={said.who} onChange={(e) => put('who')(e.currentTarget.value)}>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {say(w.until)} <input type="date" value={until} onInput={(e) => setUntil(e.currentTarget.value)} />
      </label>
      <button type="submit" class="btn main" disabled={busy || !whole}>
        {say(w.send)}
      </button>
      {sent && <p role="status">{say(w.sent)}</p>}
      <Failure why={failure} />
    </form>
  );
}
