/**
 * Where an alarm stands, in the words of ISA-18.2, derived from its two memories (condition and handling) and never kept.
 * And the one table of what may be asked in which state: every state has an answer to every act, so none is left to chance.
 */
import { needsCountersign } from '../site/reasons.ts';
import type { Alarm, Command, PledgeStage, Refusal, State, Time, Zone } from '../types.ts';

/**
 * normal: no open alarm. rtn-unack: over before anybody acknowledged it. latched: acknowledged and over, open until a
 * person gives the reason. shelved: put aside for a while. suppressed, out-of-service: its zone does not watch, by plan
 * or by name.
 */
export type AlarmState =
  | 'normal'
  | 'unack'
  | 'rtn-unack'
  | 'acked'
  | 'latched'
  | 'shelved'
  | 'suppressed'
  | 'out-of-service';

/** The states of an open alarm that nobody has put aside. */
export type Memory = 'unack' | 'rtn-unack' | 'acked' | 'latched';

/** How far the handling of an open alarm has come. `to-close`: nobody is under way, and only the reason is missing. */
export type Handling = 'none' | 'dispatched' | 'accepted' | 'arrived' | 'disposed' | 'waits-countersign' | 'to-close';

/** What can be asked about one alarm. */
export type AlarmAct = Extract<Command, { readonly alarm: number }>['do'] | 'unshelve';

/** as-before: as in the state it was shelved in. */
type Allowed = 'may' | 'as-before' | Refusal;

const open = {
  acknowledge: 'may',
  dispatch: 'may',
  accept: 'may',
  arrive: 'may',
  renew: 'may',
  look: 'may',
  dispose: 'may',
  close: 'may',
  note: 'may',
  answer: 'may',
  shelve: 'may',
  unshelve: 'not-shelved',
} as const satisfies Readonly<Record<AlarmAct, Allowed>>;

const unacknowledged = {
  ...open,
  renew: 'not-acknowledged',
  dispose: 'not-acknowledged',
  close: 'not-acknowledged',
} as const;

const absent = {
  acknowledge: 'unknown-alarm',
  dispatch: 'unknown-alarm',
  accept: 'unknown-alarm',
  arrive: 'unknown-alarm',
  renew: 'unknown-alarm',
  look: 'unknown-alarm',
  dispose: 'unknown-alarm',
  close: 'unknown-alarm',
  note: 'unknown-alarm',
  answer: 'unknown-alarm',
  shelve: 'unknown-alarm',
  unshelve: 'not-shelved',
} as const satisfies Readonly<Record<AlarmAct, Allowed>>;

/** What may be asked in which state. Calling for help and writing a note are never blocked by what was not done before. */
export const table: Readonly<Record<AlarmState, Readonly<Record<AlarmAct, Allowed>>>> = {
  normal: absent,
  suppressed: absent,
  'out-of-service': absent,
  unack: unacknowledged,
  'rtn-unack': unacknowledged,
  acked: { ...open, acknowledge: 'already-acknowledged', close: 'still-standing' },
  latched: { ...open, acknowledge: 'already-acknowledged' },
  shelved: {
    acknowledge: 'as-before',
    dispatch: 'as-before',
    accept: 'as-before',
    arrive: 'as-before',
    renew: 'as-before',
    look: 'as-before',
    dispose: 'as-before',
    close: 'as-before',
    note: 'as-before',
    answer: 'as-before',
    shelve: 'already-shelved',
    unshelve: 'may',
  },
};

/** The state of an open alarm by itself. What never lasted (a button, a missed checkpoint) has nothing to return from. */
export function memoryOf(alarm: Alarm): Memory {
  const over = alarm.causes.length === 0;
  if (alarm.acked) return over ? 'latched' : 'acked';
  return over && alarm.returnedAt !== undefined ? 'rtn-unack' : 'unack';
}

/** How the alarms of a zone stand before there is one: watched, left out by plan (disarmed), or left out by name. */
export function zoneAlarmState(state: State, zone: Zone): 'normal' | 'suppressed' | 'out-of-service' {
  const mode = state.zones.get(zone.id)?.mode;
  if (mode === 'inhibited' || mode === 'out-of-service') return 'out-of-service';
  return mode === 'disarmed' && !zone.always ? 'suppressed' : 'normal';
}

/** Where an open alarm stands; `normal` without one. */
export function alarmStateOf(state: State, alarm: Alarm | undefined): AlarmState {
  if (!alarm) return 'normal';
  return state.shelves.has(alarm.key) ? 'shelved' : memoryOf(alarm);
}

/** How far the handling has come. */
export function handlingOf(alarm: Alarm): Handling {
  const { disposed } = alarm;
  if (disposed && needsCountersign(disposed.reason)) return 'waits-countersign';
  // What was found before it was raised again is no finding of what is there now.
  if (disposed && disposed.at >= alarm.waitingSince) return 'disposed';
  if (alarm.arrived) return 'arrived';
  if (alarm.accepted) return 'accepted';
  if (alarm.dispatched) return 'dispatched';
  return memoryOf(alarm) === 'latched' ? 'to-close' : 'none';
}

/** What has not been done in time at `now` for an alarm that somebody took: it is not seen to yet. */
export function late({ pledge }: Pick<Alarm, 'pledge'>, now: Time): PledgeStage | undefined {
  return pledge && now >= pledge.until ? pledge.stage : undefined;
}

/** Why this cannot be asked at `now` of the alarm as it stands; undefined when it can. */
export function barred(state: State, alarm: Alarm | undefined, act: AlarmAct, now: Time): Refusal | undefined {
  // Whoever took it has not kept his word: somebody else may take it.
  if (act === 'acknowledge' && alarm && late(alarm, now) !== undefined) return undefined;
  const verdict = table[alarmStateOf(state, alarm)][act];
  if (verdict !== 'as-before') return verdict === 'may' ? undefined : verdict;
  const before = alarm ? table[memoryOf(alarm)][act] : 'unknown-alarm';
  return before === 'may' || before === 'as-before' ? undefined : before;
}
