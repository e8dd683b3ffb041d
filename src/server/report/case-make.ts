/**
 * Puts the file of an incident together: records with their proofs, pictures, the time line on paper, and the checkers, in one archive.
 * Printing has a thread of its own with a limit of memory and of time.
 */
import { Worker } from 'node:worker_threads';
import type { Site } from '../../core/types.ts';
import type { ArchivePart } from '../../proof/stored-zip.ts';
import { caseFailed, caseReadme } from '../../words/proof/case-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import { type CaseFile, isClip } from './case-gather.ts';
import { caseSheet } from './case-paper.ts';
import type { CaseOrder, FromCase } from './case-worker.ts';
import { type ProvedFile, provedArchive } from './proved-archive.ts';

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

/** Where a picture or a clip lies in the archive. */
const placeOf = (name: string) => (isClip(name) ? `clips/${name}` : `stills/${name}`);

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
  const proved: ProvedFile[] = stills.flatMap(({ name, sha256, seq, state }) =>
    state === 'proved' && sha256 !== undefined ? [{ name: placeOf(name), sha256, seq }] : [],
  );
  const parts: ArchivePart[] = [
    { name: 'timeline.pdf', bytes: pdf },
    ...stills.flatMap(({ name, bytes }) => (bytes ? [{ name: placeOf(name), bytes }] : [])),
  ];
  const at = now + site.utcOffsetMin * 60_000;
  return provedArchive(`case-${incident}`, at, caseReadme(site.name, incident), signed, proved, parts);
}
