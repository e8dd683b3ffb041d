/**
 * Changing a round: cancel it and take that back, put it off, let it stand still, have another walk it, review what others did. Each
 * takes two steps, the second with a reason; what was done stands above with who and why. The gateway decides what may be done.
 */
import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { extendMaxMin } from '../../core/round/round-course.ts';
import type { RoundChange, RoundCommand, Words } from '../../core/types.ts';
import type { RoundRow } from '../../core/view/round-rows.ts';
import {
  changeOfRound,
  confirmAct,
  coverOf,
  minutesText,
  roundActNotes,
  roundActs,
  roundPage,
  roundReasons,
} from '../../words/screens/round-page-words.ts';
import { changeText, endedByItself } from '../../words/screens/round-words.ts';
import { Failure } from '../page/failure.tsx';
import { stamp } from '../page/format.ts';
import { command } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { site, you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import './round-desk.css';

type ActName = RoundCommand['do'];

export const nameOf = (person: string | undefined): string =>
  person === undefined ? '—' : (site.value?.people[person]?.name ?? person);

/** What may be done to a round as it stands, by whoever looks. */
function actsOn({ course, phase }: RoundRow): ActName[] {
  const role = you.value?.role;
  const going = phase !== 'over' && now.value <= course.last;
  const open: ActName[] = course.pausedAt(now.value)
    ? ['resume-round', 'cover-round', 'extend-round', 'cancel-round']
    : ['cover-round', 'extend-round', ...(now.value >= course.opens ? (['pause-round'] as const) : []), 'cancel-round'];
  const acts: ActName[] = course.cancelled ? (now.value <= course.last ? ['reinstate-round'] : []) : going ? open : [];
  if (course.unreviewed.length > 0) acts.push('review-round');
  return acts.filter((act) => role !== undefined && may(role, act));
}

/** Who walks, and in whose place. */
export function whoWalks({ person, second, course }: RoundRow): string {
  const planned = course.peopleAt(Number.NEGATIVE_INFINITY);
  const one = (is: string | undefined, was: string | undefined) =>
    is === was || was === undefined ? nameOf(is) : say(coverOf(nameOf(is), nameOf(was)));
  const first = one(person, planned.person);
  return second === undefined ? first : `${first} · ${one(second, planned.second)}`;
}

/** Opens and closes what was changed of a round and what may be; nothing where there is neither. */
export function DeskButton({ row, opened }: { row: RoundRow; opened: Signal<string | undefined> }) {
  if (row.course.changes.length === 0 && actsOn(row).length === 0) return null;
  const open = opened.value === row.id;
  return (
    <button
      type="button"
      class="btn"
      aria-expanded={open}
      aria-label={say(changeOfRound(say(row.route.title), stamp(row.start, offset.value)))}
      onClick={() => {
        opened.value = open ? undefined : row.id;
      }}
    >
      {say(open ? roundPage.close : roundPage.change)}
    </button>
  );
}

function Change({ change, waits }: { change: RoundChange; waits: boolean }) {
  return (
    <li>
      {stamp(change.at, offset.value)} {change.reason === undefined ? '' : change.by}{' '}
      <b>{say(change.reason === undefined ? endedByItself : changeText(change, nameOf))}</b> {change.reason}{' '}
      {waits && <span class="flag">{say(roundPage.waits)}</span>}
    </li>
  );
}

const spans = [5, 10, 15, 20, 30, 45, 60, 90, extendMaxMin];

/** One of a few: minutes, or people. */
function Pick({
  title,
  of,
  value,
  set,
}: {
  title: Words;
  of: readonly (readonly [value: string, text: string])[];
  value: string | undefined;
  set: (value: string) => void;
}) {
  return (
    <label>
      {say(title)}{' '}
      <select value={value} onChange={(e) => set(e.currentTarget.value)}>
        {of.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

const named = (id: string) => [id, nameOf(id)] as const;

function ActForm({ row, act: name, done }: { row: RoundRow; act: ActName; done: () => void }) {
  const { course } = row;
  const { person: first, second } = course.peopleAt(now.value);
  const others = Object.keys(site.value?.people ?? {}).filter((id) => id !== first && id !== second);
  const left = extendMaxMin - course.extendedMin;
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState(Math.min(15, left));
  const [person, setPerson] = useState(others[0] ?? '');
  const [of, setOf] = useState(first);
  const { busy, failure, act } = useAct();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const give = (event: Event) => {
    event.preventDefault();
    const what = { round: row.id, reason: reason.trim() };
    const asked = {
      ...{ do: name, ...what },
      ...(name === 'extend-round' && { minutes }),
      ...(name === 'cover-round' && { person, ...(of !== undefined && { of }) }),
    } as RoundCommand;
    void act(() => command(asked)).then((ok) => ok && done());
  };
  const ways = spans.filter((n) => n <= left).map((n) => [String(n), say(minutesText(n))] as const);
  return (
    <form class="field panelled" onSubmit={give} onKeyDown={(event) => event.key === 'Escape' && done()}>
      <small>{say(roundActNotes[name])}</small>
      {name === 'extend-round' && (
        <Pick title={roundPage.minutes} of={ways} value={String(minutes)} set={(n) => setMinutes(Number(n))} />
      )}
      {name === 'cover-round' && <Pick title={roundPage.who} of={others.map(named)} value={person} set={setPerson} />}
      {name === 'cover-round' && first !== undefined && second !== undefined && (
        <Pick title={roundPage.instead} of={[first, second].map(named)} value={of} set={setOf} />
      )}
      <label class="long">
        {say(roundPage.reason)}{' '}
        <input
          name="reason"
          required
          maxLength={200}
          list="roundreasons"
          value={reason}
          ref={field}
          onInput={(e) => setReason(e.currentTarget.value)}
        />
        <datalist id="roundreasons">
          {roundReasons.map((words) => (
            <option key={words.en} value={say(words)} />
          ))}
        </datalist>
      </label>
      <button type="submit" class="btn main" disabled={busy || stale.value || reason.trim() === ''}>
        {say(confirmAct(name))}
      </button>
      <button type="button" class="btn" onClick={done}>
        {say(roundPage.back)}
      </button>
      <Failure why={failure} />
    </form>
  );
}

/** What was changed of a round, and what may be. */
export function RoundDesk({ row }: { row: RoundRow }) {
  const [chosen, choose] = useState<ActName>();
  const acts = actsOn(row);
  const act = acts.find((one) => one === chosen);
  useEffect(() => choose(undefined), [row.id]);
  const { changes, unreviewed } = row.course;
  return (
    <div class="rounddesk">
      {changes.length > 0 && (
        <ul>
          {changes.map((change, i) => (
            <Change key={i} change={change} waits={unreviewed.includes(change)} />
          ))}
        </ul>
      )}
      {acts.map((name) => (
        <button
          key={name}
          type="button"
          class="btn"
          aria-pressed={name === act}
          disabled={stale.value}
          onClick={() => choose(name === act ? undefined : name)}
        >
          {say(roundActs[name])}
        </button>
      ))}
      {act && <ActForm key={act} row={row} act={act} done={() => choose(undefined)} />}
    </div>
  );
}
