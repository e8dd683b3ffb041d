/**
 * A fence that watches and cannot be heard: as long as that lasts there is an urgent alarm about it, and it is not put aside.
 * Looked at every few seconds, from what the journal folds to.
 */
import type { Time } from '../../core/types.ts';
import { deafNotUrgent } from '../../words/check-words.ts';
import { promises } from '../../words/night-words.ts';
import { checker } from './check.ts';

/** A tick and a commit after it fell silent, or was armed. */
const settleMs = 3_000;

export const deafIsUrgent = checker(() => {
  /** Since when each host has been deaf while a zone of its watches. */
  const since = new Map<string, Time>();
  return {
    name: 'deaf-is-urgent',
    title: promises.deafIsUrgent,
    see(seen, { evidence, test }) {
      if (seen.what !== 'moment') return;
      const { site, state } = evidence;
      for (const { id, family, zones } of Object.values(site.devices)) {
        const watches = zones.some((zone) => (state.zones.get(zone)?.mode ?? 'armed') === 'armed');
        if (family !== 'fence' || !watches || state.devices.get(id)?.up !== false) {
          since.delete(id);
          continue;
        }
        const from = since.get(id) ?? seen.at;
        since.set(id, from);
        if (seen.at - from < settleMs || evidence.disturbed(from, seen.at)) continue;
        const key = `${id}/comms`;
        const alarm = state.alarms.get(state.keys.get(key) ?? 0);
        test(alarm?.priority === 1 && !state.shelves.has(key), seen.at, deafNotUrgent(id));
      }
    },
  };
});
