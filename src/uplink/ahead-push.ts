/**
 * Brings the district what is said of alarms while something keeps their lines from it, on a connection of its own, so that no batch under way holds
 * them up. What was not taken is said again; nothing is lost with it, since each line comes once more in its turn. It must never speak while the
 * lines go on by themselves, nor to a district that was not heard since it was away.
 */
import type { World } from '../world/world.ts';
import { aheadLines } from './ahead-lines.ts';
import type { DistrictExchange } from './district-exchange.ts';
import { type AheadRequest, aheadAnswer } from './protocol.ts';
import type { UplinkSource } from './uplink-source.ts';

export interface AheadParts {
  readonly source: UplinkSource;
  readonly exchange: DistrictExchange;
  readonly world: Pick<World, 'elapsed'>;
  sender(): Omit<AheadRequest, 'lines'>;
  /** The last line that is on its way or there, where those after it are held up. */
  heldUpAfter(): number | undefined;
}

/** Longest wait for one answer, ms. Ours. */
const limitMs = 10_000;
/** After one that failed, ms. */
const againMs = 1_000;

export class AheadPush {
  readonly #parts: AheadParts;
  /** Lines the district has taken for display. */
  readonly #said = new Set<number>();
  /** The newest line when the journal was looked through last. */
  #looked = 0;
  #notBefore = Number.NEGATIVE_INFINITY;

  constructor(parts: AheadParts) {
    this.#parts = parts;
  }

  /** Looks once, and says what is new; false: there is time. Rejects where the signal is aborted alone. */
  async step(signal: AbortSignal): Promise<boolean> {
    const { source, exchange, world, sender, heldUpAfter } = this.#parts;
    const after = heldUpAfter();
    if (after === undefined) return false;
    const head = source.head().seq;
    if (head === this.#looked || world.elapsed() < this.#notBefore) return false;
    for (const seq of this.#said) if (seq <= after) this.#said.delete(seq);
    const lines = (await aheadLines(source, after)).filter(({ seq }) => !this.#said.has(seq));
    this.#looked = head;
    if (lines.length === 0) return false;
    try {
      const { taken } = await exchange.ask({
        ...{ method: 'POST', path: '/ahead', body: JSON.stringify({ ...sender(), lines }) },
        ...{ answer: aheadAnswer, timeoutMs: limitMs, signal },
      });
      if (taken) for (const { seq } of lines) this.#said.add(seq);
      else this.#later();
    } catch (error) {
      if (signal.aborted) throw error;
      // Why is said by the batches, which are refused for the same.
      this.#later();
    }
    return false;
  }

  #later(): void {
    this.#looked = 0;
    this.#notBefore = this.#parts.world.elapsed() + againMs;
  }
}
