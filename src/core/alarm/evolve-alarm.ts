/**
 * The part of `evolve` that folds the life of an alarm: raised, joined by repeats, returned, handled by people, closed.
 * Like all of it, it holds no rules: what a person may do, and when, was decided before.
 */
import { assert } from '../assert.ts';
import { gatewayName } from '../site/armed-plan.ts';
import { localDay } from '../site/calendar.ts';
import { deciderOf } from '../site/detection-keys.ts';
import type { Alarm, Event, Notice, State, Time } from '../types.ts';

const closedMax = 5;
/** Three triggers within a minute make an alarm chattering; more need not be remembered. */
export const timesMax = 3;
/** Nobody reads more than this beside one alarm; the journal has them all. */
const notesMax = 50;
export const seenMax = 50;
/** So many messages about one alarm are remembered once they were sent; the journal has them all. What is owed is never forgotten. */
const noticesMax = 60;
/** A flood is told from the last ten minutes; more raises than this in ten minutes are a flood whatever they are. */
const raisesMax = 200;
const raisesKeptMs = 600_000;

/** No try lasts longer than 30 s; of what left longer ago nobody will hear any more, and what was to be told within another never left. */
export const lostAfterMs = 40_000;

type AlarmEvent = Extract<
  Event,
  {
    kind:
      | 'raised'
      | 'repeated'
      | 'returned-to-normal'
      | 'acknowledged'
      | 'dispatched'
      | 'accepted'
      | 'arrived'
      | 'pledged'
      | 'renewed'
      | 'part-acknowledged'
      | 'looked'
      | 'disposed'
      | 'noted'
      | 'answered'
      | 'displayed'
      | 'escalated'
      | 'taken-told'
      | 'passed-on'
      | 'joined'
      | 'closed';
  }
>;

/** Folds one event of an alarm's life. */
export function foldAlarm(state: State, event: AlarmEvent): void {
  if (event.kind === 'raised') return foldRaised(state, event);
  const alarm = state.alarms.get(event.alarm);
  assert(alarm, `event ${event.seq} speaks of alarm ${event.alarm}, which is not open`);
  if (event.kind === 'closed') return foldClosed(state, alarm, event);
  if (event.kind === 'acknowledged' && !alarm.firstAcked && ofToday(state, alarm)) {
    const { acked, ackMs } = state.today;
    state.today = { ...state.today, acked: acked + 1, ackMs: ackMs + event.at - alarm.raisedAt };
  }
  replaceAlarm(state, next(alarm, event));
}

/** Whether an alarm is one of those the figures of the day count: all of them speak of the same alarms. Maintenance is none. */
function ofToday(state: State, { raisedAt, covert, priority }: Alarm): boolean {
  return !covert && priority < 4 && localDay(raisedAt, state.utcOffsetMin) === state.today.day;
}

/** The alarm as the event leaves it. */
function next(alarm: Alarm, event: Exclude<AlarmEvent, { kind: 'raised' | 'closed' }>): Alarm {
  const { at } = event;
  switch (event.kind) {
    case 'repeated':
      return repeated(alarm, event);
    case 'returned-to-normal': {
      const causes = alarm.causes.filter((cause) => cause !== event.cause);
      return { ...alarm, causes, ...(causes.length === 0 && { returnedAt: at }) };
    }
    case 'acknowledged': {
      const acked = { by: event.by, at };
      return { ...alarm, acked, firstAcked: alarm.firstAcked ?? acked, notices: sent(alarm) };
    }
    case 'dispatched': {
      // Another is sent: whether he accepts and arrives is a new question.
      const { accepted: _accepted, arrived: _arrived, ...rest } = alarm;
      return { ...rest, dispatched: { by: event.by, at, to: event.to } };
    }
    case 'accepted':
      return { ...alarm, accepted: { by: event.by, at } };
    case 'arrived':
      return { ...alarm, arrived: { by: event.by, at, how: event.how } };
    case 'pledged': {
      const { by, stage, since, until, words } = event;
      // There is time again: what was still to be told of the last one is told no more.
      const { silences: _silences, ...rest } = alarm;
      return { ...rest, pledge: { by, stage, since, until, words }, notices: sent(alarm) };
    }
    case 'looked': {
      const others = (alarm.looked ?? []).filter((one) => one.by !== event.by);
      return { ...alarm, looked: [...others, { by: event.by, at }].slice(-seenMax) };
    }
    case 'part-acknowledged': {
      const { by, person } = event;
      // His own ladder ends with his answer; everybody else's goes on.
      const own = ({ sentAt, people }: Notice) =>
        sentAt === undefined && people?.every((one) => one === person) === true;
      const notices = alarm.notices.filter((notice) => !own(notice));
      return { ...alarm, notices, parts: [...(alarm.parts ?? []), { by, at }] };
    }
    case 'renewed':
      return { ...alarm, renewed: { by: event.by, at } };
    case 'disposed': {
      const { by, reason, note } = event;
      const { pledge: _pledge, ...rest } = alarm;
      const notices = alarm.acked ? sent(alarm) : alarm.notices;
      return { ...rest, notices, disposed: { by, at, reason, ...(note !== undefined && { note }) } };
    }
    case 'noted':
      return { ...alarm, notes: [...alarm.notes, { by: event.by, at, text: event.text }].slice(-notesMax) };
    case 'answered': {
      const { by, step, value, skip, procedure } = event;
      const answer = { by, at, step, ...(value !== undefined && { value }), ...(skip !== undefined && { skip }) };
      return { ...alarm, procedure, answers: [...alarm.answers, answer] };
    }
    case 'displayed': {
      const { by, page } = event;
      const others = alarm.displayed.filter((one) => one.by !== by || one.page !== page);
      return { ...alarm, displayed: [...others, { by, at, page }].slice(-seenMax) };
    }
    case 'escalated':
      return escalated(alarm, event);
    case 'passed-on':
      return { ...alarm, notices: newest([...alarm.notices, ...passedOn(alarm, event)]) };
    case 'taken-told':
      return { ...alarm, notices: newest([...alarm.notices, ...takenNotices(alarm, event)]) };
    case 'joined':
      return { ...alarm, incident: event.incident, joining: event.why };
  }
}

