/**
 * What the gateway's loop is given, and what it calls back. Types only.
 */
import type { Duty, Event, Input, State, Words } from '../core/types.ts';
import type { Journal, Series } from '../store/store-types.ts';
import type { World } from '../world/world.ts';

export interface GatewayParts {
  readonly journal: Journal;
  readonly series: Series;
  readonly world: World;
  /** What the journal's first lines fold to, where that is known; the gateway's own from now on. */
  readonly begun?: State | undefined;
  /** Carries out one duty and says how it went. Never rejects. */
  perform(duty: Duty): Promise<Extract<Input, { kind: 'outcome' }>>;
  /** Resolves when this turn of the event loop has heard what there is to hear; without it, at once. */
  turn?(): Promise<void>;
  /** Something is wrong with a part; undefined when it no longer is. */
  trouble(part: string, why: Words | undefined): void;
}

export interface CommitListener {
  batch(batch: { after: number; seq: number; events: readonly Event[] }): void;
  site(): void;
}
