/** State as a text, thawed again in the midst of simulated nights: what is folded on from it is what the whole night folds to, letter by letter. */
import { expect, test } from 'vitest';
import { stories } from '../../simulators/virtual/stories.ts';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Event } from '../../src/core/types.ts';
import type { Seen } from '../../src/simulation/observed.ts';
import { stateOf, stateText } from '../../src/store/snapshot/state-text.ts';
import { campus, nightHours, play } from './night.ts';

/** Between two points at which State is frozen and thawed: a prime, so that no two nights are cut alike. */
const every = 97;

for (const id of ['school-day', 'guard-late', 'clock-steps', 'two-at-once']) {
  test(`${id}: a State that is frozen and thawed again and again folds on to the same`, async () => {
    const events: Event[] = [];
    const each = (seen: Seen) => {
      if (seen.what === 'kept') events.push(...seen.events);
    };
    await play({ config: await campus(), seed: 1, story: stories.get(id)!, hours: nightHours, each });
    expect(events.length).toBeGreaterThan(every * 2);
    const whole = emptyState();
    let thawed = emptyState();
    for (const event of events) {
      evolve(whole, event);
      evolve(thawed, event);
      if (event.seq % every !== 0) continue;
      const text = stateText(thawed);
      thawed = stateOf(text);
      expect(stateText(whole)).toBe(text);
      expect(thawed).toEqual(whole);
    }
    expect(stateText(thawed)).toBe(stateText(whole));
  });
}
