/**
 * The wall's alarm list: five rows that are always the same nodes, so that nothing grows in a year. Each row follows its
 * own alarm and redraws alone. While data is stale an empty list is "state unknown", never reassurance.
 */
import { computed, signal, useComputed } from '@preact/signals';
import type { Alarm } from '../../core/types.ts';
import { detailOf, kindOf, phaseText, placeOf, reasonText, shortTitle } from '../alarmtext.ts';
import { now, stale } from '../clock.ts';
import { site } from '../feed.ts';
import { clockSpan, hm, span } from '../format.ts';
import { alarms, closed, offset, today } from '../views.ts';
import { t } from '../words.ts';
import { Badge } from './badge.tsx';

const ROWS = 5;
const slots = Array.from({ length: ROWS }, (_, i) => computed(() => alarms.value[i]));

/** The row a key press means; undefined means the first. It follows the alarm, not the place in the list. */
const chosenId = signal<number | undefined>(undefined);
export const chosen = computed<Alarm | undefined>(() => {
  const shown = alarms.value.slice(0, ROWS);
  return shown.find((a) => a.id === chosenId.value) ?? shown[0];
});

/** Moves the choice up or down among the rows shown. */
export function choose(step: -1 | 1): void {
  const shown = alarms.peek().slice(0, ROWS);
  const from = shown.findIndex((a) => a.id === chosen.peek()?.id);
  const next = shown[Math.min(shown.length - 1, Math.max(0, from + step))];
  chosenId.value = next?.id;
}

/** Time since an alarm began, by the device's own word if it gave one. */
function Age({ alarm }: { alarm: Alarm }) {
  return <span class="age">{span(now.value - Math.min(alarm.taken ?? alarm.raisedAt, now.value))}</span>;
}

function Row({ index }: { index: number }) {
  const alarm = slots[index]?.value;
  const isChosen = useComputed(() => chosenId.value !== undefined && slots[index]?.value?.id === chosen.value?.id);
  if (!alarm) return <div class="row blank" />;
  const fresh = alarm.acked ? '' : `new of${alarm.priority}`;
  return (
    <div class={`row ${fresh} ${isChosen.value ? 'chosen' : ''}`} data-alarm={alarm.id}>
      <Badge priority={alarm.priority} acked={!!alarm.acked} />
      <span class="main">
        <span class="one-line">{placeOf(alarm)}</span> <span class="kind">{kindOf(alarm)}</span>
      </span>
      <Age alarm={alarm} />
      <span class="sub one-line">{detailOf(alarm, offset.value)}</span>
      <span class="handling">{phaseText(alarm)}</span>
    </div>
  );
}

function Quiet() {
  if (alarms.value.length > 0) return null;
  const sentence = stale.value ? t('unknown') : site.value ? t('quiet') : t('connecting');
  return <div class="quiet">{sentence}</div>;
}

function Foot() {
  const { raised, nuisance, acked, ackMs } = today.value;
  const ack = acked === 0 ? '—' : clockSpan(ackMs / acked);
  const last = closed.value[0];
  const more = alarms.value.length - ROWS;
  return (
    <div class="foot">
      <p class="one-line">
        {more > 0 && t('more', { n: more })}
        {more <= 0 &&
          last &&
          t('last', {
            time: hm(last.closedAt, offset.value),
            title: shortTitle(last),
            reason: reasonText(last.reason),
          })}
      </p>
      <p class="one-line">{site.value && t('today', { raised, nuisance, ack })}</p>
    </div>
  );
}

export function AlarmList() {
  return (
    <section class="panel alarms hatch" aria-live="polite">
      {slots.map((_, i) => (
        <Row key={i} index={i} />
      ))}
      <Quiet />
      <Foot />
    </section>
  );
}
