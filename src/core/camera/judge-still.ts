/**
 * What a still says of its camera, held against the reference of its hours and the stills before: several have to agree before a word is said. A
 * reference is learned once and never follows: what creeps over a lens would teach itself. Pure; it keeps what it knows in the memory it is given.
 *
 * All limits are ours, set on the drawn scenes of `simulators/pictures` with the seeds for tuning; docs/cameras.md has what others came to.
 */
import type { PictureFigures, PictureHours, PictureSign } from '../types.ts';
import { compareStill, filled, type StillComparison } from './compare-still.ts';
import { referenceOf } from './learn-reference.ts';
import type { PictureMemory } from './picture-memory.ts';
import { isWonder, stands, stirOf } from './standing-still.ts';
import type { PictureReference, StillFeatures } from './still-types.ts';

/** Stills in a row, about thirty seconds apart, before a sign is said. Whoever wipes a lens covers it for a minute. */
export const dwells: Readonly<Record<PictureSign, number>> = {
  covered: 5,
  dark: 10,
  overexposed: 10,
  moved: 8,
  blurred: 12,
  frozen: 6,
};
/** A picture that hardly stirs when all is well has to stand this long. */
const quietDwell = 60;
/** What a still that only hints at a sign counts for. */
const hintWeight = 0.4;
/** Stills in a row without it before it is over. */
const overAfter = 4;
/** Stills a reference is made of. */
export const learnStills = 20;

const limits = {
  /** Nothing can be made out below. */
  dark: { mean: 26, stdev: 9 },
  /** Dimmer than this, and not infrared, is grain: nothing to judge by outside the hours, and nothing to learn from at any time. */
  dim: 60,
  white: 0.55,
  /** Outlines agree less than this with the reference: it is another picture. */
  lost: 0.62,
  /** So much of the view has nothing in it any more. */
  flat: 0.3,
  crisp: 0.82,
  /** Pushed aside it fits so much better, and as it is no better than that. */
  pushed: 0.06,
  pushedLost: 0.76,
  /** So much of the view shows something else as clearly, and no more than that what it showed. */
  other: 0.2,
  keptMoved: 0.45,
  /** Out of focus, fields with little in them look empty; but light and dark are where they were. */
  alike: 0.75,
  /** Under the reference of other hours so much has to be empty. */
  flatBorrowed: 0.6,
  /** A hint: so much is veiled; or, by the reference of other hours, little is as it was and much else as clear. */
  veiled: 0.2,
  veiledBorrowed: 0.3,
  lostBorrowed: 0.55,
  /** As grey as infrared. */
  grey: 2,
  /** Stills of one reference agree so much; a reference of other hours so much with those known. */
  agree: 0.7,
  kin: 0.4,
  /** Fields with something in them. */
  filled: 0.25,
};

/** When a still was taken, as far as judging it goes. */
export interface StillMoment {
  /** By the clock: from six to six is day. */
  readonly day: boolean;
  /** Something must be seen: there is light. */
  readonly open: boolean;
}

export interface SignSaid {
  readonly sign: PictureSign;
  readonly active: boolean;
}
/** What came of a still. */
export interface StillJudged {
  readonly hours: PictureHours;
  readonly figures: PictureFigures;
  readonly said: readonly SignSaid[];
  /** A reference was learned with this still. */
  readonly learned?: PictureReference;
}

/** What one still shows, and what it hints at when it shows nothing; and the comparison that says so. */
interface SeenSigns {
  readonly signs: PictureSign[];
  readonly hint: PictureSign | undefined;
  readonly compared: StillComparison | undefined;
}

const round = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Judges the next still of a camera. */
export function judgeStill(memory: PictureMemory, still: StillFeatures, moment: StillMoment): StillJudged {
  const hours: PictureHours = still.colour < limits.grey ? 'infrared' : moment.day ? 'day' : 'night';
  const stirred = memory.last && stirOf(memory.last, still);
  memory.last = still;
  const { signs, hint, compared } = seenIn(memory, still, moment, hours);
  const clear = signs.length === 0 && hint === undefined;
  if (stirred && stands(memory.standing, stirred, clear) && !signs.includes('dark')) signs.push('frozen');
  const said = settle(memory, signs, hint, moment, hours);
  // With the lamps off and no infrared a picture is grain: it would be the reference of a lit room.
  const lit = hours === 'infrared' || still.mean >= limits.dim;
  const learned =
    clear && signs.length === 0 && lit ? learn(memory, still, hours, compared, stirred?.share) : undefined;
  if (!clear) memory.learning = undefined;
  const figures = {
    ...{ mean: round(still.mean), stdev: round(still.stdev), fine: round(still.fine) },
    ...(compared && {
      ...{ match: round(compared.match), flat: round(compared.flat), kept: round(compared.kept) },
      ...{ white: round(compared.white), crisp: round(compared.crisp) },
    }),
    ...(stirred && { stir: round(stirred.share) }),
  };
  return { hours, figures, said, ...(learned && { learned }) };
}

/**
 * Holds a still against the reference of its hours; where it shows a sign by that, against the others: lamps burn by day as well, and what fits any picture of
 * the room that was learned is the room. Without one of its hours the likest stands for it.
 */
