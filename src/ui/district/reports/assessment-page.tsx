/**
 * The monthly assessment: schools by score with the points of each rule, and the rules beside them. It shows what the district reckoned and
 * reckons nothing; it stands on no wall.
 */
import { useState } from 'preact/hooks';
import type { AssessmentAnswer } from '../../../district/board/report-types.ts';
import { assessmentWords as w } from '../../../words/district/assessment-words.ts';
import { read } from '../../page/gateway-api.ts';
import { say } from '../../page/language.ts';
import { Show, useLoaded } from '../../page/page-frame.tsx';
import { DistrictDesk } from '../desk-shell.tsx';
import { officer, officerNow } from '../officer.ts';
import { ReportFiles } from './report-files.tsx';

/** The month of now by the district's clock, and those before it. */
function months(count: number): readonly string[] {
  const { utcOffsetMin = 480 } = officer.value ?? {};
  const here = new Date(officerNow.value + utcOffsetMin * 60_000);
  return Array.from({ length: count }, (_, i) =>
    new Date(Date.UTC(here.getUTCFullYear(), here.getUTCMonth() - i, 1)).toISOString().slice(0, 7),
  );
}

const figureText = (figure: number | null, unit: 'share' | 'count'): string =>
  figure === null ? '—' : unit === 'share' ? `${(figure * 100).toFixed(1)}%` : figure.toFixed(figure % 1 === 0 ? 0 : 1);

function Scores({ answer }: { answer: AssessmentAnswer }) {
  const { rules, schools } = answer;
  if (schools.length === 0) return <p class="note">{say(w.none)}</p>;
  return (
    <div class="scroll">
      <table class="reportrows">
        <thead>
          <tr>
            <th>{say(w.rank)}</th>
            <th>{say(w.school)}</th>
            <th>{say(w.street)}</th>
            <th>{say(w.score)}</th>
            {rules.map(({ id, title, weight }) => (
              <th key={id}>
                {say(title)} <small>/ {weight}</small>
              </th>
            ))}
            <th>{say(w.median)}</th>
            <th>{say(w.lost)}</th>
          </tr>
        </thead>
        <tbody>
          {schools.map((one) => (
            <tr key={one.school} data-school={one.school}>
              <td class="num">{one.rank ?? '—'}</td>
              <td>{say(one.name)}</td>
              <td>{one.street}</td>
              <td class="num">
                {one.score === undefined ? <small>{say(w.noScore)}</small> : <b>{one.score.toFixed(1)}</b>}
              </td>
              {rules.map(({ id, unit }, i) => (
                <td key={id} class="num">
                  {one.points[i]?.toFixed(1) ?? '—'} <small>{figureText(one.figures[i] ?? null, unit)}</small>
                </td>
              ))}
              <td class="num">{one.medianMs === undefined ? '—' : (one.medianMs / 1_000).toFixed(0)}</td>
              <td class="num">{(one.lostMs / 60_000).toFixed(0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Month() {
  const choices = months(13);
  const [month, setMonth] = useState(choices[0] ?? '');
  const [loaded, again] = useLoaded(() => read<AssessmentAnswer>(`/api/assessment?month=${month}`), month);
  return (
    <div class="stack">
      <div class="box">
        <div class="field reportfilter">
          <label>
            {say(w.month)}{' '}
            <select name="month" value={month} onChange={(e) => setMonth(e.currentTarget.value)}>
              {choices.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
          <ReportFiles path="/api/assessment" asked={{ month }} />
        </div>
        <Show loaded={loaded} again={again}>
          {(answer) => (
            <>
              {!answer.over && <p class="note">{say(w.notOver)}</p>}
              <Scores answer={answer} />
            </>
          )}
        </Show>
      </div>
      {loaded.phase === 'there' && (
        <div class="box">
          <h2>{say(w.rules)}</h2>
          <ol class="rulelist">
            {loaded.value.rules.map((rule) => (
              <li key={rule.id}>{say(rule)}</li>
            ))}
          </ol>
          <p class="note">{say(w.basis)}</p>
        </div>
      )}
    </div>
  );
}

export function AssessmentPage() {
  return (
    <DistrictDesk>
      <Month />
    </DistrictDesk>
  );
}
