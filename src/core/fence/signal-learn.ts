/**
 * How a wire gets its base: from what it shows while nobody is on it. Trembling is no harm, its mean is where the wire belongs; a
 * body that moves on it is. A wire that has a base keeps it, and is judged by it, until a new one is learned.
 */
import { settle } from './signal-follow.ts';
import { waiting } from './signal-sense.ts';
import type { Finding, WireMemory, ZoneMemory } from './signal-types.ts';

/** A base is the mean of a lesson of this length, ms (a common controller takes 10 s as well) … */
const lessonMs = 10_000;
/** … whose halves agree as near as this, N, and in which the wire does not go farther to and fro than a body at rest moves it. */
const agreeN = 1.5;
const swayN = 12;
/** A wire that never had a base and never rests gets one after this long, ms. */
const limitMs = 120_000;
/** Two lessons and a little: when a base takes longer than this, that is told, ms. */
const learningMs = 25_000;

/** True when a base was learned by this reading. */
export function learn(wire: WireMemory, zone: ZoneMemory, at: number): boolean {
  if (Number.isNaN(wire.learnSince)) wire.learnSince = at;
  const one = wire.lesson;
  if (one === undefined || at - one.from > 2 * lessonMs) {
    wire.lesson = { from: at, sumN: [wire.lastN, 0], count: [1, 0], lowN: wire.lastN, highN: wire.lastN };
    return false;
  }
  const half = at - one.from < lessonMs / 2 ? 0 : 1;
  one.sumN[half] += wire.lastN;
  one.count[half] += 1;
  one.lowN = Math.min(one.lowN, wire.lastN);
  one.highN = Math.max(one.highN, wire.lastN);
  if (at - one.from < lessonMs) return false;
  wire.lesson = undefined;
  const [first, second] = [one.sumN[0] / one.count[0], one.sumN[1] / one.count[1]];
  const rests = Math.abs(first - second) <= agreeN && one.highN - one.lowN <= swayN;
  // One that is renewed has its old base to wait by.
  const tired = wire.learning && at - wire.learnSince >= limitMs;
  if (waiting(wire.cut) || !(rests || tired)) return false;
  settle(wire, zone, (first + second) / 2);
  return true;
}

/** Tells that a base is not known, or not anew, for longer than it takes a wire at rest to show it. */
export function judgeLearning(found: Finding[], zone: ZoneMemory, at: number): void {
  const learning = zone.wires.some((wire) => wire.learning || wire.renewed);
  if (!learning) zone.learningSince = Number.NaN;
  else if (Number.isNaN(zone.learningSince)) zone.learningSince = at;
  const sinceMs = at - zone.learningSince;
  if (zone.learningTold === sinceMs >= learningMs) return;
  zone.learningTold = !zone.learningTold;
  if (zone.learningTold) found.push({ kind: 'detection', detection: 'learning', active: true, sinceMs });
  else found.push({ kind: 'detection', detection: 'learning', active: false });
}
