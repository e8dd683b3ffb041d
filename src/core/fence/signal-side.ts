/**
 * The zones of one side share sun and wind: what all of them do is weather. Each zone lays down how it moved, and each tells
 * the weather of its side. It takes no part in judging wires.
 */
import { current } from './signal-follow.ts';
import { look, middle } from './signal-sense.ts';
import { mute } from './signal-still.ts';
import type { DetectorMemory, Finding, SignalLimits, ZoneMemory } from './signal-types.ts';

/** Weather is over below this share of what makes it, once that lasted this long, ms: clouds that come and go are one weather. */
const weatherKept = 0.5;
const weatherCalmMs = 30 * 60_000;
const minuteS = 60;

/** Lays down how a zone moves with its wires. `side` may have changed with the configuration. */
export function report(
  senses: DetectorMemory,
  id: string,
  zone: ZoneMemory,
  side: string | undefined,
  at: number,
): void {
  if (zone.side !== side) {
    leave(senses, id, zone);
    zone.side = side;
  }
  if (side === undefined) return;
  let shares = senses.sides.get(side)?.zones;
  if (!shares) {
    shares = new Map();
    senses.sides.set(side, { zones: shares });
  }
  let part = shares.get(id);
  if (!part) {
    part = { at, pathN: 0, rateNPerS: 0, waveN: 0, changedAt: Number.NaN, still: false };
    shares.set(id, part);
  }
  part.at = at;
  part.pathN = zone.pathN;
  part.changedAt = zone.still.changedAt;
  part.still = mute(zone, at);
  part.rateNPerS = (zone.pathN - zone.minuteN) / minuteS;
  part.waveN = zone.pathN - zone.tenMinutesN;
}

function leave(senses: DetectorMemory, id: string, { side }: ZoneMemory): void {
  if (side === undefined) return;
  const shares = senses.sides.get(side)?.zones;
  shares?.delete(id);
  if (shares?.size === 0) senses.sides.delete(side);
}

/** Tells the weather of the zone's side: how far the side moved together. */
export function judgeWeather(
  found: Finding[],
  senses: DetectorMemory,
  zone: ZoneMemory,
  limits: SignalLimits,
  at: number,
): void {
  const shares = zone.side === undefined ? undefined : senses.sides.get(zone.side)?.zones;
  let valueN = zone.pathN - zone.tenMinutesN;
  if (shares !== undefined && shares.size > 1) {
    const waves: number[] = [];
    for (const part of shares.values()) if (current(part, at) && !part.still) waves.push(part.waveN);
    valueN = middle(waves);
  }
  const limitN = limits.weatherN;
  const far = Math.abs(valueN);
  const turn = look(zone.weather, far >= limitN, far >= limitN * weatherKept, at, 0, weatherCalmMs);
  if (turn === undefined) return;
  found.push({ kind: 'detection', detection: 'weather', active: turn === 'began', valueN, limitN });
}
