/**
 * What this node knows of schools between two batches: State, and where it stands. Whoever folds takes it out and puts it back once all is
 * kept: a State that ran ahead of a transaction which came to nothing is never seen again. It is bounded; what was not used for longest goes.
 */
import type { Site, State } from '../../core/types.ts';
import type { CameraDays } from './camera-days.ts';

export interface FoldedSchool {
  readonly epoch: number;
  /** The last line folded. */
  seq: number;
  readonly state: State;
  cameras: CameraDays;
  site: { readonly hash: string; readonly site: Site };
  /** The line of the State that is kept in the database, and its length in characters. */
  savedSeq: number;
  size: number;
  /** Characters of lines since its length was measured. */
  grown: number;
  /** The tile as it was written last; undefined where another node may have written it since. */
  tile: string | undefined;
  /** Alarms may stand there that overtook its backlog. */
  behind: boolean;
}

/** Characters of all States as text, about a third of what they take in memory. Ours: four thousand schools of 60 000. */
const CHARS_MAX = 250_000_000;
/** What a State counts before its text was ever made. */
export const SIZE_UNKNOWN = 50_000;

export class StateCache {
  readonly #most: number;
  /** In the order of their last use. */
  readonly #schools = new Map<string, FoldedSchool>();
  #chars = 0;

  constructor(most = CHARS_MAX) {
    this.#most = most;
  }

  get count(): number {
    return this.#schools.size;
  }

  /** The site of a school as it is known here, and left here. */
  siteOf(school: string): FoldedSchool['site'] | undefined {
    const site = this.#schools.get(school)?.site;
    return site?.hash === '' ? undefined : site;
  }

  /** Takes a school out. */
  take(school: string): FoldedSchool | undefined {
    const found = this.#schools.get(school);
    if (!found) return undefined;
    this.#schools.delete(school);
    this.#chars -= found.size;
    return found;
  }

  put(school: string, known: FoldedSchool): void {
    this.take(school);
    this.#schools.set(school, known);
    this.#chars += known.size;
    for (const oldest of this.#schools.keys()) {
      if (this.#chars <= this.#most) return;
      this.take(oldest);
    }
  }
}
