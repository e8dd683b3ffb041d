/**
 * What must be true of a model that measures a room or a machine, and of a fire panel: we hear a panel, and there is no way to
 * write to one. Part of the laws of models; it must never know one model in particular.
 */
import type { PointSpec } from '../../core/types.ts';
import type { Profile } from '../../profile/profile.ts';

type Say = (message: string) => void;

/** What is untrue of a point of a sensor or a panel. */
export function sensorFaults({ family }: Profile, spec: PointSpec, say: Say): void {
  const { key, keep, range, stuckMs, quantity, writable, alarm } = spec;
  if (quantity !== undefined && quantity !== 'tension' && keep !== 'gauge')
    say(`point ${key} measures a ${quantity}; it must be a gauge`);
  if (keep !== 'gauge' && (range ?? stuckMs) !== undefined)
    say(`point ${key} is no gauge; range and stuckMs have no meaning`);
  if (range && range[0] >= range[1]) say(`the range of ${key} ends before it begins`);
  // What a sensor that is broken gives would otherwise be a cold store that is cold enough.
  if (family === 'sensor' && keep === 'gauge' && !range)
    say(`gauge ${key} of a sensor has no range; what it cannot measure must be known from what it does`);
  if (family === 'panel' && writable)
    say(`point ${key} of a fire panel is writable; a panel is heard and never controlled`);
  if (family === 'panel' && alarm && alarm.always !== true)
    say(`the alarm of ${key} comes from a fire panel and must hold in every arm state: always: true`);
}
