/**
 * The words of the fence detector: what a zone's signal can say, the limits it is judged by, what the detector tells
 * and, beside it, what it keeps in mind. Tensions are in N at the sensor, times in ms. It holds no behaviour.
 */

export type * from './signal-memory.ts';

/**
 * What the signal of a zone can say.
 * climb: a body on one wire after another, or more force than a touch. pull: a wire tighter than its base for longer than a
 * touch. slack: looser than its base, or under a third of it. cut: no tension left. static: outside the window a wire must
 * keep. drift: one wire moves away from the others for hours. stuck: a sensor that stands still while the others move.
 * frozen: the whole zone stands still while its side moves. replayed: its readings are those of before.
 * weather: the whole side moves together. learning: a base is not known yet, or not anew, for longer than it ought to take. no-data: nothing is heard of a wire though its device is there; the gateway itself finds that.
 */
export type Detection =
  | 'climb'
  | 'pull'
  | 'slack'
  | 'cut'
  | 'static'
  | 'drift'
  | 'stuck'
  | 'frozen'
  | 'replayed'
  | 'learning'
  | 'weather'
  | 'no-data';

/** By what the wires of a zone are judged. Compiled from configuration; `defaultLimits` stands for what is not said there. */
export interface SignalLimits {
  /** A quick rise of a wire by this much that lasts `dwellMs` is a pull, N. */
  readonly upN: number;
  /** A rise over the base by this much is a pull however slowly it came, N. */
  readonly patientN: number;
  /** A fall below the base by this much that lasts `dwellMs` is slack, N. */
  readonly downN: number;
  /** Slack also under this share of the base. */
  readonly slackShare: number;
  /** The band of a quick rise is never narrower than this many times the wire's own noise. */
  readonly noiseFactor: number;
  /** How long pull and slack must last; shorter is a touch. */
  readonly dwellMs: number;
  /** A rise by this much is no touch: with body motion, or on one wire after another, it is a climb, N. */
  readonly climbN: number;
  /** Under this a wire is cut, N … */
  readonly cutN: number;
  /** … once it lasted this long. */
  readonly cutDwellMs: number;
  /** The window in which a wire must stand, N … */
  readonly floorN: number;
  readonly ceilingN: number;
  /** … for no longer than this outside it. */
  readonly staticDwellMs: number;
  /** Where the sensor ends, N: a reading there may be any force beyond it, and a base there sees no pull. */
  readonly fullScaleN: number;
  /** How far one wire may move away from the others, N per hour; the base follows a single wire no faster than this. */
  readonly driftNPerHour: number;
  /** A sensor is stuck when the others moved by this much and it did not, N. */
  readonly stuckN: number;
  /** The side is in weather when it moved together by this much within about ten minutes, N. */
  readonly weatherN: number;
  /** The base follows what all wires do together up to this, N per second. */
  readonly weatherNPerS: number;
}

/**
 * What a zone is judged by unless its configuration says otherwise.
 * Floor, ceiling and the third follow GA/T 1032-2013, which asks for a static tension of 100–450 N, an alarm when less than
 * a third of it is left, at 75 mm of displacement (3.7 N with springs, 10.7 N without, mid-span of a 4 m bay) and within 3 s.
 * A touch of up to two seconds is none; full scale is the 20 kgf of common hosts.
 */
export const defaultLimits: SignalLimits = {
  upN: 2,
  patientN: 12,
  downN: 15,
  slackShare: 1 / 3,
  noiseFactor: 4,
  dwellMs: 1_800,
  climbN: 30,
  cutN: 10,
  cutDwellMs: 500,
  floorN: 100,
  ceilingN: 450,
  staticDwellMs: 5_000,
  fullScaleN: 196,
  driftNPerHour: 12,
  stuckN: 6,
  weatherN: 5,
  weatherNPerS: 0.2,
};

/** A zone as the detector sees it; `side`: zones that share sun and wind, so that weather can be told from people. */
export interface SignalZone {
  readonly id: string;
  readonly side?: string;
  readonly limits: SignalLimits;
}

/** What changed by one reading. */
export type Finding =
  | {
      readonly kind: 'detection';
      readonly detection: Detection;
      /** True when it begins, false when it ends; of one sign and wire the two always take turns, beginning with true. */
      readonly active: boolean;
      /** Index of the wire, lowest first; absent for what the whole zone says (climb, weather). */
      readonly wire?: number;
      /** The reading that decided, N; drift: N per hour; weather: how far the side moved, N. */
      readonly valueN?: number;
      /** The limit it was held against, in the same unit. */
      readonly limitN?: number;
      /** How long before this reading the signal first left its band. */
      readonly sinceMs?: number;
      /** It stood so when readings came back: nobody saw it come. */
      readonly foundSo?: true;
    }
  | {
      readonly kind: 'learned';
      /** The base of every wire, N, lowest first; worth keeping for `remember`. */
      readonly basesN: readonly number[];
    };

/** A sign that a stored series would have raised. */
export interface Rehearsed {
  readonly detection: Detection;
  readonly wire?: number;
  /** Where the signal first left its band, and where the sign ended or the series did. */
  readonly from: number;
  readonly to: number;
  /** The reading farthest from the base while it held, N. */
  readonly peakN?: number;
}
