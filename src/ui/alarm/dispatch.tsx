/**
 * Sending somebody to an alarm: one click for whoever is nearest and free, and everybody else by name with what speaks for
 * or against him. It suggests; a person decides.
 */
import { useMemo } from 'preact/hooks';
import type { Alarm } from '../../core/types.ts';
import { type Candidate, candidates } from '../../core/view/view-handling.ts';
import { span } from '../page/format.ts';
import { say, t } from '../page/language.ts';
import { now } from '../page/page-clock.ts';
import { select } from '../page/page-feed.ts';
import { openAlarms } from '../page/views.ts';
import { shortTitle } from '../text/alarm-text.ts';
import './dispatch.css';

/** Everybody one could send to an alarm, best first. */
export function useCandidates(alarm: Alarm): readonly Candidate[] {
  return useMemo(() => select<readonly Candidate[]>((state, here) => candidates(here, state, alarm), []), [alarm])
    .value;
}

/** The one to suggest: on duty and free; nobody else is suggested. */
export function suggested(all: readonly Candidate[], alarm: Alarm): Candidate | undefined {
  const first = all.find((c) => c.person.id !== alarm.dispatched?.to);
  return first?.onDuty && first.busy === undefined ? first : undefined;
}

/** `2号点，3 分前 · 已派往 6区 断线` */
function standing({ scan, busy, onDuty }: Candidate): string {
  const parts: string[] = [];
  const other = openAlarms.value.find((a) => a.id === busy);
  if (other) parts.push(t('busyWith', { title: shortTitle(other) }));
  if (scan) parts.push(t('lastScan', { place: say(scan.checkpoint.title), age: span(now.value - scan.at) }));
  else parts.push(t(onDuty ? 'walking' : 'offDuty'));
  return parts.join(' · ');
}

export function SendList({
  all,
  alarm,
  send,
}: {
  all: readonly Candidate[];
  alarm: Alarm;
  send: (person: string) => void;
}) {
  if (all.length === 0) return <p class="facts">{t('nobody')}</p>;
  return (
    <fieldset class="people">
      <legend>{t('whom')}</legend>
      {all.map((candidate) => (
        <button
          key={candidate.person.id}
          type="button"
          class="btn"
          disabled={candidate.person.id === alarm.dispatched?.to}
          onClick={() => send(candidate.person.id)}
        >
          {candidate.person.name}
          <small>{standing(candidate)}</small>
        </button>
      ))}
    </fieldset>
  );
}
