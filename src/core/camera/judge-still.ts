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
import { type PictureReference, type StillFeatures, stillColumns } from './still-types.ts';

/** Stills in a row, about thirty seconds apart, before a sign is said. Whoever wipes a lens covers it for a minute. */
export const dwells: Readonly<Record<PictureSign, number>> = {
  covered: 5,
  dark: 10,
  overexposed: 10,
  moved: 8,
  blurred: 20,
  frozen: 6,
};
/** A picture that hardly stirs when all is well has to stand this long. */
const quietDwell = 60;
/** Stills in a row without it before it is over. */
const overAfter = 4;
/** Stills a reference is made of. */
export const learnStills = 20;

const limits = {
  /** Nothing can be made out below. */
  dark: { mean: 26, stdev: 9 },
  /** Dimmer than this, and not infrared, is no picture to judge by outside the hours. */
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
  /** Out of focus, fields with little in them look empty; those with more are still known. */
  keptBlurred: 0.25,
  flatBlurred: 0.6,
  /** As grey as infrared. */
  grey: 2,
  /** Stills of one reference agree so much; a reference of other hours so much with those known. */
  agree: 0.7,
  kin: 0.4,
  /** Fields with something in them. */
  filled: 0.25,
  /** A clock in the picture changes no more than this many cells, in no more than three rows. */
  clockCells: 45,
  clockRows: 3,
  /** From this share of cells on that always change there is life in a quiet picture. */
  lively: 0.12,
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

const round = (value: number): number => Math.round(value * 1_000) / 1_000;

/** Judges the next still of a camera. */
export function judgeStill(memory: PictureMemory, still: StillFeatures, moment: StillMoment): StillJudged {
  const hours: PictureHours = still.colour < limits.grey ? 'infrared' : moment.day ? 'day' : 'night';
  const stirred = stirOf(memory.last, still);
  memory.last = still;
  const own = memory.references.get(hours);
  const reference = own ?? memory.references.values().next().value;
  const compared = reference && compareStill(still, reference);
  const signs = signsOf(still, moment, hours, compared, own === undefined);
  if (stands(stirred) && !signs.includes('dark')) signs.push('frozen');
  const quiet = isQuiet(own, stirred);
  const said = settle(memory, signs, moment, quiet);
  const learned = signs.length === 0 ? learn(memory, still, hours, compared, stirred?.share) : undefined;
  if (signs.some((sign) => sign !== 'frozen')) memory.learning = undefined;
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
  // With the lamps off and no infrared there is nothing to hold against anything.
  if (!open && hours !== 'infrared' && still.mean < limits.dim) return [];
  const { match, flat, white, kept, other, crisp, pushed } = compared;
  if (borrowed && match >= limits.kin) return flat >= limits.flatBlurred ? ['covered'] : [];
  // Something else is seen as clearly, and little of what was: nothing lies over the lens, it looks elsewhere.
  if (other >= limits.other && kept < limits.keptMoved && match < limits.pushedLost) return ['moved'];
  const blurred = crisp < limits.crisp;
  if (flat >= limits.flat)
    return blurred && kept >= limits.keptBlurred && flat < limits.flatBlurred ? ['blurred'] : ['covered'];
  if (match < limits.pushedLost && pushed - match >= limits.pushed) return ['moved'];
  if (blurred) return ['blurred'];
  if (match >= limits.lost) return [];
  return other > flat + white ? ['moved'] : ['covered'];
}

interface Stirred {
  readonly share: number;
  readonly cells: number;
  readonly rows: number;
}

/** How much changed since the still before. */
function stirOf(last: StillFeatures | undefined, still: StillFeatures): Stirred | undefined {
  if (!last) return undefined;
  const rows = new Set<number>();
  let cells = 0;
  for (let cell = 0; cell < still.prints.length; cell++) {
    if (still.prints[cell] === last.prints[cell]) continue;
    cells++;
    rows.add(Math.floor(cell / stillColumns));
  }
  return { share: cells / still.prints.length, cells, rows: rows.size };
}

/** Nothing changed but at most a clock. */
const stands = (stirred: Stirred | undefined): boolean =>
  stirred !== undefined &&
  (stirred.cells === 0 || (stirred.cells <= limits.clockCells && stirred.rows <= limits.clockRows));

/** Counts the stills that agree, and says what has come to be so or is over. */
function settle(
  memory: PictureMemory,
  signs: readonly PictureSign[],
  { open }: StillMoment,
  quiet: boolean,
): SignSaid[] {
  const said: SignSaid[] = [];
  for (const sign of Object.keys(dwells) as PictureSign[]) {
    const now = signs.includes(sign);
    memory.shown.set(sign, now ? (memory.shown.get(sign) ?? 0) + 1 : 0);
    memory.gone.set(sign, now ? 0 : (memory.gone.get(sign) ?? 0) + 1);
    if (now && !memory.held.has(sign) && mayBeSaid(memory, sign, open, quiet)) {
      memory.held.add(sign);
      said.push({ sign, active: true });
    } else if (!now && memory.held.has(sign) && memory.gone.get(sign)! >= overAfter) {
      memory.held.delete(sign);
      said.push({ sign, active: false });
    }
  }
  return said;
}

function mayBeSaid({ shown, references }: PictureMemory, sign: PictureSign, open: boolean, quiet: boolean): boolean {
  const count = shown.get(sign) ?? 0;
  // Outside the hours nobody expects light, but of a camera that brings its own.
  if (sign === 'dark') return (open || references.has('infrared')) && count >= dwells.dark;
  if (sign !== 'frozen' || !quiet) return count >= dwells[sign];
  return open && count >= quietDwell;
}

/** Whether a picture that stands is no wonder: when all was well it hardly stirred either. A clock that always went and stands is one. */
const isQuiet = (reference: PictureReference | undefined, stirred: Stirred | undefined): boolean =>
  reference === undefined || (stirred?.cells === 0 ? reference.stir === 0 : reference.stir < limits.lively);

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
