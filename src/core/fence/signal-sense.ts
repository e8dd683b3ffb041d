/**
 * What a detector keeps in mind when it begins, and the small arithmetic all its parts share: conditions that must last, the
 * middle of several values, how far a mean moves in some time. It decides nothing about fences.
 */
import type { Lasting, SignalLimits, StillMemory, WireMemory, ZoneMemory } from './signal-types.ts';

/** Readings beyond this are no tension of any fence: the wire counts as not read, N. */
const sensibleN = 10_000;
/** A wire not read for this long is left out of what the others are compared with, ms. */
const freshMs = 3_000;

/** A sign ends when its condition was over for this long, ms. */
export const calmMs = 3_000;
/** Noise a wire is taken to have until it showed its own, N. */
const firstNoiseN = 0.3;

export function sensible(value: number | undefined): value is number {
  return value !== undefined && Math.abs(value) <= sensibleN;
}

export function fresh(wire: WireMemory, at: number): boolean {
  return at - wire.readAt <= freshMs;
}

/** The band of a quick rise: its limit, wider for a noisy wire, but never so wide that a wire could be shaken blind. */
export function band(wire: WireMemory, limits: SignalLimits): number {
  return Math.min(Math.max(limits.upN, limits.noiseFactor * wire.noiseN), 4 * limits.upN);
}

/** Whether the sensor ends here: any force may be beyond. */
export function clipped(wire: WireMemory, overN: number, limits: SignalLimits): boolean {
  return wire.lastN >= limits.fullScaleN - 1 && overN >= band(wire, limits);
}

export function lasting(): Lasting {
  return { since: Number.NaN, holds: false, calmSince: Number.NaN };
}

export function newWire(): WireMemory {
  return {
    lastN: Number.NaN,
    wentUp: false,
    readAt: Number.NEGATIVE_INFINITY,
    readMs: 0,
    seenSince: Number.NaN,
    learning: true,
    renewed: false,
    learnSince: Number.NaN,
    lesson: undefined,
    baseN: Number.NaN,
    quickN: Number.NaN,
    ownN: 0,
    levelN: Number.NaN,
    levelSince: Number.NaN,
    noiseN: firstNoiseN,
    quick: lasting(),
    patient: lasting(),
    slack: lasting(),
    cut: lasting(),
    outside: lasting(),
    drift: lasting(),
    pulled: false,
    rested: false,
    pulledFromN: Number.NaN,
    pulledN: 0,
    backSince: Number.NaN,
    fall: lasting(),
    fellFromN: Number.NaN,
    beforeN: Number.NaN,
    snappedN: Number.NaN,
    restedN: Number.NaN,
    soonN: 0,
    ownSoonN: Number.NaN,
    ownLongN: Number.NaN,
    usualN: 0.5,
    apartSoon: lasting(),
    apartSlow: lasting(),
    spread: lasting(),
    riseFrom: Number.NEGATIVE_INFINITY,
    riseTo: Number.NEGATIVE_INFINITY,
    peakN: 0,
    secondN: 0,
    sumN: 0,
    count: 0,
    touchTopN: 0,
    touchMeanN: 0,
    touchTo: Number.NEGATIVE_INFINITY,
    swings: 0,
    swungTo: Number.NEGATIVE_INFINITY,
    ownTenMinutesN: Number.NaN,
    ownHourN: Number.NaN,
    stillN: Number.NaN,
    stillLowN: 0,
    stillHighN: 0,
    stuck: false,
    heldSince: Number.NaN,
    heldTo: Number.NaN,
    held: false,
  };
}

