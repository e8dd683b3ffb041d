/**
 * What an answer by the way a message came does: it acknowledges as the person who has the number it came from, with the rights of his
 * account and no others, or ends and begins messages by that way. Whatever else it says does nothing. Every answer is a fact, as far as
 * not too many come; and who answers is told what is so, as far as that cannot go on for ever between two machines.
 */
import { late } from '../../alarm/alarm-state.ts';
import { alarmFor } from '../../alarm/authorize.ts';
import type { Draft } from '../../draft.ts';
import { lookup } from '../../site/lookup.ts';
import { personOf } from '../../site/naming.ts';
import { heardKey } from '../../tell/reply-book.ts';
import type { Alarm, Command, ReplyCame, ReplyHeard, Role, User } from '../../types.ts';

/** Answers of one person that are answered in an hour: more than alarms a guard takes on, and an end to a loop. Ours. */
export const answeredMax = 12;
/** Answers of one person that are looked at in an hour, and of numbers nobody has. Ours. */
const heardMax = { person: 60, stranger: 10 } as const;

/** Who answers without a number this long after an alarm was taken may mean that one; an SMS seldom takes longer. Ours. */
const justTakenMs = 600_000;

/** How a person's command is done, and whether his role may give it; handed in, because the acts stand above. */
export interface ReplyMeans {
  readonly ask: (draft: Draft, by: User, command: Command) => void;
  readonly may: (role: Role, act: Command['do']) => boolean;
}

/** What came of an answer, and of which alarm. */
interface Came {
  readonly came: ReplyCame;
  readonly alarm?: number;
}

/** Who acknowledges when this person answers: one of his accounts that may, or himself by a phone that is paired. */
function userOf({ site, state, at }: Draft, person: string, { may }: ReplyMeans): User | undefined {
  const own = ([name]: readonly [string, unknown]) => personOf(site, { name })?.id === person;
  const accounts = [...state.accounts].filter((entry) => own(entry) && !entry[1].wall && !entry[1].disabled);
  const able = accounts.find(([, { role }]) => may(role, 'acknowledge')) ?? accounts[0];
  if (able) return { name: able[0], role: able[1].role };
  // A phone of the same name as an account is the account's, and no way around its being disabled.
  const paired = ({ name, until }: { readonly name: string; readonly until: number }) =>
    until > at && own([name, undefined]) && !state.accounts.has(name);
  const phone = [...state.phones.values()].find(paired);
  return phone && { name: phone.name, role: 'guard' };
}

/** Whether an alarm still wants what this answer gives. */
const waits = (alarm: Alarm, now: number): boolean => !alarm.acked || late(alarm, now) !== undefined;

/** Whether a message of it may have come to this person; one that never left had a number as well. */
const mayHave = ({ notices }: Alarm, person: string): boolean =>
  notices.some(
    ({ people, taken, sentAt, tryAt, doubt }) =>
      !taken && people?.includes(person) && (sentAt !== undefined || tryAt !== undefined || doubt),
  );

/**
 * The alarm an answer means: the one it names, or the only one that waits of those he can have heard of. Where another was taken a
 * moment ago, his answer may still mean that one.
 */
function meant({ state, at }: Draft, person: string, { number, bare }: ReplyHeard): Alarm | ReplyCame {
  const told = [...state.alarms.values()].filter(({ numbers = {} }) => lookup(numbers, person) !== undefined);
  const open = told.filter((alarm) => waits(alarm, at));
  if (bare && open.length > 1) return 'ambiguous';
  if (number !== undefined) return told.find(({ numbers }) => numbers?.[person] === number) ?? 'no-such';
  const heard = open.filter((alarm) => mayHave(alarm, person));
  const justTaken = told.some((alarm) => !open.includes(alarm) && (alarm.acked?.at ?? 0) > at - justTakenMs);
  return heard.length > 1 || (heard.length === 1 && justTaken) ? 'ambiguous' : (heard[0] ?? 'nothing-waits');
}

function acknowledged(draft: Draft, heard: ReplyHeard, means: ReplyMeans): Came {
  const { person = '' } = heard;
  const alarm = meant(draft, person, heard);
  if (typeof alarm === 'string') return { came: alarm };
  const about = { alarm: alarm.id };
  const user = userOf(draft, person, means);
  if (!user) return { came: 'no-account', ...about };
  if (!means.may(user.role, 'acknowledge') || !alarmFor(draft, user, alarm.id)) return { came: 'refused', ...about };
  if (!waits(alarm, draft.at)) return { came: 'already', ...about };
  const before = draft.events.length;
  means.ask(draft, user, { do: 'acknowledge', alarm: alarm.id });
  const kinds = draft.events.slice(before).map(({ kind }) => kind);
  if (kinds.includes('acknowledged')) return { came: 'acknowledged', ...about };
  // The same person once more, while a second must answer: what is so has not changed.
  return { came: kinds.includes('refused') ? 'refused' : 'part', ...about };
}

function cameOf(draft: Draft, heard: ReplyHeard, means: ReplyMeans): Came {
  if (heard.person === undefined || !lookup(draft.site.people, heard.person)) return { came: 'unknown-sender' };
  if (heard.said === 'stop') return { came: 'stopped' };
  if (heard.said === 'start') return { came: 'started' };
  return heard.said === 'other' ? { came: 'not-understood' } : acknowledged(draft, heard, means);
}

/** Somebody answered. */
export function hearReply(draft: Draft, heard: ReplyHeard, means: ReplyMeans): void {
  const { channel, person, said, number, bare } = heard;
  if (!lookup(draft.site.channels, channel)?.replies) return;
  const load = draft.state.channelLoads.get(heardKey(channel, person));
  const lately = (load?.times ?? []).filter((time) => time > draft.at - 3_600_000).length;
  if (lately >= (person === undefined ? heardMax.stranger : heardMax.person)) return;
  const came = cameOf(draft, heard, means);
  const answered = person !== undefined && came.came !== 'unknown-sender' && lately < answeredMax;
  draft.add({
    ...{ kind: 'replied', channel, said, ...came },
    ...(person !== undefined && { person }),
    ...(number !== undefined && { number }),
    ...(bare && { bare }),
    ...(answered && { answered }),
  });
}
