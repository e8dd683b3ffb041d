/**
 * A test language for messages: whoever reads a group, a phone or a mailbox expects one, does something, and expects the next. A
 * message that nobody expected fails the test when it ends, and so is what should not have been sent seen without looking for it.
 */
import { expect, onTestFinished } from 'vitest';
import { patiently } from '../patience.ts';

/** What tells one message from another: words in what it says, or anything that can be asked of it. */
type Wanted<M> = RegExp | ((message: M) => boolean);

/** Somebody who reads. */
export interface Reader<M> {
  /** A message has arrived; peers call it. */
  hears(message: M): void;
  /** The first message that fits, among those not expected before, or as soon as it comes. */
  expects(wanted: Wanted<M>): Promise<M>;
  /** Nothing has come beyond what was expected. */
  hasNothingElse(): void;
}

/** A reader for one test; `says` is what stands in a message, for patterns and for what a failing test shows. */
export function reader<M>(name: string, says: (message: M) => string): Reader<M> {
  const unexpected: M[] = [];
  const waiting: { fits: (message: M) => boolean; got: (message: M) => void }[] = [];
  const hasNothingElse = () => expect(unexpected.map(says), `what ${name} got and nobody expected`).toEqual([]);
  onTestFinished(hasNothingElse);
  return {
    hears(message) {
      const at = waiting.findIndex(({ fits }) => fits(message));
      if (at >= 0) waiting.splice(at, 1)[0]!.got(message);
      else unexpected.push(message);
    },
    expects(wanted) {
      const fits = wanted instanceof RegExp ? (message: M) => wanted.test(says(message)) : wanted;
      const at = unexpected.findIndex(fits);
      if (at >= 0) return Promise.resolve(unexpected.splice(at, 1)[0]!);
      const { promise, resolve } = Promise.withResolvers<M>();
      waiting.push({ fits, got: resolve });
      const got = () => unexpected.map(says).join(' | ') || 'nothing';
      return patiently(promise, () => `${name} waited for ${String(wanted)} and got ${got()}`);
    },
    hasNothingElse,
  };
}
