/**
 * What there is to ship, read from the journal and the series on connections of their own, beside their writers.
 * It must never write. A file that was begun anew (its numbers start again) sends the cursor back to the start.
 */
import type Database from 'better-sqlite3';
import type { Event, Time } from '../../core/types.ts';
import { upcast } from '../../core/upcast.ts';
import { type SamplePage, sampleReader } from '../series/samples.ts';
import { files, openForReading } from '../store-files.ts';
import type { Minute } from './influx-points.ts';

export interface ShipSource {
  samples(after: number, limit: number): SamplePage;
  events(after: number, limit: number): readonly Event[];
  /** Figures of every minute and gauge in [from, to). */
  minutes(from: Time, to: Time): readonly Minute[];
  /** The hash of an event's link; undefined when there is no such event. */
  link(seq: number): string | undefined;
  /** Time of the oldest sample. */
  oldest(): Time | undefined;
  /** Numbers of the newest sample and event. */
  newest(): { readonly samples: number; readonly events: number };
  close(): void;
}

/** Opens both files of a data folder. Throws when one does not exist yet. */
export function openSource(dir: string): ShipSource {
  const series = openForReading(files.series(dir));
  try {
    const journal = openForReading(files.journal(dir));
    return source(series, journal);
  } catch (error) {
    series.close();
    throw error;
  }
}

function source(series: Database.Database, journal: Database.Database): ShipSource {
  const readSamples = sampleReader(series);
  const readEvents = journal
    .prepare<[number, number], string>("SELECT json FROM events WHERE seq > ? AND kind <> 'cut' ORDER BY seq LIMIT ?")
    .pluck();
  // Names first: each is one short stretch of the index, where the time alone has none.
  const minutes = series.prepare<[Time, Time], Minute>(
    `SELECT device, point, CAST(at / 60000 AS INTEGER) * 60000 AS minute,
       avg(value) AS mean, min(value) AS min, max(value) AS max, count(*) AS count
     FROM names CROSS JOIN samples INDEXED BY samplesByName ON samples.name = names.id AND at >= ? AND at < ?
     WHERE kind = 0 GROUP BY names.id, minute`,
  );
  const oldest = series.prepare<[], Time>('SELECT at FROM samples ORDER BY row LIMIT 1').pluck();
  const lastRow = series.prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'samples'").pluck();
  const link = journal.prepare<[number], string>('SELECT hash FROM events WHERE seq = ?').pluck();
  const lastSeq = journal.prepare<[], number | null>('SELECT max(seq) FROM events').pluck();
  return {
    samples: readSamples,
    events: (after, limit) => readEvents.all(after, limit).map((json) => upcast(JSON.parse(json) as Event)),
    minutes: (from, to) => minutes.all(from, to),
    link: (seq) => link.get(seq),
    oldest: () => oldest.get(),
    newest: () => ({ samples: lastRow.get() ?? 0, events: lastSeq.get() ?? 0 }),
    close() {
      series.close();
      journal.close();
    },
  };
}