function seenIn(
  { references }: PictureMemory,
  still: StillFeatures,
  moment: StillMoment,
  hours: PictureHours,
): SeenSigns {
  const own = references.get(hours);
  const first = own && compareStill(still, own);
  const signs = signsOf(still, moment, hours, first, false);
  const hint = signs.length === 0 ? hintOf(still, hours, first, false) : undefined;
  if (first && signs.length === 0 && hint === undefined) return { signs, hint, compared: first };
  const others = [...references].flatMap(([name, one]) => (name === hours ? [] : [compareStill(still, one)]));
  if (first) {
    const fits = others.find(
      (one) => signsOf(still, moment, hours, one, false).length === 0 && !hintOf(still, hours, one, false),
    );
    return fits ? { signs: [], hint: undefined, compared: fits } : { signs, hint, compared: first };
  }
  const likest = others.sort((a, b) => b.match - a.match)[0];
  const borrowed = signsOf(still, moment, hours, likest, true);
  return {
    signs: borrowed,
    hint: borrowed.length === 0 ? hintOf(still, hours, likest, true) : undefined,
    compared: likest,
  };
}

/** What a still hints at that shows no sign: many of them have to agree. */
function hintOf(
  still: StillFeatures,
  hours: PictureHours,
  compared: StillComparison | undefined,
  borrowed: boolean,
): PictureSign | undefined {
  if (!compared || (hours !== 'infrared' && still.mean < limits.dim)) return undefined;
  if (compared.veiled >= (borrowed ? limits.veiledBorrowed : limits.veiled)) return 'covered';
  const { match, kept, other } = compared;
  return borrowed && match < limits.lostBorrowed && other >= limits.other && kept < limits.keptMoved
    ? 'moved'
    : undefined;
}

/**
 * What this one still shows, whatever those before showed. Of what hides the view only one is said. `borrowed`: it is held against the reference of
 * other hours, whose light falls otherwise: then only what is quite another picture counts.
 */
function signsOf(
  still: StillFeatures,
  { open }: StillMoment,
  hours: PictureHours,
  compared: StillComparison | undefined,
  borrowed: boolean,
): PictureSign[] {
  if (still.mean < limits.dark.mean && still.stdev < limits.dark.stdev + still.mean / 2) return ['dark'];
  if (still.white > limits.white) return ['overexposed'];
  if (!compared) return [];
  const { match, flat, white, kept, other, crisp, pushed, alike } = compared;
  // With the lamps off and no infrared there is nothing to hold against anything; in the hours at least not whether it is the same room.
  if (hours !== 'infrared' && still.mean < limits.dim) return open && flat >= limits.flat ? ['covered'] : [];
  if (borrowed && match >= limits.kin) return flat >= limits.flatBorrowed ? ['covered'] : [];
  // Something else is seen as clearly, and little of what was: nothing lies over the lens, it looks elsewhere.
  if (other >= limits.other && kept < limits.keptMoved && match < limits.pushedLost) return ['moved'];
  const blurred = crisp < limits.crisp;
  if (flat >= limits.flat) return blurred && alike >= limits.alike ? ['blurred'] : ['covered'];
  if (match < limits.pushedLost && pushed - match >= limits.pushed) return ['moved'];
  if (blurred) return ['blurred'];
  if (match >= limits.lost) return [];
  return other > flat + white ? ['moved'] : ['covered'];
}

/** Counts the stills that agree, and says what has come to be so or is over. */
function settle(
  memory: PictureMemory,
  signs: readonly PictureSign[],
  hint: PictureSign | undefined,
  { open }: StillMoment,
  hours: PictureHours,
): SignSaid[] {
  const said: SignSaid[] = [];
  for (const sign of Object.keys(dwells) as PictureSign[]) {
    const now = signs.includes(sign) || sign === hint;
    memory.shown.set(sign, now ? (memory.shown.get(sign) ?? 0) + (sign === hint ? hintWeight : 1) : 0);
    memory.gone.set(sign, now ? 0 : (memory.gone.get(sign) ?? 0) + 1);
    if (now && !memory.held.has(sign) && mayBeSaid(memory, sign, open, hours)) {
      memory.held.add(sign);
      said.push({ sign, active: true });
    } else if (!now && memory.held.has(sign) && memory.gone.get(sign)! >= overAfter) {
      memory.held.delete(sign);
      said.push({ sign, active: false });
    }
  }
  return said;
}

function mayBeSaid(
  { shown, references, standing }: PictureMemory,
  sign: PictureSign,
  open: boolean,
  hours: PictureHours,
): boolean {
  const count = shown.get(sign) ?? 0;
  // Outside the hours nobody expects light, but of a camera that brings its own.
  if (sign === 'dark') return (open || references.has('infrared')) && count >= dwells.dark;
  if (count < dwells[sign]) return false;
  if (sign !== 'frozen' || isWonder(standing, references.get(hours)?.stir ?? 1, dwells.frozen)) return true;
  return open && count >= quietDwell;
}

/** Whether there is enough in a still to learn from it. */
export const showsSomething = (still: StillFeatures): boolean => filled(still) >= limits.filled;

/** Learns on: a reference when enough stills agreed. Other hours are learned only when they show what is known already. */
function learn(
  memory: PictureMemory,
  still: StillFeatures,
  hours: PictureHours,
  compared: StillComparison | undefined,
  stir: number | undefined,
): PictureReference | undefined {
  if (memory.references.has(hours)) return undefined;
  const kin = compared === undefined || compared.match >= limits.kin;
  if (!kin || !showsSomething(still)) {
    memory.learning = undefined;
    return undefined;
  }
  const known = memory.learning?.hours === hours ? memory.learning : { hours, stills: [], stirs: [] };
  const first = known.stills[0];
  // Another picture than the first: begin again with this one.
  const agrees = first === undefined || compareStill(still, referenceOf([first], [])).match >= limits.agree;
  memory.learning = agrees ? known : { hours, stills: [], stirs: [] };
  memory.learning.stills.push(still);
  if (stir !== undefined) memory.learning.stirs.push(stir);
  if (memory.learning.stills.length < learnStills) return undefined;
  const reference = referenceOf(memory.learning.stills, memory.learning.stirs);
  memory.references.set(hours, reference);
  memory.learning = undefined;
  return reference;
}
