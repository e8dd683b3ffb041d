/**
 * The real follower to InfluxDB of one process, between what lies on the simulated disk and shelf and a simulated server.
 * How far it has come lies on the disk too. It must never see what is not on disk yet.
 */
import type { Event, JournalGap } from '../core/types.ts';
import { followInflux, positionFor } from '../store/influx/influx-follow.ts';
import type { ShipSource } from '../store/influx/influx-source.ts';
import type { RefusedLine } from '../store/influx/influx-target.ts';
import type { World } from '../world/world.ts';
import type { Disk } from './sim-disk.ts';
import type { SimulatedInflux } from './sim-influx.ts';
import type { SimSeries } from './sim-series.ts';
import type { Alive } from './virtual-time.ts';

export interface FollowerParts {
  readonly process: Alive;
  readonly world: World;
  readonly disk: Disk;
  readonly shelf: SimSeries;
  readonly influx: SimulatedInflux;
  refused(refused: readonly RefusedLine[]): void;
  lacks(gap: JournalGap): void;
  /** Told after every step: undefined when it went well. */
  said(failure: unknown): void;
}

/** Smaller than the real one, so that a backlog of minutes is many requests. */
const batch = 1_000;

function sourceOf(disk: Disk, shelf: SimSeries): ShipSource {
  return {
    samples: (after, limit) => ({ ...shelf.page(after, limit), missed: 0 }),
    events: (after, limit) => disk.lines.slice(after, after + limit).map((line) => JSON.parse(line) as Event),
    minutes: (from, to) => shelf.minutes(from, to),
    link: (seq) => disk.links[seq - 1],
    oldest: () => shelf.oldest(),
    newest: () => ({ samples: shelf.samples.length, events: disk.lines.length }),
    close: () => undefined,
  };
}

/** Follows until the process dies or the returned function is called; that resolves when the step under way is over. */
export function beginFollowing({
  process,
  world,
  disk,
  shelf,
  influx,
  refused,
  lacks,
  said,
}: FollowerParts): () => Promise<void> {
  const stop = new AbortController();
  const source = sourceOf(disk, shelf);
  const kept = disk.cursor === undefined ? undefined : (JSON.parse(disk.cursor) as unknown);
  const following = followInflux({
    world,
    signal: stop.signal,
    batch,
    target: influx.target(process),
    position: positionFor('simulated', kept),
    tags: {},
    lacks,
    source: () => source,
    save: async (position) => disk.saveCursor(JSON.stringify(position)),
    refused: (all) => {
      if (all.length > 0) refused(all);
    },
    said,
  });
  return async () => {
    stop.abort();
    await following;
  };
}
