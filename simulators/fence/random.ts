/**
 * Chance that can be repeated: a seeded sequence, and seeded noise that is a function of time. The same seed is the same
 * school. Nothing in the simulators that is to be repeated may draw from anywhere else.
 */

/** A small generator of fixed sequences (mulberry32), in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    return scrambled(state);
  };
}

/** The number a seed has at a place, in [0, 1): nothing is drawn in order, so it can be asked for at any time. */
export function drawn(seed: number, stream: number, index: number): number {
  return scrambled((seed ^ Math.imul(stream + 1, 0x9e3779b1) ^ Math.imul(index | 0, 0x85ebca6b)) >>> 0);
}

/** Noise in [0, 1) that changes smoothly with time: one drawn value every `periodMs`, and gentle ways between them. */
export function smooth(seed: number, stream: number, at: number, periodMs: number): number {
  const place = at / periodMs;
  const index = Math.floor(place);
  const before = drawn(seed, stream, index);
  return before + (drawn(seed, stream, index + 1) - before) * eased(place - index);
}

/** From 0 to 1 without a jerk at either end. */
export function eased(share: number): number {
  const inside = Math.min(1, Math.max(0, share));
  return inside * inside * (3 - 2 * inside);
}

function scrambled(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
}
