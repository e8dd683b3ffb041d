/**
 * The stills of the public screen: each camera asked in turn, two requests under way at most, one picture of each, drawn into the canvas
 * of its tile. A picture is shown once it could be read; one that is older than ten intervals is wiped, so that no old picture ever stands
 * there as if it were live. It runs for months: it must never hold more pictures than tiles.
 */
import { signal } from '@preact/signals';
import type { Time } from '../../core/types.ts';
import { picture } from '../page/gateway-api.ts';
import { reckoned } from '../page/page-clock.ts';
import { drawStill } from '../page/picture/still-canvas.ts';

/** At most so many requests for pictures at once. */
const underWayMax = 2;
/** Older than so many intervals it is not current; older than so many it is no picture any more. */
const currentFor = 3;
const keptFor = 10;
const lookMs = 200;
/** One camera fills the screen, px; of several each needs less. */
const widest = 1920;

/** One camera as the screen shows it: of `away` and `waiting` there is no picture. */
export interface ScreenStill {
  readonly is: 'waiting' | 'current' | 'old' | 'away';
  readonly taken?: Time;
}

interface HeldStill {
  taken?: Time;
  /** Monotonic, ms. */
  askedAt: number;
  asking: boolean;
  failed: boolean;
}

/** By camera. */
export const stills = signal<ReadonlyMap<string, ScreenStill>>(new Map());

const held = new Map<string, HeldStill>();

/** Where each camera's pictures are drawn, while its tile is on the screen. */
const canvases = new Map<string, HTMLCanvasElement>();

/** Draws a camera's pictures here from now on. Returns the way to stop. */
export function drawsOn(camera: string, canvas: HTMLCanvasElement): () => void {
  canvases.set(camera, canvas);
  return () => {
    canvases.delete(camera);
    const one = held.get(camera);
    if (one) delete one.taken;
  };
}

/** No picture any more: neither a time of one, nor its pixels. */
function letGo(camera: string, one: HeldStill): void {
  delete one.taken;
  const canvas = canvases.get(camera);
  if (canvas) canvas.width = 1;
}

async function ask(camera: string, one: HeldStill): Promise<void> {
  one.asking = true;
  one.askedAt = performance.now();
  try {
    const { jpeg, taken } = await picture(`/api/kitchen/pictures/${encodeURIComponent(camera)}`);
    // Of whoever took the camera off the screen meanwhile nothing is drawn.
    const wanted = () => (held.get(camera) === one ? canvases.get(camera) : undefined);
    if (await drawStill(jpeg, wanted, widest)) one.taken = taken ?? reckoned.value;
    one.failed = false;
  } catch {
    one.failed = true;
  } finally {
    one.asking = false;
  }
}

function stillOf(camera: string, one: HeldStill, everyMs: number): ScreenStill {
  const age = one.taken === undefined ? undefined : reckoned.value - one.taken;
  if (age !== undefined && age > keptFor * everyMs) letGo(camera, one);
  const { taken } = one;
  if (taken === undefined || age === undefined) return { is: one.failed ? 'away' : 'waiting' };
  if (age <= currentFor * everyMs) return { is: 'current', taken };
  return { is: 'old', taken };
}

/** Looks after the pictures of these cameras until it is called off. */
export function keepStills(cameras: readonly string[], everyMs: number): () => void {
  for (const camera of held.keys()) if (!cameras.includes(camera)) held.delete(camera);
  for (const camera of cameras)
    if (!held.has(camera)) held.set(camera, { askedAt: Number.NEGATIVE_INFINITY, asking: false, failed: false });
  const timer = setInterval(() => {
    const at = performance.now();
    const under = [...held.values()].filter(({ asking }) => asking).length;
    const due = [...held]
      .filter(([, one]) => !one.asking && at - one.askedAt >= everyMs)
      .sort(([, a], [, b]) => a.askedAt - b.askedAt);
    for (const [camera, one] of due.slice(0, Math.max(0, underWayMax - under))) void ask(camera, one);
    stills.value = new Map([...held].map(([camera, one]) => [camera, stillOf(camera, one, everyMs)]));
  }, lookMs);
  return () => clearInterval(timer);
}
