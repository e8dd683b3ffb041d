/**
 * Records whose content the school cut because they were kept long enough: what stands in their place is held to the signed record that says
 * so. It must never take a record for cut on its own word.
 */
import { rootFrom } from './check-tree.mjs';

const hexText = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const bytesOfHex = (text) => Uint8Array.from(text.match(/../g) || [], (pair) => Number.parseInt(pair, 16));
const isCutHash = (text) => typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;

/** The fields of a record that was cut, in the order in which they are written; undefined where it was not. */
export function cutFields(record) {
  const cut = record.line === undefined && isCount(record.fact) && isCount(record.at) && isCutHash(record.leaf);
  return cut ? ['seq', 'fact', 'at', 'leaf', 'hash'] : undefined;
}

/** The signed records that say what was cut, as an export writes them; undefined where they are none. */
export function cutFacts(list) {
  if (list === undefined) return undefined;
  return list.map(({ seq, line, proof }) => {
    if (!isCount(seq) || seq < 1 || typeof line !== 'string' || !proof.every(isCutHash))
      throw new Error('none of ours');
    return { seq, line, proof };
  });
}

/** Gathers what was cut, record by record, and holds it to the facts that say so. */
export class Cuts {
  constructor(sha256, facts) {
    this.sha256 = sha256;
    this.facts = facts || [];
    this.found = new Map();
    this.count = 0;
  }

  /** A record that was cut. */
  add({ seq, fact, at, leaf, hash }) {
    const lines = this.found.get(fact) || [];
    lines.push({ seq, text: `${seq} ${at} ${leaf} ${hash}\n` });
    this.found.set(fact, lines);
    this.count += 1;
  }

  /** Once all were added: the first record that no signed one names as it is; undefined where all are named. */
  wrong(size, root) {
    const named = new Map();
    for (const { seq, line, proof } of this.facts) {
      const leaf = this.sha256(Uint8Array.of(0), line);
      const own = JSON.parse(line);
      const sound = own.seq === seq && own.kind === 'pruned' && this.found.has(seq) && !named.has(seq);
      if (!sound || rootFrom(this.sha256, seq - 1, size, leaf, proof.map(bytesOfHex)) !== root) return seq;
      named.set(seq, own);
    }
    for (const [fact, lines] of this.found) {
      const own = named.get(fact);
      const digest = hexText(this.sha256(lines.map(({ text }) => text).join('')));
      if (!own || digest !== own.digest || lines.length !== own.lines) return lines[0].seq;
    }
    return undefined;
  }
}
