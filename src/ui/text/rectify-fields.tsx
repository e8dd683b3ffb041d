/** The fields of every form that writes into the ledger of rectifications: what is amiss, from one list, and a line of text. */
import type { HandOffence, Words } from '../../core/types.ts';
import { handOffences } from '../../words/canteen/rectify-words.ts';
import { say } from '../page/language.ts';

interface FieldProps {
  readonly label: Words;
  readonly value: string;
  readonly set: (value: string) => void;
}

export function OffenceField({ label, value, set }: FieldProps & { readonly value: HandOffence }) {
  return (
    <label>
      {say(label)}{' '}
      <select name="offence" value={value} onChange={(e) => set(e.currentTarget.value)}>
        {Object.entries(handOffences).map(([id, words]) => (
          <option key={id} value={id}>
            {say(words)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** `most`: letters; what the gateway takes of this field. */
export function LineField({
  label,
  value,
  set,
  name,
  most,
}: FieldProps & { readonly name: string; readonly most: number }) {
  return (
    <input
      name={name}
      class="long"
      maxLength={most}
      aria-label={say(label)}
      placeholder={say(label)}
      value={value}
      onInput={(e) => set(e.currentTarget.value)}
    />
  );
}
