/**
 * Whether the present word on a condition that stands is known. After an outage, and at a start, a device has not said yet how things are:
 * what it said before may be over, and nobody may call it standing, nor over.
 */
import { lookup } from '../site/lookup.ts';
import type { Alarm, ReadOnly, Site, State } from '../types.ts';

type Devices = Pick<ReadOnly<State>, 'devices'>;

/** Whether one cause, `device/point`, was told since its device was last away; of what is no state of a device there is nothing to ask. */
function isCauseKnown(site: Pick<Site, 'devices'>, { devices }: Devices, cause: string): boolean {
  const [id = '', key = ''] = cause.split('/');
  const point = lookup(lookup(site.devices, id)?.points ?? {}, key);
  if (point?.keep !== 'state') return true;
  const known = devices.get(id);
  return known?.up === true && known.values[key] !== undefined;
}

/** False: causes of the alarm stand, and of none of them is it known whether it does now. */
export function isStandingKnown(
  site: Pick<Site, 'devices'>,
  state: Devices,
  { causes }: Pick<Alarm, 'causes'>,
): boolean {
  return causes.length === 0 || causes.some((cause) => isCauseKnown(site, state, cause));
}
