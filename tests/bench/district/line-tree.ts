/**
 * The tree over a school's lines as RFC 6962 has it, written for the bench alone: what the district reckons is held against it. It must never
 * import what the district or a gateway reckons with.
 */
import { createHash } from 'node:crypto';

const digest = (mark: number, ...parts: readonly (Buffer | string)[]): Buffer => {
  const sum = createHash('sha256').update(Buffer.of(mark));
  for (const part of parts) sum.update(part);
  return sum.digest();
};

/** The leaf of a line. */
export const benchLeaf = (line: string): Buffer => digest(0, line);

/** A tree that grows: whole subtrees from left to right, each smaller than the one before. */
export class LineTree {
  readonly #whole: { readonly lines: number; readonly hash: Buffer }[] = [];
  size = 0;

  append(leaf: Buffer): void {
    let last = { lines: 1, hash: leaf };
    for (let left = this.#whole.at(-1); left?.lines === last.lines; left = this.#whole.at(-1)) {
      this.#whole.pop();
      last = { lines: left.lines * 2, hash: digest(1, left.hash, last.hash) };
    }
    this.#whole.push(last);
    this.size++;
  }

  /** Hex. */
  root(): string {
    const hashes = this.#whole.map(({ hash }) => hash);
    if (hashes.length === 0) return createHash('sha256').digest('hex');
    return hashes.reduceRight((right, left) => digest(1, left, right)).toString('hex');
  }
}

export function treeOver(leaves: readonly Buffer[]): LineTree {
  const tree = new LineTree();
  for (const leaf of leaves) tree.append(leaf);
  return tree;
}
