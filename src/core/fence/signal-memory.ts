/**
 * What the fence detector keeps in mind of wires, zones and sides: beside the journal, lost at a restart, bounded by what is
 * configured. Tensions are in N at the sensor, times in ms. It holds no behaviour.
 */

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
  /** Slots since it changed, those in which its side did, and those in which most zones of other sides did. */
  slots: number;
  busySlots: number;
  busyElsewhere: number;
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
  readonly weather: Lasting;
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
