/**
 * The part of `evolve` that folds messages: on their way, taken, refused, in doubt. It holds no rules. What is said of silent calls
 * for help counts for nothing beyond their alarm, because few may know of it and everybody's State has to be the same.
 */
import { alarmOfDuty } from '../site/duty-names.ts';
import { foldCanary } from '../tell/canary.ts';
import { afterHour, afterMinute, minuteMs } from '../tell/pace.ts';
import { foldReminded, foldShiftTold } from '../tell/reminders.ts';
import { foldAnswered, foldNumbers, foldReplied, foldResubscribed } from '../tell/reply-book.ts';
import type { Alarm, ChannelTest, Event, Notice, State, Time } from '../types.ts';
import { replaceAlarm } from './evolve-alarm.ts';

type Done = Extract<Event, { kind: 'done' }>;
type SendingFact = Extract<Event, { kind: 'sending' }>;

/** What the other side asks for is kept to, as far as a night can do without it. Ours. */
const pauseMaxMs = 10 * minuteMs;

/** The notice a duty sends, and the channel it goes by. `notify/7/9/wecom/0~sms`: sms, instead of wecom. */
export function partsOf(duty: string): { readonly notice: string; readonly channel: string } {
  const [notice = '', by] = duty.split('~', 2);
  return { notice, channel: by ?? notice.split('/')[3] ?? '' };
}

/** Replaces notices of an alarm. */
function change(state: State, alarm: Alarm, of: (notice: Notice) => Notice): void {
  replaceAlarm(state, { ...alarm, notices: alarm.notices.map(of) });
}

/** The alarms whose messages wait to be told within another. */
const within = (state: State, notice: string): Alarm[] =>
  [...state.alarms.values()].filter(({ notices }) => notices.some((one) => one.within === notice));

function foldSending(state: State, event: SendingFact): void {
  const { alarm: id, notice, channel, people = [], bundles = [], numbers, at, covert } = event;
  const alarm = state.alarms.get(id);
  const carried = ({ by: _by, within: before, ...one }: Notice): Notice => ({
    ...one,
    // Nobody has heard of the try before this one.
    ...(one.tryAt !== undefined && before === undefined && { doubt: true }),
    ...(channel !== one.channel && { by: channel }),
    tryAt: at,
  });
  if (alarm) change(state, alarm, (one) => (one.id === notice ? carried(one) : one));
  const open = numbers && state.alarms.get(id);
  if (open) {
    foldNumbers(state, channel, numbers, open.numbers);
    state.alarms.set(id, { ...open, numbers: { ...open.numbers, ...numbers } });
  }
  const told = new Set(bundles);
  for (const other of new Set(bundles.map(alarmOfDuty))) {
    const whose = other === undefined ? undefined : state.alarms.get(other);
    if (whose) change(state, whose, (one) => (told.has(one.id) ? { ...carried(one), within: notice } : one));
  }
  if (covert) return;
  const { channelLoads: loads } = state;
  loads.set(channel, afterMinute(loads.get(channel), at));
  if (people.length !== 1) return;
  const key = `${channel}/${people[0]}`;
  loads.set(key, afterHour(loads.get(key), at));
}

/** A message came to something. */
function foldNotified(state: State, event: Done): void {
  const { duty, ok, at, untaken, pauseMs } = event;
  const { notice, channel } = partsOf(duty);
  if (!event.covert) foldWorks(state, channel, event);
  const id = alarmOfDuty(notice);
  const alarm = id === undefined ? undefined : state.alarms.get(id);
  const own = alarm?.notices.find((one) => one.id === notice);
  // A try before the one that is on its way: only that it was told after all says something of this one.
  const old = !ok && own?.tryAt !== undefined && (own.by ?? own.channel) !== channel;
  if (!old) settleTry(state, event, own && alarm);
  if (untaken !== 'too-fast' || event.covert) return;
  const load = state.channelLoads.get(channel);
  state.channelLoads.set(channel, { times: load?.times ?? [], until: at + Math.min(pauseMs ?? minuteMs, pauseMaxMs) });
}

/** What a try says of the message, and of those that were told within it. */
function settleTry(state: State, event: Done, alarm: Alarm | undefined): void {
  const { duty, ok, at, untaken, receipt } = event;
  const { notice } = partsOf(duty);
  const settle = ({ tryAt: _tryAt, within: _within, ...one }: Notice): Notice => {
    if (ok) return { ...one, sentAt: at, ...(receipt !== undefined && { receipt }) };
    return { ...one, ...(untaken === 'unknown' && { doubt: true }) };
  };
  if (alarm) change(state, alarm, (one) => (one.id === notice ? settle(one) : one));
  const tried = alarm ? [notice] : [];
  for (const other of within(state, notice)) {
    for (const one of other.notices) if (one.within === notice) tried.push(one.id);
    change(state, other, (one) => (one.within === notice ? settle(one) : one));
  }
  for (const one of tried) {
    if (ok) state.duties.delete(one);
    else if (!dropsSuperseded(state, one, at) && untaken !== 'too-fast') foldTry(state, one, event);
  }
}

/** The fact that owes a message: `9` of `notify/7/9/sms/0`. Rungs of one ladder have the same. */
const stepOf = (notice: string): string | undefined => notice.split('/')[2];

