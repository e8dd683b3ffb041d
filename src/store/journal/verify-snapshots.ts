/**
 * Holds snapshots of State against what the lines of the journal fold to, as they are walked. It trusts nothing of a snapshot but
 * that it names a line and a State. It must never write, nor fold farther than the last of them.
 */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { evolve } from '../../core/evolve.ts';
import { emptyState } from '../../core/state.ts';
import type { Event, State, Words } from '../../core/types.ts';
import { upcast } from '../../core/upcast.ts';
import { readVerifierKey } from '../../proof/signed-note.ts';
import { snapshotFalse, snapshotSpoilt } from '../../words/proof/snapshot-words.ts';
import { foldVersion } from '../snapshot/fold-version.ts';
import { digestOf, readSnapshot, type SnapshotHead, seqOfPath, snapshotPaths } from '../snapshot/snapshot-files.ts';
import { stateText } from '../snapshot/state-text.ts';
import { files } from '../store-files.ts';
import { cutOf } from './cut-lines.ts';
import { stateOfBase } from './cut-state.ts';

type KnownState = Pick<SnapshotHead, 'seq' | 'digest'>;

/** What is wrong with a snapshot. */
export interface FalseSnapshot {
  readonly snapshot: number;
  readonly why: Words;
}

export class SnapshotCheck {
  readonly #state: State;
  /** Still to come, in their order. */
  readonly #known: KnownState[];
  #wrong: FalseSnapshot | undefined;

  /** Of the folder that `journal` lies in; `begun`: what the State of a running gateway was made from, which may be gone from there. */
  constructor(journal: string, begun?: KnownState, base?: KnownState & { readonly text: string }) {
    const found = this.#kept(dirname(journal));
    this.#state = base ? stateOfBase(base.text) : emptyState();
    // What is older than the State at the cut cannot be folded any more.
    const all = [...found, ...(begun ? [begun] : [])].filter(({ seq }) => seq >= this.#state.seq);
    this.#known = all.sort((a, b) => a.seq - b.seq);
    if (base) this.#compare(base.seq, base.digest);
  }

  #kept(dir: string): KnownState[] {
    const paths = snapshotPaths(dir);
    if (paths.length === 0) return [];
    const log = readVerifierKey(readFileSync(files.proofPublicKey(dir), 'utf8'));
    return paths.flatMap((path): KnownState[] => {
      const found = log ? readSnapshot(path, log) : 'spoilt';
      if (found === undefined) return [];
      if (found === 'spoilt') {
        this.#wrong = { snapshot: seqOfPath(path), why: snapshotSpoilt(path) };
        return [];
      }
      // What another version folded can only be folded by that one.
      return found.fold === foldVersion() ? [{ seq: found.seq, digest: found.digest }] : [];
    });
  }

  fold(lines: readonly string[]): void {
    for (const line of lines) {
      if (this.#known.length === 0) return;
      if (cutOf(line)) continue;
      const event = JSON.parse(line) as Event;
      if (event.seq <= this.#state.seq) continue;
      // Lines were cut and the State beyond them is not there, which is told for itself.
      if (event.seq !== this.#state.seq + 1) this.#known.length = 0;
      if (this.#known.length === 0) return;
      evolve(this.#state, upcast(event));
      if (this.#known[0]?.seq === this.#state.seq) this.#compare(this.#state.seq, digestOf(stateText(this.#state)));
    }
  }

  /** State at `seq` has this hash. */
  #compare(seq: number, digest: string): void {
    while (this.#known[0]?.seq === seq) {
      if (this.#known.shift()!.digest !== digest) this.#wrong ??= { snapshot: seq, why: snapshotFalse(seq) };
    }
  }

  /** Once all lines were folded: the first that does not agree, if any. */
  differs(): FalseSnapshot | undefined {
    const [beyond] = this.#known;
    return this.#wrong ?? (beyond && { snapshot: beyond.seq, why: snapshotFalse(beyond.seq) });
  }
}
