/**
 * Everything that can be seen of a simulated night, from outside the gateway and in order: what was true, what befell the
 * machine, what came to be on the disk, what was told, asked, answered and done. Log book and checkers read nothing else.
 */
import type { Command, Duty, Event, Time, Untaken, User, Words } from '../core/types.ts';

export type Observation =
  /** Something happened at the school. */
  | { readonly what: 'true'; readonly words: Words }
  /** Something befell the machine. */
  | { readonly what: 'machine'; readonly words: Words }
  /** A process of the gateway began, or ended: by its own hand, by a crash, or because it could not go on. */
  | {
      readonly what: 'life';
      readonly life: number;
      readonly is: 'begun' | 'stopped' | 'crashed' | 'broken';
      readonly why?: string;
    }
  /** The gateway cannot do its work from `from` on until now: no disk, no process, a machine that stands still. */
  | { readonly what: 'unwell'; readonly from: Time }
  /** The journal was taken out of its folder, or is back. */
  | { readonly what: 'journal'; readonly there: boolean }
  /** Events came to be on the disk. */
  | { readonly what: 'kept'; readonly events: readonly Event[] }
  /** A listener was told a batch. */
  | {
      readonly what: 'told';
      readonly life: number;
      readonly after: number;
      readonly seq: number;
      readonly events: readonly Event[];
    }
  /** A message of a device was acknowledged, or its connection closed instead. */
  | {
      readonly what: 'answered';
      readonly device: string;
      readonly id: string;
      readonly values: readonly (readonly [string, unknown])[];
      readonly kept: boolean;
    }
  /** A person asked for something. */
  | { readonly what: 'asked'; readonly by: User; readonly command: Command }
  /** A person was answered: with what it caused, or with why it could not be kept. */
  | { readonly what: 'replied'; readonly by: User; readonly command: Command; readonly events: readonly Event[] }
  | { readonly what: 'unanswered'; readonly by: User; readonly command: Command; readonly why: string }
  /** The gateway began to carry out a duty, and what became of it. */
  | { readonly what: 'undertaken'; readonly duty: Duty }
  | {
      readonly what: 'outcome';
      readonly duty: Duty;
      readonly ok: boolean;
      readonly why?: Words;
      readonly untaken?: Untaken;
    }
  /** The wall told the gateway that these alarms stand painted. */
  | { readonly what: 'displayed'; readonly alarms: readonly number[] }
  /** A message reached somebody. */
  | { readonly what: 'delivered'; readonly duty: Extract<Duty, { do: 'notify' }> }
  /** An output of a device really switched. */
  | { readonly what: 'switched'; readonly device: string; readonly point: string; readonly value: unknown }
  /** The follower says that InfluxDB refused so many points for good. */
  | { readonly what: 'refused'; readonly count: number }
  | { readonly what: 'trouble'; readonly part: string; readonly why: Words | undefined }
  /** The gateway's own accounts at a quiet moment: what a line received that no entry explains. */
  | {
      readonly what: 'accounts';
      readonly line: string;
      readonly missing: number;
      readonly received: number;
      readonly offered: number;
    }
  /** A screen's state against the gateway's, at a moment when the two must agree; undefined when they do. */
  | { readonly what: 'compared'; readonly with: 'screen' | 'replay'; readonly differs: string | undefined }
  /** Once in a while, so that what must be so at all times can be looked at. */
  | { readonly what: 'moment' };

/** A sight with its true time and what the clock of the machine said. */
export type Seen = Observation & { readonly at: Time; readonly wall: Time };
