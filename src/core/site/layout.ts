/**
 * How a site lies: which zones stand beside each other, and which wires are whose. Of the configuration alone; what happens
 * there is no matter of this file.
 */
import type { Device, Point, Site, Zone } from '../types.ts';

/** The zones of each site in the order of their numbers; a site never changes, and a storm asks for every alarm. */
const rings = new WeakMap<Site, readonly Zone[]>();

function ringOf(site: Site): readonly Zone[] {
  const ring = rings.get(site) ?? Object.values(site.zones).sort((a, b) => a.number - b.number);
  rings.set(site, ring);
  return ring;
}

/** Zones whose numbers stand next to this one's; the fence is a ring, so the first and the last are neighbours. */
export function neighbours(site: Site, zone: Zone): Zone[] {
  const ring = ringOf(site);
  const at = ring.findIndex((z) => z.id === zone.id);
  const beside = [ring.at(at - 1), ring[(at + 1) % ring.length]];
  return beside.filter((z, i): z is Zone => z !== undefined && z.id !== zone.id && beside.indexOf(z) === i);
}

/** The wires of a zone at a device. */
export function wiresOf(device: Pick<Device, 'points'>, zone: string): Point[] {
  return Object.values(device.points).filter((p) => p.quantity === 'tension' && p.zone === zone);
}

/** The device that measures the wires of a zone, and its points, lowest wire first; undefined where nothing does. */
export function wireGroupOf(
  site: Site,
  zone: string,
): { readonly device: Device; readonly wires: Point[] } | undefined {
  for (const device of Object.values(site.devices)) {
    const wires = wiresOf(device, zone);
    if (wires.length > 0) return { device, wires };
  }
  return undefined;
}
