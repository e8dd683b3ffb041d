/**
 * What waits for the gateway's loop: inputs, in batches that are decided and kept together. It must never hold a promise of
 * its own for each input.
 */
import type { Event, Input } from '../core/types.ts';

/** An input that waits to be judged. */
export interface Waiting {
  readonly input: Input;
  readonly line: string | undefined;
  /** When it came, monotonic: a batch that waited for the disk must not look like one moment. */
  readonly heard: number;
  /** Filled with the events this input caused, for a sender who must know them from its batch's. */
  readonly caused?: Event[];
}

/** Inputs that will be decided and kept together; all who sent one wait on the same promise. */
export interface Batch {
  readonly inputs: Waiting[];
  readonly kept: Promise<void>;
  readonly resolve: () => void;
}

/** A batch that nothing has come into yet. */
export function newBatch(): Batch {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { inputs: [], kept: promise, resolve };
}
