/**
 * The page of drills at the desk: whether one is due, the one that runs, how to begin one, the sheet of codes, and those that were held. What
 * a real alarm broke off stands there in the colour of that alarm until another is begun.
 */
import { drillBrokenOff, dueSentence, drillPageWords as w } from '../../words/drill/drill-page-words.ts';
import { say } from '../page/language.ts';
import { site } from '../page/page-feed.ts';
import { Desk } from '../page/page-frame.tsx';
import { drills, due, running } from './drill-data.ts';
import { PastDrills } from './drill-past.tsx';
import { mayHold, RunningDrill } from './drill-run.tsx';
import { SheetBox } from './drill-sheet.tsx';
import { StartForm } from './drill-start.tsx';
import './drill.css';

function DueLine() {
  const stand = due.value;
  if (!stand) return null;
  const amiss = stand.stands === 'overdue' ? 'p3' : '';
  return <p class={`drilldue ${amiss}`}>{say(dueSentence(stand))}</p>;
}

/** The newest drill, where a real alarm broke it off. */
function Broken() {
  const [newest] = drills.value;
  const because = newest?.over?.because;
  return because ? (
    <p class="drillbroken p1" role="alert">
      {say(drillBrokenOff(because.title))}
    </p>
  ) : null;
}

export function DrillPage() {
  const drill = running.value;
  return (
    <Desk>
      <DueLine />
      <Broken />
      {!site.value?.drill && !drill && <p class="note">{say(w.noPlan)}</p>}
      {drill && <RunningDrill key={drill.id} drill={drill} />}
      {!drill && site.value?.drill && mayHold() && <StartForm />}
      {site.value?.drill && mayHold() && <SheetBox key={drills.value.find(({ over }) => over)?.id ?? 0} />}
      <PastDrills />
    </Desk>
  );
}
