/**
 * A card held to points of one round faster than anybody could walk, three times on end, is asked about once that round is over;
 * and whatever is asked about is asked once. Worked out from the cards that were really held to the readers.
 */
import { drawerUnasked, suspectedTwice } from '../../words/check-patrol-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker } from './check.ts';

/** From one point to the next in this time nobody walks. */
const nearMs = 10_000;
const pointsMin = 3;
/** After the touches the round they belong to is over, at the latest. */
const overMs = 90 * 60_000;

export const suspectedOnce = checker(() => {
  const asked = new Set<string>();
  return {
    name: 'suspected-once',
    title: promises.suspectedOnce,
    see(seen, { test }) {
      if (seen.what !== 'kept') return;
      for (const event of seen.events) {
        if (event.kind !== 'suspected') continue;
        test(!asked.has(event.key), seen.at, suspectedTwice(event.key));
        asked.add(event.key);
      }
    },
  };
});

export const drawerAsked = checker(() => ({
  name: 'drawer-asked',
  title: promises.drawerAsked,
  end({ evidence, test }) {
    const suspected = evidence.facts('suspected');
    const completed = evidence.facts('completed');
    const cards = Map.groupBy(evidence.facts('touched'), ({ event }) => event.card);
    for (const [card, touches] of cards) {
      const made = touches.map(({ event }) => event).sort((a, b) => a.sourceTime - b.sourceTime);
      for (const [i, first] of made.entries()) {
        const row = made.slice(i, i + pointsMin);
        const near = row.every((one, n) => n === 0 || one.sourceTime - row[n - 1]!.sourceTime <= nearMs);
        if (new Set(row.map(({ reader }) => reader)).size < pointsMin || !near) continue;
        // Looked at when a round is over.
        if (!completed.some(({ at }) => at > first.at && at < first.at + overMs)) continue;
        const told = suspected.some(({ event }) => event.touches.some((one) => one.card === card));
        test(told, first.at, drawerUnasked(card));
      }
    }
  },
}));
