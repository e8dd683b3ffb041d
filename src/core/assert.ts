/**
 * Our own mistakes. A false assertion is a defect of this program, never of a device or a person: the process stops, is
 * started again, and replays. Never use it for bad input.
 */

/** The program contradicts itself. */
export class Contradiction extends Error {}

/** Throws Contradiction when `truth` does not hold. */
export function assert(truth: unknown, message: string): asserts truth {
  if (!truth) throw new Contradiction(message);
}
