/**
 * The only writer of State: one event folded in. Gateway, replay, browser and simulation all run this.
 * It is total (any event, known device or not) and holds no rules: what should happen was decided before.
 */
import { assert } from './assert.ts';
import { localDay } from './calendar.ts';
import type { Alarm, DeviceState, Event, Known, Round, State, Time, Wrote } from './types.ts';

/** Event ids remembered per device; more than any client may have in flight, so a repeat is always recognised. */
export const seenMax = 256;
const closedMax = 5;
/** Rounds are kept for late uploads and for today's pages. */
const roundsKeptMs = 2 * 86_400_000;

const unheard: DeviceState = { up: undefined, why: '', since: 0, values: {} };

/** Folds one event into `state`, which it changes in place; entries of its tables are replaced, never edited. */
export function evolve(state: State, event: Event): void {
  assert(event.seq === state.seq + 1, `event ${event.seq} does not follow ${state.seq}`);
  assert(event.at >= state.at, `time ran backwards at event ${event.seq}`);
  state.seq = event.seq;
  state.at = event.at;
  if (event.seq === 1) state.since = event.at;
  turnDay(state, event.at);
  fold(state, event);
}

/** Passes over events that a viewer may not see: nothing happens but the count. `seq` is the last one hidden. */
export function pass(state: State, seq: number): void {
  assert(seq >= state.seq, `cannot pass back to ${seq} from ${state.seq}`);
  state.seq = seq;
}

function fold(state: State, event: Event): void {
  switch (event.kind) {
    case 'started':
      state.startedAt = event.at;
      state.utcOffsetMin = event.utcOffsetMin;
      for (const id of state.devices.keys()) state.devices.set(id, { ...unheard, since: event.at });
      return;
    case 'read':
      return foldRead(state, event);
    case 'linked': {
      const was = state.devices.get(event.device) ?? unheard;
      const values = event.up ? was.values : {};
      state.devices.set(event.device, { up: event.up, why: event.why, since: event.at, values });
      return;
    }
    case 'armed': {
      const { mode, by, reason, until, edge } = event;
      state.zones.set(event.zone, {
        mode,
        by,
        since: event.at,
        ...(reason !== undefined && { reason }),
        ...(until !== undefined && { until }),
        ...(edge !== undefined && { edge }),
      });
      return;
    }
    case 'opened':
      return foldOpened(state, event);
    case 'checked':
    case 'completed':
      return foldRound(state, event);
    case 'ordered': {
      const { device, point, value, by, at } = event;
      const id = `write/${event.seq}`;
      state.writes.set(id, { id, device, point, value, by, at });
      return;
    }
    case 'done':
      return foldDone(state, event);
    case 'raised':
    case 'repeated':
    case 'returned':
    case 'acknowledged':
    case 'closed':
      return foldAlarm(state, event);
    case 'configured':
      state.configuredAt = event.at;
      return;
    case 'lost':
    case 'refused':
      return;
  }
}

function turnDay(state: State, at: Time): void {
  const day = localDay(at, state.utcOffsetMin);
  if (state.today.day !== day) state.today = { day, raised: 0, nuisance: 0, acked: 0, ackMs: 0 };
}

function foldRead(state: State, event: Extract<Event, { kind: 'read' }>): void {
  const was = state.devices.get(event.device) ?? unheard;
  const known: Known = { value: event.value, at: event.at, ...(event.initial && { initial: true }) };
  const values = { ...was.values, [event.point]: known };
  state.devices.set(event.device, { ...was, values });
  if (event.id === undefined) return;
  const seen = state.seen.get(event.device) ?? new Set();
  if (seen.size === 0) state.seen.set(event.device, seen);
  seen.add(event.id);
  for (const oldest of seen) {
    if (seen.size <= seenMax) break;
    seen.delete(oldest);
  }
}

function foldOpened(state: State, event: Extract<Event, { kind: 'opened' }>): void {
  const { round, route, start, person } = event;
  state.rounds.set(round, { id: round, route, start, checks: {}, ...(person !== undefined && { person }) });
  // Counted from the newest plan, not from `at`, which may be ahead of the clock: a round must never remove itself.
  for (const [id, old] of state.rounds) if (old.start < start - roundsKeptMs) state.rounds.delete(id);
}

function foldRound(state: State, event: Extract<Event, { kind: 'checked' | 'completed' }>): void {
  const was = state.rounds.get(event.round);
  if (!was) return;
  if (event.kind === 'completed') {
    state.rounds.set(event.round, { ...was, counts: event.counts });
    return;
  }
  const { verdict, taken, card, person, offMs, uploaded } = event;
  const check = {
    verdict,
    ...(taken !== undefined && { taken }),
    ...(card !== undefined && { card }),
    ...(person !== undefined && { person }),
    ...(offMs !== undefined && { offMs }),
    ...(uploaded !== undefined && { uploaded }),
  };
  const next: Round = { ...was, checks: { ...was.checks, [event.checkpoint]: check } };
  state.rounds.set(event.round, next);
}

