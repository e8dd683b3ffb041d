/**
 * What a guard's phone sends, each time with a key of its own: said at once, or late because it was out of reach. Types only; it must
 * never hold behaviour.
 */
import type { Time } from '../types-terms.ts';

/** What may be sent from a phone by a key. */
export type PhoneAsk =
  | { readonly do: 'acknowledge' | 'accept' | 'arrive'; readonly alarm: number }
  | { readonly do: 'dispose'; readonly alarm: number; readonly reason: string; readonly note?: string }
  | { readonly do: 'note'; readonly alarm: number; readonly text: string }
  | HelpCommand;

/** A person calls for help from a phone. `silent`: nobody who may stand beside him is to know. */
export interface HelpCommand {
  readonly do: 'call-help';
  readonly silent?: true;
}

/** When it was made and what belongs to it, as far as the server could find out. */
export interface PhoneMaking {
  /** One for each tap, drawn by the phone: what is sent twice is done once. */
  readonly key: string;
  /** When, of what waited in the phone; absent where it was told at once. */
  readonly madeAt?: Time;
  /** The phone's clock was set meanwhile and cannot be believed. */
  readonly doubt?: true;
  /** A photograph: its name among the evidence, and the SHA-256 of its bytes. */
  readonly picture?: string;
  readonly sha256?: string;
}

/** The server alone gives it: it has looked at the times and at the photograph. */
export type PhoneCommand = { readonly do: 'by-phone'; readonly asked: PhoneAsk } & PhoneMaking;
