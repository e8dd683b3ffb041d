/**
 * Silence: a device nobody has heard for longer than its profile allows is said to be down, whatever its wire claims.
 * It is measured in the gateway's monotonic time: setting a clock must neither make a device silent nor hide that it is.
 */
import { nothingHeard } from '../../words/link-words.ts';
import type { Input, Site, View } from '../types.ts';

/** Link inputs for every device that has just become silent; `elapsed` is on the scale of `live.heard`. */
export function commsLosses(site: Site, { state, live }: View, elapsed: number): Extract<Input, { kind: 'link' }>[] {
  const found: Extract<Input, { kind: 'link' }>[] = [];
  for (const device of Object.values(site.devices)) {
    if (state.devices.get(device.id)?.up === false) continue;
    const quietMs = elapsed - Math.max(live.heard.get(device.id) ?? 0, live.listeningSince);
    if (quietMs <= device.staleMs) continue;
    const seconds = Math.round(device.staleMs / 1000);
    found.push({ kind: 'link', device: device.id, up: false, why: nothingHeard(seconds) });
  }
  return found;
}
