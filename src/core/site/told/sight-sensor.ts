/** What each role may see of the facts of sensors: all of it; there is no person in them, and an installer has to see them. */
import type { Fact, SensorFact } from '../../types.ts';
import type { FieldTable } from '../sight.ts';

type SaidOfSensor<K extends SensorFact['kind']> = Omit<Extract<Fact, { readonly kind: K }>, 'kind' | 'covert'>;

const slot = { device: 'shown', point: 'shown', bound: 'shown', priority: 'shown' } as const;

export const sensorSight: {
  readonly [K in SensorFact['kind']]: { readonly guard: boolean; readonly integrator: FieldTable<SaidOfSensor<K>> };
} = {
  'excursion-began': { guard: true, integrator: { ...slot, value: 'shown', limit: 'shown', dwellMs: 'shown' } },
  'excursion-deepened': { guard: true, integrator: { ...slot, value: 'shown' } },
  'excursion-ended': {
    guard: true,
    integrator: {
      ...slot,
      value: 'shown',
      extreme: 'shown',
      lastedMs: 'shown',
      alarmed: 'shown',
      unheard: 'shown',
      why: 'shown',
    },
  },
  'sensor-doubted': { guard: true, integrator: { device: 'shown', point: 'shown', fault: 'shown', active: 'shown' } },
};
