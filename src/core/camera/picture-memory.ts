/** What the judge keeps of one camera between two stills. It is lost at a restart but for the references and the signs that hold. */
import type { PictureHours, PictureSign } from '../types.ts';
import { type StandingMemory, standingMemory } from './standing-still.ts';
import type { PictureReference, StillFeatures } from './still-types.ts';

/** Stills that agree, on their way to become a reference. */
export interface LearningStills {
  readonly hours: PictureHours;
  readonly stills: StillFeatures[];
  readonly stirs: number[];
}

export interface PictureMemory {
  readonly references: Map<PictureHours, PictureReference>;
  learning: LearningStills | undefined;
  last: StillFeatures | undefined;
  readonly standing: StandingMemory;
  /** Stills in a row that show a sign, and that do not. */
  readonly shown: Map<PictureSign, number>;
  readonly gone: Map<PictureSign, number>;
  readonly held: Set<PictureSign>;
}

/** The memory of a camera, with the signs that held when the gateway began. */
export const pictureMemory = (held: Iterable<PictureSign> = []): PictureMemory => ({
  references: new Map(),
  learning: undefined,
  last: undefined,
  standing: standingMemory(),
  shown: new Map(),
  gone: new Map(),
  held: new Set(held),
});
