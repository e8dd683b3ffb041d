/**
 * The plain terms every other type is made of: times, values, kinds and roles. Types only; it imports no type that rests on it.
 */

export type { Words } from '../words/words.ts';

/** A point in time: milliseconds since the epoch, UTC. Always passed in, never read from a clock. */
export type Time = number;
/** What a point of a device can carry. */
export type Value = boolean | number | string;
/** 1 urgent, 2 important, 3 ordinary, 4 maintenance. Four is a maintenance hint, not an alarm that sounds. */
export type Priority = 1 | 2 | 3 | 4;
/** sensor: measures a room or a machine; panel: a fire panel, of which we hear and which we never control. */
export type Family = 'fence' | 'camera' | 'reader' | 'input' | 'sensor' | 'panel';
/**
 * operator: control room; guard: phone; head: head of security; auditor: bureau; integrator: installer; admin: users;
 * canteen: who answers for the canteen, and sees nothing of fences; kitchen: the public screen in the dining hall.
 */
export type Role =
  | 'operator'
  | 'guard'
  | 'head'
  | 'auditor'
  | 'integrator'
  | 'admin'
  | 'canteen'
  | 'kitchen'
  | BureauRole;
/** Officers of the bureau, who look at their district's copy of the school: on duty, or at its head. They have no account at a school and act nowhere. */
export type BureauRole = 'bureau' | 'bureau-head';

/** By what a person is reached beyond the screens; the address itself is the gateway's alone. */
export type ContactWay = 'phone' | 'wecom' | 'dingtalk' | 'feishu' | 'email';
/** The two languages of screens and messages. */
export type Language = 'zh' | 'en';

export type AlarmKind =
  | 'climb'
  | 'pull'
  | 'slack'
  | 'cut'
  | 'intrusion'
  | 'static'
  | 'drift'
  | 'weather'
  | 'tamper'
  | 'masked'
  | 'motion'
  | 'sos'
  | 'duress'
  | 'power'
  | 'fault'
  | 'comms'
  | 'missed'
  | 'order'
  | 'short-handed'
  | 'upkeep'
  | 'unwatched'
  | 'police'
  | 'fire'
  | 'gas'
  | 'water'
  | 'temperature'
  | 'hygiene'
  | 'overdue';

/** What whoever took an alarm owes next: somebody is sent, says that he goes, is there, it is said what was found, and a head countersigns what one person may not decide alone. */
export type PledgeStage = 'send' | 'accept' | 'arrive' | 'find' | 'review';

export interface User {
  readonly name: string;
  readonly role: Role;
}

/**
 * What became of a checkpoint in a round; docs/patrol.md says what each means. The last three of those that are not reached:
 * missed, unknown-card (a card of nobody), by-hand (a person wrote it down), cancelled (the round was called off before).
 */
export type PatrolVerdict =
  | 'on-time'
  | 'early'
  | 'late'
  | 'wrong-order'
  | 'wrong-person'
  | 'missed'
  | 'unknown-card'
  | 'by-hand'
  | 'cancelled';

/**
 * Why something that came over a wire was not kept. A fixed list: the ledger counts by it, and the screens have words for
 * each. `out-of-range`: a number the sensor cannot measure. `too-often`: its sender sent more than it may, and was told so. `series-full`: the series had no room for a sample, or it was no finite number. `stopped`: it came when the gateway
 * took nothing more.
 */
export type DropReason =
  | 'bad-payload'
  | 'unknown-topic'
  | 'unknown-device'
  | 'too-large'
  | 'duplicate'
  | 'unknown-point'
  | 'wrong-type'
  | 'out-of-range'
  | 'too-often'
  | 'inbox-full'
  | 'series-full'
  | 'stopped';

/** A value a device confirmed to have taken. */
export interface Wrote {
  readonly device: string;
  readonly point: string;
  readonly value: Value;
}

/** Why an alarm belongs to an incident. apart: it was taken for weather, and a cut wire says that it was not. */
export type Joining = 'neighbour' | 'weather' | 'same-place' | 'same-line' | 'network' | 'apart';

/**
 * Armed between `from` and `to` on the named days (0 Sunday … 6 Saturday); minutes after local midnight;
 * `to` ≤ `from` runs into the next day.
 */
export interface Window {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
  /** People are inside: an area is set to stay, not away. Where windows overlap, away counts. */
  readonly mode?: 'stay';
}

/** What a device told of one of its points. */
export interface ReadFact {
  readonly kind: 'read';
  readonly device: string;
  readonly point: string;
  readonly value: Value;
  readonly sourceTime?: Time;
  readonly id?: string;
  readonly initial?: boolean;
  /** How sure its source is of it, 0 to 1, where it says so. */
  readonly certainty?: number;
}
