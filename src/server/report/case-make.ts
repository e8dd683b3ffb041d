/**
 * Puts the file of an incident together: records with their proofs, pictures, the time line on paper, and the checkers, in one archive.
 * Printing has a thread of its own with a limit of memory and of time.
 */
import { Worker } from 'node:worker_threads';
import type { Site } from '../../core/types.ts';
import { checkerFiles } from '../../proof/checker-files.ts';
import { type ArchivePart, storedZip } from '../../proof/stored-zip.ts';
import { caseFailed, caseReadme } from '../../words/proof/case-words.ts';
import { checkPageSaid } from '../../words/proof/check-page-words.ts';
import { bundleSaid } from '../../words/proof/proof-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { CaseFile } from './case-gather.ts';
import { caseSheet } from './case-paper.ts';
import type { CaseOrder, FromCase } from './case-worker.ts';

/** MB and ms; 5,000 rows with a Chinese font took a fifth of both. */
const MEMORY_MB = 1_024;
const PRINT_MS = 120_000;

/** The time line as PDF. Rejects with WordedError; `failed` hears in English what went wrong inside. */
async function print(order: CaseOrder, failed: (error: string) => void): Promise<Uint8Array> {
  const worker = new Worker(new URL('./case-worker.ts', import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  const answer = Promise.withResolvers<Uint8Array>();
  const fail = (error: string) => {
    failed(error);
    answer.reject(new WordedError(caseFailed));
  };
  const late = setTimeout(() => fail(`not printed in ${PRINT_MS / 1_000} s`), PRINT_MS);
  worker.on('message', (message: FromCase) => {
    if ('file' in message) return answer.resolve(message.file);
    if (message.inside !== undefined) return fail(message.inside);
    return answer.reject(new WordedError(message.error));
  });
  worker.on('error', (error) => fail(String(error)));
  worker.on('exit', () => answer.reject(new WordedError(caseFailed)));
  try {
    return await answer.promise;
  } finally {
    clearTimeout(late);
    await worker.terminate();
  }
}

/** The archive of an incident; `now` by the gateway's clock. Rejects with WordedError. */
export async function makeCase(
  site: Site,
  file: CaseFile,
  {
    now,
    font,
    failed,
  }: { readonly now: number; readonly font: string | undefined; readonly failed: (error: string) => void },
): Promise<Buffer> {
  const { incident, signed, stills } = file;
  const pdf = await print({ sheet: caseSheet(site, file, now), ...(font !== undefined && { font }) }, failed);
  const proof = {
    size: signed.size,
    records: signed.lines.map(({ seq, proof: way }) => ({ seq, proof: way })),
    files: stills.flatMap(({ name, sha256, seq, state }) =>
      state === 'proved' ? [{ name: `stills/${name}`, sha256, seq }] : [],
    ),
  };
  const readme = caseReadme(site.name, incident);
  const texts = new Map([
    ['entries.jsonl', signed.lines.map(({ seq, json }) => `${JSON.stringify({ seq, line: json })}\n`).join('')],
    ['proof.json', `${JSON.stringify(proof, undefined, 2)}\n`],
    ['checkpoint.note', signed.note],
    ['key.vkey', signed.vkey],
    ['README.txt', `${readme.zh}\n${readme.en}`],
    ...checkerFiles({ ...bundleSaid, ...checkPageSaid }),
  ]);
  const parts: ArchivePart[] = [
    ...[...texts].map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
    { name: 'timeline.pdf', bytes: pdf },
    ...stills.flatMap(({ name, bytes }) => (bytes ? [{ name: `stills/${name}`, bytes }] : [])),
  ];
  const folder = `case-${incident}`;
  const inside = parts.map(({ name, bytes }) => ({ name: `${folder}/${name}`, bytes }));
  return storedZip(inside, now + site.utcOffsetMin * 60_000);
}
