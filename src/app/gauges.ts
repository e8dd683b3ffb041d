/**
 * The newest value of every gauge, and which values are worth a sample: a move of at least the deadband, or the first
 * one after the heartbeat. Bounded by the number of configured points. It never judges.
 */
import type { Gauge, Live, Point, Time } from '../core/types.ts';

const heartbeatMs = 60_000;

export class Gauges {
  readonly live: Live = { gauges: new Map(), heard: new Map(), listeningSince: 0, waited: new Map() };
  readonly #stored = new Map<string, Map<string, Gauge>>();

  /** Takes a value; true when it is to be stored as a sample. */
  take(device: string, point: Point, value: number, at: Time): boolean {
    this.#of(this.live.gauges, device).set(point.key, { value, at });
    const stored = this.#of(this.#stored, device);
    const last = stored.get(point.key);
    if (last) {
      const moved = Math.abs(value - last.value);
      const enough = point.deadband === undefined ? moved > 0 : moved >= point.deadband;
      if (!enough && Math.abs(at - last.at) < (point.heartbeatMs ?? heartbeatMs)) return false;
    }
    stored.set(point.key, { value, at });
    return true;
  }

  #of(table: Map<string, Map<string, Gauge>>, device: string): Map<string, Gauge> {
    let points = table.get(device);
    if (!points) {
      points = new Map();
      table.set(device, points);
    }
    return points;
  }
}
