/**
 * Messages beyond the screens: what is owed to whom, how far it is on its way, and the facts about that. Types only. No address may
 * stand here: facts and State are kept for ever and seen by many.
 */
import type { By } from '../types-fact-parts.ts';
import type { Time, Words, Wrote } from '../types-terms.ts';
import type { RepliedFact } from './reply-types.ts';

/** A message that a step owes to persons by a channel that sends to each, or by one to a group in which they are named. */
export interface LadderTelling {
  readonly channel: string;
  readonly people: readonly string[];
  /** After the fact it belongs to. */
  readonly afterMs: number;
}

/** What became of a try to send that did not end well. unknown: it may have arrived. */
export type Untaken = 'refused' | 'unknown' | 'too-fast';

/** Why a person among several got nothing of a message that was taken. */
export interface Unreached {
  readonly person: string;
  readonly why: Words;
}

/** A message about an alarm, sent or still owed. Why it was not sent so far is with its duty. */
export interface Notice {
  /** The duty that sends it. */
  readonly id: string;
  readonly channel: string;
  /** The level of escalation it belongs to. */
  readonly level: number;
  /** From when on it is owed. */
  readonly at: Time;
  /** The persons it is for; without any, whoever reads the channel. */
  readonly people?: readonly string[];
  /** It says that somebody has taken the alarm, to those who were told of it. */
  readonly taken?: true;
  /** It is on its way since then, and nothing was heard of it yet. */
  readonly tryAt?: Time;
  /** The channel that sends it, or sent it, instead of its own. */
  readonly by?: string;
  /** A try may have arrived: nobody answered in time, or the gateway ended meanwhile. */
  readonly doubt?: true;
  /** The message of another alarm that speaks for it, by the duty that sends that one. */
  readonly within?: string;
  readonly sentAt?: Time;
  /** The number the other side gave it. */
  readonly receipt?: string;
}

/** What was sent by a channel lately, or by one to a single person. */
export interface ChannelLoad {
  /** Within the last minute, to a person within the last hour; oldest first. */
  readonly times: readonly Time[];
  /** It said that this was too much: nothing more before then. */
  readonly until?: Time;
}

/** A test message, of a channel or of one person's way through it. */
export interface ChannelTest {
  readonly at: Time;
  /** Who asked for it; without it, it was the day's. */
  readonly by?: string;
  readonly sentAt?: Time;
  readonly failedAt?: Time;
  readonly why?: Words;
  /** Somebody has said that it arrived. */
  readonly confirmed?: By;
}

/** That somebody comes on duty soon, told to him. */
export interface Reminder {
  readonly shift: string;
  /** The local day it begins on. */
  readonly day: number;
  readonly person: string;
  readonly channel: string;
  /** Of the plan, as `ends`: a clock that steps moves neither. */
  readonly begins: Time;
  readonly ends: Time;
  readonly at: Time;
  readonly tries: number;
  readonly sentAt?: Time;
  readonly failedAt?: Time;
}

export type MessageFact =
  | RepliedFact
  /**
   * A message is about to go out: from here on it may have arrived. `again`: a try before may have, too. `bundles`: what waits of
   * other alarms by the same channel and is told within it, by their duties.
   */
  | {
      readonly kind: 'sending';
      readonly alarm: number;
      readonly notice: string;
      readonly channel: string;
      readonly people?: readonly string[];
      readonly again?: true;
      readonly bundles?: readonly string[];
      /** By person, the number he may answer with. */
      readonly numbers?: Readonly<Record<string, number>>;
      readonly covert?: true;
    }
  /** Those who were told of an alarm are told that it was taken. */
  | {
      readonly kind: 'taken-told';
      readonly alarm: number;
      readonly by: string;
      readonly tell: readonly LadderTelling[];
      readonly covert?: true;
    }
  /** What alarm `from` had still to tell for this one of its incident, too, is this one's: that one was taken. */
  | {
      readonly kind: 'passed-on';
      readonly alarm: number;
      readonly from: number;
      readonly tell: readonly LadderTelling[];
      readonly covert?: true;
    }
  /** Whoever comes on duty soon is told so. */
  | {
      readonly kind: 'shift-told';
      readonly shift: string;
      readonly day: number;
      readonly person: string;
      readonly channel: string;
      readonly from: Time;
      readonly until: Time;
    }
  /** A test message is owed: once a day, or as `by` asked for. */
  | { readonly kind: 'channel-tried'; readonly channel: string; readonly person?: string; readonly by?: string }
  /** A person has said that a test message arrived, or the desk for him. */
  | { readonly kind: 'channel-confirmed'; readonly channel: string; readonly person: string; readonly by: string }
  /** Somebody who wanted no more messages by a channel gets them again: he has said so to `by`, who writes down how. */
  | {
      readonly kind: 'resubscribed';
      readonly channel: string;
      readonly person: string;
      readonly by: string;
      readonly consent: string;
    };

/** A duty came to something: a picture, a write, a message. */
export type DoneFact = {
  readonly kind: 'done';
  readonly duty: string;
  readonly ok: boolean;
  readonly why?: Words;
  readonly brought?: string;
  /** Of the bytes of what was brought, in hex. */
  readonly sha256?: string;
  /** When a clip ends; its name says when it begins. */
  readonly until?: Time;
  readonly wrote?: Wrote;
  /** A message: what it came to when it was not taken; the status or number the other side answered with. */
  readonly untaken?: Untaken;
  readonly code?: string;
  /** Nothing more by this channel for so long, as the other side said. */
  readonly pauseMs?: number;
  /** The number the other side gave the message. */
  readonly receipt?: string;
  readonly unreached?: readonly Unreached[];
  readonly covert?: true;
};
