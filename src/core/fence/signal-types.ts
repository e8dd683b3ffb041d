/**
 * The words of the fence detector: what a zone's signal can say, the limits it is judged by, what the detector tells
 * and what it keeps in mind. Tensions are in N at the sensor, times in ms. It holds no behaviour.
 */

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

/** A condition that counts once it has lasted. */
export interface Lasting {
  /** Since when the condition is met, without an end in between; NaN when it is not. */
  since: number;
  holds: boolean;
  /** While it holds: since when the condition is over; NaN while it is not. */
  calmSince: number;
}

/** What a wire showed in the two halves of some seconds from which its base may be learned, N. */
export interface Lesson {
  readonly from: number;
  readonly sumN: [number, number];
  readonly count: [number, number];
  lowN: number;
  highN: number;
}

/** What the detector keeps in mind of a wire. Tensions in N, times as they were passed in; NaN stands for "not yet". */
export interface WireMemory {
  lastN: number;
  /** Which way it went last. */
  wentUp: boolean;
  readAt: number;
  /** How long before the newest reading the one before was, ms. */
  readMs: number;
  /** When it was read first. */
  seenSince: number;
  /** Its base is not known yet. */
  learning: boolean;
  /** A person saw the fence and wants the base it rests at now; until it rests, the old one counts. */
  renewed: boolean;
  learnSince: number;
  lesson: Lesson | undefined;
  /** Where the wire belongs: follows the weather, and on its own only as slowly as a wire may drift. */
  baseN: number;
  /** Where it stood a minute ago: what is judged against it came quickly. */
  quickN: number;
  /** How far the quick base went by itself, beside what all did. */
  ownN: number;
  /** Where it rests between two moves, and since when. */
  levelN: number;
  levelSince: number;
  /** Mean deviation from the level while nothing happens. */
  noiseN: number;
  readonly quick: Lasting;
  readonly patient: Lasting;
  readonly slack: Lasting;
  readonly cut: Lasting;
  readonly outside: Lasting;
  readonly drift: Lasting;
  /** The quick rise that is on: when it began and was last seen, its two greatest readings, N, and all for their mean. */
  riseFrom: number;
  riseTo: number;
  peakN: number;
  secondN: number;
  sumN: number;
  count: number;
  /** The held touch before it: its top (0: there was none) and its mean, N, and when it ended. */
  touchTopN: number;
  touchMeanN: number;
  touchTo: number;
  /** Touches that were no hand's, without a quiet minute between them, and when the last one ended. */
  swings: number;
  swungTo: number;
  /** Whether a pull was told, and whether the wire came to rest since: then another quick rise is another act. */
  pulled: boolean;
  rested: boolean;
  /** Where it began and how far it went, N, and since when the wire is back; NaN: it is held still. */
  pulledFromN: number;
  pulledN: number;
  backSince: number;
  /** A fall at once that stays, where it began, N; NaN: there is none. */
  readonly fall: Lasting;
  fellFromN: number;
  /** Its mean of some seconds, from which a cut wire falls at once, and that of the moment it did, N; NaN: it did not. */
  beforeN: number;
  snappedN: number;
  /** Where it last rested, N, to know a slip of its supports by. */
  restedN: number;
  /** Drawn apart with a neighbour: over its quick base as a mean of seconds; beside the others as means of half a minute and of
   *  hours; the pair with the wire above now and usually, N. */
  soonN: number;
  ownSoonN: number;
  ownLongN: number;
  usualN: number;
  readonly apartSoon: Lasting;
  readonly apartSlow: Lasting;
  readonly spread: Lasting;
  /** Own place beside what all wires did, as means of ten minutes and of an hour. */
  ownTenMinutesN: number;
  ownHourN: number;
  /** The reading it has not left, and how far the others went meanwhile. */
  stillN: number;
  stillLowN: number;
  stillHighN: number;
  stuck: boolean;
  /** When it was last taken hold of with a body's force and last seen so, and whether it still is. */
  heldSince: number;
  heldTo: number;
  held: boolean;
}

