/** Opens a rectification by hand, with a photograph where there is one: from the desk or from the phone in the kitchen. */
import { useState } from 'preact/hooks';
import type { HandOffence } from '../../core/types.ts';
import { canteenWords } from '../../words/screens/canteen-page-words.ts';
import { Failure } from '../page/failure.tsx';
import { sendFile } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { useAct } from '../page/page-frame.tsx';
import { smallPhoto } from '../page/small-photo.ts';
import { LineField, OffenceField } from '../text/rectify-fields.tsx';
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
  const put = (name: keyof typeof said) => (value: string) => setSaid({ ...said, [name]: value });
  const choose = (name: keyof typeof said) => (e: { currentTarget: { value: string } }) =>
    put(name)(e.currentTarget.value);
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
        <LineField name="place" most={100} label={canteenWords.place} value={said.place} set={put('place')} />
      )}
      <OffenceField label={canteenWords.offence} value={said.offence} set={put('offence')} />
      <LineField name="what" most={200} label={canteenWords.found} value={said.what} set={put('what')} />
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
