/**
 * The Merkle tree of RFC 6962 (and 9162) over the lines of a journal: from its root alone, and some twenty hashes, anybody can be
 * shown that a line is in it, or that a younger tree holds an older one unchanged. It must never depend on anything but the lines.
 *
 * Hashes are SHA-256, 32 bytes. A leaf is hashed after the byte 0, two halves after the byte 1.
 */
import { createHash } from 'node:crypto';

const leafMark = Buffer.of(0);
const nodeMark = Buffer.of(1);
const sha256 = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The hash of one line, as UTF-8. */
export const leafHash = (line: string): Buffer => sha256(leafMark, line);
/** The hash of two halves. */
export const nodeHash = (left: Buffer, right: Buffer): Buffer => sha256(nodeMark, left, right);
/** The root of a tree without lines. */
const emptyRoot = sha256();

/** The roots of the complete trees, largest first, that a number of lines falls into: all that must be kept to go on. */
export interface TreeEdge {
  readonly size: number;
  readonly roots: readonly Buffer[];
}

/** A tree that only grows. It keeps no more than one hash for each binary digit of its size. */
export class GrowingTree {
  #size: number;
  readonly #roots: Buffer[];

  constructor(edge: TreeEdge = { size: 0, roots: [] }) {
    this.#size = edge.size;
    this.#roots = [...edge.roots];
  }

  get size(): number {
    return this.#size;
  }

  edge(): TreeEdge {
    return { size: this.#size, roots: [...this.#roots] };
  }

  append(line: string): void {
    this.appendLeaf(leafHash(line));
  }

  appendLeaf(hash: Buffer): void {
    let root = hash;
    // As many complete trees join as the old size ends in ones.
    for (let size = this.#size; size % 2 === 1; size = Math.floor(size / 2)) root = nodeHash(this.#roots.pop()!, root);
    this.#roots.push(root);
    this.#size++;
  }

  root(): Buffer {
    return rootOf(this.#roots);
  }
}

/** The root over complete trees, largest first. */
export function rootOf(roots: readonly Buffer[]): Buffer {
  const last = roots.at(-1);
  return last === undefined ? emptyRoot : roots.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
}

/** The largest power of two below a number above one: where a tree of that size divides. */
export function divide(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

/** The hash of any complete or last part of a tree, its lines `from` (the first is 0) up to but not with `to`. */
export type HashOf = (from: number, to: number) => Buffer;

/** Hashes of parts, by the leaves themselves. */
export function hashesOf(leaves: readonly Buffer[]): HashOf {
  return (from, to) => {
    const tree = new GrowingTree();
    for (let at = from; at < to; at++) tree.appendLeaf(leaves[at]!);
    return tree.root();
  };
}

/** What shows that line `index` (the first is 0) is in the tree of `size` lines: the hash beside the way up, lowest first. */
export function inclusionProof(index: number, size: number, hashOf: HashOf): Buffer[] {
  const way = (from: number, to: number): Buffer[] => {
    if (to - from <= 1) return [];
    const half = from + divide(to - from);
    return index < half ? [...way(from, half), hashOf(half, to)] : [...way(half, to), hashOf(from, half)];
  };
  return way(0, size);
}

/** The root that such a proof leads to from a leaf; undefined when it has not the length it must have. */
export function rootByInclusion(
  index: number,
  size: number,
  leaf: Buffer,
  proof: readonly Buffer[],
): Buffer | undefined {
  if (!(index >= 0 && index < size)) return undefined;
  let used = 0;
  const way = (from: number, to: number): Buffer | undefined => {
    if (to - from <= 1) return leaf;
    const half = from + divide(to - from);
    const left = index < half;
    const mine = left ? way(from, half) : way(half, to);
    const other = proof[used++];
    if (!mine || !other) return undefined;
    return left ? nodeHash(mine, other) : nodeHash(other, mine);
  };
  const root = way(0, size);
  return used === proof.length ? root : undefined;
}

/** What shows that the tree of `size` lines begins with the one of `old` lines. */
export function consistencyProof(old: number, size: number, hashOf: HashOf): Buffer[] {
  const way = (from: number, to: number, upTo: number, whole: boolean): Buffer[] => {
    if (upTo === to) return whole ? [] : [hashOf(from, to)];
    const half = from + divide(to - from);
    if (upTo <= half) return [...way(from, half, upTo, whole), hashOf(half, to)];
    return [...way(half, to, upTo, false), hashOf(from, half)];
  };
  return old === 0 || old === size ? [] : way(0, size, old, true);
}

/** Whether a tree with root `newRoot` begins with the one that has `oldRoot`. */
export function isConsistent(
  [old, oldRoot]: readonly [number, Buffer],
  [size, newRoot]: readonly [number, Buffer],
  proof: readonly Buffer[],
): boolean {
  if (old > size) return false;
  if (old === 0) return proof.length === 0 && oldRoot.equals(emptyRoot);
  if (old === size) return proof.length === 0 && oldRoot.equals(newRoot);
  let used = 0;
  const way = (from: number, to: number, whole: boolean): readonly [Buffer, Buffer] | undefined => {
    if (old === to) {
      const same = whole ? oldRoot : proof[used++];
      return same && [same, same];
    }
    const half = from + divide(to - from);
    const deep = old <= half ? way(from, half, whole) : way(half, to, false);
    const other = proof[used++];
    if (!deep || !other) return undefined;
    const [then, now] = deep;
    return old <= half ? [then, nodeHash(now, other)] : [nodeHash(other, then), nodeHash(other, now)];
  };
  const found = way(0, size, true);
  return found !== undefined && used === proof.length && found[0].equals(oldRoot) && found[1].equals(newRoot);
}
