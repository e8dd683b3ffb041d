/**
 * Drills across the schools of the district: who is overdue, due or done, and what was held. It looks anew every half minute and says when that
 * did not work: an old table must not look like news.
 */
import { useEffect, useState } from 'preact/hooks';
import type { DrillCounts, DrillStand, HeldDrillRow, SchoolDrills } from '../../../district/board/drill-count-types.ts';
import {
  daysStill,
  drillHows,
  drillStands,
  heldTimes,
  standCount,
  drillCountWords as w,
} from '../../../words/district/drill-count-words.ts';
import { drillKinds, drillSpan } from '../../../words/drill/drill-terms.ts';
import { stamp } from '../../page/format.ts';
import { read, sentence } from '../../page/gateway-api.ts';
import { lang, say } from '../../page/language.ts';
import { DistrictDesk } from '../desk-shell.tsx';
import { officer } from '../officer.ts';
import './drills.css';

const LOOK_MS = 30_000;
const stands: readonly DrillStand[] = ['overdue', 'due', 'exempt', 'held'];

function useCounts() {
  const [counts, set] = useState<DrillCounts>();
  const [why, setWhy] = useState<string>();
  const look = () =>
    read<DrillCounts>('/api/drills').then(
      (found) => {
        set(found);
        setWhy(undefined);
      },
      (failure: unknown) => setWhy(sentence(failure)),
    );
  useEffect(() => {
    void look();
    // Whoever comes back to it sees news at once.
    const seen = () => document.hidden || void look();
    const timer = setInterval(seen, LOOK_MS);
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, []);
  return { counts, why };
}

const day = (at: number) => stamp(at, officer.value?.utcOffsetMin ?? 480);

function SchoolRow({ row }: { row: SchoolDrills }) {
  const { name, street, kind, held, daysLeft, lastAt, runningSince } = row;
  return (
    <tr>
      <td>{say(name)}</td>
      <td>{street}</td>
      <td>{say(kind === 'kindergarten' ? w.quarter : w.month)}</td>
      <td>
        <b class={row.stands === 'overdue' ? 'p3 drilltag' : row.stands === 'due' ? 'drilltag drillopen' : ''}>
          {say(drillStands[row.stands])}
        </b>
        {runningSince !== undefined && ` · ${say(w.runs)}`}
      </td>
      <td>{say(heldTimes(held))}</td>
      <td>{row.stands === 'held' || row.stands === 'exempt' ? '' : say(daysStill(daysLeft))}</td>
      <td>{lastAt === undefined ? '—' : day(lastAt)}</td>
    </tr>
  );
}

function Schools({ counts }: { counts: DrillCounts }) {
  const [shown, show] = useState<DrillStand | 'all'>('all');
  const rows = counts.schools.filter((one) => shown === 'all' || one.stands === shown);
  return (
    <section class="box">
      <h2>{say(w.schools)}</h2>
      <div class="acts drillbox">
        {(['all', ...stands] as const).map((one) => (
          <button key={one} type="button" class="btn" aria-pressed={shown === one} onClick={() => show(one)}>
            {one === 'all'
              ? say(standCount(w.all, counts.schools.length))
              : say(standCount(drillStands[one], counts.counts[one]))}
          </button>
        ))}
        {(['csv', 'xlsx'] as const).map((ending) => (
          <a key={ending} class="btn" href={`/api/drills/report.${ending}?lang=${lang.value}`}>
            {ending.toUpperCase()}
          </a>
        ))}
      </div>
      <div class="scroll">
        <table class="plain drillschools">
          <thead>
            <tr>
              {[w.school, w.street, w.period, w.stands, w.heldNow, w.left, w.last].map((one) => (
                <th key={one.en}>{say(one)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <SchoolRow key={row.school} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === 0 && <p class="note">{say(w.noSchools)}</p>}
      <p class="drillrule">{say(w.rule)}</p>
    </section>
  );
}

function Recent({ rows }: { rows: readonly HeldDrillRow[] }) {
  return (
    <section class="box">
      <h2>{say(w.recent)}</h2>
      <div class="scroll">
        <table class="plain drillrecent">
          <thead>
            <tr>
              {[w.school, w.began, w.kind, w.outcome, w.count, w.took, w.problems].map((one) => (
                <th key={one.en}>{say(one)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.school} ${row.id}`}>
                <td>{say(row.name)}</td>
                <td>{day(row.startedAt)}</td>
                <td>{say(drillKinds[row.exercise])}</td>
                <td>{say(drillHows[row.how])}</td>
                <td>
                  {row.present}/{row.due}
                </td>
                <td>{row.tookMs === undefined ? '—' : say(drillSpan(row.tookMs))}</td>
                <td>{row.problems}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length === 0 && <p class="note">{say(w.noDrills)}</p>}
    </section>
  );
}

export function DrillsPage() {
  const { counts, why } = useCounts();
  return (
    <DistrictDesk>
      {why !== undefined && (
        <p class="stalebar hatched" role="alert">
          {why}
          {counts ? ` ${say(w.stale)}` : ''}
        </p>
      )}
      {counts && <Schools counts={counts} />}
      {counts && <Recent rows={counts.recent} />}
    </DistrictDesk>
  );
}
