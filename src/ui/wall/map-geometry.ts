/**
 * Where things stand on the drawn map: site units fitted into the panel, numbers outside the fence, plates that do not
 * cover each other. Pure arithmetic in panel units (1152 × 632).
 */
import type { Site, Zone } from '../../core/types.ts';

export const panel = { width: 1150, height: 630 } as const;
/** Room around the plan for zone numbers, which stand outside the fence. */
const margin = 66;

export type PanelSpot = readonly [x: number, y: number];

/** How site units become panel units. */
export interface Fitting {
  readonly place: (spot: PanelSpot) => PanelSpot;
  /** Panel units per site unit. */
  readonly scale: number;
}

function corners(site: Site): PanelSpot[] {
  const { buildings } = site.map;
  const points = Object.values(site.routes).flatMap((r) => r.checkpoints);
  return [
    ...Object.values(site.zones).flatMap((z) => z.path),
    ...buildings.flatMap((b): PanelSpot[] => [
      [b.x, b.y],
      [b.x + b.width, b.y + b.height],
    ]),
    ...[...Object.values(site.devices), ...points].flatMap((d) => (d.at ? [d.at] : [])),
  ];
}

/** Fits all that is drawn into the panel, keeping proportions, centred; an empty plan keeps the map's own size. */
export function fitted(site: Site): Fitting {
  const drawn = corners(site);
  const all = drawn.length > 1 ? drawn : [[0, 0] as const, [site.map.width, site.map.height] as const];
  const xs = all.map((s) => s[0]);
  const ys = all.map((s) => s[1]);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const width = Math.max(1, Math.max(...xs) - left);
  const height = Math.max(1, Math.max(...ys) - top);
  const scale = Math.min((panel.width - 2 * margin) / width, (panel.height - 2 * margin) / height);
  const dx = (panel.width - scale * width) / 2 - scale * left;
  const dy = (panel.height - scale * height) / 2 - scale * top;
  return { scale, place: ([x, y]) => [Math.round(dx + scale * x), Math.round(dy + scale * y)] };
}

/** `M70 70L420 70` */
export function pathOf(spots: readonly PanelSpot[]): string {
  return spots.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}

function lengthOf(a: PanelSpot, b: PanelSpot): number {
  return Math.hypot(b[0] - a[0], b[1] - a[1]);
}

/** The middle of the longest piece of a line, and the direction of that piece's normal. */
export function middle(spots: readonly PanelSpot[]): { readonly at: PanelSpot; readonly normal: PanelSpot } {
  let best: readonly [PanelSpot, PanelSpot] | undefined;
  for (let i = 1; i < spots.length; i++) {
    const a = spots[i - 1];
    const b = spots[i];
    if (a && b && (!best || lengthOf(a, b) > lengthOf(best[0], best[1]))) best = [a, b];
  }
  if (!best) return { at: spots[0] ?? [0, 0], normal: [0, -1] };
  const [a, b] = best;
  const length = lengthOf(a, b) || 1;
  return { at: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], normal: [-(b[1] - a[1]) / length, (b[0] - a[0]) / length] };
}

/** A zone's places: its line, its number outside, where its plate begins and which way it lies: inwards. */
export interface Laid {
  readonly zone: Zone;
  readonly path: string;
  readonly number: PanelSpot;
  readonly at: PanelSpot;
  readonly inwards: PanelSpot;
}

/** Lays out all zones; "outside" is away from the middle of all of them. */
export function lay(site: Site): Laid[] {
  const { place } = fitted(site);
  const zones = Object.values(site.zones).map((zone) => ({ zone, spots: zone.path.map(place) }));
  const all = zones.flatMap((z) => z.spots);
  const xs = all.map((s) => s[0]);
  const ys = all.map((s) => s[1]);
  const centre: PanelSpot = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
  return zones.map(({ zone, spots }) => {
    const { at, normal } = middle(spots);
    const away = (at[0] - centre[0]) * normal[0] + (at[1] - centre[1]) * normal[1] < 0 ? -1 : 1;
    const out: PanelSpot = [normal[0] * away, normal[1] * away];
    return {
      zone,
      path: pathOf(spots),
      number: [Math.round(at[0] + out[0] * 36), Math.round(at[1] + out[1] * 36 + 13)],
      at,
      inwards: [-out[0], -out[1]],
    };
  });
}

/** Width of a plate's text at 38 units: Chinese is square, Latin and digits about 0.58 of that. */
export function textWidth(text: string, size = 38): number {
  let units = 0;
  for (const c of text) units += c.charCodeAt(0) > 0x2e80 ? 1 : c === ' ' ? 0.25 : 0.6;
  return Math.ceil(units * size);
}

export interface Plate {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}
export const plateHeight = 52;
/** Between a zone's line and its plate. */
const plateGap = 20;

/** Places plates near their spots, inside the panel, pushing later ones away from earlier ones. */
export function placePlates(wanted: readonly (Pick<Laid, 'at' | 'inwards'> & { readonly text: string })[]): Plate[] {
  const placed: Plate[] = [];
  for (const { at, inwards, text } of wanted) {
    const width = textWidth(text) + 28;
    const reach = (Math.abs(inwards[0]) * width + Math.abs(inwards[1]) * plateHeight) / 2 + plateGap;
    const x = clamp(at[0] + inwards[0] * reach - width / 2, 12, panel.width - width - 12);
    let y = clamp(at[1] + inwards[1] * reach - plateHeight / 2, 12, panel.height - plateHeight - 12);
    for (let tries = 0; tries < 12 && placed.some((p) => overlap(p, { x, y, width })); tries++) {
      y = y + plateHeight + 6 > panel.height - plateHeight - 12 ? 12 : y + plateHeight + 6;
    }
    placed.push({ x: Math.round(x), y: Math.round(y), width });
  }
  return placed;
}

function overlap(a: Plate, b: Plate): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + plateHeight + 4 && b.y < a.y + plateHeight + 4;
}

function clamp(n: number, from: number, to: number): number {
  return Math.max(from, Math.min(to, n));
}
