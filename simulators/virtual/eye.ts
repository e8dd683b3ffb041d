/**
 * A camera's event service on virtual time: a subscription begins with how things stand and then gives what changes. It
 * keeps nothing for nobody: what happens between two subscriptions is told only as how things stand afterwards.
 */
import type { Time, Value } from '../../src/core/types.ts';

export interface Notice {
  readonly values: readonly (readonly [string, Value])[];
  readonly sourceTime: Time;
  /** How things stood when the subscription began. */
  readonly initial: boolean;
}

export class Eye {
  readonly #now: () => Time;
  readonly #all: () => Notice['values'];
  #answers = true;
  #deaf = false;
  /** Counts subscriptions and reboots; an old one is forgotten. */
  #subscription = 0;
  #waiting: Notice[] = [];
  #wake: () => void = () => undefined;

  constructor(now: () => Time, all: () => Notice['values']) {
    this.#now = now;
    this.#all = all;
  }

  get answers(): boolean {
    return this.#answers;
  }

  /** Whether it can be reached; without power it forgets its subscriptions. */
  way(open: boolean, powered: boolean): void {
    this.#answers = open;
    if (!powered) this.#subscription += 1;
  }

  /** A deaf camera answers every pull and tells nothing. */
  set deaf(deaf: boolean) {
    this.#deaf = deaf;
  }

  /** A new subscription; earlier ones end. Undefined when it does not answer. */
  subscribe(): number | undefined {
    if (!this.#answers) return undefined;
    this.#subscription += 1;
    this.#waiting = this.#deaf ? [] : [{ values: this.#all(), sourceTime: this.#now(), initial: true }];
    return this.#subscription;
  }

  /** What has come since the last pull; undefined when it does not answer, `forgotten` when it knows no such subscription. */
  pull(subscription: number): readonly Notice[] | 'forgotten' | undefined {
    if (!this.#answers) return undefined;
    if (subscription !== this.#subscription) return 'forgotten';
    return this.#waiting.splice(0);
  }

  /** Calls `wake` at the next change, in place of the one before. */
  onChange(wake: () => void): void {
    this.#wake = wake;
  }

  changed(values: Notice['values']): void {
    if (this.#deaf) return;
    this.#waiting.push({ values, sourceTime: this.#now(), initial: false });
    this.#waiting = this.#waiting.slice(-100);
    this.#wake();
  }
}
