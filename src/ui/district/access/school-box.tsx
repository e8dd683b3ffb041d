/** What may be done to one school: its keys, leaving, and, where its journal does not agree, what was held and a person's decision. */
import { useState } from 'preact/hooks';
import type { QuarantineShown, SchoolShown } from '../../../district/board/access-types.ts';
import { schoolPageWords as w } from '../../../words/district/access-page-words.ts';
import { Failure } from '../../page/failure.tsx';
import { dayTime } from '../../page/format.ts';
import { post, read } from '../../page/gateway-api.ts';
import { fill, say } from '../../page/language.ts';
import { Show, useAct, useLoaded } from '../../page/page-frame.tsx';
import { mayHere, officer } from '../officer.ts';
import { EarlierJournals } from './earlier-list.tsx';
import type { KeyMade } from './school-form.tsx';

const time = (at: number): string => dayTime(at, officer.value?.utcOffsetMin ?? 480);

interface BoxProps {
  readonly one: SchoolShown;
  /** Schools are known by certificates here. */
  readonly certificates: boolean;
  readonly changed: (made?: KeyMade) => void;
}

/** Where a key or a certificate comes from. */
function origin({ until, madeAt, madeBy }: SchoolShown['keys'][number]): string {
  if (until === null) return `${time(madeAt)} ${madeBy}`;
  // What was shown has nobody who made it here.
  if (madeBy !== '-') return say(w.unshown);
  return fill(w.certificate, { from: time(madeAt), until: new Date(until).toISOString().slice(0, 10) });
}

/** A certificate that was lost on its way to the school stands in no list; its text or its fingerprint names it. */
function WithdrawPaper({ school, changed }: { school: string; changed: () => void }) {
  const [text, setText] = useState<string>();
  const { busy, failure, act } = useAct();
  const withdraw = () =>
    void act(async () => {
      await post(`/api/schools/${school}/certificates/withdraw`, { certificate: text });
      setText(undefined);
      changed();
    });
  if (text === undefined)
    return (
      <button type="button" class="btn" onClick={() => setText('')}>
        {say(w.withdrawPaper)}
      </button>
    );
  return (
    <div class="accessform">
      <label class="field">
        {say(w.withdrawPaperWhy)}{' '}
        <textarea name="certificate" rows={4} value={text} onInput={(e) => setText(e.currentTarget.value)} />
      </label>
      <button type="button" class="btn main" disabled={busy || text.trim() === ''} onClick={withdraw}>
        {say(w.withdrawPaperSure)}
      </button>
      <Failure why={failure} />
    </div>
  );
}

function Keys({ one, certificates, changed }: BoxProps) {
  const { busy, failure, act } = useAct();
  const withdraw = (id: string) =>
    void act(async () => {
      await post(`/api/schools/${one.school}/keys/${id}/withdraw`, {});
      changed();
    });
  const make = () =>
    void act(async () => {
      const { key } = await post<{ readonly key: string }>(`/api/schools/${one.school}/keys`, {});
      changed({ school: one.school, key });
    });
  return (
    <ul class="ledger">
      {one.keys.map((key) => (
        <li key={key.id}>
          <code>{key.id}</code> {origin(key)} ·{' '}
          {key.withdrawnAt !== null ? (
            say(w.withdrawn)
          ) : (
            <>
              {key.usedAt === null ? say(w.unused) : `${say(w.used)} ${time(key.usedAt)}`}{' '}
              {mayHere('keys') && (
                <button type="button" class="btn" disabled={busy} onClick={() => withdraw(key.id)}>
                  {say(w.withdraw)}
                </button>
              )}
            </>
          )}
        </li>
      ))}
      {mayHere('keys') && one.leftAt === null && (
        <li>
          <button type="button" class="btn" disabled={busy} onClick={make}>
            {say(w.newKey)}
          </button>{' '}
          {certificates && <WithdrawPaper school={one.school} changed={() => changed()} />}
        </li>
      )}
      <Failure why={failure} />
    </ul>
  );
}

