/**
 * The watch over sensors, beside the journal: gauges that give nothing though their device is there, and gauges that give the very
 * same value for hours. It makes inputs of what it finds; what they mean it never judges. Its memory is this run's: after a restart a
 * sensor that was in doubt is so until it gives a value, or another value, anew.
 */
import type { Input, Point, SensorFault, SensorInput, Site, State } from '../types.ts';

type SensorReading = Extract<Input, { kind: 'reading' }>;

/** What is known of one gauge in this run; monotonic, ms. */
interface Felt {
  readonly value: number;
  readonly heard: number;
  /** Since when it gives this value. */
  readonly same: number;
}

const watchedOf = new WeakMap<Site, ReadonlyMap<string, readonly Point[]>>();

/** By device, the gauges that somebody relies on: those with limits or an alarm, and those that are known to move. */
function watched(site: Site): ReadonlyMap<string, readonly Point[]> {
  const known = watchedOf.get(site);
  if (known) return known;
  const table = new Map<string, readonly Point[]>();
  for (const { id, points, family } of Object.values(site.devices)) {
    if (family !== 'sensor') continue;
    const gauges = Object.values(points).filter(
      ({ keep, limits, alarm, stuckMs }) => keep === 'gauge' && (limits ?? alarm ?? stuckMs) !== undefined,
    );
    if (gauges.length > 0) table.set(id, gauges);
  }
  watchedOf.set(site, table);
  return table;
}

/** Whether a gauge that was never heard is missed: it has limits, or measures gas. Of others, perhaps this sensor has none. */
const isRelied = ({ limits, quantity }: Point): boolean => limits !== undefined || quantity === 'gas';

const measurable = ({ range }: Point, value: number): boolean =>
  Number.isFinite(value) && (range === undefined || (value >= range[0] && value <= range[1]));

/** What each gauge of each sensor last gave, bounded by the points of the site. */
export class SensorWatch {
  readonly #felt = new Map<string, Felt>();

  /** What a reading says of the sensors it is of. What the wire only told as it stood is no reading. */
  take(site: Site, state: State, { device, values, initial }: SensorReading, elapsed: number): SensorInput[] {
    const points = watched(site).get(device);
    if (!points || initial) return [];
    const said: SensorInput[] = [];
    for (const [key, value] of values) {
      const point = points.find((one) => one.key === key);
      if (!point || typeof value !== 'number' || !measurable(point, value)) continue;
      const name = `${device}/${key}`;
      const before = this.#felt.get(name);
      const moved = before !== undefined && before.value !== value;
      this.#felt.set(name, { value, heard: elapsed, same: before && !moved ? before.same : elapsed });
      const fault = state.doubted.get(name)?.fault;
      if (fault === 'no-reading' || (fault === 'stuck' && moved)) said.push(say(device, key, fault, false));
    }
    return said;
  }

  /** Gauges in doubt by now. Time in which the gateway did not listen counts for none, nor does that of a device which is down. */
  doubts(site: Site, state: State, elapsed: number, listeningSince: number): SensorInput[] {
    const said: SensorInput[] = [];
    for (const [device, points] of watched(site)) {
      const { staleMs } = site.devices[device]!;
      const up = state.devices.get(device)?.up === true;
      for (const point of points) {
        const name = `${device}/${point.key}`;
        const felt = this.#felt.get(name);
        if (!up) {
          if (felt) this.#felt.set(name, { ...felt, heard: elapsed, same: elapsed });
          continue;
        }
        const fault = this.#faultOf(point, felt, staleMs, elapsed, listeningSince);
        if (!felt && isRelied(point)) this.#felt.set(name, { value: Number.NaN, heard: elapsed, same: elapsed });
        if (fault !== undefined && state.doubted.get(name) === undefined)
          said.push(say(device, point.key, fault, true));
      }
    }
    return said;
  }

  #faultOf(
    { stuckMs }: Point,
    felt: Felt | undefined,
    staleMs: number,
    elapsed: number,
    listeningSince: number,
  ): SensorFault | undefined {
    if (!felt) return undefined;
    if (elapsed - Math.max(felt.heard, listeningSince) > staleMs) return 'no-reading';
    const same = elapsed - Math.max(felt.same, listeningSince);
    return stuckMs !== undefined && same >= stuckMs && !Number.isNaN(felt.value) ? 'stuck' : undefined;
  }
}

const say = (device: string, point: string, fault: SensorFault, active: boolean): SensorInput => ({
  ...{ kind: 'sensor', device, point, fault, active },
});
