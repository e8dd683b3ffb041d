/**
 * A screen in the simulation: it takes a snapshot when State is durable, folds every batch after it as a browser
 * does, and asks for a new snapshot on any doubt. It must never look at the gateway's State beyond that snapshot.
 */
import { evolve } from '../core/evolve.ts';
import { decodeState, type EncodedState, encodeState } from '../core/site/feed-codec.ts';
import type { Durable, Event, ReadOnly, State } from '../core/types.ts';

export interface ScreenBatch {
  readonly after: number;
  readonly seq: number;
  readonly events: readonly Event[];
}

/** A state as text, with the ids of devices' messages left out, which screens do not get. The order of keys says nothing. */
export const written = (state: ReadOnly<State>): string => JSON.stringify(encodeState(state), sorted);

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export class Screen {
  #state: State | undefined;

  /** What it shows; undefined while it waits for a snapshot. */
  get state(): State | undefined {
    return this.#state;
  }

  /** The gateway is gone; what it told may be older than what it kept. */
  lose(): void {
    this.#state = undefined;
  }

  /** A snapshot, over the wire. */
  take(state: Durable<State>): void {
    this.#state = decodeState(JSON.parse(JSON.stringify(encodeState(state))) as EncodedState);
  }

  /** Folds a batch; false when it does not follow, and then a new snapshot is needed. */
  fold({ after, events }: ScreenBatch): boolean {
    if (!this.#state) return false;
    if (after !== this.#state.seq) {
      this.#state = undefined;
      return false;
    }
    for (const event of JSON.parse(JSON.stringify(events)) as Event[]) evolve(this.#state, event);
    return true;
  }
}
