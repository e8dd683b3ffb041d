/**
 * The other alarms of the same incident: why they belong together, which zones they are in, and each of them to turn to.
 * Grouping never hides one: those already closed are named as well, as far as they are remembered.
 */
import type { Alarm } from '../../core/types.ts';
import { Badge } from '../page/badge.tsx';
import { t } from '../page/language.ts';
import { closed, openAlarms } from '../page/views.ts';
import { titleOf } from '../text/alarm-text.ts';
import { joiningText, stageText } from '../text/handling-text.ts';
import { zonesText } from '../text/incident-text.ts';
import './incident.css';

const incidentOf = (alarm: Alarm) => alarm.incident ?? alarm.id;

/** The open alarms of an alarm's incident, itself among them, oldest first. */
export function membersOf(alarm: Alarm): readonly Alarm[] {
  const id = incidentOf(alarm);
  return openAlarms.value.filter((a) => incidentOf(a) === id).sort((a, b) => a.id - b.id);
}

export function IncidentBox({ alarm, choose }: { alarm: Alarm; choose: (id: number) => void }) {
  const open = membersOf(alarm);
  const id = incidentOf(alarm);
  const gone = closed.value.filter((a) => incidentOf(a) === id);
  if (open.length + gone.length < 2) return null;
  const whys = [...new Set(open.flatMap((a) => (a.joining && a.joining !== 'apart' ? [a.joining] : [])))];
  const zones = [...new Set(open.flatMap((a) => a.zone ?? []))];
  return (
    <section class="incident">
      <h3>
        {t('incident')} {zones.length > 0 && zonesText(zones)} · {t('incidentOf', { n: open.length + gone.length })}
      </h3>
      {whys.length > 0 && <p class="facts">{whys.map(joiningText).join(' · ')}</p>}
      <ul class="members">
        {open.map((member) => (
          <li key={member.id}>
            <button
              type="button"
              class="btn"
              aria-current={member.id === alarm.id}
              disabled={member.id === alarm.id}
              onClick={() => choose(member.id)}
            >
              <Badge priority={member.priority} acked={!!member.acked} /> {titleOf(member)}
              <small>{stageText(member)}</small>
            </button>
          </li>
        ))}
        {gone.map((member) => (
          <li key={member.id} class="facts">
            {titleOf(member)} · {t('isClosed')}
          </li>
        ))}
      </ul>
    </section>
  );
}
