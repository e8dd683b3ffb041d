/**
 * What the journal and State hold of what phones sent. Types only; it must never hold behaviour.
 */
import type { Refusal } from '../types-command.ts';
import type { Time } from '../types-terms.ts';
import type { PhoneAsk, PhoneMaking } from './phone-types.ts';

/** A phone sent something by a key. `refused`: nothing came of it, and why. `alarm`: one that was open then. */
export type PhoneFact = {
  readonly kind: 'phone-sent';
  readonly by: string;
  readonly act: PhoneAsk['do'];
  readonly alarm?: number;
  readonly refused?: Refusal;
  readonly covert?: true;
} & PhoneMaking;

/** A key that was used, as State keeps it. */
export interface UsedKey {
  readonly by: string;
  readonly at: Time;
  readonly refused?: Refusal;
}

/** What a phone said of an alarm late, or with a photograph. */
export interface SentByPhone extends Pick<PhoneFact, 'by' | 'act' | 'madeAt' | 'doubt' | 'picture' | 'sha256'> {
  readonly at: Time;
}
