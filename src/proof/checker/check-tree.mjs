/**
 * The Merkle tree of RFC 6962 as a checker needs it: complete trees side by side, and the way up from one line. It must keep no line.
 * Roots are told in base64, as a checkpoint writes them; `sha256` gives the hash of parts laid end to end.
 */

const nodeMark = Uint8Array.of(1);
const base64Of = (bytes) => btoa(String.fromCharCode(...bytes));

/** Complete trees side by side, joined where two are halves of one. */
export class Trees {
  constructor(sha256) {
    this.sha256 = sha256;
    this.to = 0;
    this.trees = [];
  }

  push(level, hash) {
    let tree = { from: this.to, level, hash };
    this.to += 2 ** level;
    for (;;) {
      const last = this.trees[this.trees.length - 1];
      if (!last || last.level !== tree.level || last.from % 2 ** (tree.level + 1) !== 0) break;
      this.trees.pop();
      tree = { from: last.from, level: tree.level + 1, hash: this.sha256(nodeMark, last.hash, tree.hash) };
    }
    this.trees.push(tree);
  }

  root() {
    if (this.trees.length === 0) return base64Of(this.sha256());
    return base64Of(
      this.trees.map(({ hash }) => hash).reduceRight((right, left) => this.sha256(nodeMark, left, right)),
    );
  }
}

/** The root to which the hashes beside the way up lead from a leaf; undefined where they are not as many as it takes. */
export function rootFrom(sha256, index, size, leaf, proof) {
  let used = 0;
  const way = (from, to) => {
    if (to - from <= 1) return leaf;
    let half = 1;
    while (half * 2 < to - from) half *= 2;
    const left = index < from + half;
    const mine = left ? way(from, from + half) : way(from + half, to);
    const other = proof[used];
    used += 1;
    if (!mine || !other) return undefined;
    return left ? sha256(nodeMark, mine, other) : sha256(nodeMark, other, mine);
  };
  const root = way(0, size);
  return root && used === proof.length ? base64Of(root) : undefined;
}
