/**
 * The message about an alarm that leaves the gateway. Whoever reads it may stand in the rain with no way to open a page, so
 * it says by itself what happened, where, since when, who was sent, and why it is sent now. It must never carry a secret.
 */
import { courseOf } from '../../core/alarm/procedures.ts';
import { lookup } from '../../core/site/lookup.ts';
import { personOf, placeOf } from '../../core/site/naming.ts';
import type { Alarm, AlarmKind, Duty, EscalationReason, Priority, Site, Time, Words } from '../../core/types.ts';
import {
  floodWords,
  hasNotAnswered,
  isOnTheWay,
  isThere,
  lastResortWords,
  messageText,
  nobodySent,
  noScreen,
  notAcknowledgedFor,
  notShown,
  oneOfTwo,
  othersWords,
  pledgeBroken,
} from '../../words/gateway-words.ts';
import { canaryAlertRest, canaryAlertTitle, canaryRest, canaryTitle } from '../../words/reach/canary-words.ts';
import {
  digestWords,
  firstStep,
  reminderRest,
  reminderTitle,
  sentAgain,
  takenRest,
  takenTitle,
  takenToo,
  testRest,
  testTitle,
} from '../../words/reach/message-words.ts';
import { replyAnswer, replyNumbered } from '../../words/reach/reply-words.ts';
import { kinds } from '../../words/trade-words.ts';

/** What a message speaks of. answer: what came of what somebody answered. taken: somebody has acknowledged what was told before. test: nothing happened. */
export type About = 'alarm' | 'answer' | 'taken' | 'digest' | 'duty' | 'trouble' | 'test';

/** What a channel carries: a title and a text for people in both languages, and facts for machines where it is of an alarm. */
export interface Message extends Partial<AlarmFacts> {
  readonly about: About;
  readonly school: Words;
  readonly priority: Priority;
  /** One line: urgency, place and kind. */
  readonly title: Words;
  /** All of it, the title first; enough by itself. */
  readonly text: Words;
  /** A page that opens what is told of. Opening it does nothing. */
  readonly link?: string;
}

/** What an alarm is, for machines. */
export interface AlarmFacts {
  /** The alarm's number; the same alarm told twice has the same. */
  readonly alarm: number;
  readonly kind: AlarmKind;
  readonly kindTitle: Words;
  readonly place: Words;
  /** When it was raised, and when it last was triggered. ms since the epoch. */
  readonly raisedAt: Time;
  readonly lastAt: Time;
  /** When it was raised, as clocks at the school said: `11-23 14:31:29`. */
  readonly time: string;
  readonly count: number;
  /** Level of the escalation; 1 is the first. */
  readonly level: number;
  readonly why: EscalationReason;
  /** How often the last level was told again. */
  readonly again?: number;
  /** Who has acknowledged it, where it was not seen to in time. */
  readonly takenBy?: string;
  /** Other open alarms of the same incident. */
  readonly others: readonly { readonly alarm: number; readonly kind: AlarmKind; readonly place: Words }[];
  /** In a flood: how many other alarms wait that this message speaks for. */
  readonly waiting?: number;
  /** The person who was sent. */
  readonly sent?: string;
  readonly arrived: boolean;
}

/** `11-23 14:31:29`, local to the school. */
function clock(at: Time, site: Site): string {
  return new Date(at + site.utcOffsetMin * 60_000).toISOString().slice(5, 19).replace('T', ' ');
}

/** Who is on the way, or that nobody is. */
function sentWords(alarm: Alarm, site: Site): Words {
  const { dispatched, accepted, arrived } = alarm;
  if (!dispatched) return nobodySent;
  const name = site.people[dispatched.to]?.name ?? dispatched.to;
  const at = clock(dispatched.at, site).slice(6);
  if (arrived) return isThere(name, clock(arrived.at, site).slice(6));
  return accepted ? isOnTheWay(name, at) : hasNotAnswered(name, at);
}

