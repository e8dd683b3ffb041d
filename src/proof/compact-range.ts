/**
 * A stretch of the tree's lines in as few hashes as it can be told by: the complete trees that it falls into. A stretch and those
 * before and after it join to the root of the whole tree. It must never keep a line.
 */
import { nodeHash, rootOf } from './merkle-tree.ts';

/** A complete tree of 2^level lines. */
export interface CompleteTree {
  readonly level: number;
  readonly hash: Buffer;
}

export class CompactRange {
  readonly #trees: { readonly from: number; level: number; hash: Buffer }[] = [];
  #to: number;

  /** `from`: the line it begins with; the first is 0. */
  constructor(from: number) {
    this.#to = from;
  }

  /** The line after its last. */
  get to(): number {
    return this.#to;
  }

  push({ level, hash }: CompleteTree): void {
    const tree = { from: this.#to, level, hash };
    this.#to += 2 ** level;
    for (let last = this.#trees.at(-1); last && joins(last, tree.level); last = this.#trees.at(-1)) {
      this.#trees.pop();
      Object.assign(tree, { from: last.from, level: tree.level + 1, hash: nodeHash(last.hash, tree.hash) });
    }
    this.#trees.push(tree);
  }

  trees(): CompleteTree[] {
    return this.#trees.map(({ level, hash }) => ({ level, hash }));
  }

  /** The root, where it began with the first line. */
  root(): Buffer {
    return rootOf(this.#trees.map(({ hash }) => hash));
  }
}

/** Two trees of one size are halves of one where the first begins at a multiple of what they make together. */
const joins = (left: { readonly from: number; readonly level: number }, level: number): boolean =>
  left.level === level && left.from % 2 ** (level + 1) === 0;
