/**
 * The follower to InfluxDB put together: what is read, where it goes, and how far it has come. The thread that ships from
 * the files and the simulation that ships from a school on virtual time run this same piece. It must never give up.
 */
import type { JournalGap } from '../../core/types.ts';
import type { World } from '../../world/world.ts';
import { follow } from '../follow.ts';
import { gapOf } from '../journal-gap.ts';
import { type Position, ship } from './influx-ship.ts';
import type { ShipSource } from './influx-source.ts';
import type { RefusedLine, Target } from './influx-target.ts';

const idleMs = 500;

export interface InfluxFollowing {
  readonly world: Pick<World, 'now' | 'sleep' | 'random'>;
  readonly signal: AbortSignal;
  /** Points in one request. */
  readonly batch: number;
  readonly target: Target;
  readonly position: Position;
  /** What every point bears. */
  readonly tags: Readonly<Record<string, string>>;
  /** The journal lacks what InfluxDB knows of it; told once, before anything new is sent. */
  lacks(gap: JournalGap): void;
  /** What there is to ship; throws while it cannot be read. */
  source(): ShipSource;
  /** Keeps the position; resolves when it is on disk. */
  save(position: Position): Promise<void>;
  refused(refused: readonly RefusedLine[]): void;
  /** Told after every step: undefined when it went well. */
  said(failure: unknown): void;
}

/** Follows until the signal is aborted, and the step under way is over. */
export function followInflux(following: InfluxFollowing): Promise<void> {
  const { world, signal, batch, target, position, tags, lacks, source, save, refused, said } = following;
  let ready = false;
  let compared = false;
  return follow({
    world,
    signal,
    idleMs,
    async step() {
      const from = source();
      if (!ready) await target.prepare();
      ready = true;
      if (!compared) {
        const gap = await gapWith(from, target);
        if (gap) lacks(gap);
        compared = true;
      }
      return ship({ source: from, target, position, batch, tags, now: world.now, save: () => save(position), refused });
    },
    said(failure) {
      // A server that came back may be another one, or one whose database was dropped.
      if (failure !== undefined) ready = false;
      said(failure);
    },
  });
}

/** What the journal lacks of what InfluxDB knows of it. */
async function gapWith(source: ShipSource, target: Target): Promise<JournalGap | undefined> {
  const known = await target.lastHead();
  const head = { seq: source.newest().events, hash: '' };
  return known && gapOf(head, [{ place: 'influx', ...known }], (seq) => source.link(seq));
}

/** Where to go on, from what was kept; from the start when that is of another target, or nothing that can be read. */
export function positionFor(target: string, kept: unknown): Position {
  const fresh: Position = { target, samples: 0, events: 0, rolled: 0, late: [] };
  const known = kept as Partial<Position> | null | undefined;
  return known?.target === target ? { ...fresh, ...known } : fresh;
}