/** The messages that were sent, and news that it was taken: what else was still owed is owed no longer. */
export const sent = (alarm: Alarm): readonly Notice[] =>
  alarm.notices.filter(({ sentAt, taken }) => sentAt !== undefined || taken);

/** The alarm as it waits for an acknowledgement from now on: whoever was told before is told again. */
export function waitsAnew(alarm: Alarm, { seq, at }: Pick<Event, 'seq' | 'at'>): Alarm {
  const {
    escalated: _escalated,
    pledge: _pledge,
    renewed: _renewed,
    silences: _silences,
    parts: _parts,
    ...rest
  } = alarm;
  return {
    ...rest,
    waitingSince: at,
    waitingFrom: seq,
    notices: alarm.notices.filter(({ sentAt }) => sentAt !== undefined),
  };
}

/** The messages of an alarm without the oldest of those that were sent. */
function newest(notices: readonly Notice[]): readonly Notice[] {
  let over = notices.length - noticesMax;
  return notices.filter(({ sentAt }) => sentAt === undefined || over-- <= 0);
}

const noticeId = ({ id }: Alarm, { seq }: Event, rest: string): string => `notify/${id}/${seq}/${rest}`;

function takenNotices(alarm: Alarm, event: Extract<AlarmEvent, { kind: 'taken-told' }>): Notice[] {
  const { at } = event;
  return event.tell.map(({ channel, people }, n) => ({
    ...{ id: noticeId(alarm, event, `${channel}/${n}`), channel, level: 0, at, taken: true },
    ...(people.length > 0 && { people }),
  }));
}

function passedOn(alarm: Alarm, event: Extract<AlarmEvent, { kind: 'passed-on' }>): Notice[] {
  const level = alarm.escalated?.level ?? 0;
  return event.tell.map(({ channel, people, afterMs }, n) => ({
    ...{ id: noticeId(alarm, event, `${channel}/${n}`), channel, level, at: event.at + afterMs, people },
  }));
}

/** Whether a message that is owed says no more than one at `now` by the same channel to the same; one that has left says it by itself. */
function saysLess({ sentAt, tryAt = 0, taken, channel, people }: Notice, by: string, to: readonly string[], now: Time) {
  if (sentAt !== undefined || taken || channel !== by || now < tryAt + lostAfterMs) return false;
  return people?.every((person) => to.includes(person)) ?? to.length === 0;
}

/** A later message takes the place of one that is still owed, and is owed when that one was: nothing is put off by it. */
function escalated(alarm: Alarm, event: Extract<AlarmEvent, { kind: 'escalated' }>): Alarm {
  const { level, why, channels, again, nobody, lastResort, tell = [], laterMs = 0 } = event;
  const needs = event.needs ?? alarm.escalated?.needs;
  const owes = [
    ...channels.map((channel) => ({ name: channel, channel, people: [], afterMs: 0 })),
    ...tell.map((one, n) => ({ ...one, name: `${one.channel}/${n}` })),
  ];
  const owed = owes.map(({ name, channel, people, afterMs }): Notice => {
    const before = alarm.notices.filter((one) => saysLess(one, channel, people, event.at)).map(({ at }) => at);
    const at = Math.min(event.at + laterMs + afterMs, ...before);
    return { id: noticeId(alarm, event, name), channel, level, at, ...(people.length > 0 && { people }) };
  });
  const kept = alarm.notices.filter(
    (one) => !owes.some(({ channel, people }) => saysLess(one, channel, people, event.at)),
  );
  const escalated = {
    ...{ level, at: event.at, why },
    ...(needs && { needs }),
    ...(again !== undefined && { again }),
    ...(nobody && { nobody }),
    ...(lastResort && { lastResort }),
  };
  return { ...alarm, escalated, notices: newest([...kept, ...owed]) };
}

