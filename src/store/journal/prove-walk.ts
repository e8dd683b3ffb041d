/**
 * The thread that shows of some lines of a journal that they are in the tree which was signed: it walks all lines once, beside the gateway that
 * writes. It must never write.
 */
import { includeAll } from '../../proof/inclusion-walk.ts';
import { explain } from '../store-errors.ts';
import { type Served, serve } from '../thread.ts';
import { leafOfRow } from './cut-lines.ts';
import { openAnywhere } from './open-anywhere.ts';

/** Of all lines up to `size`, those of these numbers, ascending. */
export interface ProveOrder {
  readonly path: string;
  readonly size: number;
  readonly seqs: readonly number[];
}
export interface ProvedLines {
  /** Base64, as a checkpoint has it. */
  readonly root: string;
  readonly lines: readonly { readonly seq: number; readonly json: string; readonly proof: readonly string[] }[];
}

function openProof({ path, size, seqs }: ProveOrder): Served<'prove'> {
  const { db, close } = openAnywhere(path);
  return {
    async answer() {
      const wanted = new Set(seqs);
      const texts = new Map<number, string>();
      const rows = db
        .prepare<[number], { seq: number; json: string }>('SELECT seq, json FROM events WHERE seq <= ? ORDER BY seq')
        .iterate(size);
      const next = () => {
        const row = rows.next();
        // A line that is gone leads to another root than the one that was signed.
        if (row.done) return Buffer.alloc(32);
        if (wanted.has(row.value.seq)) texts.set(row.value.seq, row.value.json);
        return leafOfRow(row.value.json);
      };
      try {
        const indexes = seqs.map((seq) => seq - 1);
        const { root, proofs } = includeAll(size, indexes, next);
        const lines = seqs.map((seq) => ({
          seq,
          json: texts.get(seq) ?? '',
          proof: (proofs.get(seq - 1) ?? []).map((hash) => hash.toString('hex')),
        }));
        return { root: root.toString('base64'), lines } satisfies ProvedLines;
      } finally {
        rows.return?.();
      }
    },
    close,
  };
}

await serve(openProof, (error, { path }) => explain(error, path));
