/**
 * The code of one person, on a page that somebody else may be logged in at. It stays in the field no longer than it takes to send it.
 */
import { codeOf } from '../../words/duty/duty-page-words.ts';
import { say } from '../page/language.ts';
import { me } from '../page/views.ts';
import { personName } from '../text/duty-text.ts';
import { needsPin } from '../text/pin-field.tsx';

/** The code of one person; whoever signs for himself and has none is not asked. */
export function CodeField({ person, value, set }: { person: string; value: string; set: (pin: string) => void }) {
  if (person === me.value?.id && !needsPin.value) return null;
  return (
    <label>
      {say(codeOf(personName(person)))}{' '}
      <input
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
