/**
 * What was said of a point and turned out otherwise: the alarm that it was missed ends when all it speaks for were reached after
 * all, and does not end as reached while one of them was not.
 */
import type { Time } from '../../core/types.ts';
import { missedStands, missedWithdrawn } from '../../words/check-patrol-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker } from './check.ts';

/** Somebody with a name, or a device that vouches for it, was there. */
const there = ['on-time', 'early', 'late', 'wrong-order', 'wrong-person'];
/** Why the gateway closes such an alarm. */
const reachedAfterAll = 'F7';

/** From what was told of a point until its alarm has ended: one step. */
const settleMs = 1_000;

export const withdrawnRightly = checker(() => ({
  name: 'withdrawn-rightly',
  title: promises.withdrawnRightly,
  end({ evidence, test }) {
    /** Since when each point is known to have been reached, whatever was said of it before. */
    const since = new Map<string, Time>();
    for (const { event, at } of evidence.facts('checked')) {
      const cause = `${event.round}/${event.checkpoint}`;
      if (!there.includes(event.verdict)) since.delete(cause);
      else if (!since.has(cause)) since.set(cause, at);
    }
    const ended = new Map<number, Time>();
    const ends = [...evidence.facts('returned-to-normal'), ...evidence.facts('closed')];
    for (const { event, at } of ends) ended.set(event.alarm, Math.min(at, ended.get(event.alarm) ?? at));
    const takenBack = new Map(
      evidence
        .facts('closed')
        .flatMap(({ event, at }) => (event.reason === reachedAfterAll ? [[event.alarm, at]] : [])),
    );
    const repeats = evidence.facts('repeated');
    for (const { event, at } of evidence.facts('raised')) {
      if (event.alarm !== 'missed') continue;
      const again = repeats.filter((one) => one.event.alarm === event.seq).map((one) => one.event.cause);
      const reached = [event.cause, ...again].map((cause) => since.get(cause) ?? Number.POSITIVE_INFINITY);
      const all = Math.max(...reached);
      if (all < Number.POSITIVE_INFINITY)
        test((ended.get(event.seq) ?? Number.POSITIVE_INFINITY) <= all + settleMs, at, missedStands(event.cause));
      const back = takenBack.get(event.seq);
      if (back !== undefined) test(all <= back, at, missedWithdrawn(event.cause));
    }
  },
}));
