/**
 * A day as it is written in every language here, `2026-11-30`: a browser writes its own field for dates in the order of the machine’s language, not
 * of the page. Its calendar is kept beside the text, for whoever would rather point. It must never hand on what is no day.
 */
import { useEffect, useState } from 'preact/hooks';

import { t } from '../page/language.ts';
import './day-field.css';

/** Whether there is such a day. */
const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;

interface DayParts {
  readonly name?: string;
  readonly label: string;
  /** Empty, or a day. */
  readonly value: string;
  readonly max?: string;
  readonly set: (day: string) => void;
}

export function DayField({ name, label, value, max, set }: DayParts) {
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  const take = (next: string) => {
    setText(next);
    if (next === '' || (isDay(next) && (max === undefined || next <= max))) set(next);
  };
  const wrong = text !== '' && text !== value;
  return (
    <span class="dayfield">
      <input
        type="text"
        inputMode="numeric"
        {...(name !== undefined && { name })}
        aria-label={label}
        aria-invalid={wrong}
        placeholder={t('dayShape')}
        maxLength={10}
        value={text}
        onInput={(e) => take(e.currentTarget.value.trim())}
      />
      <input
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        title={t('dayCalendar')}
        {...(max !== undefined && { max })}
        value={value}
        onChange={(e) => take(e.currentTarget.value)}
      />
    </span>
  );
}
