/**
 * Touches written down by hand, on the patrol board: the form for those who may, and what was written in the last five weeks with who
 * wrote it and why. A withdrawn one stays in the list and says so. It must never look like a touch of a reader.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { mayAsk } from '../../core/site/rights.ts';
import type { Site, TouchRecord } from '../../core/types.ts';
import { handMore, handWords } from '../../words/screens/hand-words.ts';
import { Failure } from '../page/failure.tsx';
import { stamp } from '../page/format.ts';
import { command, read } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { now, stale } from '../page/page-clock.ts';
import { site, you } from '../page/page-feed.ts';
import { Show, useAct, useLoaded } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import './hand-touches.css';

const minuteMs = 60_000;
const keptMs = 35 * 86_400_000;
const shownMax = 100;

/** What an input of the school's local time holds. */
const localText = (at: number): string => new Date(at + offset.value * minuteMs).toISOString().slice(0, 16);
const timeOf = (text: string): number => Date.parse(`${text}:00Z`) - offset.value * minuteMs;

/** Every point once, by its reader: of two routes that share one, the title of the first. */
function pointsOf({ routes }: Site): Map<string, string> {
  const points = new Map<string, string>();
  for (const { title, checkpoints } of Object.values(routes))
    for (const one of checkpoints)
      if (!points.has(one.reader)) points.set(one.reader, `${say(title)} ${say(one.title)}`);
  return points;
}

const personName = (id: string | undefined): string => (id && (site.value?.people[id]?.name ?? id)) || '—';

function Choice(props: {
  readonly title: string;
  readonly value: string;
  readonly of: readonly (readonly [string, string])[];
  readonly choose: (value: string) => void;
}) {
  return (
    <label class="field">
      {props.title}{' '}
      <select value={props.value} onChange={(e) => props.choose(e.currentTarget.value)}>
        <option value="">{say(handWords.choose)}</option>
        {props.of.map(([id, title]) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}

function WriteForm({ place, written }: { place: Site; written: () => void }) {
  const [reader, setReader] = useState('');
  const [person, setPerson] = useState('');
  const [time, setTime] = useState('');
  const [reason, setReason] = useState('');
  const { busy, failure, act } = useAct();
  const whole = reader && person && time && reason.trim();
  const send = async () => {
    const asked = { do: 'write-touch', reader, person, sourceTime: timeOf(time), reason: reason.trim() } as const;
    if (!(await act(() => command(asked)))) return;
    setReason('');
    written();
  };
  return (
    <form
      class="acts"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Choice title={say(handWords.point)} value={reader} of={[...pointsOf(place)]} choose={setReader} />
      <Choice
        title={say(handWords.person)}
        value={person}
        of={Object.values(place.people).map(({ id, name }) => [id, name])}
        choose={setPerson}
      />
      <label class="field">
        {say(handWords.time)}{' '}
        <input
          type="datetime-local"
          min={localText(now.value - keptMs)}
          max={localText(now.value)}
          value={time}
          onInput={(e) => setTime(e.currentTarget.value)}
        />
      </label>
      <label class="field">
        {say(handWords.reason)}{' '}
        <input class="long" maxLength={200} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />
      </label>
      <button type="submit" class="btn" disabled={busy || stale.value || !whole}>
        {say(handWords.write)}
      </button>
      <Failure why={failure} />
    </form>
  );
}

function Withdraw({ touch, gone }: { touch: number; gone: () => void }) {
  const [reason, setReason] = useState<string>();
  const { busy, failure, act } = useAct();
  if (reason === undefined)
    return (
      <button type="button" class="btn" onClick={() => setReason('')}>
        {say(handWords.withdraw)}
      </button>
    );
  const send = () =>
    void act(() => command({ do: 'withdraw-touch', touch, reason: reason.trim() })).then((ok) => ok && gone());
  return (
    <span class="field">
      <input
        maxLength={200}
        aria-label={say(handWords.withdrawWhy)}
        placeholder={say(handWords.withdrawWhy)}
        value={reason}
        onInput={(e) => setReason(e.currentTarget.value)}
      />
      <button type="button" class="btn" disabled={busy || stale.value || reason.trim() === ''} onClick={send}>
        {say(handWords.withdraw)}
      </button>
      <Failure why={failure} />
    </span>
  );
}

function HandRow({ one, points, again }: { one: TouchRecord; points: Map<string, string>; again: () => void }) {
  const writes = you.value !== undefined && may(you.value.role, 'withdraw-touch');
  return (
    <tr>
      <td>{stamp(one.sourceTime, offset.value)}</td>
      <td>{points.get(one.reader) ?? one.reader}</td>
      <td>{personName(one.person)}</td>
      <td>{one.reason}</td>
      <td>
        {one.writtenBy} {stamp(one.at, offset.value)}
      </td>
      <td>
        {one.undoneAt !== undefined
          ? `${say(handWords.withdrawn)} ${stamp(one.undoneAt, offset.value)}`
          : writes && <Withdraw touch={one.seq} gone={again} />}
      </td>
    </tr>
  );
}

/** Nothing for roles that may not know where everybody was. */
export function HandTouches() {
  const [round, anew] = useState(0);
  const role = you.value?.role;
  const place = site.value;
  if (!role || !place || !mayAsk(role, 'touches')) return null;
  return (
    <section class="box scroll hatch2 handtouches" aria-label={say(handWords.title)}>
      <h2>{say(handWords.title)}</h2>
      <p class="note">{say(handWords.note)}</p>
      {may(role, 'write-touch') && <WriteForm place={place} written={() => anew(round + 1)} />}
      <Written key={round} place={place} again={() => anew(round + 1)} />
    </section>
  );
}

function Written({ place, again }: { place: Site; again: () => void }) {
  const query = `/api/touches?kind=hand&from=${Math.max(0, now.peek() - keptMs)}&limit=${shownMax}`;
  const [loaded, load] = useLoaded(() => read<{ rows: readonly TouchRecord[]; next?: string }>(query), '');
  const points = pointsOf(place);
  return (
    <Show loaded={loaded} again={load}>
      {({ rows, next }) =>
        rows.length === 0 ? (
          <p class="note">{say(handWords.none)}</p>
        ) : (
          <>
            <table class="plain">
              <thead>
                <tr>
                  <th>{say(handWords.time)}</th>
                  <th>{say(handWords.point)}</th>
                  <th>{say(handWords.person)}</th>
                  <th>{say(handWords.why)}</th>
                  <th>{say(handWords.by)}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {rows.map((one) => (
                  <HandRow key={one.seq} one={one} points={points} again={again} />
                ))}
              </tbody>
            </table>
            {next !== undefined && <p class="note">{say(handMore(rows.length))}</p>}
          </>
        )
      }
    </Show>
  );
}
