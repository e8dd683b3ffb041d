/**
 * One alarm of the past in full, read-only: how it was handled, what happened moment by moment, what was seen and what the
 * wires did. It has no button that changes anything; an alarm that is still open leads to the desk.
 */
import { pageTable } from '../../core/site/pages.ts';
import { mayAsk } from '../../core/site/rights.ts';
import type { Event, Role } from '../../core/types.ts';
import { ClipTile } from '../alarm/clip/clip-tile.tsx';
import { Course } from '../alarm/course.tsx';
import { AroundShots, KeptShot } from '../alarm/evidence-slot.tsx';
import { Notes } from '../alarm/notes.tsx';
import { Tension } from '../alarm/tension/tension-minute.tsx';
import { Timeline } from '../alarm/timeline.tsx';
import { Badge } from '../page/badge.tsx';
import { hms, stamp } from '../page/format.ts';
import { read, to } from '../page/gateway-api.ts';
import { say, t } from '../page/language.ts';
import { Show, useLoaded } from '../page/page-frame.tsx';
import { offset } from '../page/views.ts';
import { cameraOf, noCameraText } from '../text/alarm-camera.ts';
import { titleOf, whatOf } from '../text/alarm-text.ts';
import { BesideAlarm, InsteadOfAlarm } from '../text/beside-alarm.tsx';
import { reasonText, stageWhole, whoText } from '../text/handling-text.ts';
import { type ClosedLife, pastAlarm } from './past-alarm.ts';

const LIMIT = 1_000;
/** Events of one alarm that are asked for at most: an alarm that chatters for a whole night. Ours. */
const PAGES_MAX = 20;

interface StoryPage {
  readonly rows: readonly Event[];
  readonly next?: string;
}

async function load(id: number): Promise<ClosedLife | undefined> {
  const facts: Event[] = [];
  let cursor = '';
  for (let i = 0; i < PAGES_MAX; i++) {
    const { rows, next } = await read<StoryPage>(`/api/events?alarm=${id}&limit=${LIMIT}${cursor}`);
    facts.push(...rows);
    if (next === undefined) break;
    cursor = `&cursor=${encodeURIComponent(next)}`;
  }
  return pastAlarm(id, facts);
}

function Evidence({ alarm, role }: { alarm: ClosedLife['alarm']; role: Role }) {
  const camera = cameraOf(alarm);
  if (!mayAsk(role, 'evidence')) return null;
  if (!camera && alarm.picture === undefined) return <p class="facts">{noCameraText(alarm)}</p>;
  return (
    <div class="pics">
      <KeptShot alarm={alarm} label={camera ? t('evidence', { camera: say(camera.title) }) : t('evidencePicture')} />
      {camera && <AroundShots alarm={alarm} camera={camera} />}
      {alarm.clip !== undefined && <ClipTile name={alarm.clip} alarm={alarm} role={role} />}
    </div>
  );
}

function How({ past: { alarm, closed } }: { past: ClosedLife }) {
  if (!closed)
    return (
      <p class="facts">
        <b>{stageWhole(alarm)}</b> <a href={to(pageTable.console.path)}>{t('historyToDesk')}</a>
      </p>
    );
  return (
    <p class="facts">
      <b>
        {t('closedBy', {
          time: stamp(closed.at, offset.value),
          name: whoText(closed.by),
          reason: reasonText(closed.reason),
        })}
      </b>
      {closed.note !== undefined && <span>{closed.note}</span>}
    </p>
  );
}

function Told({ past, role }: { past: ClosedLife; role: Role }) {
  const { alarm, closed } = past;
  // What stood when it was closed is over for the curve: the minute shown ends there and not now.
  const calmed = closed ? { ...alarm, causes: [], returnedAt: alarm.returnedAt ?? closed.at } : alarm;
  const what = whatOf(alarm);
  return (
    <div class="detail" data-story={alarm.id}>
      <h2>
        <Badge priority={alarm.priority} acked={true} />
        {titleOf(alarm)}
        <small>#{alarm.id}</small>
      </h2>
      <p class="facts">
        <span>{t('firstAt', { time: stamp(alarm.sourceTime ?? alarm.raisedAt, offset.value) })}</span>
        <span>{t('triggered', { n: alarm.count })}</span>
        {alarm.returnedAt !== undefined && (
          <span>{t('returnedAt', { time: hms(alarm.returnedAt, offset.value) })}</span>
        )}
        {what !== '' && <span>{what}</span>}
      </p>
      <How past={past} />
      <BesideAlarm alarm={alarm.id} />
      <Course alarm={alarm} />
      <Notes alarm={alarm} />
      <Evidence alarm={alarm} role={role} />
      {mayAsk(role, 'samples') && <Tension alarm={calmed} />}
      <Timeline alarm={alarm} />
    </div>
  );
}

/** The alarm of this number, or that there is none. */
export function Story({ id, role }: { id: number; role: Role }) {
  const [loaded, again] = useLoaded(() => load(id), id);
  return (
    <Show loaded={loaded} again={again}>
      {(past) =>
        past ? (
          <Told past={past} role={role} />
        ) : (
          <InsteadOfAlarm alarm={id} again={again}>
            <p class="note">{t('historyNone', { n: id })}</p>
          </InsteadOfAlarm>
        )
      }
    </Show>
  );
}
