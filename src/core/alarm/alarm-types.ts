/**
 * An open alarm as State keeps it, and what people did about it. Types only; it must never hold behaviour.
 */

import type { SentByPhone } from '../phone/phone-fact-types.ts';
import type { Notice } from '../tell/message-types.ts';
import type { By, EmptyStep, EscalationReason, GuardNear } from '../types-fact-parts.ts';
import type { AlarmKind, Joining, PledgeStage, Priority, Time, Value, Words } from '../types-terms.ts';
import type { PoliceCall } from './police-types.ts';

/** An open alarm. Two memories, never mixed: the condition (`causes`) and the handling (`acked`, `closed`). */
export interface Alarm {
  readonly id: number;
  /** zone/kind, or device/kind outside zones: repeats join the open alarm of the same key. */
  readonly key: string;
  readonly kind: AlarmKind;
  readonly priority: Priority;
  readonly device: string;
  readonly zone?: string;
  readonly round?: string;
  readonly checkpoint?: string;
  /** The post of the first day it speaks of. */
  readonly post?: string;
  readonly raisedAt: Time;
  readonly sourceTime?: Time;
  readonly lastAt: Time;
  /** How often it was triggered. */
  readonly count: number;
  /** Standing causes, `device/point`; empty means the condition is over. */
  readonly causes: readonly string[];
  readonly value?: Value;
  readonly why?: Words;
  readonly returnedAt?: Time;
  readonly acked?: By;
  /** Who has answered while more must, each once. */
  readonly parts?: readonly By[];
  /** The first acknowledgement, kept when a new trigger takes `acked` away. */
  readonly firstAcked?: By;
  /** Who has told of it: the device, or the gateway's own detection. */
  readonly decidedBy: readonly ('device' | 'gateway')[];
  /** The last times it was triggered, oldest first, at most as many as make it chattering. */
  readonly times: readonly Time[];
  /** Since when it waits for an acknowledgement: raised, or raised again; and the seq of the event that made it wait. */
  readonly waitingSince: Time;
  readonly waitingFrom: number;
  readonly dispatched?: By & { readonly to: string };
  readonly accepted?: By;
  readonly arrived?: By & { readonly how: 'hand' | 'scan' };
  readonly disposed?: By & { readonly reason: string; readonly note?: string };
  /** Newest last, bounded. `district`: an officer there wrote it. */
  readonly notes: readonly (By & { readonly text: string; readonly district?: true })[];
  readonly displayed: readonly (By & { readonly page: string })[];
  /** What phones said of it late or with a photograph, newest last, bounded. */
  readonly sent?: readonly SentByPhone[];
  readonly answers: readonly StepAnswer[];
  /** The procedure the answers belong to. */
  readonly procedure?: string;
  readonly escalated?: {
    readonly level: number;
    readonly at: Time;
    readonly why: EscalationReason;
    /** So many persons must answer, of all steps taken so far the most; one without it. */
    readonly needs?: 2;
    /** How often the last step was repeated. */
    readonly again?: number;
    /** Steps on the way to it that reach nobody. */
    readonly nobody?: readonly EmptyStep[];
    /** No step that is left reaches anybody: whether the last resort does. */
    readonly lastResort?: 'told' | 'nobody';
  };
  /** What whoever took it owes next; absent until somebody has, and once it was said what was found. */
  readonly pledge?: Pledge;
  /** Who has looked at its pictures, each once, bounded. */
  readonly looked?: readonly By[];
  /** How often its sound was silenced since it began to call. */
  readonly silences?: number;
  /** Who last gave his word that it is being seen to. */
  readonly renewed?: By;
  /** By person, the number he may answer with by the way he was told. */
  readonly numbers?: Readonly<Record<string, number>>;
  /** Messages about it beyond the screens, oldest first, bounded; what is owed no longer and was not sent is not here. */
  readonly notices: readonly Notice[];
  /** Id of the alarm its incident began with. */
  readonly incident?: number;
  readonly joining?: Joining;
  readonly guard?: GuardNear;
  readonly covert?: true;
  /** It stood already when the device was first heard, or heard again: when it began nobody knows. */
  readonly foundSo?: true;
  /** Of a call to the police: how far it is. */
  readonly police?: PoliceCall;
  /** How sure the source of its first cause was, 0 to 1. */
  readonly certainty?: number;
  /** Name of the evidence picture, once it was brought. */
  readonly picture?: string;
  /** The same of some seconds before it was raised, where a still of then was in memory, and of some seconds after. */
  readonly pictureBefore?: string;
  readonly pictureAfter?: string;
  /** Name of the video of the seconds around it, once it was kept. */
  readonly clip?: string;
  /** That picture came with the event itself. */
  readonly ownPicture?: true;
}

/** What is owed for an alarm that somebody took, by when, and who took it. */
export interface Pledge {
  readonly by: string;
  readonly stage: PledgeStage;
  readonly since: Time;
  readonly until: Time;
  /** How often the time was given anew on a person's word. */
  readonly words: number;
}

/** One answered step of a procedure. */
export interface StepAnswer extends By {
  readonly step: number;
  readonly value?: Value;
  readonly skip?: string;
}

/** An alarm put aside by a person for a while. It counts on, and comes back by itself. */
export interface Shelf extends By {
  readonly key: string;
  readonly alarm: number;
  readonly reason: string;
  readonly until: Time;
  readonly once?: boolean;
  readonly priority: Priority;
}
