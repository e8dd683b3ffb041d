/**
 * One alarm as a line of a list, on console and phone: mark, title, age, what or who. The whole line is one button.
 */
import type { Alarm } from '../../core/types.ts';
import { Badge } from '../page/badge.tsx';
import { span } from '../page/format.ts';
import { t } from '../page/language.ts';
import { now } from '../page/page-clock.ts';
import { offset, sentHere } from '../page/views.ts';
import { detailOf, titleOf } from '../text/alarm-text.ts';
import { lateNow, shelfText, stageWhole } from '../text/handling-text.ts';
import { shelfOf } from './marks.tsx';
import './alarm-item.css';

/** How long ago an alarm began; stands still while data is stale. */
export function ageOf(alarm: Alarm): string {
  return span(now.value - Math.min(alarm.sourceTime ?? alarm.raisedAt, now.value));
}

export function AlarmItem({ alarm, chosen, choose }: { alarm: Alarm; chosen: boolean; choose: () => void }) {
  const shelf = shelfOf(alarm);
  return (
    <li>
      <button
        type="button"
        class={`item ${chosen ? 'chosen' : ''} ${shelf ? 'aside' : ''}`}
        data-alarm={alarm.id}
        aria-current={chosen}
        onClick={choose}
      >
        <Badge priority={alarm.priority} acked={!!alarm.acked} />
        <span class="main">{titleOf(alarm)}</span>
        <span class="age">{ageOf(alarm)}</span>
        <span class="sub">
          {sentHere(alarm) && <b>{t('sentToYou')} · </b>}
          <span class={lateNow(alarm) ? 'flag' : ''}>{stageWhole(alarm)}</span> ·{' '}
          {shelf ? shelfText(shelf) : detailOf(alarm, offset.value)}
        </span>
      </button>
    </li>
  );
}
