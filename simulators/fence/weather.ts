/**
 * The weather over the school as a pure function of time and seed: air temperature, sun on each side, wind. Temperatures
 * are Shanghai's normals; how one day differs from the next, and how clouds pass, is drawn. It knows nothing of fences.
 */
import { drawn, eased, smooth } from './random.ts';

export type Season = 'winter' | 'spring' | 'summer' | 'autumn';

interface Climate {
  /** Mean of the day, and half of the mean daily range, °C: January, April, July, October of the normals 1971–2000
   *  (China Meteorological Administration): 1.1…8.1, 10.9…19.1, 25.2…31.8, 15.1…22.6. */
  readonly meanC: number;
  readonly halfRangeC: number;
  /** Declination of the sun in the middle of that month, degrees. */
  readonly declination: number;
}
const climates: Readonly<Record<Season, Climate>> = {
  winter: { meanC: 4.6, halfRangeC: 3.5, declination: -21 },
  spring: { meanC: 15, halfRangeC: 4.1, declination: 9.5 },
  summer: { meanC: 28.5, halfRangeC: 3.3, declination: 21.5 },
  autumn: { meanC: 18.9, halfRangeC: 3.8, declination: -8.5 },
};

const latitude = 31.2;
/** Towards which a side of the school looks, degrees from north. */
const facings: Readonly<Record<string, number>> = { north: 0, east: 90, south: 180, west: 270 };
/** What the sky and the ground send to a side the sun does not stand before, as a share of full sun. */
const skyShare = 0.3;

const dayMs = 86_400_000;
/** Masses of air change over days, by about this much either way (one standard deviation is half of it). */
const massC = 5;
const massMs = 2.5 * dayMs;
/** The warmest hour comes after noon. */
const warmestHour = 14.5;
/** Clouds come and go within 10 to 30 minutes. */
const cloudMs = 12 * 60_000;
/** Mean wind in the open at Shanghai is about 3 m/s; two-hour means spread like a Rayleigh distribution of that mean. */
const windMeanMs = 3;
const windTurnMs = 2 * 3_600_000;
/** One day in this many is stormy, and blows this much harder. */
const stormEvery = 12;
const stormShare = 2.6;
/** A gust lasts seconds and reaches half as much again above the mean. */
const gustMs = 7_000;
const gustShare = 0.5;

/** Streams of chance that must not be alike. */
const streams = { mass: 1, clear: 2, cloud: 3, wind: 4, storm: 5, gust: 6, passing: 7 } as const;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

export interface WeatherOptions {
  readonly season: Season;
  readonly seed: number;
  /** Where the school's clocks stand against UTC, minutes. Default 480. */
  readonly utcOffsetMin?: number;
}

/** Air temperature, sun on each side of the school and wind. Every answer depends on the time asked for alone. */
export class Weather {
  readonly #climate: Climate;
  readonly #seed: number;
  readonly #offsetMs: number;

  constructor({ season, seed, utcOffsetMin = 480 }: WeatherOptions) {
    this.#climate = climates[season];
    this.#seed = seed;
    this.#offsetMs = utcOffsetMin * 60_000;
  }

  /** Air temperature, °C. */
  airC(at: number): number {
    const local = at + this.#offsetMs;
    const mass = (smooth(this.#seed, streams.mass, local, massMs) - 0.5) * 2 * massC;
    // A clear day swings to twice the mean range, an overcast one hardly at all.
    const range = this.#climate.halfRangeC * (0.25 + 1.4 * this.#clearness(local));
    const hour = (local % dayMs) / 3_600_000;
    return this.#climate.meanC + mass + range * Math.cos(((hour - warmestHour) / 24) * 2 * Math.PI);
  }

  /** Sunshine on a side, 0…1. Sides are north, east, south and west; any other name lies open to the whole sky. */
  sun(side: string, at: number): number {
    const local = at + this.#offsetMs;
    const hourAngle = radians(((local % dayMs) / 3_600_000 - 12) * 15);
    const decline = radians(this.#climate.declination);
    const high = radians(latitude);
    const rise = Math.sin(high) * Math.sin(decline) + Math.cos(high) * Math.cos(decline) * Math.cos(hourAngle);
    if (rise <= 0) return 0;
    const east = -Math.cos(decline) * Math.sin(hourAngle);
    const north = Math.sin(decline) * Math.cos(high) - Math.cos(decline) * Math.sin(high) * Math.cos(hourAngle);
    const facing = facings[side];
    const before =
      facing === undefined
        ? 1
        : Math.max(0, east * Math.sin(radians(facing)) + north * Math.cos(radians(facing)) + rise);
    const open = this.#open(side, local);
    // Low sun is weak; from 30° up it is nearly full.
    return Math.min(1, 2 * rise) * Math.min(1, skyShare + before) * open;
  }

  /** Wind in the open, m/s. */
  windMs(at: number): number {
    const local = at + this.#offsetMs;
    const place = local / windTurnMs;
    const index = Math.floor(place);
    const before = this.#turn(index);
    const mean = before + (this.#turn(index + 1) - before) * eased(place - index);
    const gust = smooth(this.#seed, streams.gust, local, gustMs) * 2 - 1;
    return mean * (1 + gustShare * gust);
  }

  /** Mean wind of one turn of two hours: Rayleigh, harder on a stormy day. */
  #turn(index: number): number {
    const day = Math.floor((index * windTurnMs) / dayMs);
    const storm = drawn(this.#seed, streams.storm, day) < 1 / stormEvery ? stormShare : 1;
    const share = drawn(this.#seed, streams.wind, index);
    return windMeanMs * storm * Math.sqrt((-4 / Math.PI) * Math.log(1 - share));
  }

  /** How clear the sky of this day is, 0…1. */
  #clearness(local: number): number {
    return smooth(this.#seed, streams.clear, local, dayMs);
  }

  /** Share of the sun that comes through: clouds pass over one side some minutes after the other. */
  #open(side: string, local: number): number {
    const late = drawn(this.#seed, streams.passing, side.length * 31 + side.charCodeAt(0)) * 6 * 60_000;
    const cloud = smooth(this.#seed, streams.cloud, local + late, cloudMs);
    const clear = this.#clearness(local);
    // On a clear day few knots reach the sun, on an overcast day nearly all do.
    return 1 - 0.85 * eased((cloud - clear) * 2 + 0.5);
  }
}
