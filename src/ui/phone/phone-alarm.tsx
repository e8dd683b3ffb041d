/**
 * One alarm on a guard's phone: the picture, what is known, the procedure, and at the foot the one thing to do next: take
 * it, say that one goes, say that one is there, say what was found. Big targets, few taps.
 */
import { useEffect, useState } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { closing } from '../../core/site/reasons.ts';
import type { Alarm, PhoneAsk, Role } from '../../core/types.ts';
import { phoneWords } from '../../words/screens/phone-words.ts';
import { pointWords } from '../../words/screens/point-page-words.ts';
import type { ReasonCode } from '../../words/trade-words.ts';
import { ageOf } from '../alarm/alarm-item.tsx';
import { Course } from '../alarm/course.tsx';
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
import { command, Failed } from '../page/gateway-api.ts';
import { type Key, say, t } from '../page/language.ts';
import { READ_MS } from '../page/page-clock.ts';
import { you } from '../page/page-feed.ts';
import { useAct } from '../page/page-frame.tsx';
import { smallPhoto } from '../page/small-photo.ts';
import { answeredHere, me, offset } from '../page/views.ts';
import { cameraOf, evidencePath, noCameraText, picturePath } from '../text/alarm-camera.ts';
import { detailOf, titleOf, whatOf } from '../text/alarm-text.ts';
import { stageWhole } from '../text/handling-text.ts';
import { aboutAlarm, submit, waiting } from './phone-outbox.ts';
import { sprung } from './sprung.ts';
import { WaitingList } from './waiting-list.tsx';

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

type NextAct = { readonly label: Key; readonly ask: PhoneAsk } | { readonly label: Key; readonly ask: 'finding' };

/** What this person has said of the alarm and still waits in the phone: for him it is done. */
function saidOf({ id }: Alarm): ReadonlySet<string> {
  const own = waiting.value.filter(({ who, refused, what }) => {
    return who === you.value?.name && refused === undefined && 'alarm' in what && what.alarm === id;
  });
  return new Set(own.map(({ what }) => what.do));
}

/** The one thing to do next; undefined when there is nothing left for this person. */
function nextFor(alarm: Alarm, role: Role): NextAct | undefined {
  const { id, dispatched } = alarm;
  const said = saidOf(alarm);
  const mine = answeredHere(alarm);
  const acked = alarm.acked || mine || said.has('acknowledge');
  const accepted = alarm.accepted || said.has('accept') || said.has('acknowledge');
  const arrived = alarm.arrived || said.has('arrive');
  const disposed = alarm.disposed || said.has('dispose');
  const forMe = dispatched !== undefined && (me.value === undefined || me.value.id === dispatched.to);
  if (!acked) return may(role, 'acknowledge') ? { label: 'goThere', ask: { do: 'acknowledge', alarm: id } } : undefined;
  if (disposed) return undefined;
  if (forMe && !accepted && !arrived && may(role, 'accept'))
    return { label: 'phoneAccept', ask: { do: 'accept', alarm: id } };
  if (!arrived && may(role, 'arrive')) return { label: 'arrive', ask: { do: 'arrive', alarm: id } };
  return may(role, 'dispose') && (alarm.acked || !mine) ? { label: 'phoneFind', ask: 'finding' } : undefined;
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
    void act(() => submit(ask, aboutAlarm(alarm)));
  };
  const findToo = (alarm.acked || saidOf(alarm).has('acknowledge')) && next?.ask !== 'finding' && may(role, 'dispose');
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

/** The way to the camera, also over plain HTTP. */
function PhotoButton({ taken, take }: { taken: boolean; take: (file: File | undefined) => void }) {
  return (
    <label class="btn shoot">
      {say(taken ? pointWords.photoThere : pointWords.photo)}
      <input
        type="file"
        accept="image/*"
        capture="environment"
        onChange={(e) => {
          take(e.currentTarget.files?.[0]);
          // The same file again is another photograph.
          e.currentTarget.value = '';
        }}
      />
    </label>
  );
}

/** A photograph by itself: it goes as it is taken, beside a note that says what it is. */
function PhotoNote({ alarm }: { alarm: Alarm }) {
  const { busy, failure, act } = useAct();
  const take = (file: File | undefined) => {
    if (!file || busy) return;
    void act(async () => {
      const photo = await smallPhoto(file).catch(() => undefined);
      if (!photo) throw new Failed(1, say(phoneWords.noPicture));
      return submit({ do: 'note', alarm: alarm.id, text: say(phoneWords.photoNote) }, aboutAlarm(alarm), photo);
    });
  };
  return (
    <>
      <PhotoButton taken={false} take={take} />
      <Failure why={failure} />
    </>
  );
}

/** Choosing what was found: a reason and, if there is one, a word; one more tap sends it. */
function Finding({ alarm, role, back }: PhoneView) {
  const [reason, setReason] = useState<ReasonCode>();
  const [note, setNote] = useState('');
  const [photo, setPhoto] = useState<File>();
  const { busy, failure, act } = useAct();
  const what = reason && offered(alarm, role, reason);
  const send = async () => {
    if (!reason || !what) return;
    const said = note.trim();
    const finding = { alarm: alarm.id, reason, ...(said ? { note: said } : {}) };
    const told = await act(async () => {
      if (what === 'close') return command({ do: 'close', ...finding });
      return submit({ do: 'dispose', ...finding }, aboutAlarm(alarm), photo && (await smallPhoto(photo)));
    });
    if (told) back();
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
        <PhotoButton taken={photo !== undefined} take={setPhoto} />
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
  if (finding && (alarm.acked || saidOf(alarm).has('acknowledge')))
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
      <WaitingList />
      <IncidentBox alarm={alarm} choose={choose} />
      <ProcedureBox alarm={alarm} />
      <section class="talk">
        <h3>{t('notes')}</h3>
        <Notes alarm={alarm} />
        {may(role, 'note') && <NoteForm alarm={alarm} />}
        {may(role, 'by-phone') && <PhotoNote alarm={alarm} />}
      </section>
      <div class="grow" />
      <Foot alarm={alarm} role={role} back={back} find={() => turn(true)} />
    </>
  );
}
