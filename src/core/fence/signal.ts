/**
 * The gateway's own detector of a tension fence: takes the readings of a zone's wires one after the other and says what
 * changed by each. It trusts neither the pace of the readings nor the numbers in them, and its memory is bounded by the wires.
 * What a controller decided is none of its business, and what becomes of a sign is none either.
 */
import { judgeClimb } from './signal-climb.ts';
import { anchor, followCommon, followOwn, learn, pauseMs, rejoin, settle, shift } from './signal-follow.ts';
import { absolve, judge, judgeStuck } from './signal-judge.ts';
import { awaited, clamp, doubt, middle, newWire, newZone, sensible } from './signal-sense.ts';
import { judgeWeather, report } from './signal-side.ts';
import type { DetectorMemory, Finding, SignalLimits, SignalZone, WireMemory, ZoneMemory } from './signal-types.ts';

/** More wires than any zone has. */
const wiresMax = 64;
/** When nobody looked for this long, the weather may have moved on: as at a start. */
const absenceMs = 60_000;
/** The weather moves a zone no farther while nobody looks, N: a day's swing of a fence without springs. */
const absenceN = 45;
/** Bases are worth keeping again when a wire moved among the others by this, or all of them by that, N … */
const keepOwnN = 2;
const keepCommonN = 10;
/** … and the last time is this long ago. */
const keepMs = 600_000;

const nothing: readonly Finding[] = [];

export function emptySenses(): DetectorMemory {
  return { zones: new Map(), sides: new Map() };
}

/** After a restart: begin from bases told before, N, lowest wire first. Says nothing to a zone that was read already. */
export function remember(senses: DetectorMemory, zone: string, basesN: readonly number[]): void {
  if (!senses.zones.has(zone)) senses.zones.set(zone, newZone(basesN.slice(0, wiresMax)));
}

/** A person mended or re-armed: every wire gets the base it rests at now, and what stood against the old one ends. */
export function relearn(senses: DetectorMemory, zone: string): void {
  for (const wire of senses.zones.get(zone)?.wires ?? []) {
    wire.learning = true;
    wire.learnSince = Number.NaN;
    wire.levelSince = Number.NaN;
  }
}

/**
 * Takes one reading of a zone's wires, lowest first, N; undefined for a wire that was not read. `at` is monotonic, ms.
 * Changes `senses` in place and returns what changed. It never throws: a number that can be no tension counts as not read, and
 * a reading that is not later than the last one says nothing.
 */
export function sense(
  senses: DetectorMemory,
  { id, side, limits }: SignalZone,
  wires: readonly (number | undefined)[],
  at: number,
): readonly Finding[] {
  let zone = senses.zones.get(id);
  if (!zone) {
    zone = newZone(undefined);
    senses.zones.set(id, zone);
  }
  if (!(at > zone.at) || at === Number.POSITIVE_INFINITY || !take(zone, wires, at)) return nothing;
  const ms = at - zone.at;
  zone.at = at;
  if (ms >= pauseMs) resume(zone, limits, ms);

  const found: Finding[] = [];
  report(senses, id, zone, side, at);
  followCommon(senses, id, zone, limits, at, Math.min(ms, pauseMs));
  for (let index = 0; index < zone.wires.length; index++) {
    const wire = zone.wires[index]!;
    if (wire.readAt !== at) continue;
    judgeStuck(found, zone, index, limits);
    followOwn(wire, zone, limits, at);
    if (wire.learning && learn(wire, zone, at)) absolve(found, wire, index);
    judge(found, zone, index, limits, at);
  }
  anchor(zone);
  judgeClimb(found, zone, limits, at);
  judgeWeather(found, senses, zone, limits, at);
  keep(found, zone, at);
  return found;
}

/** Takes the readings in; false when there is none among them. */
function take(zone: ZoneMemory, values: readonly (number | undefined)[], at: number): boolean {
  let any = false;
  const count = Math.min(values.length, wiresMax);
  while (zone.wires.length < count) zone.wires.push(begin(zone, zone.wires.length));
  for (let index = 0; index < count; index++) {
    const value = values[index];
    if (!sensible(value)) continue;
    const wire = zone.wires[index]!;
    any = true;
    wire.lastN = value;
    wire.readMs = at - wire.readAt;
    wire.readAt = at;
    if (wire.readMs >= pauseMs) for (const one of awaited(wire)) doubt(one);
  }
  return any;
}

function begin(zone: ZoneMemory, index: number): WireMemory {
  const wire = newWire();
  const baseN = zone.remembered?.[index];
  if (sensible(baseN)) settle(wire, zone, baseN);
  return wire;
}

/** After nobody looked for a while, or at the start from remembered bases. */
function resume(zone: ZoneMemory, limits: SignalLimits, ms: number): void {
  doubt(zone.force);
  if (ms < absenceMs) return;
  const known = zone.wires.filter(({ learning, readAt }) => !learning && readAt === zone.at);
  const stepN = clamp(middle(known.map(({ lastN, baseN }) => lastN - baseN)), absenceN);
  shift(zone, stepN);
  for (const wire of known) rejoin(wire, limits);
}

/** Tells the bases when they are worth keeping: once all are known, and when they moved enough since. */
function keep(found: Finding[], zone: ZoneMemory, at: number): void {
  if (at - zone.toldAt < keepMs || zone.wires.some(({ learning }) => learning)) return;
  const moved = zone.wires.map(({ baseN }, index) => baseN - (zone.toldN[index] ?? Number.POSITIVE_INFINITY));
  const together = middle([...moved]);
  const worth = Math.abs(together) >= keepCommonN || moved.some((one) => Math.abs(one - together) >= keepOwnN);
  if (!worth) return;
  zone.toldAt = at;
  zone.toldN = zone.wires.map(({ baseN }) => baseN);
  found.push({ kind: 'learned', basesN: zone.toldN });
}
