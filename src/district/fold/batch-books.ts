/**
 * What one batch changes in the read models: which alarms, rounds, rectifications, drills and camera days its lines speak of, and their rows as
 * State has them after each. It must never read a row back: State and the line say all of it.
 */
import { localDay } from '../../core/site/calendar.ts';
import type { Alarm, Event } from '../../core/types.ts';
import type { Statement } from '../database/database.ts';
import { alarmIn, alarmRow } from './alarm-book.ts';
import { alarmTable, cameraDayTable, deedTable, drillTable, rectificationTable, roundTable } from './book-tables.ts';
import { deedRow } from './deed-rows.ts';
import { drillIn, drillRow, rectificationIn, rectificationRow } from './ledger-row.ts';
import { type RoundTimes, roundIn, roundRow } from './patrol-rows.ts';
import { RowBook } from './row-book.ts';
import type { FoldedSchool } from './state-cache.ts';

/** For so long after midnight the day before may still grow. */
const DAY_TAIL_MS = 3_600_000;

export class BatchBooks {
  readonly #known: FoldedSchool;
  readonly #now: number;
  readonly #alarms = new RowBook<number>(alarmTable);
  /** How far each was told at all in this batch. */
  readonly #levels = new Map<number, number>();
  readonly #deeds = new RowBook<number>(deedTable);
  readonly #rounds = new Map<string, RoundTimes>();
  readonly #rectifications = new Set<number>();
  readonly #drills = new Set<number>();
  readonly #days = new Set<number>();
  #closing: Alarm | undefined;

  constructor(known: FoldedSchool, now: number) {
    this.#known = known;
    this.#now = now;
  }

  /** Before a line is folded: an alarm that it closes is not in State afterwards. */
  before(event: Event | undefined): void {
    this.#closing = event?.kind === 'closed' ? this.#known.state.alarms.get(event.alarm) : undefined;
  }

  /** After a line was folded. */
  after(event: Event): void {
    const { state, site, cameras } = this.#known;
    const id = alarmIn({ event });
    const alarm = id === undefined ? undefined : (state.alarms.get(id) ?? this.#closing);
    if (alarm) {
      const end =
        event.kind === 'closed'
          ? { by: event.by, at: event.at, reason: event.reason, ...(event.note !== undefined && { note: event.note }) }
          : undefined;
      const said: unknown = alarm.escalated?.level;
      // What a school wrote there may be anything, and must not keep its alarms from being listed.
      const level = Math.max(this.#levels.get(alarm.id) ?? 0, Number.isSafeInteger(said) ? (said as number) : 0);
      this.#levels.set(alarm.id, level);
      const row = alarmRow(site.site, alarm, end, this.#now);
      this.#alarms.set(alarm.id, { ...row, level: level === 0 ? undefined : level });
    }
    const deed = deedRow(event);
    if (deed) this.#deeds.set(event.seq, deed);
    this.#note(event);
    const day = cameras.take(event, state);
    if (day === undefined) return;
    this.#days.add(day);
    this.#days.add(localDay(event.at - DAY_TAIL_MS, state.utcOffsetMin));
  }

  #note(event: Event): void {
    const round = roundIn(event);
    if (round !== undefined) {
      const times = this.#rounds.get(round) ?? {};
      if (event.kind === 'opened') times.openedAt = event.at;
      if (event.kind === 'completed') times.completedAt = event.at;
      this.#rounds.set(round, times);
    }
    const rectification = rectificationIn(event);
    if (rectification !== undefined) this.#rectifications.add(rectification);
    const drill = drillIn(event, this.#known.state);
    if (drill !== undefined) this.#drills.add(drill);
  }

  /** What writes all of it, in this order. */
  statements(school: string, epoch: number): Statement[] {
    const { state, site, cameras } = this.#known;
    const rounds = new RowBook<string>(roundTable);
    for (const [id, times] of this.#rounds) setIf(rounds, id, roundRow(site.site, state, id, times));
    const ledger = new RowBook<number>(rectificationTable);
    for (const id of this.#rectifications) setIf(ledger, id, rectificationRow(state, id));
    const days = new RowBook<string>(cameraDayTable);
    for (const row of this.#cameraRows()) days.set(`${row.day} ${row.device}`, row);
    cameras.forget(state);
    const books = [this.#alarms, this.#deeds, rounds, ledger, days];
    return [...books.flatMap((book) => book.statement(school, epoch) ?? []), ...this.#drillStatements(school, epoch)];
  }

  #cameraRows() {
    const { state, site, cameras } = this.#known;
    try {
      return cameras.rows(site.site, state, this.#days);
    } catch {
      // The hours of a site that is none.
      return [];
    }
  }

  #drillStatements(school: string, epoch: number): Statement[] {
    const book = new RowBook<number>(drillTable);
    const gone: Statement[] = [];
    for (const id of this.#drills) {
      const row = drillRow(this.#known.state, id);
      if (row === 'void')
        gone.push({
          text: 'DELETE FROM drill WHERE school = $1 AND epoch = $2 AND id = $3',
          params: [school, epoch, id],
        });
      else setIf(book, id, row);
    }
    return [...gone, ...[book.statement(school, epoch) ?? []].flat()];
  }
}

function setIf<K extends string | number>(
  book: RowBook<K>,
  key: K,
  row: Readonly<Record<string, unknown>> | undefined,
): void {
  if (row) book.set(key, row);
}
