/**
 * One alarm in full at the desk: what to do about it first, then its pictures, what is known around it, a minute of
 * tension, and what happened. A role that may not ask for a part is not shown a failure in its place.
 */
import { may, mayAsk } from '../../core/rights.ts';
import type { Alarm } from '../../core/types.ts';
import { detailOf, phaseText, titleOf, whatOf } from '../alarmtext.ts';
import { command } from '../api.ts';
import { stale } from '../clock.ts';
import { you } from '../feed.ts';
import { hms, stamp } from '../format.ts';
import { offset } from '../views.ts';
import { say, t } from '../words.ts';
import { Badge } from './badge.tsx';
import { CloseForm } from './close.tsx';
import { cameraOf, evidencePath, picturePath } from './evidence.tsx';
import { Facts } from './facts.tsx';
import { useAct } from './frame.tsx';
import { ageOf } from './item.tsx';
import { ShotTile } from './shots.tsx';
import { Tension } from './tension.tsx';
import { Timeline } from './timeline.tsx';

function Pictures({ alarm, evidence }: { alarm: Alarm; evidence: boolean }) {
  const camera = cameraOf(alarm);
  if (!camera) return null;
  return (
    <div class="pics">
      {evidence && (
        <ShotTile
          path={alarm.picture === undefined ? undefined : evidencePath(alarm.picture)}
          once
          label={t('evidencePicture')}
          empty={t('noEvidence')}
        />
      )}
      <ShotTile path={picturePath(camera)} label={`${t('livePicture')} · ${say(camera.title)}`} />
    </div>
  );
}

/** The line under the title. */
function Summary({ alarm }: { alarm: Alarm }) {
  const over = alarm.returnedAt !== undefined && alarm.causes.length === 0;
  return (
    <p class="facts">
      <b>{alarm.acked ? phaseText(alarm) : t('stUnacked')}</b>
      <span>{t('firstAt', { time: stamp(alarm.taken ?? alarm.raisedAt, offset.value) })}</span>
      <span>{t('triggered', { n: alarm.count })}</span>
      {over && <span>{t('returnedAt', { time: hms(alarm.returnedAt ?? 0, offset.value) })}</span>}
      {alarm.causes.length > 0 && !stale.value && <span>{t('standing')}</span>}
      {!alarm.why && whatOf(alarm) && <span>{whatOf(alarm)}</span>}
      {alarm.acked && <span>{detailOf(alarm, offset.value)}</span>}
    </p>
  );
}

/** `taken`: called before the alarm is acknowledged, so that it stays in view when it leaves its list. */
export function Detail({ alarm, taken }: { alarm: Alarm; taken: () => void }) {
  const { busy, failure, act } = useAct();
  const role = you.value?.role;
  if (!role) return null;
  const acknowledge = () => {
    taken();
    return act(() => command({ do: 'acknowledge', alarm: alarm.id }));
  };
  return (
    <div class="detail">
      <h2>
        <Badge priority={alarm.priority} acked={!!alarm.acked} />
        {titleOf(alarm)}
        <span class="age">{ageOf(alarm)}</span>
      </h2>
      <Summary alarm={alarm} />
      {failure !== undefined && (
        <p class="failed" role="alert">
          {failure}
        </p>
      )}
      {!alarm.acked && may(role, 'acknowledge') && (
        <div class="acts">
          <button type="button" class="btn main" disabled={busy} onClick={() => void acknowledge()}>
            {t('acknowledgeKey')}
          </button>
          {may(role, 'close') && <span class="facts">{t('ackFirst')}</span>}
        </div>
      )}
      {alarm.acked && may(role, 'close') && <CloseForm key={alarm.id} alarm={alarm} />}
      <Pictures alarm={alarm} evidence={mayAsk(role, 'evidence')} />
      {mayAsk(role, 'samples') && <Tension alarm={alarm} />}
      <div class="beside">
        <section>
          <h3>{t('known')}</h3>
          <Facts alarm={alarm} />
        </section>
        {mayAsk(role, 'events') && <Timeline alarm={alarm} />}
      </div>
    </div>
  );
}
