/**
 * What a way for the heartbeat is, whichever protocol carries it: it is told how the gateway is, and says whether that arrived.
 * A way must always come to an end within its limit, keep nothing it could not send, and never name its secret.
 */
import type { Words } from '../core/types.ts';

/** The longest a beat may take, ms; under the shortest time between two. */
export const beatLimitMs = 8_000;

export interface BeatWay {
  readonly id: string;
  readonly everyMs: number;
  /** Tells the other side that the gateway is well. Resolves with why that did not arrive, or undefined. */
  beat(): Promise<Words | undefined>;
  /** The gateway is not well, or is being stopped: tells so where the other side can be told; ends within the limit, too. */
  hush(): Promise<void>;
  /** Lets go of what is open. */
  end(): Promise<void>;
}
