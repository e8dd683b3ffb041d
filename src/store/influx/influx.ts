/**
 * Ships samples and events to InfluxDB, the long-term store that Grafana reads, from behind a cursor.
 * It must never be waited for: when InfluxDB is away, what is behind the cursor waits in the local files.
 */
import type { JournalGap, Words } from '../../core/types.ts';
import type { World } from '../../world/world.ts';
import { startLasting } from '../lasting-thread.ts';
import type { TargetOptions } from './influx-target.ts';
import type { InfluxStatus, ShipOptions } from './influx-types.ts';

export interface InfluxOptions extends TargetOptions {
  /** The data folder, whose journal and series are open already. */
  readonly dir: string;
  readonly world: Pick<World, 'log'>;
  /** Called once when the journal lacks what InfluxDB knows of it. */
  lacks?(gap: JournalGap): void;
  /** Called with how many samples more were forgotten here before InfluxDB came back. */
  lost?(count: number): void;
  /** Points in one request. Default 5000, what InfluxData recommends. */
  readonly batch?: number;
}
export interface Influx {
  /** At most half a second old. */
  status(): InfluxStatus;
  /** Ends the step under way and stops; what is not sent is sent after the next start. */
  stop(): Promise<void>;
}

const defaultBatch = 5_000;

/** Begins to follow. The journal and the series of `dir` are read from their files; they must be closed after this. */
export function startInflux({
  url,
  database,
  user,
  password,
  school,
  dir,
  world,
  lacks,
  lost,
  batch = defaultBatch,
}: InfluxOptions): Influx {
  let status: InfluxStatus = { behind: 0, rejected: 0, lost: 0, refused: [] };
  const opening: ShipOptions = {
    url,
    database,
    school,
    dir,
    batch,
    ...(user !== undefined && { user }),
    ...(password !== undefined && { password }),
  };
  const tell = (told: unknown): void => {
    const now = told as InfluxStatus;
    if (now.gap && !status.gap) lacks?.(now.gap);
    // A follower that was begun anew counts from the start.
    const more = now.lost < status.lost ? now.lost : now.lost - status.lost;
    if (more > 0) lost?.(more);
    status = now;
  };
  const file = new URL('./influx-worker.ts', import.meta.url);
  let trouble: () => Words | undefined = () => undefined;
  const starting = startLasting(file, opening, { log: world.log, tell }).then((thread) => {
    trouble = () => thread.trouble();
    return thread;
  });
  return {
    status() {
      // Of a follower that does not run, what it said last is no longer so.
      const why = trouble() ?? status.why;
      return why ? { ...status, why } : status;
    },
    async stop() {
      await (await starting).end();
    },
  };
}
