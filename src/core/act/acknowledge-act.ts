/**
 * Acknowledge: a person takes an alarm on and answers for it from now on. A guard who does goes there himself: that is what
 * his button says. Where whoever took it has not kept his word, anybody may take it again. Where two must answer, the first answer is
 * a fact of its own and the alarm goes on waiting.
 */

import { late } from '../alarm/alarm-state.ts';
import { passOnRungs } from '../alarm/escalation.ts';
import { nameSent } from '../alarm/procedures.ts';
import type { Draft } from '../draft.ts';
import { lookup } from '../site/lookup.ts';
import { personOf } from '../site/naming.ts';
import type { Alarm, LadderTelling, User } from '../types.ts';
import { type Act, aboutAlarm, sinceRaised } from './act.ts';

/** Whoever was told that it waits is told that it does not any more; not by what only alarms go out by. */
function tellTaken(draft: Draft, by: User, alarm: Alarm): void {
  const self = personOf(draft.site, by)?.id;
  const told = new Map<string, LadderTelling>();
  for (const { at, sentAt, tryAt, doubt, taken, channel: own, by: instead, people = [] } of alarm.notices) {
    const mayHave = sentAt !== undefined || tryAt !== undefined || doubt;
    if (!mayHave || taken || at < alarm.waitingSince) continue;
    const channel = instead ?? own;
    const { each, alarmsOnly } = lookup(draft.site.channels, channel) ?? { alarmsOnly: true };
    const others = people.filter((person) => person !== self);
    if (alarmsOnly || (each !== undefined && others.length === 0)) continue;
    // To a group it is told once, without naming anybody.
    const whom = each === undefined ? [] : others;
    told.set(`${channel} ${whom.join(' ')}`, { channel, people: whom, afterMs: 0 });
  }
  if (told.size > 0) draft.add({ kind: 'taken-told', alarm: alarm.id, by: by.name, tell: [...told.values()] });
}

/** Whether it is the first of the answers that the alarm must have: another has to follow. Whoever takes over what is late is not asked. */
function isFirstOf({ site }: Draft, by: User, alarm: Alarm): boolean {
  if (alarm.acked || alarm.escalated?.needs === undefined) return false;
  const own = personOf(site, by)?.id;
  const another = (name: string) => name !== by.name && (own === undefined || personOf(site, { name })?.id !== own);
  return !alarm.parts?.some((part) => another(part.by));
}

/** A guard sends himself, unless somebody was sent already. */
function goes(draft: Draft, by: User, alarm: Alarm): void {
  const person = by.role === 'guard' ? personOf(draft.site, by) : undefined;
  if (!person || sinceRaised(alarm, alarm.dispatched)) return;
  draft.add({ kind: 'dispatched', alarm: alarm.id, by: by.name, to: person.id });
  draft.add({ kind: 'accepted', alarm: alarm.id, by: by.name });
  nameSent(draft, by, alarm, person.id);
}

export const acknowledge: Act<'acknowledge'> = {
  words: { zh: '确认报警', en: 'Acknowledge an alarm' },
  rule: aboutAlarm(
    (alarm, by, _command, now) =>
      (alarm.acked?.by === by.name && late(alarm, now) === undefined) ||
      (!alarm.acked && alarm.parts?.some((part) => part.by === by.name) === true),
    (draft, by, alarm) => {
      if (isFirstOf(draft, by, alarm)) {
        // The same person by another account has answered already, and counts once.
        const person = personOf(draft.site, by)?.id;
        const who = { by: by.name, ...(person !== undefined && { person }) };
        if (!alarm.parts) draft.add({ kind: 'part-acknowledged', alarm: alarm.id, ...who });
        goes(draft, by, alarm);
        return;
      }
      draft.add({ kind: 'acknowledged', alarm: alarm.id, by: by.name });
      tellTaken(draft, by, alarm);
      passOnRungs(draft, alarm);
      goes(draft, by, alarm);
    },
  ),
};
