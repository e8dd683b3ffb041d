/**
 * Holds lines whose content was cut against the facts that say so, as a journal is walked: each must be named by one, and the hash over all
 * of a fact's lines must be the one it names. It must never take a line for cut on its own word.
 */
import { existsSync, readFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import type { Pruned, Words } from '../../core/types.ts';
import { readVerifierKey } from '../../proof/signed-note.ts';
import { baseFalse, cutUnnamed } from '../../words/proof/retention-words.ts';
import { openSnapshot, unsignedSnapshot } from '../snapshot/snapshot-files.ts';
import { files } from '../store-files.ts';
import { CutDigest, type CutLine } from './cut-lines.ts';
import { baseFile } from './cut-state.ts';

interface FoundCut {
  readonly digest: CutDigest;
  readonly from: number;
  to: number;
}

/** The State that a journal is folded from, as far as it can be read. */
export interface KnownBase {
  readonly seq: number;
  readonly chain: string;
  readonly digest: string;
  readonly text: string;
}

/**
 * The base of a journal; `spoilt` where it is not as it was signed. Without a key beside it, as with a copy of the file alone, it is held to the
 * facts that name it, and to nothing else.
 */
export function knownBase(db: Database.Database, dir: string): KnownBase | 'spoilt' | undefined {
  const kept = baseFile(db);
  if (!kept) return undefined;
  const path = files.proofPublicKey(dir);
  const log = existsSync(path) ? readVerifierKey(readFileSync(path, 'utf8')) : undefined;
  const found = log ? openSnapshot(kept.file, log) : unsignedSnapshot(kept.file);
  return found !== 'spoilt' && found.seq !== kept.seq ? 'spoilt' : found;
}

export class CutCheck {
  readonly #facts = new Map<number, Pruned>();
  readonly #found = new Map<number, FoundCut>();
  #chain: string | undefined;
  readonly #base: KnownBase | 'spoilt' | undefined;

  constructor(base: KnownBase | 'spoilt' | undefined) {
    this.#base = base;
  }

  /** The next row, in order: what it says where it was cut. */
  row(row: { readonly seq: number; readonly at: number; readonly hash: string; readonly json: string }, cut?: CutLine) {
    if (this.#base !== 'spoilt' && row.seq === this.#base?.seq) this.#chain = row.hash;
    if (cut) {
      const found = this.#found.get(cut.fact) ?? { digest: new CutDigest(), from: row.seq, to: row.seq };
      found.digest.add({ ...row, leaf: cut.leaf });
      found.to = row.seq;
      this.#found.set(cut.fact, found);
    } else if (row.json.includes('"pruned"')) {
      const event = JSON.parse(row.json) as Pruned & { readonly kind: string };
      if (event.kind === 'pruned') this.#facts.set(row.seq, event);
    }
  }

  /** Once all rows were seen: the first line that no fact names as it is, or what is wrong with the State at the cut. */
  differs(): { readonly seq: number; readonly why: Words } | undefined {
    let newest = 0;
    for (const [fact, { digest, from, to }] of this.#found) {
      const named = this.#facts.get(fact);
      const sound =
        named &&
        named.lines === digest.lines &&
        named.from === from &&
        named.to === to &&
        named.digest === digest.hex() &&
        fact > to;
      if (!sound) return { seq: from, why: cutUnnamed(from) };
      newest = Math.max(newest, fact);
    }
    const base = this.#base;
    if (newest === 0 && base === undefined) return undefined;
    const named = this.#facts.get(newest);
    const sound =
      base !== undefined &&
      base !== 'spoilt' &&
      base.seq === named?.base &&
      base.digest === named.state &&
      base.chain === this.#chain;
    return sound ? undefined : { seq: named?.base ?? 1, why: baseFalse };
  }
}
