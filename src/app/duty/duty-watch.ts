/**
 * Looks at the duty roster every ten seconds and says what is amiss: nobody has signed on to a shift, a shift of the coming week lacks
 * people. It goes by the school's clock as the gateway has it, and must never sign anybody on or change a shift.
 */
import type { Durable, Site, State, Time, Words } from '../../core/types.ts';
import type { World } from '../../world/world.ts';
import { gapTrouble, signOnTrouble } from './duty-troubles.ts';

const everyMs = 10_000;

export interface DutyWatchParts {
  readonly world: World;
  readonly site: () => Site;
  readonly now: () => Time;
  /** Rejects while the journal cannot be written: nothing new is said then. */
  readonly read: <T>(look: (state: Durable<State>) => T) => Promise<T>;
  readonly trouble: (part: 'duty' | 'roster', why: Words | undefined) => void;
}

export class DutyWatch {
  readonly #parts: DutyWatchParts;

  constructor(parts: DutyWatchParts) {
    this.#parts = parts;
  }

  async look(): Promise<void> {
    const { site, now, read, trouble } = this.#parts;
    const why = await read((state) => ({
      duty: signOnTrouble(site(), state, now()),
      roster: gapTrouble(site(), state, now()),
    })).catch(() => undefined);
    if (why) for (const part of ['duty', 'roster'] as const) trouble(part, why[part]);
  }

  /** Runs until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.look();
      await this.#parts.world.sleep(everyMs, signal).catch((error) => {
        if (!signal.aborted) throw error;
      });
    }
  }
}
