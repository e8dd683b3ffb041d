/**
 * Rectifications (整改): what was found amiss, who puts it right by when, and who says that it is right. One ledger for all that finds:
 * alarms, online rates, check lists, items of a checkpoint, drills, people. A fact says in words what it speaks of, so that whoever
 * reads it far from the school needs no table of the school's. Types only; it must never hold behaviour.
 */
import type { ListFact, MenuFact } from '../canteen/canteen-types.ts';
import type { By } from '../types-fact-parts.ts';
import type { AlarmKind, Time, Words } from '../types-terms.ts';

/** What found it. `day`: local days since 1970-01-01. */
export type RectifySource =
  /** `alarm`: the number of its fact; `title`: of what alarmed. */
  | {
      readonly from: 'alarm';
      readonly alarm: number;
      readonly kind: AlarmKind;
      readonly title: Words;
      readonly raisedAt: Time;
    }
  /** Below what the school asks for, per cent of the hours in which the kitchen is to be seen. */
  | { readonly from: 'online-rate'; readonly day: number; readonly percent: number; readonly least: number }
  /** A check list of the day; absent answers: it was not done in time. */
  | { readonly from: 'list'; readonly title: Words; readonly day: number; readonly item?: Words }
  | { readonly from: 'check-item'; readonly ask: Words; readonly by: string }
  /** `drill`: the number of the fact it began with, where that is said. */
  | { readonly from: 'drill'; readonly drill?: number }
  /** `by`: the guard who reported it, where nobody has taken it on yet. */
  | { readonly from: 'hand'; readonly by?: string };

/** Of one local day, what the gateway's record comes to for a camera of the canteen. `percent`: of the hours that are known. */
export interface RateFound {
  readonly camera: string;
  readonly day: number;
  readonly percent: number;
}

/** Where: one of the areas of the canteen, or any place in words. */
export interface RectifyPlace {
  readonly area?: string;
  readonly title: Words;
}

/** What kind of thing is amiss. Two of one `key` at one place within thirty days are a repeated offence. */
export interface Offence {
  readonly key: string;
  readonly title: Words;
}

/** Who puts it right: a person of the site or of the canteen. */
export interface RectifyPerson {
  readonly id: string;
  readonly name: string;
  /** The account this person logs in with, where there is one. */
  readonly account?: string;
}

/** A photograph or still: its name among the evidence, and the SHA-256 of its bytes, hex. */
export interface RectifyPhoto {
  readonly picture?: string;
  readonly sha256?: string;
}

/** What is amiss, as it is said when a rectification is proposed or opened. */
export interface RectifyMatter extends RectifyPhoto {
  readonly source: RectifySource;
  readonly place: RectifyPlace;
  readonly offence: Offence;
  readonly what: Words;
  /** The how-manieth of its offence at its place within thirty days; 1: the first. */
  readonly times: number;
}

/** `rectification`: the number of the fact that proposed or opened it. `due`: a date people agreed on; it moves with no clock. */
export type RectifyFact =
  /** Something was seen that may have to be put right: a person takes it, or says why not. */
  | ({ readonly kind: 'rectification-proposed' } & RectifyMatter)
  | ({
      readonly kind: 'rectification-opened';
      readonly who: RectifyPerson;
      readonly due: Time;
      readonly by: string;
    } & RectifyMatter)
  /** What was proposed is taken on. */
  | {
      readonly kind: 'rectification-taken';
      readonly rectification: number;
      readonly who: RectifyPerson;
      readonly due: Time;
      readonly by: string;
    }
  | {
      readonly kind: 'rectification-dismissed';
      readonly rectification: number;
      readonly reason: string;
      readonly by: string;
    }
  | {
      readonly kind: 'rectification-moved';
      readonly rectification: number;
      readonly who: RectifyPerson;
      readonly due: Time;
      readonly reason: string;
      readonly by: string;
    }
  | ({
      readonly kind: 'rectification-answered';
      readonly rectification: number;
      readonly text: string;
      readonly by: string;
    } & RectifyPhoto)
  | { readonly kind: 'rectification-countersigned'; readonly rectification: number; readonly by: string }
  | {
      readonly kind: 'rectification-returned';
      readonly rectification: number;
      readonly due: Time;
      readonly reason: string;
      readonly by: string;
    }
  | {
      readonly kind: 'rectification-withdrawn';
      readonly rectification: number;
      readonly reason: string;
      readonly by: string;
    }
  /** Its date is past and nobody has answered; once for each date. */
  | { readonly kind: 'rectification-overdue'; readonly rectification: number; readonly due: Time };

