/**
 * Exceptions of patrol for those who answer for the guards: what is asked, what was measured, which touches it rests on with the camera
 * that looks there, and what came of it. It says of each that it is no verdict, and shows open ones before settled ones.
 */
import { useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { stillStanding, takenAt } from '../../core/round/exception-still.ts';
import { cameraOfReader } from '../../core/site/checkpoint-camera.ts';
import { mayAsk } from '../../core/site/rights.ts';
import type { ExceptionFinding, OpenSuspicion, TouchEvidence } from '../../core/types.ts';
import { suspicionsOf } from '../../core/view/view-exceptions.ts';
import {
  exceptionFindings,
  exceptionMeasured,
  exceptionRules,
  stillSaid,
} from '../../words/screens/exception-words.ts';
import { ShotTile } from '../alarm/shots.tsx';
import { Failure } from '../page/failure.tsx';
import { hms, stamp } from '../page/format.ts';
import { command } from '../page/gateway-api.ts';
import { say } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { select, site, you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { evidencePath } from '../text/alarm-camera.ts';
import { t } from '../text/exception-language.ts';
import './exception-list.css';

const suspicions = select<readonly OpenSuspicion[]>(suspicionsOf, []);
const findings = Object.keys(exceptionFindings) as ExceptionFinding[];

function placeOf({ reader }: TouchEvidence): string {
  const whole = site.value;
  const points = Object.values(whole?.routes ?? {}).flatMap(({ checkpoints }) => checkpoints);
  const title = points.find((point) => point.reader === reader)?.title ?? whole?.devices[reader]?.title;
  return title ? say(title) : reader;
}

function who({ person, cards, reader }: OpenSuspicion): string {
  if (person !== undefined) return site.value?.people[person]?.name ?? person;
  if (cards.length > 0) return cards.map((card) => t('card', { card })).join(' · ');
  return reader === undefined ? '—' : placeOf({ reader, card: '', sourceTime: 0 });
}

/** How the still of a touch stands, and in words. */
function stillOf(one: OpenSuspicion, nth: number) {
  const place = site.value;
  const standing = place && stillStanding(place, one, nth);
  if (!standing) return undefined;
  const after = 'picture' in standing ? takenAt(standing.picture) - (one.touches[nth]?.sourceTime ?? 0) : 0;
  return { standing, said: say(stillSaid(standing, after)) };
}

/** A touch of the evidence: where and when, how its still stands, and which camera to look at for that moment. */
function Evidence({ one, nth }: { one: OpenSuspicion; nth: number }) {
  const touch = one.touches[nth];
  if (!touch) return null;
  const id = site.value && cameraOfReader(site.value, touch.reader);
  const camera = id === undefined ? undefined : site.value?.devices[id];
  return (
    <li>
      {hms(touch.sourceTime, offset.value)} {placeOf(touch)} <small>{stillOf(one, nth)?.said}</small>
      {camera && <small> {t('exceptionCamera', { camera: say(camera.title) })}</small>}
    </li>
  );
}

/** The stills of the touches, once somebody asks for them: that one was looked at is a fact. */
function Stills({ one }: { one: OpenSuspicion }) {
  const [shown, setShown] = useState(false);
  const kept = one.touches.flatMap((touch, nth) => {
    const still = stillOf(one, nth);
    return still && 'picture' in still.standing ? [{ ...still, ...still.standing, touch, nth }] : [];
  });
  if (kept.length === 0 || !you.value || !mayAsk(you.value.role, 'evidence')) return null;
  return (
    <>
      <p>
        <button type="button" class="btn" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {t(shown ? 'exceptionStillsHide' : 'exceptionStills', { n: kept.length })}
        </button>
      </p>
      {shown && (
        <div class="pics">
          {kept.map(({ picture, touch, nth, said }) => (
            <ShotTile
              key={nth}
              path={evidencePath(picture)}
              once
              label={`${hms(touch.sourceTime, offset.value)} ${placeOf(touch)} · ${said}`}
            />
          ))}
        </div>
      )}
    </>
  );
}

/** What came of it, said by whoever may. */
function Dispose({ one }: { one: OpenSuspicion }) {
  const [finding, setFinding] = useState<ExceptionFinding>(one.finding?.finding ?? 'explained');
  const [note, setNote] = useState('');
  const { busy, failure, act } = useAct();
  const give = () =>
    void act(() => command({ do: 'dispose-exception', exception: one.id, finding, note: note.trim() })).then(
      (ok) => ok && setNote(''),
    );
  return (
    <p class="field">
      <label>
        {t('exceptionFinding')}{' '}
        <select value={finding} onChange={(e) => setFinding(e.currentTarget.value as ExceptionFinding)}>
          {findings.map((code) => (
            <option key={code} value={code}>
              {say(exceptionFindings[code])}
            </option>
          ))}
        </select>
      </label>
      <label class="long">
        {t('exceptionNote')} <input maxLength={200} value={note} onInput={(e) => setNote(e.currentTarget.value)} />
      </label>
      <button type="button" class="btn" disabled={busy || stale.value || note.trim() === ''} onClick={give}>
        {t('exceptionDispose')}
      </button>
      <Failure why={failure} />
    </p>
  );
}

function Exception({ one }: { one: OpenSuspicion }) {
  const { finding } = one;
  const mayDispose = you.value !== undefined && may(you.value.role, 'dispose-exception');
  return (
    <li class={finding ? 'exception settled' : 'exception'}>
      <details open={!finding}>
        <summary>
          {stamp(one.from, offset.value)} <b>{say(exceptionRules[one.rule])}</b> {who(one)}{' '}
          <span class={finding ? '' : 'flag'}>
            {finding ? say(exceptionFindings[finding.finding]) : t('exceptionOpen')}
          </span>
        </summary>
        <p>{say(exceptionMeasured(one))}</p>
        <ul class="evidence">
          {one.touches.map((touch, nth) => (
            <Evidence key={`${touch.reader} ${touch.card} ${touch.sourceTime}`} one={one} nth={nth} />
          ))}
        </ul>
        <Stills one={one} />
        {one.count > one.touches.length && (
          <p class="note">{t('exceptionMore', { n: one.count - one.touches.length })}</p>
        )}
        {finding && (
          <p class="note">
            {t('exceptionSaid', { by: finding.by, time: stamp(finding.at, offset.value), note: finding.note })}
          </p>
        )}
        {mayDispose && <Dispose one={one} />}
      </details>
    </li>
  );
}

/** All of the last five weeks; nothing for roles that may not see them, and nothing where there are none. */
export function Exceptions() {
  const all = suspicions.value;
  if (all.length === 0) return null;
  const open = all.filter(({ finding }) => !finding).length;
  return (
    <section class="box exceptions hatch2" aria-label={t('exceptions')}>
      <h2>
        {t('exceptions')} {t('exceptionsOpen', { open, all: all.length })}
      </h2>
      <p class="note">{t('exceptionsNote')}</p>
      <ul>
        {all.map((one) => (
          <Exception key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
}
