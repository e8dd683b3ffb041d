/**
 * The thread that follows the journal and the series and ships both to InfluxDB. It reads the files by itself, so that an
 * InfluxDB that is slow, away or full of backlog costs the gateway's loop nothing.
 */
import { type Log, realWorld } from '../../world/world.ts';
import { loadCursor, saveCursor } from '../cursor.ts';
import { explain } from '../store-errors.ts';
import { files } from '../store-files.ts';
import { type Served, serve } from '../thread.ts';
import { followInflux, positionFor } from './influx-follow.ts';
import type { Position } from './influx-ship.ts';
import { openSource, type Source } from './influx-source.ts';
import { influxTarget, type Refused, type Target } from './influx-target.ts';
import type { Aside, InfluxStatus, Opening } from './influx-types.ts';

const tellMs = 500;
/** Refused points that can be looked at; older ones are only counted. */
const asideMax = 100;
/** Refusals are told in the log at most this often: a device that sends rubbish each second would fill the disk. */
const logMs = 60_000;

function openFollower(opening: Opening, tell: (message: unknown) => void, log: Log): Served<never> {
  const path = files.influx(opening.dir);
  const position = positionFor(`${opening.url} ${opening.database}`, loadCursor(path));
  const target = influxTarget(opening);
  const books = openBooks(position, log);
  const stop = new AbortController();
  let source: Source | undefined;
  const said = (failure: unknown): void =>
    books.said(failure === undefined ? undefined : explain(failure, opening.dir).why);
  const following = followInflux({
    world: realWorld(log),
    signal: stop.signal,
    batch: opening.batch,
    target,
    position,
    source: () => (source ??= openSource(opening.dir)),
    save: (reached) => saveCursor(path, reached),
    refused: books.refused,
    said,
  });
  const telling = setInterval(() => {
    try {
      tell(books.status(source));
    } catch (failure) {
      said(failure);
      tell(books.status(undefined));
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
function openBooks(position: Position, log: Log) {
  let why: InfluxStatus['why'];
  let lastOk: number | undefined;
  let rejected = 0;
  let aside: readonly Aside[] = [];
  let loggedAt = Number.NEGATIVE_INFINITY;
  return {
    refused(refused: readonly Refused[]): void {
      for (const one of refused) {
        rejected += one.count;
        aside = [...aside.slice(1 - asideMax), { ...one, at: Date.now() }];
      }
      const first = refused[0];
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
    status(source: Source | undefined): InfluxStatus {
      const newest = source?.newest() ?? { samples: 0, events: 0 };
      const behind = Math.max(0, newest.samples - position.samples) + Math.max(0, newest.events - position.events);
      return { behind, rejected, aside, ...(lastOk !== undefined && { lastOk }), ...(why && { why }) };
    },
  };
}

await serve(openFollower, (error, { dir }: Opening) => explain(error, dir));
