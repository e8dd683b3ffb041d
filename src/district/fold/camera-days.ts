/**
 * How much of a day each camera showed something, by the same tally that a school's own report is made of. The facts of the day are kept
 * in mind, some hundreds; a node that has none of them asks the journal. It must never keep more than of two days.
 */

import { OnlineTally, onlineKinds, onlineLeadMs } from '../../core/report/online-rate.ts';
import { localDay, timeOf } from '../../core/site/calendar.ts';
import type { Event, Site, State } from '../../core/types.ts';
import type { Sql } from '../database/database.ts';
import { eventOf } from '../ingest/read-line.ts';
import { dayName } from './patrol-rows.ts';
import { kitchenCameras } from './tile-of.ts';

const wanted: ReadonlySet<string> = new Set(onlineKinds);
/** A hostile school could say it a million times a day. */
const FACTS_MAX = 5_000;

/** The camera facts of a school's last two days, oldest first. */
export class CameraDays {
  #facts: Event[] = [];

  /** The facts of the day of `state.at` and the one before, out of the journal. */
  static async load(sql: Sql, school: string, epoch: number, upTo: number, state: State): Promise<CameraDays> {
    const days = new CameraDays();
    const from = timeOf(localDay(state.at, state.utcOffsetMin) - 1, 0, state.utcOffsetMin) - onlineLeadMs;
    const rows = await sql.query<{ seq: number; line: string }>(
      `SELECT seq, line FROM journal WHERE school = $1 AND epoch = $2 AND seq <= $3 AND at >= $4 AND line IS NOT NULL
       AND kind IN ('started', 'clock-stepped', 'camera-seen', 'cameras-watched', 'picture-dismissed') ORDER BY seq LIMIT ${FACTS_MAX}`,
      [school, epoch, upTo, from],
    );
    for (const { seq, line } of rows) {
      const event = eventOf(line, seq);
      if (typeof event !== 'string') days.#facts.push(event);
    }
    return days;
  }

  /** Takes a fact; says which local day it may have changed. */
  take(event: Event, state: State): number | undefined {
    if (!wanted.has(event.kind) || this.#facts.length >= FACTS_MAX) return undefined;
    this.#facts.push(event);
    return localDay(event.at, state.utcOffsetMin);
  }

  /** Rows of `camera_day` for days that changed, up to what State knows. */
  rows(site: Site, state: State, days: ReadonlySet<number>) {
    const kitchen = new Set(kitchenCameras(site));
    const { utcOffsetMin } = state;
    return [...days].flatMap((day) => {
      const from = timeOf(day, 0, utcOffsetMin);
      const to = Math.min(timeOf(day + 1, 0, utcOffsetMin), Math.max(from, state.at));
      const tally = new OnlineTally({ ...site, utcOffsetMin }, { from, to });
      for (const fact of this.#facts) if (fact.at >= from - onlineLeadMs) tally.take(fact);
      return tally.result('day').cameras.map(({ id, whole: { seenMs, unseenMs } }) => ({
        ...{ day: dayName(day), device: id, kitchen: kitchen.has(id) },
        ...{ up_ms: seenMs, due_ms: seenMs + unseenMs },
      }));
    });
  }

  /** Forgets what no row is made of any more. */
  forget(state: State): void {
    const first = localDay(state.at, state.utcOffsetMin) - 1;
    const oldest = timeOf(first, 0, state.utcOffsetMin) - onlineLeadMs;
    if ((this.#facts[0]?.at ?? oldest) < oldest) this.#facts = this.#facts.filter(({ at }) => at >= oldest);
  }
}
