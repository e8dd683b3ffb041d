/**
 * The big screen of the control room: it paints what its screen shows, as the page does, and says a moment later what it has
 * painted; when it is dark it says nothing. It must never say that it painted what it had no room for.
 */
import type { Chance } from '../../simulators/virtual/chance.ts';
import type { State } from '../core/types.ts';
import { wallAlarms } from '../core/view/view.ts';
import { grouped } from '../core/view/view-incidents.ts';
import type { VirtualTime } from './virtual-time.ts';

/** The page has so many rows, one for each incident. */
const rowsMax = 5;
/** From a change to the frame that shows it, and on to the gateway. */
const frameMs = [200, 1_200] as const;
/** What has not changed is said again this often. */
const sayMs = 10_000;

export interface WallParts {
  readonly time: VirtualTime;
  readonly chance: Chance;
  /** What the screen shows now; undefined when it shows nothing. */
  shown(): State | undefined;
  /** Tells the gateway which alarms stand painted. */
  say(alarms: readonly number[]): void;
}

/** The alarms that are on the page: in rows, and the first of each zone on the map. */
function painted(state: State): number[] {
  const alarms = wallAlarms(state);
  const rows = grouped(alarms).filter(({ priority }) => !state.flood || priority < 3);
  const ids = new Set(rows.slice(0, rowsMax).flatMap((row) => row.alarms.map(({ id }) => id)));
  const zones = new Set<string>();
  for (const { id, zone } of alarms) {
    if (zone === undefined || zones.has(zone)) continue;
    zones.add(zone);
    ids.add(id);
  }
  return [...ids];
}

export class Wall {
  /** Nothing is on it, whatever it is told. */
  dark = false;
  readonly #parts: WallParts;
  #said = '';
  #saidAt = Number.NEGATIVE_INFINITY;

  constructor(parts: WallParts) {
    this.#parts = parts;
    this.#look();
  }

  #look(): void {
    const { time, chance, shown, say } = this.#parts;
    const state = this.dark ? undefined : shown();
    const alarms = state ? painted(state) : [];
    const now = alarms.join();
    if (alarms.length > 0 && (now !== this.#said || time.elapsed - this.#saidAt >= sayMs)) {
      this.#saidAt = time.elapsed;
      say(alarms);
    }
    this.#said = now;
    const [least, most] = frameMs;
    time.after(chance.between(least, most), () => this.#look());
  }
}
