/**
 * Drills (演练): leaving the building against the clock. What is planned, the facts of one, what is kept of it, what people ask. A fact says
 * in words what it speaks of, so that whoever reads it far from the school needs no table of the school's. Classes are numbers of pupils:
 * no name of a pupil has a place here. Types only; it must never hold behaviour.
 */
import type { By } from '../types-fact-parts.ts';
import type { AlarmKind, Time, Words } from '../types-terms.ts';

/** What is practised. */
export type DrillKind = 'fire' | 'earthquake' | 'intrusion';

/** How it is begun: an output of the gateway sounds, or a person announces it by the school's loudspeakers. */
export type DrillSignal = 'siren' | 'broadcast';

/** A class, and how many pupils are on its list. */
export interface DrillClass {
  readonly id: string;
  readonly title: Words;
  readonly due: number;
}

export interface DrillSiren {
  readonly device: string;
  readonly point: string;
  /** So long it sounds. */
  readonly ms: number;
}

/** How the school practises. */
export interface DrillPlan {
  /** So often at least: schools once a month, kindergartens once a quarter. */
  readonly every: 'month' | 'quarter';
  /** Where all gather. */
  readonly place: Words;
  /** Looks at that place. */
  readonly camera?: string;
  readonly siren?: DrillSiren;
  /** Everybody is to be there within. */
  readonly targetMs: number;
  readonly classes: readonly DrillClass[];
}

/** What broke a drill off: an alarm that was raised while it ran. */
export interface DrillBreak {
  readonly alarm: number;
  readonly kind: AlarmKind;
  readonly title: Words;
}

/** forgotten: nobody ended it; void: begun by mistake, and no drill. */
export type DrillEnd = 'ended' | 'broken-off' | 'forgotten' | 'void';

/** `drill`: the number of the fact it began with. */
export type DrillFact =
  | {
      readonly kind: 'drill-started';
      readonly exercise: DrillKind;
      /** People knew of it beforehand. */
      readonly announced: boolean;
      readonly signal: DrillSignal;
      /** The number of the sheet of codes that counts: one sheet for each drill. */
      readonly sheet: number;
      readonly targetMs: number;
      readonly place: Words;
      readonly camera?: string;
      readonly siren?: DrillSiren;
      readonly classes: readonly DrillClass[];
      readonly by: string;
    }
  /** So many of so many are there, today. A later one of the same class puts it right. `by`: at the desk; else by the code of the class. */
  | {
      readonly kind: 'drill-counted';
      readonly drill: number;
      readonly class: string;
      readonly present: number;
      readonly due: number;
      /** So long before it came, by the word of the phone that could not send it sooner. */
      readonly agoMs?: number;
      readonly by?: string;
    }
  /** A number was wrong, and the class has none. */
  | { readonly kind: 'drill-uncounted'; readonly drill: number; readonly class: string; readonly by: string }
  | {
      readonly kind: 'drill-ended';
      readonly drill: number;
      readonly how: DrillEnd;
      readonly by?: string;
      readonly note?: string;
      readonly because?: DrillBreak;
    };

/** The newest number of a class. */
export interface DrillCount {
  readonly present: number;
  readonly due: number;
  readonly at: Time;
  readonly by?: string;
}

/** A class in a drill. */
export interface DrillRow extends DrillClass {
  readonly count?: DrillCount;
  /** When its first number was given, and since when all of it are there. */
  readonly firstAt?: Time;
  readonly fullAt?: Time;
  /** How often a number was given, wrong ones among them. */
  readonly taps: number;
}

/** A still of the place: its name among the evidence, and the SHA-256 of its bytes, hex. */
export interface DrillStill {
  readonly picture: string;
  readonly sha256?: string;
}

/** Which still: as it began, when all ought to be there, as it ended. */
export type DrillMoment = 'start' | 'target' | 'end';

/** A drill as State keeps it. */
export interface Drill extends By {
  readonly id: number;
  readonly exercise: DrillKind;
  readonly announced: boolean;
  readonly signal: DrillSignal;
  readonly sheet: number;
  readonly targetMs: number;
  readonly place: Words;
  readonly camera?: string;
  readonly siren?: DrillSiren;
  readonly classes: readonly DrillRow[];
  /** Since when every class is complete. */
  readonly allAt?: Time;
  readonly stills: Readonly<Partial<Record<DrillMoment, DrillStill>>>;
  readonly over?: {
    readonly at: Time;
    readonly how: DrillEnd;
    readonly by?: string;
    readonly note?: string;
    readonly because?: DrillBreak;
  };
}

/** A number that came by the code of a class. */
export interface DrillTap {
  readonly drill: number;
  readonly class: string;
  readonly present: number;
  readonly due: number;
  readonly agoMs: number;
}

/** What a person may ask of a drill. */
export type DrillCommand =
  | {
      readonly do: 'start-drill';
      readonly exercise: DrillKind;
      readonly announced: boolean;
      readonly signal: DrillSignal;
    }
  | {
      readonly do: 'count-class';
      readonly drill: number;
      readonly class: string;
      readonly present: number;
      readonly due: number;
    }
  | { readonly do: 'uncount-class'; readonly drill: number; readonly class: string }
  /** `mistake`: it was begun by mistake, and counts for nothing. */
  | { readonly do: 'end-drill'; readonly drill: number; readonly mistake?: boolean; readonly note?: string };

/** Why an act about a drill is refused. */
export type DrillRefusal =
  | 'no-drill-plan'
  | 'unknown-drill'
  | 'drill-runs'
  | 'alarm-waits'
  | 'no-drill-siren'
  | 'drill-over'
  | 'unknown-class'
  | 'count-wrong'
  | 'counted-enough'
  | 'not-counted';
