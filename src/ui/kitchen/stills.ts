/**
 * The stills of the public screen: each camera asked in turn, two requests under way at most, one picture kept of each. A picture is
 * shown once it could be read; one that is older than ten intervals is let go, so that no old picture ever stands there as if it were
 * live. It runs for months: what it no longer shows it gives back to the browser.
 */
import { signal } from '@preact/signals';
import type { Time } from '../../core/types.ts';
import { picture } from '../page/gateway-api.ts';
import { reckoned } from '../page/page-clock.ts';

/** At most so many requests for pictures at once. */
const underWayMax = 2;
/** Older than so many intervals it is not current; older than so many it is no picture any more. */
const currentFor = 3;
const keptFor = 10;
const lookMs = 200;

/** One camera as the screen shows it: of `away` and `waiting` there is no picture. */
export interface ScreenStill {
  readonly is: 'waiting' | 'current' | 'old' | 'away';
  readonly url?: string;
  readonly taken?: Time;
}

interface HeldStill {
  url?: string;
  taken?: Time;
  /** Monotonic, ms. */
  askedAt: number;
  asking: boolean;
  failed: boolean;
}

/** By camera. */
export const stills = signal<ReadonlyMap<string, ScreenStill>>(new Map());

const held = new Map<string, HeldStill>();

function letGo(one: HeldStill): void {
  if (one.url !== undefined) URL.revokeObjectURL(one.url);
  delete one.url;
  delete one.taken;
}

/** A picture that the browser could read; rejects when it is none. */
async function readable(jpeg: Blob): Promise<string> {
  const url = URL.createObjectURL(jpeg);
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
    return url;
  } catch (error) {
    URL.revokeObjectURL(url);
    throw error;
  }
}

async function ask(camera: string, one: HeldStill): Promise<void> {
  one.asking = true;
  one.askedAt = performance.now();
  try {
    const { jpeg, taken } = await picture(`/api/kitchen/pictures/${encodeURIComponent(camera)}`);
    const url = await readable(jpeg);
    letGo(one);
    one.url = url;
    one.taken = taken ?? reckoned.value;
    one.failed = false;
    // Whoever took the camera off the screen meanwhile has let everything of it go.
    if (held.get(camera) !== one) letGo(one);
  } catch {
    one.failed = true;
  } finally {
    one.asking = false;
  }
}

function stillOf(one: HeldStill, everyMs: number): ScreenStill {
  const age = one.taken === undefined ? undefined : reckoned.value - one.taken;
  if (age !== undefined && age > keptFor * everyMs) letGo(one);
  const { url, taken } = one;
  if (url === undefined || taken === undefined || age === undefined) return { is: one.failed ? 'away' : 'waiting' };
  if (age <= currentFor * everyMs) return { is: 'current', url, taken };
  // A camera that gives none is away at once; one whose gateway is gone has its last picture marked for a while.
  return one.failed && age > keptFor * everyMs ? { is: 'away' } : { is: 'old', url, taken };
}

/** Looks after the pictures of these cameras until it is called off. */
export function keepStills(cameras: readonly string[], everyMs: number): () => void {
  for (const [camera, one] of held) {
    if (cameras.includes(camera)) continue;
    letGo(one);
    held.delete(camera);
  }
  for (const camera of cameras)
    if (!held.has(camera)) held.set(camera, { askedAt: Number.NEGATIVE_INFINITY, asking: false, failed: false });
  const timer = setInterval(() => {
    const at = performance.now();
    const under = [...held.values()].filter(({ asking }) => asking).length;
    const due = [...held]
      .filter(([, one]) => !one.asking && at - one.askedAt >= everyMs)
      .sort(([, a], [, b]) => a.askedAt - b.askedAt);
    for (const [camera, one] of due.slice(0, Math.max(0, underWayMax - under))) void ask(camera, one);
    stills.value = new Map([...held].map(([camera, one]) => [camera, stillOf(one, everyMs)]));
  }, lookMs);
  return () => clearInterval(timer);
}
