/**
 * The one-key police alarm (一键报警): it calls the police by a certified line of its own, and what stands here is only what is heard of
 * it. Types only; nothing here may ever stand in its path.
 */
import type { By } from '../types-fact-parts.ts';
import type { Time } from '../types-terms.ts';

/** What comes after the call: the police have answered, an officer is there. */
export type PoliceStep = 'answered' | 'came';

/** How far a call is, as far as is known. Without `by`, the line itself said so. */
export interface PoliceCall {
  readonly answered?: { readonly by?: string; readonly at: Time };
  readonly came?: { readonly by?: string; readonly at: Time };
}

/** The test of a line, as it should be held every quarter. */
export interface PoliceLine {
  /** A window in which the next press is a test. */
  readonly announced?: By & { readonly until: Time; readonly reason: string };
  /** The last test, and whether the press was heard here. */
  readonly test?: By & { readonly heard: boolean };
}

export type PoliceFact =
  | {
      readonly kind: 'police-announced';
      readonly device: string;
      readonly until: Time;
      readonly by: string;
      readonly reason: string;
    }
  /** The test was held: the press was heard, or the window passed without one. `by` announced it. */
  | { readonly kind: 'police-tested'; readonly device: string; readonly heard: boolean; readonly by: string }
  | { readonly kind: 'police-step'; readonly alarm: number; readonly step: PoliceStep; readonly by?: string };
