/** The drills that were held, each with its report and what was found at it, which goes into the ledger of rectifications. */
import { useState } from 'preact/hooks';
import { drillTotals } from '../../core/drill/drill-view.ts';
import type { Drill, DrillMoment } from '../../core/types.ts';
import { drillBrokenOff, drillPageWords as w } from '../../words/drill/drill-page-words.ts';
import { drillEnds, drillKinds, drillMoments } from '../../words/drill/drill-terms.ts';
import { clockSpan, stamp } from '../page/format.ts';
import { lang, say } from '../page/language.ts';
import { now } from '../page/page-clock.ts';
import { offset } from '../page/views.ts';
import { drills } from './drill-data.ts';
import { ProblemForm } from './drill-problem.tsx';
import { ClassTile, mayHold } from './drill-run.tsx';

const dayMs = 86_400_000;
const moments: readonly DrillMoment[] = ['start', 'target', 'end'];
const files = [
  ['report.html', w.printed.zh, w.printed.en],
  ['report.pdf', 'PDF', 'PDF'],
  ['report.xlsx', 'XLSX', 'XLSX'],
  ['report.csv', 'CSV', 'CSV'],
] as const;

function Reports({ query }: { query: string }) {
  return (
    <span class="acts">
      {files.map(([file, zh, en]) => (
        <a
          key={file}
          class="btn"
          href={`/api/drill/${file}?${query}&lang=${lang.value}`}
          target={file === 'report.html' ? '_blank' : undefined}
          rel="noreferrer"
        >
          {say({ zh, en })}
        </a>
      ))}
    </span>
  );
}

function Detail({ drill }: { drill: Drill }) {
  const stills = moments.filter((moment) => drill.stills[moment]);
  return (
    <div class="drilldetail">
      <ul class="drillclasses">
        {drill.classes.map((row) => (
          <ClassTile key={row.id} drill={drill} row={row} />
        ))}
      </ul>
      {stills.length > 0 && (
        <div class="drillstills">
          {stills.map((moment) => (
            <figure key={moment}>
              <img src={`/api/evidence/${drill.stills[moment]?.picture}`} alt={say(w.stills)} loading="lazy" />
              <figcaption>{say(drillMoments[moment])}</figcaption>
            </figure>
          ))}
        </div>
      )}
      <Reports query={`from=${drill.at}&drill=${drill.id}`} />
      {mayHold() && <ProblemForm drill={drill} />}
    </div>
  );
}

const outcome = ({ over }: Drill): string =>
  over?.because ? say(drillBrokenOff(over.because.title)) : over ? say(drillEnds[over.how]) : say(w.running);

export function PastDrills() {
  const [shown, show] = useState<number>();
  const all = drills.value;
  return (
    <section class="box">
      <h2>{say(w.past)}</h2>
      <div class="acts drillpad">
        <b>{say(w.year)}</b>
        <Reports query={`from=${Math.max(0, now.value - 366 * dayMs)}`} />
      </div>
      {all.length === 0 && <p class="note">{say(w.none)}</p>}
      <ul class="drillpast">
        {all.map((drill) => {
          const { tookMs, inTime, present, due } = drillTotals(drill, Math.max(now.value, drill.at));
          return (
            <li key={drill.id}>
              <button
                type="button"
                class="btn plain"
                aria-expanded={shown === drill.id}
                onClick={() => show(shown === drill.id ? undefined : drill.id)}
              >
                <span>{stamp(drill.at, offset.value)}</span>
                <span>{say(drillKinds[drill.exercise])}</span>
                <span>
                  {present}/{due}
                </span>
                <span class={drill.over?.how === 'ended' && inTime === false ? 'p3' : ''}>
                  {say(w.took)} {drill.allAt === undefined ? '—' : clockSpan(tookMs)}
                </span>
                <span>{outcome(drill)}</span>
              </button>
              {shown === drill.id && <Detail key={drill.id} drill={drill} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
