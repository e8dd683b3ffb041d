/**
 * Takes back the alarm that a point was missed, when it turns out that somebody had been there. One alarm speaks for every round
 * that missed the point since it was raised, so it is taken back when none of them is left. Nobody's hand is taken away: what a
 * person has acknowledged is marked, and stays with that person to close.
 */
import { reachedAfterAll } from '../../words/link-words.ts';
import { lift } from '../alarm/shelving.ts';
import type { Draft } from '../draft.ts';
import { gatewayName } from '../site/armed-plan.ts';
import { localMinute } from '../site/calendar.ts';
import { missedVerdicts } from '../site/verdict-sets.ts';
import type { Alarm, Checkpoint, ReaderTouch, Round, Route, Time } from '../types.ts';
import { RoundBook } from './round-book.ts';

/** Why the gateway closes such an alarm: uploaded later, was reached. */
const uploadedReason = 'F7';

/** The key of the alarm that a point of a route was missed. */
export const missedKey = (route: Pick<Route, 'id'>, point: Pick<Checkpoint, 'id'>): string =>
  `${route.id}/${point.id}/missed`;

interface Reached {
  readonly route: Route;
  readonly point: Checkpoint;
  readonly round: Round;
  /** When somebody was there. */
  readonly at: Time;
}

export class Withdrawals {
  readonly #reached: Reached[] = [];

  add(route: Route, point: Checkpoint, round: Round, at: Time): void {
    this.#reached.push({ route, point, round, at });
  }

  /** Takes back what no longer stands, by the rounds as they are after all of them were judged. `gone`: touches that count no more. */
  settle(draft: Draft, gone: ReadonlySet<ReaderTouch> = new Set()): void {
    if (this.#reached.length === 0) return;
    const book = new RoundBook(draft, gone);
    const last = new Map<string, Reached>();
    for (const one of this.#reached) last.set(missedKey(one.route, one.point), one);
    for (const [key, reached] of last) {
      const alarm = draft.state.alarms.get(draft.state.keys.get(key) ?? 0);
      if (alarm && !stillMissed(alarm, reached, book)) withdraw(draft, alarm, reached);
    }
  }
}

/** Whether another round of those the alarm speaks for has missed the point. */
function stillMissed(alarm: Alarm, { route, point }: Reached, book: RoundBook): boolean {
  const first = alarm.round === undefined ? undefined : book.round(alarm.round);
  const since = first?.start ?? 0;
  return book.rounds(route.id).some(({ start, checks }) => {
    const verdict = checks[point.id]?.verdict;
    return start >= since && verdict !== undefined && missedVerdicts.has(verdict);
  });
}

function withdraw(draft: Draft, alarm: Alarm, { round, point, at }: Reached): void {
  const when = localMinute(at, draft.site.utcOffsetMin).replace('T', ' ');
  const cause = `${round.id}/${point.id}`;
  draft.add({ kind: 'returned-to-normal', alarm: alarm.id, cause, why: reachedAfterAll(when) });
  if (alarm.acked) return;
  draft.add({ kind: 'closed', alarm: alarm.id, by: gatewayName, reason: uploadedReason, note: when });
  lift(draft, alarm.key, gatewayName, 'closed');
}