/** One touch of a wire with some of a body's force. */
export interface WirePass {
  readonly wire: number;
  readonly from: number;
  to: number;
  /** Its greatest force over the quick base, N. */
  peakN: number;
  /** More than any animal bears on a wire. */
  body: boolean;
  /** It was not let go yet. */
  open: boolean;
}

/** What is kept in mind of how a zone moves, to see when its readings are none. */
export interface StillMemory {
  /** When any of its readings changed last. */
  changedAt: number;
  slotAt: number;
  /** In how many of its slots it changes, as a share: now, and when it changed last; and how many there were. */
  usual: number;
  usualThen: number;
  slotsSeen: number;
  /** Slots since it changed, and those in which its side did. */
  slots: number;
  busySlots: number;
  /** How far the others had gone when it changed last, and how far they went since, N. */
  readonly restPaths: Map<string, number>;
  sideMovedN: number;
  /** How far the others had gone when the zone last went somewhere, and between what it and its side went since, N. */
  readonly paths: Map<string, number>;
  lowN: number;
  highN: number;
  sideN: number;
  sideLowN: number;
  sideHighN: number;
  frozen: { readonly why: 'still' | 'apart'; readonly since: number } | undefined;
  /** The last changes, a number of them all, and those of before at chosen places. */
  hash: number;
  readonly window: { readonly digest: number; readonly turned: boolean }[];
  readonly seen: Set<number>;
  again: number;
  anew: number;
  replayed: boolean;
}

/** What the detector keeps in mind of a zone. */
export interface ZoneMemory {
  at: number;
  side: string | undefined;
  readonly wires: WireMemory[];
  /** Bases learned before a restart, for the first reading. */
  remembered: readonly number[] | undefined;
  /** A base is missing, or to be renewed: since when; NaN: none is. And whether that was told. */
  learningSince: number;
  learningTold: boolean;
  /** How far the other zones of the side had gone when this one was last read: by zone, N; and when that was noted. */
  readonly sidePaths: Map<string, number>;
  sideNotedAt: number;
  /** When readings came back after nobody looked, how long that was, what of the step was taken for weather, N, and whether the
   *  side was asked. */
  resumedAt: number;
  absentMs: number;
  absentN: number;
  sideAsked: boolean;
  /** How far the wires are from their quick bases together: those that are at rest, and all of them in a gust. */
  commonN: number;
  gustN: number;
  /** How far all wires went together since the start, as they do and as far as the side agrees. */
  pathN: number;
  agreedN: number;
  /** The path as a mean of a minute, of which its rate is made, and of ten minutes, against which weather is judged. */
  minuteN: number;
  tenMinutesN: number;
  /** A body's force on any wire: the greatest so far, the last turn of its motion, the way it goes from there, the turns. */
  readonly force: Lasting;
  peakN: number;
  turnN: number;
  rising: boolean;
  turns: number;
  climbing: boolean;
  /** The last touches, oldest first. */
  readonly passes: WirePass[];
  weather: boolean;
  /** How far wires of the zone slip at their supports, N, how often they did, and when that was last seen. */
  slipN: number;
  slips: number;
  slippedAt: number;
  /** The bases last told, and when. */
  toldN: readonly number[];
  toldAt: number;
  readonly still: StillMemory;
}

/** What one zone adds to the picture of its side. */
export interface SideShare {
  at: number;
  /** How far its wires went together since the start, N, and how fast they move, N per second. */
  pathN: number;
  rateNPerS: number;
  /** When any of its readings changed last, and whether it stands too still to be asked. */
  changedAt: number;
  still: boolean;
  /** How far they moved together within about ten minutes, N. */
  waveN: number;
}

/** What the detector keeps in mind of the zones that share a side. */
export interface SideMemory {
  readonly zones: Map<string, SideShare>;
}

/** The working memory of the detector: beside the journal, lost at a restart. Bounded by the configured zones and wires. */
export interface DetectorMemory {
  readonly zones: Map<string, ZoneMemory>;
  readonly sides: Map<string, SideMemory>;
}