/** Replaces an alarm; what is known of messages that are owed no longer goes with them. */
export function replaceAlarm(state: State, alarm: Alarm): void {
  const owed = new Set(alarm.notices.map(({ id }) => id));
  for (const { id } of state.alarms.get(alarm.id)?.notices ?? []) if (!owed.has(id)) state.duties.delete(id);
  state.alarms.set(alarm.id, alarm);
}

function repeated(was: Alarm, event: Extract<AlarmEvent, { kind: 'repeated' }>): Alarm {
  const alarm = was.acked || event.priority < was.priority ? waitsAnew(was, event) : was;
  const { acked: _acked, returnedAt: _returnedAt, ...rest } = alarm;
  // It was over, and comes again: a silence asked for before does not cover that.
  const anew = was.causes.length === 0;
  const teller = deciderOf(event.cause);
  return {
    ...rest,
    count: alarm.count + 1,
    waitingFrom: anew ? event.seq : alarm.waitingFrom,
    lastAt: event.at,
    times: [...alarm.times, event.at].slice(-timesMax),
    priority: event.priority < alarm.priority ? event.priority : alarm.priority,
    causes: event.active && !alarm.causes.includes(event.cause) ? [...alarm.causes, event.cause] : alarm.causes,
    decidedBy: alarm.decidedBy.includes(teller) ? alarm.decidedBy : [...alarm.decidedBy, teller],
    ...(event.value !== undefined && { value: event.value }),
  };
}

function foldRaised(state: State, event: Extract<Event, { kind: 'raised' }>): void {
  assert(!state.keys.has(event.key), `event ${event.seq} raises ${event.key}, which is open`);
  state.alarms.set(event.seq, raisedAlarm(event));
  state.keys.set(event.key, event.seq);
  if (event.covert || event.priority === 4) return;
  state.today = { ...state.today, raised: state.today.raised + 1 };
  state.raises = [...recent(state.raises, event.at), event.at].slice(-raisesMax);
}

const recent = (raises: readonly Time[], at: Time) => raises.filter((time) => time > at - raisesKeptMs);

function raisedAlarm(event: Extract<Event, { kind: 'raised' }>): Alarm {
  const {
    key,
    alarm: kind,
    priority,
    device,
    zone,
    round,
    checkpoint,
    post,
    value,
    why,
    sourceTime,
    guard,
    covert,
    foundSo,
    certainty,
    at,
  } = event;
  return {
    id: event.seq,
    key,
    kind,
    priority,
    device,
    raisedAt: at,
    lastAt: at,
    count: 1,
    causes: event.active ? [event.cause] : [],
    decidedBy: [deciderOf(event.cause)],
    times: [at],
    waitingSince: at,
    waitingFrom: event.seq,
    notes: [],
    notices: [],
    displayed: [],
    answers: [],
    ...(zone !== undefined && { zone }),
    ...(round !== undefined && { round }),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(post !== undefined && { post }),
    ...(value !== undefined && { value }),
    ...(why !== undefined && { why }),
    ...(sourceTime !== undefined && { sourceTime }),
    ...(guard !== undefined && { guard }),
    ...(covert && { covert }),
    ...(foundSo && { foundSo }),
    ...(certainty !== undefined && { certainty }),
  };
}

function foldClosed(state: State, alarm: Alarm, event: Extract<Event, { kind: 'closed' }>): void {
  state.alarms.delete(alarm.id);
  state.keys.delete(alarm.key);
  const ofAlarm = new RegExp(`^(?:notify/${alarm.id}/|(?:snapshot|clip)/${alarm.id}(?:/|$))`);
  for (const id of state.duties.keys()) if (ofAlarm.test(id)) state.duties.delete(id);
  // What people closed lately is looked at again; what closed by itself would push it off the list.
  if (alarm.covert || event.by === gatewayName) return;
  const closed = { ...alarm, reason: event.reason, closedBy: event.by, closedAt: event.at };
  state.closed = [closed, ...state.closed].slice(0, closedMax);
  // Nuisance (B: the sensor was right, nobody threatened) and false (C: a fault of the system) make up the figure "误报".
  if (/^[BC]/.test(event.reason) && ofToday(state, alarm))
    state.today = { ...state.today, nuisance: state.today.nuisance + 1 };
}
