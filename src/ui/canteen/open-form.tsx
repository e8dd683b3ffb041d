/** Opens a rectification by hand, with a photograph where there is one: from the desk or from the phone in the kitchen. */
import { useState } from 'preact/hooks';
import type { HandOffence } from '../../core/types.ts';
import { handOffences } from '../../words/canteen/rectify-words.ts';
import { canteenWords } from '../../words/screens/canteen-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { sendFile } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { useAct } from '../page/page-frame.tsx';
import { smallPhoto } from '../page/small-photo.ts';
import { PhotoField, TermsFields } from './canteen-fields.tsx';
import { askCanteen, type CanteenAnswer } from './canteen-poll.ts';
import { eveningAfter, fieldOf, timeOfField } from './school-time.ts';

const elsewhere = '';

/** Who and until when, as a form begins. */
export const firstTerms = ({ people, at, dueDays, utcOffsetMin }: CanteenAnswer) => ({
  who: people[0]?.id ?? '',
  due: fieldOf(eveningAfter(at, dueDays, utcOffsetMin), utcOffsetMin),
});

function useOpening(view: CanteenAnswer, close: () => void) {
  const [said, setSaid] = useState({
    ...{ source: 'hand', area: view.areas[0]?.id ?? elsewhere, place: '', what: '' },
    offence: 'hygiene' as HandOffence,
  });
  const [terms, setTerms] = useState(firstTerms(view));
  const [photo, setPhoto] = useState<Blob>();
  const { busy, failure, act } = useAct();
  const due = timeOfField(terms.due, view.utcOffsetMin);
  const send = async () => {
    const { area, place, ...rest } = said;
    const where = area === elsewhere ? { place: place.trim() } : { area };
    const query = new URLSearchParams({ ...rest, ...where, who: terms.who, due: String(due) });
    const sent = await act(async () => {
      await sendFile(`/api/canteen/rectifications?${query}`, photo ? await smallPhoto(photo) : new Blob([]));
    });
    await askCanteen();
    if (sent) close();
  };
  const whole = said.what.trim() !== '' && due !== undefined && (said.area !== elsewhere || said.place.trim() !== '');
  return { said, setSaid, terms, setTerms, photo, setPhoto, busy, failure, send, whole };
}

export function OpenForm({ view, close }: { view: CanteenAnswer; close: () => void }) {
  const { said, setSaid, terms, setTerms, photo, setPhoto, busy, failure, send, whole } = useOpening(view, close);
  const choose = (name: keyof typeof said) => (e: { currentTarget: { value: string } }) =>
    setSaid({ ...said, [name]: e.currentTarget.value });
  return (
    <form
      class="field padded openform"
      onSubmit={(e) => {
        e.preventDefault();
        void send();
      }}
    >
      <label>
        {say(canteenWords.source)}{' '}
        <select name="source" value={said.source} onChange={choose('source')}>
          <option value="hand">{say(canteenWords.hand)}</option>
          <option value="drill">{say(canteenWords.drill)}</option>
        </select>
      </label>
      <label>
        {say(canteenWords.area)}{' '}
        <select name="area" value={said.area} onChange={choose('area')}>
          {view.areas.map(({ id, title }) => (
            <option key={id} value={id}>
              {say(title)}
            </option>
          ))}
          <option value={elsewhere}>{say(canteenWords.elsewhere)}</option>
        </select>
      </label>
      {said.area === elsewhere && (
        <input
          name="place"
          class="long"
          maxLength={100}
          aria-label={say(canteenWords.place)}
          placeholder={say(canteenWords.place)}
          value={said.place}
          onInput={choose('place')}
        />
      )}
      <label>
        {say(canteenWords.offence)}{' '}
        <select name="offence" value={said.offence} onChange={choose('offence')}>
          {Object.entries(handOffences).map(([id, words]) => (
            <option key={id} value={id}>
              {say(words)}
            </option>
          ))}
        </select>
      </label>
      <input
        name="what"
        class="long"
        maxLength={200}
        aria-label={say(canteenWords.found)}
        placeholder={say(canteenWords.found)}
        value={said.what}
        onInput={choose('what')}
      />
      <TermsFields view={view} terms={terms} set={setTerms} />
      <PhotoField photo={photo} set={setPhoto} />
      <button type="submit" class="btn main" disabled={busy || !whole}>
        {say(canteenWords.send)}
      </button>
      <button type="button" class="btn plain" onClick={close}>
        {say(canteenWords.cancel)}
      </button>
      <Failure why={failure} />
    </form>
  );
}
