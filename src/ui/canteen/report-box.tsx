/** The ways to the report of the canteen: of today, of seven days, of this month; as a table, a workbook, or a page to print. */
import { canteenWords } from '../../words/screens/canteen-page-words.ts';
import { lang, say } from '../page/language.ts';
import type { CanteenAnswer } from './canteen-poll.ts';

const dayMs = 86_400_000;
const files = [
  ['report.html', canteenWords.printed],
  ['report.pdf', canteenWords.pdf],
  ['report.xlsx', canteenWords.workbook],
  ['report.csv', canteenWords.csv],
] as const;

/** Spans that end now, by when they begin. */
function spans({ at, utcOffsetMin }: CanteenAnswer) {
  const local = at + utcOffsetMin * 60_000;
  const midnight = Math.floor(local / dayMs) * dayMs - utcOffsetMin * 60_000;
  const date = new Date(local).getUTCDate();
  return [
    { title: canteenWords.thisDay, from: midnight, by: 'day' },
    { title: canteenWords.sevenDays, from: midnight - 6 * dayMs, by: 'day' },
    { title: canteenWords.thisMonth, from: midnight - (date - 1) * dayMs, by: 'week' },
  ];
}

export function ReportBox({ view }: { view: CanteenAnswer }) {
  return (
    <section class="box reportbox">
      <h2>{say(canteenWords.reports)}</h2>
      <ul class="ledger">
        {spans(view).map(({ title, from, by }) => (
          <li key={from} class="acts">
            <b>{say(title)}</b>
            {files.map(([file, words]) => (
              <a
                key={file}
                class="btn"
                href={`/api/canteen/${file}?from=${Math.max(0, from)}&by=${by}&lang=${lang.value}`}
                target={file === 'report.html' ? '_blank' : undefined}
                rel="noreferrer"
              >
                {say(words)}
              </a>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
