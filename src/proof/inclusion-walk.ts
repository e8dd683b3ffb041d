/**
 * What shows that many lines are in one tree, in one walk over its leaves: nothing but the way up of each is kept. It must read the leaves
 * in their order, each once.
 */
import { divide, GrowingTree, nodeHash } from './merkle-tree.ts';

export interface Included {
  readonly root: Buffer;
  /** By the index of the line, the first is 0: the hash beside the way up, lowest first. */
  readonly proofs: ReadonlyMap<number, readonly Buffer[]>;
}

/** `indexes`: ascending, each once and below `size`; `next` gives the hash of the next leaf. */
export function includeAll(size: number, indexes: readonly number[], next: () => Buffer): Included {
  const proofs = new Map<number, Buffer[]>(indexes.map((index) => [index, []]));
  const walk = (from: number, to: number, inside: readonly number[]): Buffer => {
    if (inside.length === 0 || to - from <= 1) {
      const tree = new GrowingTree();
      for (let at = from; at < to; at += 1) tree.appendLeaf(next());
      return tree.root();
    }
    const half = from + divide(to - from);
    const [lower, upper] = [inside.filter((index) => index < half), inside.filter((index) => index >= half)];
    const left = walk(from, half, lower);
    const right = walk(half, to, upper);
    for (const index of lower) proofs.get(index)?.push(right);
    for (const index of upper) proofs.get(index)?.push(left);
    return nodeHash(left, right);
  };
  return { root: walk(0, size, indexes), proofs };
}
