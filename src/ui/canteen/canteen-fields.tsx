/** Fields that several forms of the canteen share: who and until when, and a photograph. They hold what was typed, and judge nothing. */
import { canteenWords } from '../../words/screens/canteen-page-words.ts';
import { say } from '../page/language.ts';
import type { CanteenAnswer } from './canteen-poll.ts';

export interface Terms {
  readonly who: string;
  readonly due: string;
}

/** Who puts it right, and by when. */
export function TermsFields({ view, terms, set }: { view: CanteenAnswer; terms: Terms; set: (terms: Terms) => void }) {
  return (
    <>
      <label>
        {say(canteenWords.who)}{' '}
        <select name="who" value={terms.who} onChange={(e) => set({ ...terms, who: e.currentTarget.value })}>
          {view.people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <DueField due={terms.due} set={(due) => set({ ...terms, due })} />
    </>
  );
}

export function DueField({ due, set }: { due: string; set: (due: string) => void }) {
  return (
    <label>
      {say(canteenWords.due)}{' '}
      <input type="datetime-local" name="due" value={due} onInput={(e) => set(e.currentTarget.value)} />
    </label>
  );
}

/** A photograph, from the camera of a phone or a file. */
export function PhotoField({
  photo,
  set,
  must = false,
}: {
  photo: Blob | undefined;
  set: (photo: Blob | undefined) => void;
  must?: boolean;
}) {
  const asks = must ? canteenWords.photoMust : canteenWords.photo;
  return (
    <label class="btn shoot">
      {say(photo ? canteenWords.photoThere : asks)}
      <input
        type="file"
        name="photo"
        accept="image/*"
        capture="environment"
        onChange={(e) => set(e.currentTarget.files?.[0])}
      />
    </label>
  );
}
