/** A data folder with journal and series open, and a follower that ships them to a server under test. */
import { onTestFinished } from 'vitest';
import type { Event, Sample, Value } from '../../src/core/types.ts';
import { type Influx, type InfluxOptions, startInflux } from '../../src/store/influx/influx.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { openSeries } from '../../src/store/series/series.ts';
import type { Journal, Series } from '../../src/store/store-types.ts';
import { untranslated } from '../../src/words/words.ts';
import { until } from '../patience.ts';
import type { Influxd } from '../peers/influxd.ts';
import { dataFolder, listeningLog } from './place.ts';

export interface Shipper {
  readonly dir: string;
  readonly database: string;
  readonly journal: Journal;
  readonly series: Series;
  readonly log: ReturnType<typeof listeningLog>;
  /** `more`: who logs in, another folder, who is told what the journal lacks. */
  ship(url: string, batch?: number, more?: Partial<InfluxOptions>): Influx;
}

export const hourMs = 3_600_000;
let databases = 0;

/** A shipper with a database of its own; it is closed when the test is over. */
export async function shipper(): Promise<Shipper> {
  const dir = await dataFolder();
  const log = listeningLog();
  const journal = await openJournal({ dir, log });
  onTestFinished(() => journal.close());
  const series = await openSeries({ dir, log });
  onTestFinished(() => series.close());
  databases += 1;
  const database = `school_${databases}`;
  return {
    dir,
    database,
    journal,
    series,
    log,
    ship(url, batch = 5000, more = {}) {
      const shipping = startInflux({ url, database, school: 'east', dir, world: { log }, batch, ...more });
      onTestFinished(() => shipping.stop());
      return shipping;
    },
  };
}

export const sample = (at: number, value: Value, point = 'tension', device = 'fence-1'): Sample => ({
  device,
  point,
  value,
  at,
});

export const linked = (seq: number, at: number): Event => ({
  seq,
  at,
  kind: 'linked',
  device: 'fence-1',
  up: true,
  why: untranslated(`n${seq}`),
});

export async function caughtUp(shipping: Influx): Promise<void> {
  await until('everything is shipped', () => {
    const { behind, lastOk, why } = shipping.status();
    return behind === 0 && lastOk !== undefined && why === undefined;
  });
}

/** How many values of `measurement.field` there are among the raw points. */
export async function count(influxd: Influxd, h: Shipper, what: string): Promise<unknown> {
  const rows = await influxd.ask(`SELECT count(${what.split('.')[1]}) AS n FROM raw.${what.split('.')[0]}`, h.database);
  return rows[0]?.n ?? 0;
}
