/**
 * The desk's page of paired phones: a code for a person, to be read by his phone, and the list of those that are paired, each taken away
 * with one press. A code is on this screen alone and only while it lives.
 */
import { useEffect, useState } from 'preact/hooks';
import { pageTable } from '../../core/site/pages.ts';
import { codeFor, minutesLeft, seenAgo, pairingWords as words } from '../../words/reach/pairing-words.ts';
import { Failure } from '../page/failure.tsx';
import { clockSpan, span, stamp } from '../page/format.ts';
import { post, read } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { now } from '../page/page-clock.ts';
import { site } from '../page/page-feed.ts';
import { Desk, Show, useAct, useLoaded } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { qrPath } from './qr-path.ts';
import './pairing.css';

const monthMs = 30 * 86_400_000;
/** Who was last seen when is looked at again so often. */
const AGAIN_MS = 10_000;

interface Invite {
  readonly token: string;
  readonly name: string;
  readonly expiresMs: number;
}
interface ListedPhone {
  readonly id: string;
  readonly name: string;
  readonly by: string;
  readonly since: number;
  readonly until: number;
  readonly seenAgoMs?: number;
}

/** Addresses that mean the computer itself: a phone that follows one comes to itself. */
const onlyHere = () => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(location.hostname);

/** The code, as long as it lives. */
function Code({ invite }: { invite: Invite }) {
  const [over] = useState(() => performance.now() + invite.expiresMs);
  const [left, setLeft] = useState(invite.expiresMs);
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, over - performance.now())), 1_000);
    return () => clearInterval(timer);
  }, []);
  if (left === 0) return <p class="flag">{say(words.over)}</p>;
  const { path, size } = qrPath(`${location.origin}${pageTable.pair.path}#${invite.token}`);
  return (
    <figure class="paircode">
      <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label={say(codeFor(invite.name))}>
        <path d={path} />
      </svg>
      <figcaption>
        <b>{say(codeFor(invite.name))}</b>
        <br />
        {say(words.scan)} · {say(minutesLeft(clockSpan(left)))}
      </figcaption>
    </figure>
  );
}

function Pairing({ done }: { done: () => void }) {
  const people = Object.values(site.value?.people ?? {});
  const [person, setPerson] = useState('');
  const [long, setLong] = useState(false);
  const [invite, setInvite] = useState<Invite>();
  const { busy, failure, act } = useAct();
  const ask = (event: Event) => {
    event.preventDefault();
    setInvite(undefined);
    void act(async () => {
      setInvite(await post<Invite>('/api/phones/invites', { person, ...(long && { until: now.peek() + monthMs }) }));
      done();
    });
  };
  if (people.length === 0) return <p class="note">{say(words.nobody)}</p>;
  return (
    <form class="pairform" onSubmit={ask}>
      {onlyHere() && <p class="flag">{say(words.here)}</p>}
      <label class="field">
        {say(words.who)}
        <select value={person} required onChange={(e) => setPerson(e.currentTarget.value)}>
          <option value="">{say(words.choose)}</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        {say(words.howLong)}
        <select value={long ? 'long' : 'shift'} onChange={(e) => setLong(e.currentTarget.value === 'long')}>
          <option value="shift">{say(words.shift)}</option>
          <option value="long">{say(words.month)}</option>
        </select>
      </label>
      <Failure why={failure} />
      <button type="submit" class="btn main" disabled={busy || person === ''}>
        {say(words.pair)}
      </button>
      {invite && <Code key={invite.token} invite={invite} />}
    </form>
  );
}

function Phone({ phone, gone }: { phone: ListedPhone; gone: () => void }) {
  const { busy, failure, act } = useAct();
  const { id, name, by, since, until, seenAgoMs } = phone;
  const revoke = () => void act(() => post('/api/phones/revoke', { id })).then((did) => did && gone());
  return (
    <tr>
      <td>
        <b>{name}</b>
      </td>
      <td>{seenAgoMs === undefined ? say(words.unseen) : say(seenAgo(span(seenAgoMs)))}</td>
      <td>{stamp(until, offset.value)}</td>
      <td>
        {by} {stamp(since, offset.value)}
      </td>
      <td>
        <button type="button" class="btn" disabled={busy} onClick={revoke}>
          {say(words.revoke)}
        </button>
        <Failure why={failure} />
      </td>
    </tr>
  );
}

export function PhonesPage() {
  const [loaded, again] = useLoaded(() => read<{ phones: readonly ListedPhone[] }>('/api/phones'), 'phones');
  useEffect(() => {
    const timer = setInterval(again, AGAIN_MS);
    return () => clearInterval(timer);
  }, [again]);
  return (
    <Desk>
      <div class="pairs">
        <h1>{say(words.pair)}</h1>
        <p>{say(words.lead)}</p>
        <Pairing done={again} />
        <h2>{say(words.paired)}</h2>
        <Show loaded={loaded} again={again}>
          {({ phones }) =>
            phones.length === 0 ? (
              <p class="note">{say(words.none)}</p>
            ) : (
              <table>
                <thead>
                  <tr>
                    <th>{say(words.who)}</th>
                    <th>{say(words.seen)}</th>
                    <th>{say(words.howLong)}</th>
                    <th>{say(words.by)}</th>
                    <th />
                  </tr>
                </thead>
                <tbody>
                  {phones.map((phone) => (
                    <Phone key={phone.id} phone={phone} gone={again} />
                  ))}
                </tbody>
              </table>
            )
          }
        </Show>
      </div>
    </Desk>
  );
}
