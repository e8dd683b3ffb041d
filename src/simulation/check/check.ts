/**
 * A checker holds one promise of the gateway against what was seen of a night. It counts what it looked at, because one
 * that looked at nothing has proved nothing, and it must know nothing of how the gateway works inside.
 */
import type { Time, Words } from '../../core/types.ts';
import type { Seen } from '../observed.ts';
import type { Evidence } from './evidence.ts';

/** A promise that was broken, when, and how. */
export interface Violation {
  readonly checker: string;
  readonly at: Time;
  readonly words: Words;
}

export interface Checker {
  readonly name: string;
  readonly title: Words;
  /** How many times the promise was put to the test. */
  readonly looked: number;
  readonly findings: readonly Violation[];
  /** Each sight, after the evidence has taken it in. */
  see(seen: Seen): void;
  /** The night is over. */
  end(): void;
}

/** What a checker works with. */
export interface Desk {
  readonly evidence: Evidence;
  /** The promise is put to the test: `holds` or not, at this time, with the sentence that says how it was broken. */
  test(holds: boolean, at: Time, broken: Words): void;
}

export interface CheckerSpec {
  readonly name: string;
  readonly title: Words;
  /** Looks at a sight as it comes. */
  see?(seen: Seen, desk: Desk): void;
  /** Looks at the whole night. */
  end?(desk: Desk): void;
}

/** The same promise broken more often than this says nothing new. */
const findingsMax = 20;

export function checker(make: () => CheckerSpec): (evidence: Evidence) => Checker {
  return (evidence) => {
    const { name, title, see, end } = make();
    const findings: Violation[] = [];
    let looked = 0;
    const desk: Desk = {
      evidence,
      test(holds, at, broken) {
        looked += 1;
        if (!holds && findings.length < findingsMax) findings.push({ checker: name, at, words: broken });
      },
    };
    return {
      name,
      title,
      findings,
      get looked() {
        return looked;
      },
      see: (seen) => see?.(seen, desk),
      end: () => end?.(desk),
    };
  };
}
