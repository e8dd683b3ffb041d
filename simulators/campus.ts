/**
 * The physical school that every simulator shows a part of: the fence of each zone under one sky, and the host that listens
 * to it. It knows what is true, so that what was told can be held against it. Seeded: the same seed is the same school.
 */
import { type Controller, type ControllerSigns, noSigns } from './fence/controller.ts';
import { controllerA, controllerB } from './fence/controllers.ts';
import { type Act, type ActDetail, type Acting, Fence } from './fence/fence.ts';
import { drawn } from './fence/random.ts';
import { type Season, Weather } from './fence/weather.ts';

/** Wires of a zone, lowest first. */
export const wireCount = 6;

export interface ZonePlan {
  readonly zone: string;
  readonly side: string;
  /** The family of the host that listens to it. */
  readonly host: 'a' | 'b';
  /** Default true. */
  readonly springs?: boolean;
}

/** How a zone's host stands at a moment. Tensions, bases and limits in N, lowest wire first. */
export interface Look {
  readonly tensions: readonly (number | undefined)[];
  readonly signs: ControllerSigns;
  readonly bases: readonly number[];
  readonly lows: readonly number[];
  readonly highs: readonly number[];
}

/** Both families have 20 kgf sensors. Family B wants its wires at 10…15 kgf, so all are set in between. */
const fullScaleN = 196;
const restN = 125;
/** Steps of their converters, N. */
const stepN = { a: 0.293, b: 0.980665 } as const;
const lengthM = 36;
const bayM = 4;
const frictionPerSupport = 0.02;
/** Hosts sample at their own pace, however seldom they are asked. */
const sampleMs = 70;
/** They have been on for a while when they are first asked: time enough to learn their bases. */
const warmMs = 20_000;

interface Zone {
  readonly fence: Fence;
  readonly host: Controller;
  readonly poled: boolean;
  /** The last sample it took; undefined before the first. */
  at: number | undefined;
  tensions: readonly (number | undefined)[];
  signs: ControllerSigns;
}

export class Campus {
  readonly zones: readonly string[];
  readonly weather: Weather;
  readonly #zones: ReadonlyMap<string, Zone>;

  constructor(plans: readonly ZonePlan[], seed: number, season: Season = 'autumn') {
    this.zones = plans.map(({ zone }) => zone);
    this.weather = new Weather({ season, seed });
    this.#zones = new Map(plans.map((plan, i) => [plan.zone, zoneOf(plan, seed, i, this.weather)]));
  }

  /** Begins an act at a zone's fence, at a moment that may lie ahead; what is not said is drawn. */
  begin(zone: string, act: Act, at: number, detail: ActDetail = {}): Acting {
    return this.#of(zone).fence.begin(act, at, detail);
  }

  /** The fence of a zone is as it was commissioned. */
  mend(zone: string, at: number): void {
    this.#of(zone).fence.mend(at);
  }

  /** What a zone's host sees and says. Time must not go back. */
  look(zone: string, at: number): Look {
    const seen = this.#of(zone);
    const from = Math.max((seen.at ?? at - warmMs - sampleMs) + sampleMs, at - warmMs);
    for (let sample = from; sample <= at; sample += sampleMs) {
      seen.at = sample;
      seen.tensions = seen.fence.read(sample);
      // Family A listens to its control pole as well; family B has no such channel.
      const pole = seen.poled ? [seen.fence.poleN(sample)] : [];
      seen.signs = seen.host.take([...seen.tensions, ...pole], sample);
    }
    const { tensions, signs, host } = seen;
    const { bases, lows, highs } = host;
    return { tensions, signs, bases, lows, highs };
  }

  #of(zone: string): Zone {
    const found = this.#zones.get(zone);
    if (!found) throw new Error(`no zone ${zone}`);
    return found;
  }
}

function zoneOf({ zone, side, host, springs = true }: ZonePlan, seed: number, place: number, weather: Weather): Zone {
  const spec = { zone, side, lengthM, bayM, wires: wireCount, springs, restN, frictionPerSupport, fullScaleN };
  const own = Math.floor(drawn(seed, 0, place) * 2 ** 31);
  return {
    fence: new Fence({ ...spec, stepN: stepN[host], seed: own }, weather),
    host: host === 'a' ? controllerA({ wires: wireCount, pole: true }) : controllerB({ wires: wireCount }),
    poled: host === 'a',
    at: undefined,
    tensions: [],
    signs: noSigns,
  };
}
