/**
 * The tree against what is published of RFC 6962, and its proofs against every tree, line and prefix that chance brings.
 */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { includeAll } from '../../src/proof/inclusion-walk.ts';
import {
  consistencyProof,
  GrowingTree,
  hashesOf,
  inclusionProof,
  isConsistent,
  leafHash,
  rootByInclusion,
} from '../../src/proof/merkle-tree.ts';

/** The inputs and roots that the implementation of Certificate Transparency publishes with RFC 6962. */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const published = inputs.map((hex) =>
  createHash('sha256')
    .update(Buffer.from(`00${hex}`, 'hex'))
    .digest(),
);

const leaves = (size: number): Buffer[] => Array.from({ length: size }, (_, at) => leafHash(`line ${at}`));
const rootOf = (all: readonly Buffer[]): Buffer => hashesOf(all)(0, all.length);

describe('the tree', () => {
  test('has the roots that are published for the lines of RFC 6962', () => {
    const tree = new GrowingTree();
    for (const [at, leaf] of published.entries()) {
      tree.appendLeaf(leaf);
      expect(tree.root().toString('hex')).toBe(roots[at]);
    }
  });

  test('without lines has the hash of nothing for a root', () => {
    expect(new GrowingTree().root().toString('hex')).toBe(createHash('sha256').digest('hex'));
  });

  test('goes on from its edge as if it had never stopped', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (first, more) => {
        const all = leaves(first + more);
        const begun = new GrowingTree();
        for (const leaf of all.slice(0, first)) begun.appendLeaf(leaf);
        const resumed = new GrowingTree(begun.edge());
        for (const leaf of all.slice(first)) resumed.appendLeaf(leaf);
        expect(resumed.size).toBe(first + more);
        expect(resumed.root()).toEqual(rootOf(all));
      }),
    );
  });
});

const cut = fc
  .integer({ min: 1, max: 150 })
  .chain((size) => fc.record({ size: fc.constant(size), at: fc.nat(size - 1) }));

test('every line is shown to be in the tree, and no other line in its place, nor it in another place', () => {
  fc.assert(
    fc.property(cut, ({ size, at }) => {
      const all = leaves(size);
      const proof = inclusionProof(at, size, hashesOf(all));
      expect(rootByInclusion(at, size, all[at]!, proof)).toEqual(rootOf(all));
      expect(rootByInclusion(at, size, leafHash('another'), proof)).not.toEqual(rootOf(all));
      if (size > 1) expect(rootByInclusion((at + 1) % size, size, all[at]!, proof)).not.toEqual(rootOf(all));
      expect(rootByInclusion(at, size, all[at]!, [...proof, all[at]!])).toBeUndefined();
    }),
  );
});

test('a tree is shown to begin with an older one, and with no other of that size', () => {
  fc.assert(
    fc.property(cut, ({ size, at }) => {
      const all = leaves(size);
      const old = at + 1;
      const before = rootOf(all.slice(0, old));
      const proof = consistencyProof(old, size, hashesOf(all));
      expect(isConsistent([old, before], [size, rootOf(all)], proof)).toBe(true);
      const other = rootOf(all.slice(0, old).with(at, leafHash('another')));
      expect(isConsistent([old, other], [size, rootOf(all)], proof)).toBe(false);
      if (proof.length > 0) expect(isConsistent([old, before], [size, rootOf(all)], proof.slice(1))).toBe(false);
      expect(isConsistent([old, before], [size, leafHash('another')], proof)).toBe(false);
    }),
  );
});

test('many lines are shown to be in a tree by one walk over its leaves, as each is by itself', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.array(fc.nat()), (size, wished) => {
      const all = leaves(size);
      const indexes = [...new Set(wished.map((n) => n % size))].sort((a, b) => a - b);
      const rest = [...all];
      const { root, proofs } = includeAll(size, indexes, () => rest.shift()!);
      expect(rest).toEqual([]);
      expect(root).toEqual(rootOf(all));
      expect([...proofs]).toEqual(indexes.map((index) => [index, inclusionProof(index, size, hashesOf(all))]));
    }),
  );
});
