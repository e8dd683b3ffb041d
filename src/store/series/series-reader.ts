/**
 * The thread that reads the stored samples of a zone's wires, on a connection of its own: to draw them, and to hear what
 * the detector would say of them. It reads in small pieces, so that the writer is never held up. It must never write.
 */
import type Database from 'better-sqlite3';
import { type CurveQuery, type Curves, heldMs, Pen, type WireName } from '../../core/fence/curve.ts';
import { rehearse, type ZoneSamples } from '../../core/fence/signal-rehearse.ts';
import { judgeRehearsal, type Played, type RehearsalQuery } from '../../core/report/rehearsal.ts';
import type { SignalLimits, Time } from '../../core/types.ts';
import { explain } from '../store-errors.ts';
import { openForReading } from '../store-files.ts';
import { serve } from '../thread.ts';
import { numberKind } from './samples.ts';

export type SeriesReaderQuestion =
  | { readonly curves: CurveQuery }
  | { readonly rehearse: RehearsalQuery }
  | { readonly hours: HourSpan };

/** Whole hours, the last one excluded. */
export interface HourSpan {
  readonly from: Time;
  readonly to: Time;
}

/** What was stored of a gauge in one hour. */
export interface HourFigures {
  readonly device: string;
  readonly point: string;
  /** When it begins. */
  readonly hour: Time;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly count: number;
}

/** `oldest`: the time of the oldest sample there is; undefined: there is none. */
export interface StoredHours {
  readonly oldest: Time | undefined;
  readonly rows: readonly HourFigures[];
}

const hourMs = 3_600_000;

function hoursOf(db: Database.Database, { from, to }: HourSpan): StoredHours {
  const read = db.prepare<[Time, Time], HourFigures>(
    `SELECT device, point, CAST(at / ${hourMs} AS INTEGER) * ${hourMs} AS hour,
       avg(value) AS mean, min(value) AS min, max(value) AS max, count(*) AS count
     FROM names CROSS JOIN samples INDEXED BY samplesByName ON samples.name = names.id AND at >= ? AND at < ?
     WHERE kind = ${numberKind} GROUP BY names.id, hour`,
  );
  const oldest = db.prepare<[], Time>('SELECT at FROM samples ORDER BY row LIMIT 1').pluck().get();
  const rows = read.all(from, to).filter(({ mean }) => Number.isFinite(mean));
  return { oldest, rows };
}

/** Read at once: at four samples a second and wire a few tens of thousands. */
const pieceMs = 3_600_000;
/** The detector begins this long before what is asked about, so that it knows its bases by then. */
const warmMs = 1_800_000;

/** The samples of some wires in order of time, piece after piece; `each` hears where it is. */
function* samplesOf(
  db: Database.Database,
  wires: readonly WireName[],
  from: Time,
  to: Time,
  each: (at: Time) => void = () => undefined,
): Generator<ZoneSamples> {
  const idOf = db.prepare<[string, string], number>('SELECT id FROM names WHERE device = ? AND point = ?').pluck();
  const ids = wires.map(({ device, point }) => idOf.get(device, point));
  const places = new Map(ids.flatMap((id, wire) => (id === undefined ? [] : [[id, wire] as const])));
  const read = db.prepare<[Time, Time, ...number[]], { name: number; at: Time; value: number }>(
    `SELECT name, at, value FROM samples
     WHERE at >= ? AND at < ? AND name IN (${[...places].map(() => '?').join(',')}) AND kind = ${numberKind}
     ORDER BY at, row`,
  );
  for (let start = from; start <= to; start += pieceMs) {
    let moment: { at: Time; wires: (number | undefined)[] } | undefined;
    for (const { name, at, value } of read.all(start, Math.min(start + pieceMs, to + 1), ...places.keys())) {
      if (moment && moment.at !== at) {
        yield moment;
        moment = undefined;
      }
      moment ??= { at, wires: wires.map(() => undefined) };
      moment.wires[places.get(name) as number] = value;
    }
    if (moment) yield moment;
    each(Math.min(start + pieceMs, to));
  }
}

function draw(db: Database.Database, { wires, from, to, columns, limits }: CurveQuery): Curves {
  const grid = { from, to, columns };
  const pens = wires.map(() => ({ wire: new Pen(grid), base: new Pen(grid) }));
  const drawn = function* (): Generator<ZoneSamples> {
    for (const moment of samplesOf(db, wires, from - warmMs, to)) {
      for (const [index, value] of moment.wires.entries())
        if (value !== undefined) pens[index]?.wire.add(moment.at, value);
      yield moment;
    }
  };
  rehearse({ id: 'drawn', limits }, drawn(), (at, sense) => {
    for (const [index, { learning, baseN }] of sense.wires.entries()) if (!learning) pens[index]?.base.add(at, baseN);
  });
  return { wires: pens.map(({ wire }) => wire.columns()), bases: pens.map(({ base }) => base.columns()) };
}

function play(db: Database.Database, q: RehearsalQuery, progress: (done: number, total: number) => void): Played {
  const { wires, from, to } = q;
  const begin = from - warmMs;
  const total = 2 * (to - begin);
  let samples = 0;
  let heard = from;
  let unknownMs = 0;
  const hear = (at: Time): void => {
    unknownMs += Math.max(0, at - heard - heldMs);
    heard = Math.max(heard, at);
  };
  const counted = function* (): Generator<ZoneSamples> {
    for (const moment of samplesOf(db, wires, begin, to, (at) => progress(at - begin, total))) {
      hear(moment.at);
      if (moment.at >= from) samples += moment.wires.filter((value) => value !== undefined).length;
      yield moment;
    }
    hear(to);
  };
  const again = samplesOf(db, wires, begin, to, (at) => progress(to - begin + at - begin, total));
  const say = (limits: SignalLimits, all: Iterable<ZoneSamples>) =>
    rehearse({ id: 'played', limits }, all).filter((one) => one.to >= from);
  const would = say(q.would, counted());
  const now = say(q.now, again);
  return { ...judgeRehearsal(q.past, now, would), samples, unknownMs };
}

await serve(
  ({ path }: { path: string }, tell) => {
    const db = openForReading(path);
    return {
      answer: (question: SeriesReaderQuestion) =>
        'hours' in question
          ? hoursOf(db, question.hours)
          : 'curves' in question
            ? draw(db, question.curves)
            : play(db, question.rehearse, (done, total) => tell({ done, total })),
      close: () => void db.close(),
    };
  },
  (error, { path }) => explain(error, path),
);
