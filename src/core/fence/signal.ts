/**
 * The gateway's own detector of a tension fence: takes the readings of a zone's wires one after the other and says what
 * changed by each. It trusts neither the pace of the readings nor the numbers in them, and its memory is bounded by the wires.
 * What a controller decided is none of its business, and what becomes of a sign is none either.
 */
import { absenceMs, askSide, foundMs, noteSide, resume } from './signal-absence.ts';
import { judgeClimb } from './signal-climb.ts';
import { anchor, followCommon, followOwn, pauseMs, settle } from './signal-follow.ts';
import { absolve, judge, judgeStuck } from './signal-judge.ts';
import { judgeLearning, learn } from './signal-learn.ts';
import { awaited, doubt, middle, newWire, newZone, sensible } from './signal-sense.ts';
import { judgeWeather, report } from './signal-side.ts';
import { judgePairs } from './signal-spread.ts';
import { change, judgeStill } from './signal-still.ts';
import type { DetectorMemory, Finding, SignalZone, WireMemory, ZoneMemory } from './signal-types.ts';

/** More wires than any zone has. */
const wiresMax = 64;
/** Bases are worth keeping again when a wire moved among the others by this, or all of them by that, N … */
const keepOwnN = 2;
const keepCommonN = 10;
/** … and the last time is this long ago. */
const keepMs = 600_000;

/** Every dwell is over by then: what begins later than this after an absence was not found so, ms. */
const lateMs = 15_000;

const nothing: readonly Finding[] = [];

export function emptySenses(): DetectorMemory {
  return { zones: new Map(), sides: new Map() };
}

/** After a restart: begin from bases told before, N, lowest wire first. Says nothing to a zone that was read already. */
export function remember(senses: DetectorMemory, zone: string, basesN: readonly number[]): void {
  if (!senses.zones.has(zone)) senses.zones.set(zone, newZone(basesN.slice(0, wiresMax)));
}

/**
 * A person who saw the fence wants every wire to have the base it rests at now, and what stood against the old one to end. Until
 * a wire rests it is judged by its old base.
 */
export function relearn(senses: DetectorMemory, zone: string): void {
  for (const wire of senses.zones.get(zone)?.wires ?? []) {
    wire.renewed = true;
    wire.learnSince = Number.NaN;
    wire.lesson = undefined;
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

  const found: Finding[] = [];
  report(senses, id, zone, side, at);
  if (ms >= pauseMs) doubt(zone.force);
  if (ms >= absenceMs) resume(senses, id, zone, limits, at, ms);
  else askSide(senses, id, zone, limits, at);
  const frozenMs = judgeStill(found, senses, id, zone, limits, at);
  if (frozenMs !== undefined) resume(senses, id, zone, limits, at, frozenMs);
  noteSide(senses, id, zone, at);
  followCommon(senses, id, zone, limits, at, Math.min(ms, pauseMs));
  for (let index = 0; index < zone.wires.length; index++) {
    const wire = zone.wires[index]!;
    if (wire.readAt !== at) continue;
    judgeStuck(found, zone, index, limits);
    followOwn(wire, zone, limits, at);
    if ((wire.learning || wire.renewed) && learn(wire, zone, at)) {
      absolve(found, wire, index);
      zone.toldAt = Number.NEGATIVE_INFINITY;
    }
    judge(found, zone, index, limits, at);
  }
  anchor(zone);
  judgePairs(zone, limits, at);
  judgeClimb(found, zone, limits, at);
  judgeWeather(found, senses, zone, limits, at);
  judgeLearning(found, zone, at);
  keep(found, zone, at);
  return at - zone.resumedAt > lateMs ? found : found.map((one) => foundSo(one, zone.resumedAt, at));
}

/** Takes the readings in; false when there is none among them. */
function take(zone: ZoneMemory, values: readonly (number | undefined)[], at: number): boolean {
  let any = false;
  let changed = false;
  let turned = false;
  const count = Math.min(values.length, wiresMax);
  while (zone.wires.length < count) zone.wires.push(begin(zone, zone.wires.length));
  for (let index = 0; index < count; index++) {
    const value = values[index];
    if (!sensible(value)) continue;
    const wire = zone.wires[index]!;
    any = true;
    if (value !== wire.lastN) {
      const up = value > wire.lastN;
      turned ||= up !== wire.wentUp;
      wire.wentUp = up;
      changed = true;
    }
    wire.lastN = value;
    wire.readMs = at - wire.readAt;
    wire.readAt = at;
    if (wire.readMs >= pauseMs) for (const one of awaited(wire)) doubt(one);
  }
  if (changed) change(zone.still, digest(zone.wires), turned, at);
  return any;
}

/** A number of what all wires show, to compare readings by. */
function digest(wires: readonly WireMemory[]): number {
  let sum = 0;
  for (const { lastN } of wires) sum = (Math.imul(sum, 0x01000193) + Math.round(lastN * 100)) | 0;
  return sum;
}

function begin(zone: ZoneMemory, index: number): WireMemory {
  const wire = newWire();
  const baseN = zone.remembered?.[index];
  if (sensible(baseN)) settle(wire, zone, baseN);
  return wire;
}

/** What stood so at the first readings after an absence nobody saw come. */
function foundSo(one: Finding, resumedAt: number, at: number): Finding {
  if (one.kind !== 'detection' || !one.active || one.sinceMs === undefined) return one;
  return at - one.sinceMs - resumedAt <= foundMs ? { ...one, foundSo: true } : one;
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
