/**
 * Silence: a device nobody has heard for longer than its profile allows is said to be down, whatever its wire claims.
 * It is measured in the gateway's monotonic time: setting a clock must neither make a device silent nor hide that it is.
 */
import { nothingHeard } from '../../words/link-words.ts';
import { lookup } from '../site/lookup.ts';
import { isCanary } from '../tell/canary.ts';
import type { Device, Input, Site, View } from '../types.ts';

type LinkInput = Extract<Input, { kind: 'link' }>;

/** So many waits of a line are remembered. Ours: more devices than these share no line that asks one after the other. */
export const waitsKept = 256;

const sizes = new WeakMap<Site, ReadonlyMap<string, number>>();
/** How many devices hang on a line. */
function sizeOf(site: Site, line: string): number {
  const known =
    sizes.get(site) ??
    new Map(
      Object.entries(Object.groupBy(Object.values(site.devices), ({ line }) => line)).map(([id, all]) => [
        id,
        all?.length ?? 0,
      ]),
    );
  sizes.set(site, known);
  return known.get(line) ?? 0;
}

/**
 * From when on a silence counts that began at `since`. A message that waits for the journal holds back what its line would ask next: each device of the
 * line may have been waited for once, and no more often, or nobody would ever be silent on a slow disk.
 */
function countedFrom(site: Site, { live }: View, line: string, since: number): number {
  const waits = live.waited?.get(line) ?? [];
  const first = waits.findIndex((until) => until > since);
  // Those that were forgotten alone were more than there are devices.
  if (first < 0 || (first === 0 && waits.length >= waitsKept)) return since;
  return waits[Math.min(waits.length, first + sizeOf(site, line)) - 1] ?? since;
}

/** For how long the device has said nothing by `elapsed`, in time in which it could have been heard. */
function quietMs(site: Site, view: View, { id, line, staleMs }: Device, elapsed: number): number {
  const since = Math.max(view.live.heard.get(id) ?? 0, view.live.listeningSince);
  return elapsed - (elapsed - since > staleMs ? countedFrom(site, view, line, since) : since);
}

/** Link inputs for every device that has just become silent; `elapsed` is on the scale of `live.heard`. */
export function commsLosses(site: Site, view: View, elapsed: number): LinkInput[] {
  const found: LinkInput[] = [];
  for (const device of Object.values(site.devices)) {
    if (view.state.devices.get(device.id)?.up === false || isCanary(site, device.id)) continue;
    if (quietMs(site, view, device, elapsed) <= device.staleMs) continue;
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
  const quiet = quietMs(site, view, device, heard);
  if (quiet <= device.staleMs) return [];
  return [{ kind: 'link', device: id, up: false, why: nothingHeard(Math.round(quiet / 1_000)) }];
}
