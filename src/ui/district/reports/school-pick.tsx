/** Chooses one of the schools an officer may know of, or all of them. */
import type { Words } from '../../../words/words.ts';
import { say } from '../../page/language.ts';
import { useLoaded } from '../../page/page-frame.tsx';
import { orderSchools } from '../order-calls.ts';

/** `value` is a school, or the empty text for all; `every` is what all are called. */
export function SchoolPick({ value, set, every }: { value: string; set: (school: string) => void; every: Words }) {
  const [loaded] = useLoaded(orderSchools, 'schools');
  const schools = loaded.phase === 'there' ? loaded.value : [];
  return (
    <select name="school" aria-label={say(every)} value={value} onChange={(e) => set(e.currentTarget.value)}>
      <option value="">{say(every)}</option>
      {value !== '' && !schools.some(({ school }) => school === value) && <option value={value}>{value}</option>}
      {schools.map(({ school, name }) => (
        <option key={school} value={school}>
          {say(name)}
        </option>
      ))}
    </select>
  );
}