/** What failed and a later step says better by now is tried no more; a later rung of the same step says nothing of it. Whether it was so. */
function dropsSuperseded(state: State, id: string, at: Time): boolean {
  const alarm = state.alarms.get(alarmOfDuty(id) ?? 0);
  const notices = alarm?.notices ?? [];
  const failed = notices.findIndex((one) => one.id === id);
  const one = notices[failed];
  if (!alarm || !one || one.taken) return false;
  const to = (one.people ?? []).join(' ');
  const better = notices
    .slice(failed + 1)
    .filter((later) => !later.taken && later.at <= at && stepOf(later.id) !== stepOf(id))
    .find(({ channel, people = [] }) => channel === one.channel && people.join(' ') === to);
  if (!better) return false;
  // What may have arrived makes the next of what is urgent one that is sent again.
  const doubt = one.doubt && alarm.priority <= 2 && better.sentAt === undefined && { doubt: true as const };
  const kept = notices.filter((other) => other.id !== id);
  replaceAlarm(state, { ...alarm, notices: kept.map((other) => (other === better ? { ...other, ...doubt } : other)) });
  return true;
}

function foldTry(state: State, notice: string, { at, why }: Done): void {
  const tries = (state.duties.get(notice)?.tries ?? 0) + 1;
  state.duties.set(notice, { tries, lastAt: at, ...(why !== undefined && { why }) });
}

/** Whether a channel takes messages, by the last ones. That too much was sent says nothing of that. */
function foldWorks({ channelFails }: State, channel: string, { ok, at, untaken }: Done): void {
  const { fails = 0, since = at } = channelFails.get(channel) ?? {};
  if (ok) channelFails.delete(channel);
  else if (untaken !== 'too-fast') channelFails.set(channel, { fails: fails + 1, since, lastAt: at });
}

/** What was on its way when the gateway ended may have arrived; nobody will say so any more. */
export function foldInterrupted(state: State): void {
  for (const alarm of state.alarms.values()) {
    if (!alarm.notices.some(({ tryAt }) => tryAt !== undefined)) continue;
    change(state, alarm, (one) => {
      const { tryAt, within: _within, ...rest } = one;
      return tryAt === undefined ? one : { ...rest, doubt: true };
    });
    for (const { id, tryAt } of alarm.notices) if (tryAt !== undefined) dropsSuperseded(state, id, state.at);
  }
  for (const [key, told] of state.reminders)
    if (told.sentAt === undefined && told.failedAt === undefined)
      state.reminders.set(key, { ...told, failedAt: state.at });
  for (const [key, test] of state.channelTests)
    if (test.sentAt === undefined && test.failedAt === undefined)
      state.channelTests.set(key, { ...test, failedAt: state.at });
}

/** `channel`, or `channel/person`. */
export const testKey = (channel: string, person?: string): string =>
  person === undefined ? channel : `${channel}/${person}`;

function foldTried(state: State, { channel, person, by, at }: Extract<Event, { kind: 'channel-tried' }>): void {
  const test: ChannelTest = { at, ...(by !== undefined && { by }) };
  state.channelTests.set(testKey(channel, person), test);
}

/** A test message came to something: `test/wecom`, `test/sms/li`. */
function foldTested(state: State, event: Done): void {
  const key = event.duty.slice('test/'.length);
  const test = state.channelTests.get(key);
  foldWorks(state, key.split('/')[0]!, event);
  if (!test) return;
  const { ok, at, why } = event;
  state.channelTests.set(key, {
    ...test,
    ...(ok ? { sentAt: at } : { failedAt: at, ...(why !== undefined && { why }) }),
  });
}

function foldConfirmed(state: State, event: Extract<Event, { kind: 'channel-confirmed' }>): void {
  const key = testKey(event.channel, event.person);
  const test = state.channelTests.get(key);
  if (test) state.channelTests.set(key, { ...test, confirmed: { by: event.by, at: event.at } });
}

/** What was still to be sent by a channel to whoever wants no more of it. */
function withdrawFrom(state: State, { channel, person = '' }: Extract<Event, { kind: 'replied' }>): void {
  for (const alarm of state.alarms.values()) {
    const wanted = alarm.notices.filter(
      ({ sentAt, channel: by, people }) => sentAt !== undefined || by !== channel || people?.join() !== person,
    );
    if (wanted.length < alarm.notices.length) replaceAlarm(state, { ...alarm, notices: wanted });
  }
}

type MessageEvent = Extract<
  Event,
  { kind: 'sending' | 'channel-tried' | 'channel-confirmed' | 'resubscribed' | 'shift-told' | 'replied' | 'canary' }
>;

/** Folds what is said of messages on their way, of tests and of reminders. */
export function foldMessage(state: State, event: MessageEvent): void {
  switch (event.kind) {
    case 'sending':
      return foldSending(state, event);
    case 'channel-tried':
      return foldTried(state, event);
    case 'channel-confirmed':
      return foldConfirmed(state, event);
    case 'canary':
      return foldCanary(state, event);
    case 'resubscribed':
      return foldResubscribed(state, event);
    case 'shift-told':
      return foldShiftTold(state, event);
    case 'replied':
      foldReplied(state, event);
      return event.came === 'stopped' ? withdrawFrom(state, event) : undefined;
    default:
      event satisfies never;
  }
}

/** A message of any sort came to something. */
export function foldMessageDone(state: State, event: Done): void {
  if (event.duty.startsWith('notify/')) foldNotified(state, event);
  else if (event.duty.startsWith('test/')) foldTested(state, event);
  else if (event.duty.startsWith('answer/')) foldAnswered(state, event);
  else foldReminded(state, event);
}
