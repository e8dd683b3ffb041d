/**
 * The part of `evolve` that folds how zones and areas stand: armed, set, entered.
 * Like all of it, it holds no rules.
 */
import type { AreaState, Event, State } from '../types.ts';

type ArmingEvent = Extract<Event, { kind: 'zone-armed' | 'area-armed' | 'entry-started' | 'entry-expired' }>;

/** Folds one event of arming. */
export function foldArming(state: State, event: ArmingEvent): void {
  const { at } = event;
  switch (event.kind) {
    case 'zone-armed': {
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
    case 'area-armed': {
      const { mode, by, edge, exitUntil } = event;
      const area: AreaState = {
        mode,
        by,
        at,
        ...(edge !== undefined && { edge }),
        ...(exitUntil !== undefined && { exitUntil }),
      };
      state.areas.set(event.area, area);
      state.entryTimers.delete(event.area);
      return;
    }
    case 'entry-started': {
      const was = state.entryTimers.get(event.area);
      const held = [...(was?.held ?? []), event.held];
      state.entryTimers.set(event.area, { since: was?.since ?? at, until: event.until, held });
      return;
    }
    case 'entry-expired': {
      const was = state.areas.get(event.area);
      if (was) state.areas.set(event.area, { ...was, entryExpiredAt: at });
      state.entryTimers.delete(event.area);
      return;
    }
    default:
      event satisfies never;
  }
}