export function newZone(remembered: readonly number[] | undefined): ZoneMemory {
  return {
    at: Number.NEGATIVE_INFINITY,
    side: undefined,
    wires: [],
    remembered,
    learningSince: Number.NaN,
    learningTold: false,
    sidePaths: new Map(),
    sideNotedAt: Number.NEGATIVE_INFINITY,
    resumedAt: Number.NEGATIVE_INFINITY,
    absentMs: 0,
    absentN: 0,
    sideAsked: true,
    commonN: 0,
    gustN: 0,
    pathN: 0,
    agreedN: 0,
    minuteN: 0,
    tenMinutesN: 0,
    force: lasting(),
    peakN: 0,
    turnN: 0,
    rising: true,
    turns: 0,
    climbing: false,
    passes: [],
    weather: lasting(),
    slipN: 0,
    slips: 0,
    slippedAt: Number.NEGATIVE_INFINITY,
    toldN: [],
    toldAt: Number.NEGATIVE_INFINITY,
    still: newStill(),
  };
}

export function newStill(): StillMemory {
  return {
    changedAt: Number.NaN,
    slotAt: Number.NaN,
    usual: 0,
    usualThen: 0,
    slotsSeen: 0,
    slots: 0,
    busySlots: 0,
    busyElsewhere: 0,
    restPaths: new Map(),
    sideMovedN: 0,
    paths: new Map(),
    lowN: 0,
    highN: 0,
    sideN: 0,
    sideLowN: 0,
    sideHighN: 0,
    frozen: undefined,
    hash: 0,
    window: [],
    seen: new Set(),
    again: 0,
    anew: 0,
    replayed: false,
  };
}

/** What a condition did by one look at it. */
export type LastingChange = 'began' | 'ended' | undefined;

/**
 * Looks at a condition once. `met` starts the wait, `kept` is the weaker one that does not end it; it begins to hold when the
 * wait reaches `dwellMs`, and ends when it was not kept for `calmMs`.
 */
export function look(
  one: Lasting,
  met: boolean,
  kept: boolean,
  at: number,
  dwellMs: number,
  calmMs: number,
): LastingChange {
  if (one.holds) {
    if (kept) one.calmSince = Number.NaN;
    else if (Number.isNaN(one.calmSince)) one.calmSince = at;
    else if (at - one.calmSince >= calmMs) {
      forget(one);
      return 'ended';
    }
    return undefined;
  }
  if (Number.isNaN(one.since)) {
    if (met) one.since = at;
  } else if (!kept) one.since = Number.NaN;
  if (at - one.since >= dwellMs) {
    one.holds = true;
    return 'began';
  }
  return undefined;
}

/** As if it had never been met. */
export function forget(one: Lasting): void {
  one.since = Number.NaN;
  one.holds = false;
  one.calmSince = Number.NaN;
}

/** Nothing was seen for a while: what had not lasted long enough starts anew. */
export function doubt(one: Lasting): void {
  if (!one.holds) one.since = Number.NaN;
}

/** The conditions of a wire that must last. */
export function awaited(wire: WireMemory): readonly Lasting[] {
  const { quick, patient, slack, cut, outside, drift, fall, apartSoon, apartSlow } = wire;
  return [quick, patient, slack, cut, outside, drift, fall, apartSoon, apartSlow];
}

export function waiting(one: Lasting): boolean {
  return !Number.isNaN(one.since);
}

/** The middle one; of an even number the one nearer to zero, so that half of the wires never outvote the others. Sorts in place. */
export function middle(values: number[]): number {
  if (values.length === 0) return 0;
  // A handful of numbers, several times a reading: faster than a sort that calls back.
  for (let i = 1; i < values.length; i++) {
    const value = values[i]!;
    let place = i;
    for (; place > 0 && values[place - 1]! > value; place--) values[place] = values[place - 1]!;
    values[place] = value;
  }
  const high = values[values.length >> 1]!;
  if (values.length % 2 === 1) return high;
  const low = values[(values.length >> 1) - 1]!;
  return Math.abs(low) < Math.abs(high) ? low : high;
}

export function clamp(value: number, limit: number): number {
  return Math.max(-limit, Math.min(limit, value));
}

/** Share of the way a running mean of `meanMs` goes in `ms`, whatever the pace of the readings. */
export function share(ms: number, meanMs: number): number {
  return 1 - Math.exp(-ms / meanMs);
}