function foldDone(state: State, event: Extract<Event, { kind: 'done' }>): void {
  state.writes.delete(event.duty);
  if (event.wrote) foldWrote(state, event.duty, event.wrote);
  const picture = event.duty.startsWith('snapshot/');
  const alarm = picture ? state.alarms.get(Number(event.duty.slice(9))) : undefined;
  if (!event.ok) {
    // The device may have done it and only its answer was lost: what may sound must be silenced later.
    const [kind, device = '', point = '', way] = event.duty.split('/');
    if (kind === 'siren' && way === 'on') state.sounding.set(`${device}/${point}`, { device, point });
    // A write a person asked for is not tried again, nor is a picture of an alarm that was closed meanwhile.
    if (event.duty.startsWith('write/') || (picture && !alarm)) return;
    const tries = (state.duties.get(event.duty)?.tries ?? 0) + 1;
    state.duties.set(event.duty, { tries, lastAt: event.at, why: event.why ?? '' });
    return;
  }
  state.duties.delete(event.duty);
  if (alarm && event.brought !== undefined) state.alarms.set(alarm.id, { ...alarm, picture: event.brought });
}

function foldWrote(state: State, duty: string, { device, point, value }: Wrote): void {
  const key = `${device}/${point}`;
  state.outputs.set(key, value);
  if (value === false) state.sounding.delete(key);
  else if (duty.startsWith('siren/')) state.sounding.set(key, { device, point });
}

type AlarmEvent = Extract<Event, { kind: 'raised' | 'repeated' | 'returned' | 'acknowledged' | 'closed' }>;

function foldAlarm(state: State, event: AlarmEvent): void {
  if (event.kind === 'raised') {
    state.alarms.set(event.seq, raisedAlarm(event));
    state.keys.set(event.key, event.seq);
    state.today = { ...state.today, raised: state.today.raised + 1 };
    return;
  }
  const alarm = state.alarms.get(event.alarm);
  assert(alarm, `event ${event.seq} speaks of alarm ${event.alarm}, which is not open`);
  switch (event.kind) {
    case 'repeated': {
      const { acked: _acked, returnedAt: _returnedAt, ...rest } = alarm;
      state.alarms.set(alarm.id, {
        ...rest,
        count: alarm.count + 1,
        lastAt: event.at,
        priority: event.priority < alarm.priority ? event.priority : alarm.priority,
        causes: event.standing && !alarm.causes.includes(event.cause) ? [...alarm.causes, event.cause] : alarm.causes,
        ...(event.value !== undefined && { value: event.value }),
      });
      return;
    }
    case 'returned': {
      const causes = alarm.causes.filter((cause) => cause !== event.cause);
      state.alarms.set(alarm.id, { ...alarm, causes, ...(causes.length === 0 && { returnedAt: event.at }) });
      return;
    }
    case 'acknowledged': {
      state.alarms.set(alarm.id, { ...alarm, acked: { by: event.by, at: event.at } });
      const { acked, ackMs } = state.today;
      state.today = { ...state.today, acked: acked + 1, ackMs: ackMs + event.at - alarm.raisedAt };
      return;
    }
    case 'closed':
      return foldClosed(state, alarm, event);
  }
}

function raisedAlarm(event: Extract<Event, { kind: 'raised' }>): Alarm {
  const { key, alarm: kind, priority, device, zone, round, checkpoint, value, why, taken } = event;
  return {
    id: event.seq,
    key,
    kind,
    priority,
    device,
    raisedAt: event.at,
    lastAt: event.at,
    count: 1,
    causes: event.standing ? [event.cause] : [],
    ...(zone !== undefined && { zone }),
    ...(round !== undefined && { round }),
    ...(checkpoint !== undefined && { checkpoint }),
    ...(value !== undefined && { value }),
    ...(why !== undefined && { why }),
    ...(taken !== undefined && { taken }),
  };
}

function foldClosed(state: State, alarm: Alarm, event: Extract<Event, { kind: 'closed' }>): void {
  state.alarms.delete(alarm.id);
  state.keys.delete(alarm.key);
  state.duties.delete(`snapshot/${alarm.id}`);
  state.closed = [{ ...alarm, reason: event.reason, closedAt: event.at }, ...state.closed].slice(0, closedMax);
  // Nuisance (B: the sensor was right, nobody threatened) and false (C: a fault of the system) make up the figure "误报".
  if (/^[BC]/.test(event.reason)) state.today = { ...state.today, nuisance: state.today.nuisance + 1 };
}
