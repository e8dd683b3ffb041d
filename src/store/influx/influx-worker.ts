/**
 * The thread that follows the journal and the series and ships both to InfluxDB. It reads the files by itself, so that an
 * InfluxDB that is slow, away or full of backlog costs the gateway's loop nothing.
 */
import type { JournalGap } from '../../core/types.ts';
import { type Log, realWorld } from '../../world/world.ts';
import { loadCursor, saveCursor } from '../cursor.ts';
import { explain } from '../store-errors.ts';
import { files } from '../store-files.ts';
import { type Served, serve } from '../thread.ts';
import { followInflux, positionFor } from './influx-follow.ts';
import { tagOf } from './influx-points.ts';
import type { Position } from './influx-ship.ts';
import { openSource, type ShipSource } from './influx-source.ts';
import { influxTarget, type RefusedLine, type Target } from './influx-target.ts';
import type { InfluxStatus, RefusedPoint, ShipOptions } from './influx-types.ts';

const tellMs = 500;
/** Refused points that can be looked at; older ones are only counted. */
const refusedMax = 100;
/** Refusals are told in the log at most this often: a device that sends rubbish each second would fill the disk. */
const logMs = 60_000;

function openFollower(opening: ShipOptions, tell: (message: unknown) => void, log: Log): Served<never> {
  const path = files.influx(opening.dir);
  const position = positionFor(`${opening.url} ${opening.database}`, loadCursor(path));
  const target = influxTarget(opening);
  const tally = openTally(position, log);
  const stop = new AbortController();
  let source: ShipSource | undefined;
  const said = (failure: unknown): void =>
    tally.said(failure === undefined ? undefined : explain(failure, opening.dir).why);
  const following = followInflux({
    world: realWorld(log),
    signal: stop.signal,
    batch: opening.batch,
    target,
    position,
    tags: { school: tagOf(opening.school) },
    lacks: (gap) => tally.lacks(gap),
    source: () => (source ??= openSource(opening.dir)),
    save: (reached) => saveCursor(path, reached),
    refused: tally.refused,
    said,
  });
  const telling = setInterval(() => {
    try {
      tell(tally.status(source));
    } catch (failure) {
      said(failure);
      tell(tally.status(undefined));
    }
  }, tellMs);
  return {
    answer: () => undefined,
    async close() {
      clearInterval(telling);
      stop.abort();
      await finished(following, target);
      source?.close();
    },
  };
}

/** Waits for the step under way, but no longer than an unanswered request deserves. */
async function finished(following: Promise<void>, target: Target): Promise<void> {
  const timer = setTimeout(() => target.close(), 1_000);
  await following;
  clearTimeout(timer);
  target.close();
}

/** What is told of the follower: how it goes and what was refused. */
function openTally(position: Position, log: Log) {
  let why: InfluxStatus['why'];
  let lastOk: number | undefined;
  let rejected = 0;
  let lost = 0;
  let refused: readonly RefusedPoint[] = [];
  let loggedAt = Number.NEGATIVE_INFINITY;
  let gap: JournalGap | undefined;
  return {
    lacks(found: JournalGap): void {
      gap = found;
    },
    refused(lines: readonly RefusedLine[]): void {
      for (const one of lines) {
        rejected += one.count;
        if (one.gone) lost += one.count;
        refused = [...refused.slice(1 - refusedMax), { ...one, at: Date.now() }];
      }
      const first = lines[0];
      if (!first || performance.now() - loggedAt < logMs) return;
      loggedAt = performance.now();
      log.warn(`InfluxDB refused points: ${first.why}`, { rejected, line: first.line });
    },
    said(words: InfluxStatus['why']): void {
      if (words && words.en !== why?.en) log.warn(words.en);
      if (!words && why) log.info('InfluxDB takes data again.');
      if (!words) lastOk = Date.now();
      why = words;
    },
    status(source: ShipSource | undefined): InfluxStatus {
      const newest = source?.newest() ?? { samples: 0, events: 0 };
      const behind = Math.max(0, newest.samples - position.samples) + Math.max(0, newest.events - position.events);
      return {
        behind,
        rejected,
        lost,
        refused,
        ...(lastOk !== undefined && { lastOk }),
        ...(why && { why }),
        ...(gap && { gap }),
      };
    },
  };
}

await serve(openFollower, (error, { dir }: ShipOptions) => explain(error, dir));
