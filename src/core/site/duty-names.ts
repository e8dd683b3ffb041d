/**
 * How duties that belong to an alarm are named. Who may not know of an alarm must not learn of it by what it owed.
 */

const ofAlarm = /^(?:snapshot|clip|notify)\/(\d+)(?:\/|$)/;

/** The alarm a duty was owed for: a picture, a clip or a message. Undefined for sirens and for what people asked for. */
export function alarmOfDuty(duty: string): number | undefined {
  const [, id] = ofAlarm.exec(duty) ?? [];
  return id === undefined ? undefined : Number(id);
}

/** Duties of an order: to take the still, and to send it or the report. */
const dutyOf = /^order\/([0-9a-f-]{36})\/(take|send)$/;
export const takeDuty = (order: string): string => `order/${order}/take`;
export const sendDuty = (order: string): string => `order/${order}/send`;

/** The order a duty was owed for, and what of it. */
export function orderOfDuty(duty: string): { readonly id: string; readonly part: 'take' | 'send' } | undefined {
  const [, id, part] = dutyOf.exec(duty) ?? [];
  return id === undefined ? undefined : { id, part: part === 'take' ? 'take' : 'send' };
}
