/** The part of `evolve` that folds what sensors are held to. Like all of it, it holds no rules. */
import type { Event, SensorFact, State } from '../types.ts';
import { slotKey } from './limits.ts';

type SensorEvent = Extract<Event, { kind: SensorFact['kind'] }>;

const kinds: Readonly<Record<SensorFact['kind'], true>> = {
  'excursion-began': true,
  'excursion-deepened': true,
  'excursion-ended': true,
  'sensor-doubted': true,
};
/** Whether a fact is one of a sensor. */
export const isOfSensor = (event: Event): event is SensorEvent => Object.hasOwn(kinds, event.kind);

/** Folds one fact of a sensor. */
export function foldSensor(state: State, event: SensorEvent): void {
  switch (event.kind) {
    case 'excursion-began': {
      const { device, point, bound, priority, at, limit, dwellMs, value } = event;
      const began = { device, point, bound, priority, since: at, limit, dwellMs, extreme: value };
      state.excursions.set(slotKey(event), began);
      return;
    }
    case 'excursion-deepened': {
      const known = state.excursions.get(slotKey(event));
      if (known) state.excursions.set(slotKey(event), { ...known, extreme: event.value });
      return;
    }
    case 'excursion-ended':
      state.excursions.delete(slotKey(event));
      return;
    case 'sensor-doubted': {
      const { device, point, fault, active, at } = event;
      if (active) state.doubted.set(`${device}/${point}`, { device, point, fault, since: at });
      else state.doubted.delete(`${device}/${point}`);
      return;
    }
    default:
      event satisfies never;
  }
}