function whyWords(alarm: Alarm, site: Site, now: Time): Words {
  const { escalated, waitingSince, acked, pledge, dispatched, accepted, arrived } = alarm;
  if (acked && pledge) {
    const name = (by: string | undefined) => (by === undefined ? '' : (site.people[by]?.name ?? by));
    return pledgeBroken(pledge.stage, name(dispatched?.to ?? accepted?.by ?? arrived?.by), name(acked.by));
  }
  const [first] = alarm.parts ?? [];
  if (first) return oneOfTwo(accountName(site, first.by));
  if (escalated?.why === 'not-displayed') return notShown;
  if (escalated?.why === 'no-screen') return noScreen;
  // The clock may have been set back since; it has waited at least until the message was owed.
  const until = Math.max(now, escalated?.at ?? waitingSince);
  const seconds = Math.round((until - waitingSince) / 1000);
  return notAcknowledgedFor(seconds);
}

/** What a message is made of. */
type Told = Pick<
  Extract<Duty, { do: 'notify' }>,
  'alarm' | 'others' | 'level' | 'waiting' | 'again' | 'digest' | 'taken'
>;

/** What is done about it first, where a procedure says so and nobody has begun. */
function firstWords(site: Site, alarm: Alarm): Words | undefined {
  const course = alarm.answers.length === 0 ? courseOf(site, alarm) : undefined;
  const step = course?.next === undefined ? undefined : course.steps[course.next];
  return step && firstStep(step.step.ask);
}

/** That somebody has taken an alarm, for those who were told of it. */
function takenMessage(site: Site, { alarm, others, level }: Told): Message {
  const { acked, kind, priority } = alarm;
  const place = placeOf(site, alarm);
  const by = acked?.by ?? '';
  const title = takenTitle(place, kinds[kind], accountName(site, by));
  const rest = takenRest(site.name, alarm.id, clock(acked?.at ?? alarm.lastAt, site).slice(6));
  const more = others.map((one) =>
    takenToo(placeOf(site, one), kinds[one.kind], accountName(site, one.acked?.by ?? '')),
  );
  const text = under(title, more.length > 0 ? under(rest, digestWords(more)) : rest);
  const facts = { alarm: alarm.id, kind, kindTitle: kinds[kind], place, raisedAt: alarm.raisedAt, level };
  return { about: 'taken', school: site.name, priority, title, text, takenBy: by, ...facts };
}

/** A test of one channel. */
export function testMessage(site: Site, channel: string, now: Time): Message {
  const title = testTitle(site.name);
  const named = lookup(site.channels, channel)?.title ?? { zh: channel, en: channel };
  const text = under(title, testRest(named, clock(now, site).slice(6)));
  return { about: 'test', school: site.name, priority: 4, title, text };
}

/** A canary, or that one failed. */
export function canaryMessage(site: Site, duty: Extract<Duty, { do: 'canary' }>, now: Time): Message {
  const { channel, failure } = duty;
  if (failure) {
    const { at, hop, why } = failure;
    const title = canaryAlertTitle(site.name, hop);
    const text = under(title, canaryAlertRest(why, clock(at, site).slice(6)));
    return { about: 'trouble', school: site.name, priority: 2, title, text };
  }
  const title = canaryTitle(site.name);
  const called = lookup(site.channels, channel)?.title ?? { zh: channel, en: channel };
  const text = under(title, canaryRest(called, clock(now, site).slice(6)));
  return { about: 'test', school: site.name, priority: 4, title, text };
}

/** That a person comes on duty soon. */
export function reminderMessage(site: Site, duty: Extract<Duty, { do: 'remind' }>): Message {
  const { shift, person, begins, ends } = duty;
  const name = lookup(site.people, person)?.name ?? person;
  const named = lookup(site.roster?.shifts ?? {}, shift)?.title ?? { zh: shift, en: shift };
  const [from, until] = [clock(begins, site).slice(6, 11), clock(ends, site).slice(6, 11)];
  const title = reminderTitle(named, name, from);
  const text = under(title, reminderRest(site.name, from, until));
  return { about: 'duty', school: site.name, priority: 4, title, text };
}

