/**
 * One alarm on a guard's phone: the picture, what is known, the procedure, and at the foot the one thing to do next: take
 * it, say that one goes, say that one is there, say what was found. Big targets, few taps.
 */
import { useEffect, useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { closing } from '../../core/site/reasons.ts';
import type { Alarm, Command, Role } from '../../core/types.ts';
import type { ReasonCode } from '../../words/trade-words.ts';
import { ageOf } from '../alarm/alarm-item.tsx';
import { Course } from '../alarm/course.tsx';
import { cameraOf, evidencePath, noCameraText, picturePath } from '../alarm/evidence-slot.tsx';
import { offered, Reasons } from '../alarm/finding.tsx';
import { IncidentBox } from '../alarm/incident.tsx';
import { useLooking } from '../alarm/looking.ts';
import { Marks } from '../alarm/marks.tsx';
import { NoteForm, Notes } from '../alarm/notes.tsx';
import { ProcedureBox } from '../alarm/procedure.tsx';
import { ShotTile } from '../alarm/shots.tsx';
import { Badge } from '../page/badge.tsx';
import { Failure } from '../page/failure.tsx';
import { hms } from '../page/format.ts';
import { command } from '../page/gateway-api.ts';
import { type Key, say, t } from '../page/language.ts';
import { READ_MS } from '../page/page-clock.ts';
import { useAct } from '../page/page-frame.tsx';
import { me, offset } from '../page/views.ts';
import { detailOf, titleOf, whatOf } from '../text/alarm-text.ts';
import { stageWhole } from '../text/handling-text.ts';
import { sprung } from './sprung.ts';

interface PhoneView {
  readonly alarm: Alarm;
  readonly role: Role;
  readonly back: () => void;
}

function Hero({ alarm }: { alarm: Alarm }) {
  return (
    <div class={`hero p${alarm.priority} ${alarm.acked ? 'acked' : ''}`} data-alarm={alarm.id}>
      <b>
        <Badge priority={alarm.priority} acked={!!alarm.acked} /> {titleOf(alarm)}
      </b>
      {t('secondsAgo', { age: ageOf(alarm) })} · {hms(alarm.sourceTime ?? alarm.raisedAt, offset.value)} ·{' '}
      {stageWhole(alarm)}
    </div>
  );
}

function Picture({ alarm }: { alarm: Alarm }) {
  const camera = cameraOf(alarm);
  useLooking(alarm, camera !== undefined);
  if (!camera) return <p class="line">{noCameraText(alarm)}</p>;
  return (
    <ShotTile
      path={alarm.picture === undefined ? picturePath(camera) : evidencePath(alarm.picture)}
      once={alarm.picture !== undefined}
      label={say(camera.title)}
    />
  );
}

type NextAct = { readonly label: Key; readonly ask: Command } | { readonly label: Key; readonly ask: 'finding' };

/** The one thing to do next; undefined when there is nothing left for this person. */
function nextFor(alarm: Alarm, role: Role): NextAct | undefined {
  const { id, acked, dispatched, accepted, arrived, disposed } = alarm;
  const forMe = dispatched !== undefined && (me.value === undefined || me.value.id === dispatched.to);
  if (!acked) return may(role, 'acknowledge') ? { label: 'goThere', ask: { do: 'acknowledge', alarm: id } } : undefined;
  if (disposed) return undefined;
  if (forMe && !accepted && !arrived && may(role, 'accept'))
    return { label: 'phoneAccept', ask: { do: 'accept', alarm: id } };
  if (!arrived && may(role, 'arrive')) return { label: 'arrive', ask: { do: 'arrive', alarm: id } };
  return may(role, 'dispose') ? { label: 'phoneFind', ask: 'finding' } : undefined;
}

/**
 * Whether the button has just come to mean something else: a second tap was meant for what it meant before. `came`: so has the whole
 * page, by itself, under a thumb that was busy elsewhere.
 */
function useSettling(meaning: string | undefined, came: boolean): boolean {
  const [settled, settle] = useState(came ? undefined : meaning);
  useEffect(() => {
    if (settled === meaning) return;
    const timer = setTimeout(() => settle(meaning), READ_MS);
    return () => clearTimeout(timer);
  }, [meaning, settled]);
  return settled !== meaning;
}

function Foot({ alarm, role, back, find }: PhoneView & { find: () => void }) {
  const { busy, failure, act } = useAct();
  const next = nextFor(alarm, role);
  const settling = useSettling(next?.label, sprung.value === alarm.id);
  const press = () => {
    if (!next) return;
    if (next.ask === 'finding') return find();
    const { ask } = next;
    void act(() => command(ask));
  };
  const findToo = alarm.acked && next?.ask !== 'finding' && may(role, 'dispose');
  return (
    <div class="foot">
      <Failure why={failure} />
      {next && (
        <button type="button" class="btn main" disabled={busy || settling} onClick={press}>
          {t(busy ? 'sending' : next.label)}
        </button>
      )}
      <div class={findToo ? 'two-up' : ''}>
        {findToo && (
          <button type="button" class="btn" onClick={find}>
            {t('phoneFind')}
          </button>
        )}
        <button type="button" class="btn back" onClick={back}>
          {t('back')}
        </button>
      </div>
    </div>
  );
}

/** Choosing what was found: a reason and, if there is one, a word; one more tap sends it. */
function Finding({ alarm, role, back }: PhoneView) {
  const [reason, setReason] = useState<ReasonCode>();
  const [note, setNote] = useState('');
  const { busy, failure, act } = useAct();
  const what = reason && offered(alarm, role, reason);
  const send = async () => {
    if (!reason || !what) return;
    const said = note.trim();
    if (await act(() => command({ do: what, alarm: alarm.id, reason, ...(said ? { note: said } : {}) }))) back();
  };
  const label =
    what === 'close' ? 'close' : reason && closing(role, reason) === 'countersign' ? 'findingReview' : 'findingSend';
  return (
    <>
      <div class="reasons">
        <h3>{t('findingAsk')}</h3>
        <Reasons alarm={alarm} chosen={reason} choose={setReason} />
        <input
          class="long"
          maxLength={500}
          aria-label={t('note')}
          placeholder={t('note')}
          value={note}
          onInput={(e) => setNote(e.currentTarget.value)}
        />
      </div>
      <div class="grow" />
      <div class="foot">
        <Failure why={failure} />
        <button type="button" class="btn main" disabled={busy || !what} onClick={() => void send()}>
          {t(busy ? 'sending' : label)}
        </button>
        <button type="button" class="btn" onClick={back}>
          {t('back')}
        </button>
      </div>
    </>
  );
}

export function PhoneAlarm({ alarm, role, back, choose }: PhoneView & { choose: (id: number) => void }) {
  const [finding, setFinding] = useState(false);
  const what = whatOf(alarm) || (alarm.acked ? '' : detailOf(alarm, offset.value));
  const turn = (to: boolean) => {
    setFinding(to);
    scrollTo(0, 0);
  };
  if (finding && alarm.acked)
    return (
      <>
        <Hero alarm={alarm} />
        <Finding alarm={alarm} role={role} back={() => turn(false)} />
      </>
    );
  return (
    <>
      <Hero alarm={alarm} />
      <Picture alarm={alarm} />
      <Marks alarm={alarm} />
      {what && (
        <p class="line">
          <b>{t('what')}</b>
          {what}
        </p>
      )}
      <Course alarm={alarm} />
      <IncidentBox alarm={alarm} choose={choose} />
      <ProcedureBox alarm={alarm} />
      <section class="talk">
        <h3>{t('notes')}</h3>
        <Notes alarm={alarm} />
        {may(role, 'note') && <NoteForm alarm={alarm} />}
      </section>
      <div class="grow" />
      <Foot alarm={alarm} role={role} back={back} find={() => turn(true)} />
    </>
  );
}
