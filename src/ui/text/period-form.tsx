/**
 * Choosing the days a page looks at: today, so many days back, or from one day to another. It only asks; what is shown for
 * those days is the page's own.
 */
import { useState } from 'preact/hooks';
import { localDay } from '../../core/site/calendar.ts';
import { t } from '../page/language.ts';
import { now } from '../page/page-clock.ts';
import { offset } from '../page/views.ts';
import { choose, dateOf, dayChoices, period } from './period.ts';

function CustomDays() {
  const chosen = period.value;
  const today = dateOf(localDay(now.peek(), offset.peek()));
  const [first, setFirst] = useState('first' in chosen ? chosen.first : today);
  const [last, setLast] = useState('first' in chosen ? chosen.last : today);
  return (
    <form
      class="acts"
      onSubmit={(event) => {
        event.preventDefault();
        choose({ first, last });
      }}
    >
      <label class="field">
        {t('kpiFrom')}{' '}
        <input type="date" required max={last} value={first} onInput={(e) => setFirst(e.currentTarget.value)} />
      </label>
      <label class="field">
        {t('kpiTo')}{' '}
        <input type="date" required min={first} value={last} onInput={(e) => setLast(e.currentTarget.value)} />
      </label>
      <button type="submit" class="btn" aria-pressed={'first' in chosen}>
        {t('kpiShow')}
      </button>
    </form>
  );
}

/** The three usual choices, and days by hand. */
export function PeriodForm() {
  const chosen = period.value;
  return (
    <>
      {dayChoices.map((days) => (
        <button
          key={days}
          type="button"
          class="btn"
          aria-pressed={'days' in chosen && chosen.days === days}
          onClick={() => choose({ days })}
        >
          {days === 0 ? t('kpiToday') : t('kpiDays', { n: days })}
        </button>
      ))}
      <CustomDays />
    </>
  );
}
