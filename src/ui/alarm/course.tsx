/**
 * How far the handling of an alarm has come, in one row: who did each step and when, and which are still to be done.
 */
import type { ComponentChildren } from 'preact';
import type { Alarm } from '../../core/types.ts';
import { type Key, t } from '../page/language.ts';
import { byText, lateNow, reasonText, whoText } from '../text/handling-text.ts';
import './course.css';

interface StepProps {
  readonly label: Key;
  readonly done: boolean;
  /** What is said while it is not done in time. */
  readonly late?: Key | undefined;
  readonly children?: ComponentChildren;
}

function Step({ label, done, late, children }: StepProps) {
  return (
    <li class={done ? 'done' : ''}>
      <b>{t(label)}</b>
      <span class={late ? 'flag' : ''}>{done ? children : late ? t(late) : '—'}</span>
    </li>
  );
}

export function Course({ alarm }: { alarm: Alarm }) {
  const { acked, firstAcked, dispatched, accepted, arrived, disposed } = alarm;
  const tardy = lateNow(alarm);
  const anew = firstAcked && acked?.at !== firstAcked.at;
  return (
    <ol class="course" aria-label={t('stepsLabel')}>
      <Step label="stepAcked" done={acked !== undefined || firstAcked !== undefined}>
        {acked && byText(acked)}
        {anew && <small>{t('firstAcked', { who: byText(firstAcked) })}</small>}
      </Step>
      <Step label="stepSent" done={dispatched !== undefined} late={tardy === 'send' ? 'stNotSent' : undefined}>
        {dispatched && byText({ by: dispatched.to, at: dispatched.at })}
        {dispatched && <small>{t('sentBy', { name: whoText(dispatched.by) })}</small>}
      </Step>
      <Step label="stepAccepted" done={accepted !== undefined} late={tardy === 'accept' ? 'stNoReply' : undefined}>
        {accepted && byText(accepted)}
      </Step>
      <Step label="stepArrived" done={arrived !== undefined} late={tardy === 'arrive' ? 'stNotThere' : undefined}>
        {arrived && byText(arrived)}
        {arrived?.how === 'scan' && <small>{t('byScan')}</small>}
      </Step>
      <Step
        label="stepFound"
        done={disposed !== undefined}
        late={tardy === 'find' ? 'stNotFound' : tardy === 'review' ? 'stNotReviewed' : undefined}
      >
        {disposed && byText(disposed)}
        {disposed && <small>{reasonText(disposed.reason)}</small>}
      </Step>
    </ol>
  );
}
