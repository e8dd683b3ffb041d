/**
 * The schools of the district: how each stands, its keys, what a person has to decide, and how one joins. A key is shown once. It looks anew every
 * ten seconds, so that a state does not grow old unsaid.
 */
import { useEffect, useState } from 'preact/hooks';
import type { SchoolShown, SchoolsAnswer } from '../../../district/board/access-types.ts';
import { LOST_MS } from '../../../uplink/sign-of-life.ts';
import { schoolPageWords as w } from '../../../words/district/access-page-words.ts';
import { heldOther, heldWhy } from '../../../words/district/tile-words.ts';
import { dayTime } from '../../page/format.ts';
import { read } from '../../page/gateway-api.ts';
import { fill, say } from '../../page/language.ts';
import { Show, useLoaded } from '../../page/page-frame.tsx';
import { DistrictDesk } from '../desk-shell.tsx';
import { mayHere, officer } from '../officer.ts';
import { AccessBox } from './access-frame.tsx';
import { SchoolBox } from './school-box.tsx';
import { type KeyMade, SchoolForm } from './school-form.tsx';

const LOOK_MS = 10_000;
const time = (at: number | null): string => (at === null ? '—' : dayTime(at, officer.value?.utcOffsetMin ?? 480));

/** The lines of a school's configuration that join it. */
function joining({ url, witness, certificates }: SchoolsAnswer['join'], { school, key }: KeyMade): string {
  const pair = 'certificate: { key: school.key, cert: school.crt }';
  return [
    'district:',
    `  url: ${url ?? location.origin}`,
    `  school: ${school}`,
    '  password: $' + '{DISTRICT_KEY}',
    `  witness: "${witness}"`,
    // Where a key is enough it is only shown how.
    ...(certificates === null ? [] : [certificates === 'required' ? `  ${pair}` : `  # ${pair}`]),
    '',
    '# secrets.env',
    `DISTRICT_KEY=${key}`,
  ].join('\n');
}

function Made({ join, made, done }: { join: SchoolsAnswer['join']; made: KeyMade; done: () => void }) {
  return (
    <div class="once" role="status">
      <p>
        {say(w.keyOnce)} <code>{made.key}</code>
      </p>
      <p>{say(w.joinHow)}</p>
      <pre>{joining(join, made)}</pre>
      <button type="button" class="btn" onClick={done}>
        {say(w.done)}
      </button>
    </div>
  );
}

/** How a school stands at the time of the answer. */
function State({ one, at }: { one: SchoolShown; at: number }) {
  if (one.leftAt !== null) return <small>{say(w.left)}</small>;
  if (one.held !== null)
    return (
      <>
        <b class="flag">{say(w.held)}</b> {say(heldWhy[one.held] ?? heldOther)}
      </>
    );
  if (one.seenAt === null) return <small>{say(w.never)}</small>;
  if (at - one.seenAt > LOST_MS)
    return (
      <b class="flag">
        {say(w.lost)} {time(one.seenAt)}
      </b>
    );
  return <>{say(w.online)}</>;
}

function Row({ one, at, open, toggle }: { one: SchoolShown; at: number; open: boolean; toggle: () => void }) {
  return (
    <tr data-school={one.school}>
      <td>
        <button type="button" class="btn plain" aria-expanded={open} onClick={toggle}>
          {say({ zh: one.nameZh, en: one.nameEn })}
        </button>
      </td>
      <td>
        <code>{one.school}</code>
      </td>
      <td>{one.street}</td>
      <td>
        <State one={one} at={at} /> {one.troubles.length > 0 && <span class="flag">!</span>}
      </td>
      <td class="num">
        {one.has ?? '—'} / {one.head ?? '—'}
        {one.toldAt !== null && <small> {fill(w.told, { time: time(one.toldAt) })}</small>}
      </td>
      <td>{time(one.cosignedAt)}</td>
      <td>
        {one.version ?? '—'}
        {one.clockOff !== null && Math.abs(one.clockOff) > 30_000 && (
          <span class="flag">
            {say(w.clock)} {Math.round(one.clockOff / 1_000)} s
          </span>
        )}
      </td>
    </tr>
  );
}

function Schools({ answer, at, again }: { answer: SchoolsAnswer; at: number; again: () => void }) {
  const [open, setOpen] = useState<string>();
  const [form, setForm] = useState<string>();
  const [made, setMade] = useState<KeyMade>();
  const { schools, join } = answer;
  const changed = (key?: KeyMade) => {
    setForm(undefined);
    if (key) setMade(key);
    again();
  };
  const heads = [w.school, w.id, w.street, w.state, w.lines, w.cosigned, w.version];
  const streets = [...new Set(schools.map(({ street }) => street))];
  return (
    <AccessBox>
      {made && <Made join={join} made={made} done={() => setMade(undefined)} />}
      {mayHere('keys') && form === undefined && (
        <button type="button" class="btn main" onClick={() => setForm('')}>
          {say(w.add)}
        </button>
      )}
      {form !== undefined && (
        <SchoolForm key={form} was={schools.find(({ school }) => school === form)} streets={streets} done={changed} />
      )}
      {schools.length === 0 && <p class="note">{say(mayHere('keys') ? w.none : w.noneYours)}</p>}
      <div class="scroll" hidden={schools.length === 0}>
        <table class="accessrows">
          <thead>
            <tr>
              {heads.map((title) => (
                <th key={title.en}>{say(title)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {schools.map((one) => [
              <Row
                key={one.school}
                one={one}
                at={at}
                open={open === one.school}
                toggle={() => setOpen(open === one.school ? undefined : one.school)}
              />,
              open === one.school && (
                <tr key={`${one.school}/`}>
                  <td colSpan={7}>
                    {mayHere('keys') && (
                      <button type="button" class="btn" onClick={() => setForm(one.school)}>
                        {say(w.edit)}
                      </button>
                    )}
                    <SchoolBox one={one} certificates={join.certificates !== null} changed={changed} />
                  </td>
                </tr>
              ),
            ])}
          </tbody>
        </table>
      </div>
    </AccessBox>
  );
}

/** The answer, and the district's time when it came. */
const look = async () => {
  const [answer, me] = await Promise.all([
    read<SchoolsAnswer>('/api/schools'),
    read<{ readonly now: number }>('/api/me'),
  ]);
  return { answer, at: me.now };
};

export function SchoolsPage() {
  const [loaded, again] = useLoaded(look, 0);
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) again();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [again]);
  return (
    <DistrictDesk>
      <Show loaded={loaded} again={again}>
        {({ answer, at }) => <Schools answer={answer} at={at} again={again} />}
      </Show>
    </DistrictDesk>
  );
}
