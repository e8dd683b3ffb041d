/** Limits of a zone that a person gave: what did happen to them, and what is so. Types only; it must never hold behaviour. */
import type { SignalLimits } from './fence/signal-types.ts';
import type { By } from './types-fact-parts.ts';
import type { Time } from './types-terms.ts';

/** What people, trials that end and the configuration make of the limits of a zone. */
export type LimitsFact =
  | {
      readonly kind: 'tuned';
      readonly zone: string;
      readonly by: string;
      readonly reason: string;
      /** What the configuration said then: once it says something else, it counts. */
      readonly configured: SignalLimits;
      /** What counted until now. */
      readonly before: SignalLimits;
      readonly limits: SignalLimits;
      readonly until?: Time;
      /** They hide what a fence ought to tell, and nobody else stands for them: since when the zone is judged so on one person's word. */
      readonly looseSince?: Time;
    }
  /** A second person stands for limits that hide what a fence ought to tell: they hold without an end, as long as they are these. */
  | {
      readonly kind: 'vouched';
      readonly zone: string;
      readonly by: string;
      readonly reason: string;
      readonly limits: SignalLimits;
    }
  /** Limits from a time without bounds were found to stand without an end on one person's word: they end now. */
  | { readonly kind: 'limits-dated'; readonly zone: string; readonly until: Time }
  /** A trial of limits is over and those before it count again, or the configuration brought others and they count. */
  | { readonly kind: 'untuned'; readonly zone: string; readonly why: 'trial-over' | 'configured' };

/** Limits a person gave a zone in place of the configured ones. */
export interface Tuned extends By {
  readonly configured: SignalLimits;
  readonly limits: SignalLimits;
  readonly reason: string;
  /** A trial, until then. */
  readonly until?: Time;
  /** During a trial: what a person had enabled before it. */
  readonly enabled?: Tuned;
  /** The gateway gave it its end: it stood from a time without bounds. */
  readonly dated?: true;
}

/** Limits a second person stands for. */
export interface Vouched extends By {
  readonly limits: SignalLimits;
}

/** A time in which a zone was judged by loose limits on one person's word; without `until` it lasts. `people`: who gave them. */
export interface LooseSpan {
  readonly since: Time;
  readonly until?: Time;
  readonly people?: readonly string[];
}