function Held({ one, changed }: { one: SchoolShown; changed: () => void }) {
  const [how, setHow] = useState<'keep' | 'begin-anew'>();
  const [reason, setReason] = useState('');
  const { busy, failure, act } = useAct();
  const [loaded, again] = useLoaded(
    () => read<readonly QuarantineShown[]>(`/api/schools/${one.school}/quarantine`),
    one.heldAt,
  );
  const settle = () =>
    void act(async () => {
      await post(`/api/schools/${one.school}/settle`, { how, reason: reason.trim() });
      changed();
    });
  const ways = [
    ['keep', w.keep, w.keepWhy],
    ['begin-anew', w.anew, w.anewWhy],
  ] as const;
  return (
    <>
      <h2>{say(w.look)}</h2>
      <Show loaded={loaded} again={again}>
        {(rows) =>
          rows.length === 0 ? (
            <p class="note">{say(w.nothingHeld)}</p>
          ) : (
            <ul class="ledger">
              {rows.map((row) => (
                <li key={row.id}>
                  {time(row.at)} #{row.seq} {say(row)} {row.settledBy !== null && <small>{row.settledBy}</small>}
                </li>
              ))}
            </ul>
          )
        }
      </Show>
      {one.held !== null && mayHere('settle') && (
        <div class="accessform">
          {ways.map(([name, title, why]) => (
            <label key={name}>
              <input type="radio" name="how" checked={how === name} onChange={() => setHow(name)} /> <b>{say(title)}</b>{' '}
              {say(why)}
            </label>
          ))}
          <label class="field">
            {say(w.settleReason)}{' '}
            <input
              class="long"
              name="reason"
              maxLength={500}
              value={reason}
              onInput={(e) => setReason(e.currentTarget.value)}
            />
          </label>
          <button
            type="button"
            class="btn main"
            disabled={busy || how === undefined || reason.trim() === ''}
            onClick={settle}
          >
            {say(w.settleSure)}
          </button>
        </div>
      )}
      <Failure why={failure} />
    </>
  );
}

/** A school that left: with a new key, shown once, it begins anew. */
function Rejoin({ one, changed }: { one: SchoolShown; changed: (made?: KeyMade) => void }) {
  const [sure, setSure] = useState(false);
  const { busy, failure, act } = useAct();
  const rejoin = () =>
    void act(async () => {
      const { key } = await post<{ readonly key: string }>(`/api/schools/${one.school}/rejoin`, {});
      changed({ school: one.school, key });
    });
  return (
    <>
      <button type="button" class="btn" disabled={busy} onClick={sure ? rejoin : () => setSure(true)}>
        {say(sure ? w.rejoinSure : w.rejoin)}
      </button>
      <Failure why={failure} />
    </>
  );
}

function Leave({ one, changed }: { one: SchoolShown; changed: () => void }) {
  const [sure, setSure] = useState(false);
  const { busy, failure, act } = useAct();
  const leave = () =>
    void act(async () => {
      await post(`/api/schools/${one.school}/leave`, {});
      changed();
    });
  return (
    <>
      <button type="button" class="btn" disabled={busy} onClick={sure ? leave : () => setSure(true)}>
        {say(sure ? w.leaveSure : w.leave)}
      </button>
      <Failure why={failure} />
    </>
  );
}

export function SchoolBox({ one, certificates, changed }: BoxProps) {
  return (
    <>
      {one.troubles.map((trouble) => (
        <p key={trouble.code} class="failed">
          {say(trouble)} <small>{time(trouble.since)}</small>
        </p>
      ))}
      <h2>{say(w.keys)}</h2>
      <Keys one={one} certificates={certificates} changed={changed} />
      <Held one={one} changed={() => changed()} />
      {mayHere('alarms') && <EarlierJournals school={one.school} of={`${one.epoch} ${one.leftAt}`} />}
      {mayHere('keys') && one.leftAt !== null && <Rejoin one={one} changed={changed} />}
      {mayHere('keys') && one.leftAt === null && <Leave one={one} changed={() => changed()} />}
    </>
  );
}