/** Facts of the ledger, of the check lists that add to it, and of the canteen's menu. */
export type LedgerFact = RectifyFact | ListFact | MenuFact;

/** proposed: nobody has taken it on; open: it is to be done; answered: it waits for a countersignature; the others are over. */
export type RectifyStage = 'proposed' | 'open' | 'answered' | 'countersigned' | 'dismissed' | 'withdrawn';

/** What was done, by the word of whoever says so. */
export interface RectifyAnswer extends By, RectifyPhoto {
  readonly text: string;
  /** Why it was not enough, and who said so. */
  readonly returned?: By & { readonly reason: string };
}

/** A rectification as State keeps it: open ones, and those that were over in the last five weeks. */
export interface Rectification extends RectifyMatter {
  readonly id: number;
  readonly stage: RectifyStage;
  /** When it was proposed or opened. */
  readonly foundAt: Time;
  /** Who opened it or took it on. */
  readonly opened?: By;
  readonly who?: RectifyPerson;
  readonly due?: Time;
  /** How often its date or its person was changed. */
  readonly moves: number;
  /** Newest last, bounded. */
  readonly answers: readonly RectifyAnswer[];
  /** Since when it is overdue, while it is; and how often it was. */
  readonly overdueSince?: Time;
  readonly overdueTimes: number;
  /** How it was over. */
  readonly over?: By & { readonly reason?: string };
}

/** What a person may ask of a rectification. */
export type RectifyCommand =
  /** Found by hand, or at a drill. The server alone gives it, once a photograph is kept. */
  | ({
      readonly do: 'open-rectification';
      readonly source: 'hand' | 'drill';
      /** One of the areas of the canteen, or a place in words. */
      readonly area?: string;
      readonly place?: string;
      readonly offence: HandOffence;
      readonly what: string;
      /** At which drill. */
      readonly drill?: number;
      readonly who: string;
      readonly due: Time;
    } & RectifyPhoto)
  /** A guard found something: whoever answers for it takes it on or says why not. The server alone gives it, once a photograph is kept. */
  | ({
      readonly do: 'report-rectification';
      /** One of the areas of the canteen, or a place in words. */
      readonly area?: string;
      readonly place?: string;
      readonly offence: HandOffence;
      readonly what: string;
    } & RectifyPhoto)
  | {
      readonly do: 'take-rectification';
      readonly rectification: number;
      readonly who: string;
      readonly due: Time;
    }
  | { readonly do: 'dismiss-rectification'; readonly rectification: number; readonly reason: string }
  | {
      readonly do: 'move-rectification';
      readonly rectification: number;
      readonly who: string;
      readonly due: Time;
      readonly reason: string;
    }
  /** It is done. The server alone gives it, once a photograph is kept. */
  | ({ readonly do: 'answer-rectification'; readonly rectification: number; readonly text: string } & RectifyPhoto)
  | { readonly do: 'countersign-rectification'; readonly rectification: number }
  | {
      readonly do: 'return-rectification';
      readonly rectification: number;
      readonly due: Time;
      readonly reason: string;
    }
  | { readonly do: 'withdraw-rectification'; readonly rectification: number; readonly reason: string };

/** What is found by hand is one of these. */
export type HandOffence =
  | 'dress'
  | 'hygiene'
  | 'pests'
  | 'food'
  | 'sample'
  | 'storage'
  | 'equipment'
  | 'fire-safety'
  | 'structure'
  | 'other';

/** Why an act about a rectification is refused. */
export type RectifyRefusal =
  | 'unknown-rectification'
  | 'not-at-this-stage'
  | 'own-answer'
  | 'not-countersigner'
  | 'not-opener'
  | 'due-wrong'
  | 'moved-enough'
  | 'unknown-place'
  | 'rectifications-full';