/** What came of a person's answer: as it is now, and not as it was when he answered. */
export function answerMessage(site: Site, duty: Extract<Duty, { do: 'answer' }>): Message {
  const { person, came, alarm, open } = duty;
  const place = (one: Alarm): Words => named({ place: placeOf(site, one), kind: one.kind });
  const numbered = open.map((one) => replyNumbered(one.numbers?.[person] ?? 0, place(one)));
  const acked = alarm?.acked;
  const by = acked && { name: accountName(site, acked.by), time: clock(acked.at, site).slice(6) };
  const title = replyAnswer(came, { alarm: alarm && place(alarm), by, open: numbered });
  return { about: 'answer', school: site.name, priority: 2, title, text: title };
}

/** A title and what stands below it. */
const under = (title: Words, rest: Words): Words => ({
  zh: `${title.zh}\n${rest.zh}`,
  en: `${title.en}\n${rest.en}`,
});

/** What a person is called who is known by his account. */
const accountName = (site: Site, account: string): string => personOf(site, { name: account })?.name ?? account;

/** The first line of a text, in both languages. */
const firstLine = ({ zh, en }: Words): Words => ({ zh: zh.split('\n', 1)[0]!, en: en.split('\n', 1)[0]! });

/** Place and kind of an alarm, as a list names it. */
const named = ({ place, kind }: { readonly place: Words; readonly kind: AlarmKind }): Words => ({
  zh: `${place.zh} ${kinds[kind].zh}`,
  en: `${place.en} ${kinds[kind].en}`,
});

/** The message about an alarm, the others of its incident, and in a flood all others, as they stand at `now`. */
export function messageOf(site: Site, told: Told, now: Time): Message {
  return told.taken ? takenMessage(site, told) : alarmMessage(site, told, now);
}

function alarmMessage(site: Site, told: Told, now: Time): Message & AlarmFacts {
  const { alarm, others, level, waiting, again, digest } = told;
  const { priority, kind, count, raisedAt, lastAt } = alarm;
  const place = placeOf(site, alarm);
  const kindTitle = kinds[kind];
  const sent = sentWords(alarm, site);
  const why = whyWords(alarm, site, now);
  const time = clock(raisedAt, site);
  const rest = others.map((one) => ({ alarm: one.id, kind: one.kind, place: placeOf(site, one) }));
  const also = [
    alarm.escalated?.lastResort && lastResortWords,
    firstWords(site, alarm),
    digest ? digestWords(rest.map((one) => named(one))) : othersWords(rest),
    again && sentAgain,
    waiting === undefined ? undefined : floodWords(waiting),
  ].filter((one) => one !== undefined);
  const person = alarm.dispatched && (site.people[alarm.dispatched.to]?.name ?? alarm.dispatched.to);
  const text = messageText({
    ...{ school: site.name, alarm: alarm.id, priority, place, kind: kindTitle, count, time, why, sent, also },
  });
  return {
    about: digest ? 'digest' : 'alarm',
    school: site.name,
    alarm: alarm.id,
    priority,
    title: firstLine(text),
    text,
    kind,
    kindTitle,
    place,
    raisedAt,
    lastAt,
    time,
    count,
    level,
    why: alarm.escalated?.why ?? 'unacknowledged',
    ...(alarm.escalated?.again !== undefined && { again: alarm.escalated.again }),
    ...(alarm.acked && { takenBy: alarm.acked.by }),
    others: rest,
    ...(waiting !== undefined && { waiting }),
    ...(person !== undefined && { sent: person }),
    arrived: alarm.arrived !== undefined,
  };
}
