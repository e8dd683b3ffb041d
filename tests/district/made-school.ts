/**
 * A school as the district hears of it: a journal of made facts, its tree and its signed checkpoints, kept by the test with code of its own (a
 * tree of whole lists, not the growing one), so that a mistake of the district's is seen.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { Fact } from '../../src/core/types.ts';
import { newSigner, type Signer, signCheckpoint, verifierKey } from '../../src/proof/signed-note.ts';
import { type IngestRequest, type PollRequest, PROTOCOL, type SentLine } from '../../src/uplink/protocol.ts';

const sha = (...parts: readonly (Buffer | string)[]) => {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest();
};
export const leafOf = (line: string): Buffer => sha(Buffer.of(0), line);

/** RFC 6962, word for word. */
export function rootOver(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha();
  if (leaves.length === 1) return leaves[0]!;
  let half = 1;
  while (half * 2 < leaves.length) half *= 2;
  return sha(Buffer.of(1), rootOver(leaves.slice(0, half)), rootOver(leaves.slice(half)));
}

export const NOON = Date.UTC(2026, 10, 30, 4);
const none = createHash('sha256').digest('hex');

export class MadeSchool {
  readonly id: string;
  readonly lines: string[] = [];
  /** Numbers of lines that stay at the school. */
  readonly kept = new Set<number>();
  readonly signer: Signer;
  boot: string = randomUUID();
  at = NOON;

  constructor(id: string, signer: Signer = newSigner(id)) {
    this.id = id;
    this.signer = signer;
  }

  /** Adds a line; resolves its number. `at` moves on by a second. */
  say(fact: Fact): number {
    this.at += 1_000;
    const seq = this.lines.length + 1;
    this.lines.push(JSON.stringify({ ...fact, seq, at: this.at }));
    return seq;
  }

  begin(): this {
    this.say({ kind: 'started', version: '1', config: 'c', utcOffsetMin: 480 });
    return this;
  }

  raise(key: string, priority: 1 | 2 | 3 = 1, more: object = {}): number {
    return this.say({
      ...{ kind: 'raised', key, alarm: 'intrusion', priority, device: 'fence-1', cause: `fence-1/${key}` },
      ...{ zone: 'z1', active: true },
      ...more,
    } as Fact);
  }

  root(size = this.lines.length): string {
    return rootOver(this.lines.slice(0, size).map(leafOf)).toString('hex');
  }

  sent(seq: number): SentLine {
    const line = this.lines[seq - 1] ?? '';
    return this.kept.has(seq) ? { h: leafOf(line).toString('hex') } : { l: line };
  }

  checkpoint(size = this.lines.length, root = this.root(size)): string {
    return signCheckpoint({ origin: this.id, size, root: Buffer.from(root, 'hex'), more: [] }, this.signer);
  }

  speaks(): PollRequest {
    return {
      ...{ protocol: PROTOCOL, school: this.id, boot: this.boot, version: '1', clock: this.at },
      ...{ head: this.lines.length, taken: [], now: true },
    };
  }

  /** The lines from a number on, as one batch. */
  batch(from = 1, count = this.lines.length, more: Partial<IngestRequest> = {}): IngestRequest {
    const last = Math.min(this.lines.length, from + count - 1);
    const numbers = Array.from({ length: Math.max(0, last - from + 1) }, (_, i) => from + i);
    const { taken: _taken, now: _now, ...speaker } = this.speaks();
    return {
      ...speaker,
      ...{ from, before: this.root(from - 1), lines: numbers.map((seq) => this.sent(seq)), ahead: [] },
      ...{ log: verifierKey(this.signer), filter: none, site: none },
      ...more,
    };
  }
}
