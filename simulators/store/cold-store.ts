/**
 * A cold store and the sensor in it, minute by minute: walls that leak, a compressor with its thermostat, defrosting, doors, warm goods,
 * and what can break. Every constant is drawn from a range by the seed, so no two stores are alike; the ranges are ours, from what such
 * rooms usually do, and no measured room stands behind them. It shares no code with what judges it.
 */
import { seeded } from '../fence/random.ts';

const minutesADay = 1_440;

/** What goes wrong for good in a store; `none`: nothing. */
export const storeFailures = ['none', 'compressor', 'door-ajar', 'weak-cooling'] as const;
export type StoreFailure = (typeof storeFailures)[number];

/** One minute of a store: what the air is, and what the sensor gives; absent: nothing came. */
export interface StoreMinute {
  readonly minute: number;
  readonly air: number;
  readonly reading?: number;
}

interface StoreNature {
  readonly outside: number;
  readonly set: number;
  readonly band: number;
  /** Minutes in which the air, shut in, goes 63 % of the way to what is outside; and with the door open. */
  readonly leakMin: number;
  readonly doorMin: number;
  /** K a minute at full cooling. */
  readonly cooling: number;
  readonly defrostEvery: number;
  readonly defrostFor: number;
  readonly defrostHeat: number;
  readonly openings: number;
  readonly openFor: number;
  readonly offset: number;
  readonly noise: number;
  readonly lag: number;
  readonly period: number;
  readonly dropout: number;
  readonly openCircuit: number;
}

function natureOf(draw: () => number): StoreNature {
  const within = (least: number, most: number) => least + (most - least) * draw();
  return {
    outside: within(18, 34),
    set: within(-21, -19),
    band: within(0.8, 1.6),
    leakMin: within(1_500, 4_000),
    doorMin: within(60, 160),
    cooling: within(0.25, 0.6),
    defrostEvery: within(330, 520),
    defrostFor: within(12, 28),
    // The air of a room that is defrosted rises by three to eight kelvin.
    defrostHeat: within(0.12, 0.28),
    openings: within(8, 30),
    openFor: within(1, 5),
    offset: within(-0.5, 0.5),
    noise: within(0.05, 0.3),
    lag: within(1, 6),
    period: [1, 5, 10][Math.floor(draw() * 3)] ?? 1,
    dropout: within(0, 0.02),
    openCircuit: within(0, 0.0004),
  };
}

/** The minutes of so many days of a store; what fails does so at `failsAt` (minutes) and stays so for `failsFor`. */
export function* coldStore(
  seed: number,
  days: number,
  failure: StoreFailure,
  failsAt: number,
  failsFor: number,
): Generator<StoreMinute> {
  const draw = seeded(seed);
  const own = natureOf(draw);
  let [air, felt, runs, open, load] = [own.set, own.set, true, 0, 0];
  for (let minute = 0; minute < days * minutesADay; minute++) {
    const day = minute % minutesADay;
    const fails = failure !== 'none' && minute >= failsAt && minute < failsAt + failsFor;
    const loading = day >= 370 && day < 440;
    // Cooks open it while they work, and people who load it leave it open.
    const chance = loading ? 0.2 : day > 330 && day < 1_110 ? own.openings / 780 : 0.0005;
    if (open === 0 && draw() < chance) open = Math.ceil(own.openFor * (loading ? 1 + draw() * 2 : draw() * 1.5));
    if (loading && open > 0) load = Math.min(1, load + 0.03);
    const doorOpen = open > 0 || (fails && failure === 'door-ajar');
    open = Math.max(0, open - 1);
    const defrost = minute % own.defrostEvery < own.defrostFor;
    if (air > own.set + own.band) runs = true;
    if (air < own.set - own.band) runs = false;
    const strength = fails && failure === 'compressor' ? 0 : fails && failure === 'weak-cooling' ? 0.04 : 1;
    air += (own.outside - air) / own.leakMin;
    if (doorOpen) air += (own.outside - air) / own.doorMin;
    air += load * 0.12;
    load *= 0.985;
    if (defrost) air += own.defrostHeat;
    else if (runs) air -= own.cooling * strength * Math.min(1, (air + 45) / 25);
    felt += (air - felt) / own.lag;
    const noise = (draw() + draw() + draw() - 1.5) * own.noise;
    const heard = minute % own.period === 0 && draw() >= own.dropout;
    const value = draw() < own.openCircuit ? -3276.8 : Math.round((felt + own.offset + noise) * 10) / 10;
    yield { minute, air, ...(heard && { reading: value }) };
  }
}
