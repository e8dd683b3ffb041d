/**
 * Silence: a device nobody has heard for longer than its profile allows is said to be down, whatever its wire claims.
 * It is measured in the gateway's monotonic time: setting a clock must neither make a device silent nor hide that it is.
 */
import { nothingHeard } from '../../words/link-words.ts';
import { lookup } from '../site/lookup.ts';
import { isCanary } from '../tell/canary.ts';
import type { Device, Input, Site, View } from '../types.ts';

type LinkInput = Extract<Input, { kind: 'link' }>;

/** For how long the device has said nothing by `elapsed`, in time in which it could have been heard. */
function quietMs({ live }: View, { id, line }: Device, elapsed: number): number {
  return elapsed - Math.max(live.heard.get(id) ?? 0, live.listeningSince, live.waited?.get(line) ?? 0);
}

/** Link inputs for every device that has just become silent; `elapsed` is on the scale of `live.heard`. */
export function commsLosses(site: Site, view: View, elapsed: number): LinkInput[] {
  const found: LinkInput[] = [];
  for (const device of Object.values(site.devices)) {
    if (view.state.devices.get(device.id)?.up === false || isCanary(site, device.id)) continue;
    if (quietMs(view, device, elapsed) <= device.staleMs) continue;
    const seconds = Math.round(device.staleMs / 1000);
    found.push({ kind: 'link', device: device.id, up: false, why: nothingHeard(seconds) });
  }
  return found;
}

/**
 * The silence that a device ends by being heard at `heard`, when it was too long and nobody has said so: between two ticks, or
 * while the journal took nothing. It is told with its whole length, before what was heard. Empty when there was none.
 */
export function endedSilence(site: Site, view: View, id: string, heard: number): LinkInput[] {
  const device = lookup(site.devices, id);
  if (!device || view.state.devices.get(id)?.up !== true) return [];
  const quiet = quietMs(view, device, heard);
  if (quiet <= device.staleMs) return [];
  return [{ kind: 'link', device: id, up: false, why: nothingHeard(Math.round(quiet / 1_000)) }];
}
