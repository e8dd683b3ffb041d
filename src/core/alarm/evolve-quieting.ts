/**
 * What makes alarms quieter, folded into State: silence, shelves, a flood. A part of `evolve`; it must never decide who may.
 */
import type { Event, State } from '../types.ts';
import { late } from './alarm-state.ts';
import { replaceAlarm, sent, waitsAnew } from './evolve-alarm.ts';

/** What makes alarms quieter, and says so. */
export function foldQuieting(
  state: State,
  event: Extract<Event, { kind: 'silenced' | 'shelved' | 'unshelved' | 'flooded' }>,
): void {
  switch (event.kind) {
    case 'silenced':
      state.silence = { by: event.by, at: event.at, until: event.until, upTo: event.upTo };
      for (const alarm of state.alarms.values()) {
        if (alarm.acked && late(alarm, event.at) === undefined) continue;
        if (alarm.waitingFrom <= event.upTo) replaceAlarm(state, { ...alarm, silences: (alarm.silences ?? 0) + 1 });
      }
      return;
    case 'shelved': {
      const { key, alarm, by, at, reason, until, once } = event;
      const aside = state.alarms.get(alarm);
      if (aside) replaceAlarm(state, { ...aside, notices: sent(aside) });
      const priority = aside?.priority ?? 4;
      state.shelves.set(key, { key, alarm, by, at, reason, until, priority, ...(once && { once }) });
      return;
    }
    case 'unshelved':
      state.shelves.delete(event.key);
      return foldReturn(state, event);
    case 'flooded':
      state.flood = event.on ? { since: event.at } : undefined;
      if (!event.on) state.calmSince = event.at;
      return;
    default:
      event satisfies never;
  }
}

/** Back from the shelf: what nobody has acknowledged waits anew. */
function foldReturn(state: State, event: Extract<Event, { kind: 'unshelved' }>): void {
  const alarm = state.alarms.get(state.keys.get(event.key) ?? 0);
  if (alarm && !alarm.acked) replaceAlarm(state, waitsAnew(alarm, event));
}
