/**
 * The part of `evolve` that folds how zones and areas stand: armed, set, entered.
 * Like all of it, it holds no rules.
 */
import type { AreaState, Event, State } from '../types.ts';

type ArmingEvent = Extract<Event, { kind: 'armed' | 'set' | 'entered' | 'lapsed' }>;

/** Folds one event of arming. */
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
    case 'lapsed': {
      const was = state.areas.get(event.area);
      if (was) state.areas.set(event.area, { ...was, lapsedAt: at });
      state.entries.delete(event.area);
      return;
    }
  }
}
