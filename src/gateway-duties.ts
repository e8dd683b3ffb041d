/**
 * Duties under way: each is carried out once at a time until its outcome is kept, and neither pictures nor messages take the room
 * of writes, because a camera or a channel that does not answer must not delay a siren. It never decides what is owed.
 */
import type { Duty, Input } from './core/types.ts';

type Outcome = Extract<Input, { kind: 'outcome' }>;

/** At most this many of each kind at a time. */
const roomFor: Readonly<Record<Duty['do'], number>> = { write: 8, snapshot: 4, notify: 4 };

export class Duties {
  readonly #perform: (duty: Duty) => Promise<Outcome>;
  readonly #keep: (outcome: Outcome) => Promise<void>;
  readonly #underWay = new Map<string, Duty['do']>();

  /** Neither may reject; `keep` resolves when the outcome is durable. */
  constructor(perform: (duty: Duty) => Promise<Outcome>, keep: (outcome: Outcome) => Promise<void>) {
    this.#perform = perform;
    this.#keep = keep;
  }

  /** Starts what is owed and not under way, as far as there is room; the rest is owed again at the next look. */
  start(duties: readonly Duty[]): void {
    for (const duty of duties) {
      if (this.#underWay.has(duty.id) || this.#busy(duty.do) >= roomFor[duty.do]) continue;
      this.#underWay.set(duty.id, duty.do);
      void this.#perform(duty)
        .then(this.#keep)
        .finally(() => this.#underWay.delete(duty.id));
    }
  }

  #busy(kind: Duty['do']): number {
    let count = 0;
    for (const one of this.#underWay.values()) if (one === kind) count += 1;
    return count;
  }
}
