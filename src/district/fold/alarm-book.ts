/** Alarms as rows, taken from State after each line that speaks of one. It must never decide how an alarm stands. */
import { placeOf } from '../../core/site/naming.ts';
import type { Alarm, Site } from '../../core/types.ts';
import type { ReadLine } from '../ingest/read-line.ts';

/** How an alarm was over. */
export interface AlarmEnd {
  readonly by: string;
  readonly at: number;
  readonly reason: string;
  readonly note?: string;
}

/** Where an alarm is, in words. */
export function placeWords(site: Site, alarm: Pick<Alarm, 'zone' | 'checkpoint' | 'device' | 'key'>) {
  try {
    const { zh, en } = placeOf(site, alarm);
    return { zh: String(zh), en: String(en) };
  } catch {
    // What a school calls its site is its own affair; its alarms are shown all the same.
    return { zh: alarm.device, en: alarm.device };
  }
}

/** The row of an alarm as State has it. */
export function alarmRow(site: Site, alarm: Alarm, end: AlarmEnd | undefined, now: number) {
  const place = placeWords(site, alarm);
  return {
    ...{ id: alarm.id, key: alarm.key, kind: alarm.kind, priority: alarm.priority, device: alarm.device },
    ...{ zone: alarm.zone, round: alarm.round, checkpoint: alarm.checkpoint, place_zh: place.zh, place_en: place.en },
    ...{ why_zh: alarm.why?.zh, why_en: alarm.why?.en, covert: alarm.covert ?? false, raised_at: alarm.raisedAt },
    ...{ last_at: alarm.lastAt, count: alarm.count, returned_at: alarm.returnedAt },
    ...{ acked_by: alarm.acked?.by, acked_at: alarm.acked?.at },
    ...{ first_acked_by: alarm.firstAcked?.by, first_acked_at: alarm.firstAcked?.at },
    ...{ dispatched_to: alarm.dispatched?.to, dispatched_at: alarm.dispatched?.at },
    ...{ arrived_by: alarm.arrived?.by, arrived_at: alarm.arrived?.at, level: alarm.escalated?.level },
    ...{ incident: alarm.incident, finding: alarm.disposed?.reason },
    ...{ disposed_by: alarm.disposed?.by, disposed_at: alarm.disposed?.at },
    ...{ closed_by: end?.by, closed_at: end?.at, reason: end?.reason, note: end?.note },
    ...{ received_at: now, ahead: false },
  };
}

/** The alarm a line speaks of: raised by it, or named in it. */
export function alarmIn({ event }: Pick<ReadLine, 'event'>): number | undefined {
  if (!event) return undefined;
  if (event.kind === 'raised') return event.seq;
  return 'alarm' in event && typeof event.alarm === 'number' ? event.alarm : undefined;
}
