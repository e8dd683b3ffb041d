/**
 * Records of the journal as whoever is handed them can check them: the lines as they were written, for each the way up to the signed root, the key
 * and the two checkers, and beside them files whose hashes stand in those records. It must never put in a file as proved that no record names.
 */
import { checkerFiles } from '../../proof/checker-files.ts';
import { type ArchivePart, storedZip } from '../../proof/stored-zip.ts';
import { checkPageSaid } from '../../words/proof/check-page-words.ts';
import { bundleSaid } from '../../words/proof/proof-words.ts';
import type { Words } from '../../words/words.ts';
import type { SignedRecords } from '../gateway-port.ts';

/** A file that a record names by its SHA-256, hex; `name` as it lies in the archive. */
export interface ProvedFile {
  readonly name: string;
  readonly sha256: string;
  readonly seq: number;
}

/** One archive, all of it in `folder`; `at` is the time its parts bear, moved to the school's clock. */
export function provedArchive(
  folder: string,
  at: number,
  readme: Words,
  signed: SignedRecords,
  files: readonly ProvedFile[],
  parts: readonly ArchivePart[],
): Buffer {
  const records = signed.lines.map(({ seq, proof: way }) => ({ seq, proof: way }));
  const proof = { size: signed.size, records, files: files.map(({ name, sha256, seq }) => ({ name, sha256, seq })) };
  const texts = new Map([
    ['entries.jsonl', signed.lines.map(({ seq, json }) => `${JSON.stringify({ seq, line: json })}\n`).join('')],
    ['proof.json', `${JSON.stringify(proof, undefined, 2)}\n`],
    ['checkpoint.note', signed.note],
    ['key.vkey', signed.vkey],
    ['README.txt', `${readme.zh}\n${readme.en}`],
    ...checkerFiles({ ...bundleSaid, ...checkPageSaid }),
  ]);
  const all = [...[...texts].map(([name, text]) => ({ name, bytes: Buffer.from(text) })), ...parts];
  return storedZip(
    all.map(({ name, bytes }) => ({ name: `${folder}/${name}`, bytes })),
    at,
  );
}
