/** Who was told and who acted, line by line, for accountability. It must never leave out an act, nor say more of one than its line does. */
import { alarmOfDuty } from '../../core/site/duty-names.ts';
import type { Event } from '../../core/types.ts';

/** Kinds of facts that somebody was told, or acted. `done` is one where it is a message's. */
const kinds: ReadonlySet<string> = new Set<Event['kind']>([
  ...(['displayed', 'escalated', 'sending', 'taken-told', 'replied', 'acknowledged', 'part-acknowledged'] as const),
  ...(['dispatched', 'accepted', 'arrived', 'renewed', 'looked', 'disposed', 'noted', 'answered', 'closed'] as const),
  ...(['shelved', 'unshelved', 'police-announced', 'police-step', 'phone-sent', 'handed-over', 'signed-on'] as const),
  ...(['district-ordered', 'district-answered', 'district-overdue', 'picture-viewed'] as const),
]);

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : Array.isArray(value) ? value.map(String).join(', ').slice(0, 500) : undefined;

/** Longest line that is kept with its deed, characters; the journal has all of it. */
const BODY_MAX = 20_000;

const bodyOf = (event: Event): object =>
  JSON.stringify(event).length > BODY_MAX ? { kind: event.kind, seq: event.seq } : event;

/** The row of a deed; undefined where the line is none. */
export function deedRow(event: Event) {
  const said = event as unknown as Readonly<Record<string, unknown>>;
  const message = event.kind === 'done' && event.duty.startsWith('notify/');
  if (!message && !kinds.has(event.kind)) return undefined;
  const alarm = message ? alarmOfDuty(event.duty) : typeof said.alarm === 'number' ? said.alarm : undefined;
  const outcome = message ? (event.ok ? 'told' : (event.untaken ?? 'failed')) : (text(said.how) ?? text(said.reason));
  return {
    ...{ seq: event.seq, alarm, at: event.at, kind: event.kind },
    who: text(said.by) ?? text(said.people) ?? text(said.roles) ?? text(said.person),
    channel: text(said.channel) ?? text(said.channels),
    outcome,
    body: bodyOf(event),
  };
}
