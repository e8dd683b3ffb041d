/**
 * Duties under way: each is carried out once at a time until its outcome is kept. What does not answer (a device, a camera, a
 * channel) holds up nothing but what is owed to itself: a siren and the message through another channel go out all the same.
 * It never decides what is owed.
 */
import { underWayMax } from '../core/alarm/outbox.ts';
import type { Duty, Input } from '../core/types.ts';

type Outcome = Extract<Input, { kind: 'outcome' }>;

/** At most this many of each kind at a time, and at most so many of them to one device, camera or channel. */
const roomFor: Readonly<Record<Duty['do'], { readonly all: number; readonly each: number }>> = {
  write: { all: 32, each: 4 },
  snapshot: { all: 8, each: 2 },
  clip: { all: 4, each: 2 },
  'drill-still': { all: 2, each: 1 },
  'ordered-still': { all: 2, each: 1 },
  'exception-still': { all: 2, each: 2 },
  deliver: { all: 2, each: 2 },
  notify: { all: 64, each: underWayMax },
  answer: { all: 4, each: 2 },
  remind: { all: 4, each: 1 },
  test: { all: 2, each: 1 },
  publish: { all: 1, each: 1 },
  canary: { all: 2, each: 1 },
};

/** Whom a duty is carried out with. */
function receiver(duty: Duty): string {
  if (duty.do === 'write' || duty.do === 'publish') return duty.device;
  if (duty.do === 'deliver') return 'district';
  if (duty.do === 'exception-still') return 'touches';
  if (duty.do === 'ordered-still') return duty.camera;
  return duty.do === 'snapshot' || duty.do === 'clip' || duty.do === 'drill-still' ? duty.camera : duty.channel;
}

export class Duties {
  readonly #perform: (duty: Duty) => Promise<Outcome>;
  readonly #keep: (outcome: Outcome) => Promise<void>;
  readonly #underWay = new Map<string, Duty>();

  /** Neither may reject; `keep` resolves when the outcome is durable. */
  constructor(perform: (duty: Duty) => Promise<Outcome>, keep: (outcome: Outcome) => Promise<void>) {
    this.#perform = perform;
    this.#keep = keep;
  }

  /** Starts what is owed and not under way, as far as there is room; the rest is owed again at the next look. */
  start(duties: readonly Duty[]): void {
    for (const duty of duties) {
      if (this.#underWay.has(duty.id) || !this.#hasRoom(duty)) continue;
      this.#underWay.set(duty.id, duty);
      void this.#perform(duty)
        .then(this.#keep)
        .finally(() => this.#underWay.delete(duty.id));
    }
  }

  #hasRoom(duty: Duty): boolean {
    const { all, each } = roomFor[duty.do];
    const alike = [...this.#underWay.values()].filter((one) => one.do === duty.do);
    return alike.length < all && alike.filter((one) => receiver(one) === receiver(duty)).length < each;
  }
}
