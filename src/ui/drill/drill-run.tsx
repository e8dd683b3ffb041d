/**
 * A drill that runs: the clock against the time that is allowed, and how each class stands. A number is given or taken back here for a class
 * whose phone cannot. While the gateway is silent the clock stands and nothing looks complete.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { drillTotals, standOf } from '../../core/drill/drill-view.ts';
import type { Drill, DrillRow } from '../../core/types.ts';
import {
  allAfter,
  changeOf,
  classesFull,
  listedIs,
  notAll,
  overBy,
  pupilsThere,
  timeAllowed,
  drillPageWords as w,
} from '../../words/drill/drill-page-words.ts';
import { announcedWords, drillKinds } from '../../words/drill/drill-terms.ts';
import { Failure } from '../page/failure.tsx';
import { clockSpan } from '../page/format.ts';
import { command } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { sirenFails } from './drill-data.ts';

export const mayHold = () => you.value !== undefined && may(you.value.role, 'start-drill');

function CountForm({ drill, row, close }: { drill: Drill; row: DrillRow; close: () => void }) {
  const [due, setDue] = useState(row.count?.due ?? row.due);
  const [present, setPresent] = useState(row.count?.present ?? row.due);
  const { busy, failure, act } = useAct();
  const give = async () => {
    const asked = { do: 'count-class', drill: drill.id, class: row.id, present, due } as const;
    if (await act(() => command(asked))) close();
  };
  const back = async () => {
    if (await act(() => command({ do: 'uncount-class', drill: drill.id, class: row.id }))) close();
  };
  const number = (name: string, value: number, set: (n: number) => void, label: string) => (
    <label>
      {label}{' '}
      <input
        name={name}
        type="number"
        min={0}
        max={999}
        value={value}
        onInput={(e) => set(Math.floor(Number(e.currentTarget.value) || 0))}
      />
    </label>
  );
  return (
    <form
      class="field drillcount"
      aria-label={say(changeOf(row.title))}
      onSubmit={(e) => {
        e.preventDefault();
        void give();
      }}
    >
      <b>{say(row.title)}</b>
      {number('present', present, setPresent, say(w.present))}
      {number('due', due, setDue, say(w.due))}
      <button type="submit" class="btn main" disabled={busy || present > due}>
        {say(w.save)}
      </button>
      {row.count && (
        <button type="button" class="btn" disabled={busy} onClick={() => void back()}>
          {say(w.takeBack)}
        </button>
      )}
      <button type="button" class="btn plain" onClick={close}>
        {say(w.back)}
      </button>
      <Failure why={failure} />
    </form>
  );
}

const stands = { waiting: w.waiting, partly: w.partly, full: w.full } as const;

export function ClassTile({ drill, row, choose }: { drill: Drill; row: DrillRow; choose?: (() => void) | undefined }) {
  const stand = standOf(row);
  const { count } = row;
  const at = row.fullAt ?? count?.at;
  return (
    <li class={`drillclass drill-${stand}`}>
      <button type="button" disabled={!choose} onClick={choose} aria-label={say(changeOf(row.title))}>
        <b>{say(row.title)}</b>
        <span class="drillnumber">{count ? `${count.present}/${count.due}` : `—/${row.due}`}</span>
        <span>
          {say(stands[stand])}
          {at === undefined ? '' : ` ${clockSpan(at - drill.at)}`}
        </span>
        {count && count.due !== row.due && <small>{say(listedIs(row.due))}</small>}
      </button>
    </li>
  );
}

function EndBox({ drill, missing }: { drill: Drill; missing: number }) {
  const [asking, ask] = useState(false);
  const [note, setNote] = useState('');
  const { busy, failure, act } = useAct();
  const end = (mistake: boolean) => {
    const said = note.trim() === '' ? {} : { note: note.trim() };
    void act(() => command({ do: 'end-drill', drill: drill.id, ...(mistake && { mistake }), ...said }));
  };
  if (!asking)
    return (
      <button type="button" class="btn main" onClick={() => ask(true)}>
        {say(w.end)}
      </button>
    );
  return (
    <div class="field" role="alertdialog" aria-label={say(w.end)}>
      {missing > 0 && <p>{say(notAll(missing))}</p>}
      <input
        name="note"
        class="long"
        maxLength={200}
        placeholder={say(w.note)}
        aria-label={say(w.note)}
        value={note}
        onInput={(e) => setNote(e.currentTarget.value)}
      />
      <button type="button" class="btn main" disabled={busy} onClick={() => end(false)}>
        {say(w.endYes)}
      </button>
      <button type="button" class="btn" disabled={busy} onClick={() => end(true)}>
        {say(w.mistake)}
      </button>
      <button type="button" class="btn plain" onClick={() => ask(false)}>
        {say(w.back)}
      </button>
      <Failure why={failure} />
    </div>
  );
}

/** The clock, and what it stands for. */
function BigClock({ drill }: { drill: Drill }) {
  const { tookMs, inTime, full, classes, present, due } = drillTotals(drill, Math.max(now.value, drill.at));
  const all = drill.allAt !== undefined;
  const late = tookMs - drill.targetMs;
  return (
    <div class={`drillclock ${stale.value ? 'hatched' : ''} ${inTime === false ? 'p2' : ''}`} role="timer">
      <span class="drilltime">{stale.value ? '--:--' : clockSpan(tookMs)}</span>
      <span>
        {all
          ? say(allAfter(clockSpan(tookMs), late <= 0))
          : late > 0
            ? say(overBy(clockSpan(late)))
            : say(timeAllowed(clockSpan(drill.targetMs)))}
      </span>
      <span class="drillsum">{say(classesFull(full, classes))}</span>
      <span class="drillsum">{say(pupilsThere(present, due))}</span>
    </div>
  );
}

export function RunningDrill({ drill }: { drill: Drill }) {
  const [chosen, choose] = useState<string>();
  const row = drill.classes.find(({ id }) => id === chosen);
  const missing = drill.classes.filter(({ fullAt }) => fullAt === undefined).length;
  const { siren } = drill;
  const mute = siren && sirenFails.value.includes(`siren/${siren.device}/${siren.point}/on`);
  return (
    <section class="box drillrun">
      <h2>
        {say(w.running)} · {say(drillKinds[drill.exercise])} · {say(announcedWords(drill.announced))} ·{' '}
        {say(drill.place)}
      </h2>
      {mute && <p class="failed">{say(w.noSiren)}</p>}
      <BigClock drill={drill} />
      {row && <CountForm key={row.id} drill={drill} row={row} close={() => choose(undefined)} />}
      <ul class="drillclasses">
        {drill.classes.map((one) => (
          <ClassTile key={one.id} drill={drill} row={one} choose={mayHold() ? () => choose(one.id) : undefined} />
        ))}
      </ul>
      {mayHold() && (
        <div class="acts drillpad">
          <EndBox drill={drill} missing={missing} />
        </div>
      )}
    </section>
  );
}
