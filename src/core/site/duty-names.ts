/**
 * How duties that belong to an alarm are named. Who may not know of an alarm must not learn of it by what it owed.
 */

const ofAlarm = /^(?:snapshot|notify)\/(\d+)(?:\/|$)/;

/** The alarm a duty was owed for: a picture or a message. Undefined for sirens and for what people asked for. */
export function alarmOfDuty(duty: string): number | undefined {
  const [, id] = ofAlarm.exec(duty) ?? [];
  return id === undefined ? undefined : Number(id);
}
