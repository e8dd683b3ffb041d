/**
 * The part of `evolve` that folds how zones and areas stand: armed, set, entered, under walk test, with other limits.
 * Like all of it, it holds no rules.
 */
import type { AreaState, Event, State } from './types.ts';

/** A walk test of a whole school is a few hundred touches. */
const hitsMax = 500;

type ArmingEvent = Extract<
  Event,
  { kind: 'armed' | 'set' | 'entered' | 'walking' | 'hit' | 'walked' | 'tuned' | 'untuned' }
>;

/** Folds one event of arming, walk test or limits. */
export function foldArming(state: State, event: ArmingEvent): void {
  const { at } = event;
  switch (event.kind) {
    case 'armed': {
      const { mode, by, reason, until, edge } = event;
      state.zones.set(event.zone, {
        mode,
        by,
        since: at,
        ...(reason !== undefined && { reason }),
        ...(until !== undefined && { until }),
        ...(edge !== undefined && { edge }),
      });
      return;
    }
    case 'set': {
      const { mode, by, edge, exitUntil } = event;
      const area: AreaState = {
        mode,
        by,
        at,
        ...(edge !== undefined && { edge }),
        ...(exitUntil !== undefined && { exitUntil }),
      };
      state.areas.set(event.area, area);
      state.entries.delete(event.area);
      return;
    }
    case 'entered': {
      const was = state.entries.get(event.area);
      const held = [...(was?.held ?? []), event.held];
      state.entries.set(event.area, { since: was?.since ?? at, until: event.until, held });
      return;
    }
    case 'walking':
      state.walk = { zones: event.zones, by: event.by, at, until: event.until, hits: [] };
      return;
    case 'hit': {
      if (!state.walk) return;
      const { zone, alarm, cause, ms } = event;
      const hit = { zone, alarm, cause, at, ...(ms !== undefined && { ms }) };
      state.walk = { ...state.walk, hits: [...state.walk.hits, hit].slice(-hitsMax) };
      return;
    }
    case 'walked':
      if (state.walk) state.walk = { ...state.walk, ended: { by: event.by, at } };
      return;
    case 'tuned': {
      const { zone, by, reason, configured, limits, until } = event;
      const was = state.tuned.get(zone);
      const enabled = was?.until === undefined ? was : was.enabled;
      const trial = until !== undefined && { until, ...(enabled && { enabled }) };
      state.tuned.set(zone, { by, at, reason, configured, limits, ...trial });
      return;
    }
    case 'untuned': {
      const enabled = event.why === 'trial-over' ? state.tuned.get(event.zone)?.enabled : undefined;
      if (enabled) state.tuned.set(event.zone, enabled);
      else state.tuned.delete(event.zone);
      return;
    }
  }
}
