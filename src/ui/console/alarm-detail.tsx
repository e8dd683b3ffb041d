/**
 * One alarm in full at the desk: what to do about it on the left, what is known of it on the right. A role that may not ask
 * for a part is not shown a failure in its place.
 */

import { useMemo } from 'preact/hooks';
import { may } from '../../core/act/act-roles.ts';
import { memoryOf } from '../../core/alarm/alarm-state.ts';
import { mayAsk } from '../../core/site/rights.ts';
import type { Alarm, Role } from '../../core/types.ts';
import { isStandingKnown } from '../../core/view/view-standing.ts';
import { ageOf } from '../alarm/alarm-item.tsx';
import { CameraTile } from '../alarm/camera-tile.tsx';
import { ClipTile } from '../alarm/clip/clip-tile.tsx';
import { Course } from '../alarm/course.tsx';
import { AroundShots, KeptShot } from '../alarm/evidence-slot.tsx';
import { FindingForm } from '../alarm/finding.tsx';
import { IncidentBox } from '../alarm/incident.tsx';
import { useLooking } from '../alarm/looking.ts';
import { Marks, shelfOf } from '../alarm/marks.tsx';
import { NoteForm, Notes } from '../alarm/notes.tsx';
import { ProcedureBox } from '../alarm/procedure.tsx';
import { Tension } from '../alarm/tension/tension-minute.tsx';
import { Timeline } from '../alarm/timeline.tsx';
import { Badge } from '../page/badge.tsx';
import { hms, stamp } from '../page/format.ts';
import { say, t } from '../page/language.ts';
import { stale } from '../page/page-clock.ts';
import { select, you } from '../page/page-feed.ts';
import { offset } from '../page/views.ts';
import { cameraOf, picturePath } from '../text/alarm-camera.ts';
import { titleOf, whatOf } from '../text/alarm-text.ts';
import { BesideAlarm } from '../text/beside-alarm.tsx';
import { stageText } from '../text/handling-text.ts';
import { Acts } from './alarm-acts.tsx';
import { Facts } from './alarm-context.tsx';
import { Told } from './decided-by.tsx';
import { choose, unread } from './desk.ts';
import { WhoTold } from './who-told.tsx';
import './alarm-detail.css';

function Pictures({ alarm, evidence }: { alarm: Alarm; evidence: boolean }) {
  const camera = cameraOf(alarm);
  useLooking(alarm, camera !== undefined);
  if (!camera) return null;
  return (
    <div class="pics">
      {evidence && <KeptShot alarm={alarm} label={t('evidencePicture')} />}
      {evidence && <AroundShots alarm={alarm} camera={camera} />}
      <CameraTile
        {...{ camera, alarm: alarm.id }}
        path={picturePath(camera)}
        label={`${t('livePicture')} · ${say(camera.title)}`}
      />
      {evidence && alarm.clip !== undefined && you.value && (
        <ClipTile name={alarm.clip} alarm={alarm} role={you.value.role} />
      )}
    </div>
  );
}

/** The line under the title. */
function Summary({ alarm }: { alarm: Alarm }) {
  const known = useMemo(() => select((state, here) => isStandingKnown(here, state, alarm), true), [alarm]).value;
  const over = alarm.returnedAt !== undefined && alarm.causes.length === 0;
  return (
    <p class="facts">
      <b>{memoryOf(alarm) === 'rtn-unack' ? t('stUnacked') : stageText(alarm)}</b>
      <span>{t('firstAt', { time: stamp(alarm.sourceTime ?? alarm.raisedAt, offset.value) })}</span>
      <span>{t('triggered', { n: alarm.count })}</span>
      {over && <span>{t('returnedAt', { time: hms(alarm.returnedAt ?? 0, offset.value) })}</span>}
      {alarm.causes.length > 0 && !stale.value && <span>{t(known ? 'standing' : 'standingUnknown')}</span>}
      {!alarm.why && whatOf(alarm) && <span>{whatOf(alarm)}</span>}
    </p>
  );
}

function ToDo({ alarm, role }: { alarm: Alarm; role: Role }) {
  return (
    <div class="col">
      <IncidentBox alarm={alarm} choose={choose} />
      <Course alarm={alarm} />
      <ProcedureBox alarm={alarm} />
      {may(role, 'dispose') || may(role, 'close') ? <FindingForm key={alarm.id} alarm={alarm} role={role} /> : null}
      {mayAsk(role, 'events') ? <Timeline alarm={alarm} /> : <Notes alarm={alarm} />}
      {may(role, 'note') && <NoteForm alarm={alarm} />}
    </div>
  );
}

/** `taken`: called before the alarm is acknowledged, so that it stays in view when it leaves its list. */
export function Detail({ alarm, taken }: { alarm: Alarm; taken: () => void }) {
  const role = you.value?.role;
  if (!role) return null;
  return (
    <div class={`detail ${shelfOf(alarm) ? 'aside' : ''}`} data-unread={String(unread.value)}>
      <h2>
        <Badge priority={alarm.priority} acked={!!alarm.acked} />
        {titleOf(alarm)}
        <span class="age">{ageOf(alarm)}</span>
      </h2>
      <Summary alarm={alarm} />
      <Marks alarm={alarm} />
      <Acts alarm={alarm} role={role} taken={taken} />
      <BesideAlarm alarm={alarm.id} />
      <div class="cols">
        <ToDo alarm={alarm} role={role} />
        <div class="col">
          <Pictures alarm={alarm} evidence={mayAsk(role, 'evidence')} />
          {mayAsk(role, 'samples') && <Tension alarm={alarm} />}
          <Told alarm={alarm} />
          <WhoTold alarm={alarm} />
          <section>
            <h3>{t('known')}</h3>
            <Facts alarm={alarm} />
          </section>
        </div>
      </div>
    </div>
  );
}
