/**
 * The way into this room: bytes of a file in, its records or a sentence out. What kind of file it is is told by its first
 * bytes, never by its name. Reading happens in a thread with little memory and little time, so that no file, however made,
 * can take the gateway with it.
 */
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import {
  fileArchive,
  fileEmpty,
  fileOldExcel,
  filePdf,
  filePicture,
  fileTooBig,
  fileTooMuch,
  fileTooSlow,
  fileUnknown,
  fileWebPage,
} from '../words/baton/baton-words.ts';
import { WordedError } from '../words/worded-error.ts';
import type { FileTask } from './baton-file.ts';
import type { ThreadAnswer } from './baton-thread.ts';
import type { BatonFile, Encoding } from './baton-types.ts';

/** The largest file that is looked at, MB. A month of the largest school is below one. Ours. */
export const fileMb = 20;
/** Rows of a file with its header: 31 days of 12 rounds of 50 points. Ours. */
const rowsMax = 20_000;
/** What one file may cost. */
export interface ReadLimits {
  /** Heap of the thread, beside the unpacked file itself. */
  readonly mb: number;
  readonly seconds: number;
}
/** A slow machine reads 20 000 rows in a few seconds and a third of this memory. Ours. */
const usualLimits: ReadLimits = { mb: 256, seconds: 30 };

const starts = (bytes: Uint8Array, ...first: readonly number[]) => first.every((byte, at) => bytes[at] === byte);
const said = (text: string) => [...Buffer.from(text, 'latin1')];

/** What the first bytes say; throws the remedy where it is no table. */
function kindOf(bytes: Uint8Array): 'csv' | 'xlsx' {
  if (bytes.length > fileMb * 1_048_576) throw new WordedError(fileTooBig(fileMb));
  if (starts(bytes, ...said('PK'), 3, 4)) return 'xlsx';
  if (starts(bytes, 0xd0, 0xcf, 0x11, 0xe0)) throw new WordedError(fileOldExcel);
  if (starts(bytes, ...said('%PDF'))) throw new WordedError(filePdf);
  if (
    [said('\x89PNG'), [0xff, 0xd8, 0xff], said('GIF8'), said('BM'), said('II*'), said('RIFF')].some((of) =>
      starts(bytes, ...of),
    )
  )
    throw new WordedError(filePicture);
  if ([said('Rar!'), said('7z\xbc\xaf'), [0x1f, 0x8b], said('PK')].some((of) => starts(bytes, ...of)))
    throw new WordedError(fileArchive);
  const head = Buffer.from(bytes.subarray(0, 1_000)).toString('latin1');
  if (/^(\xef\xbb\xbf)?\s*<(\?xml|!doctype|html|head|table|meta)/i.test(head)) throw new WordedError(fileWebPage);
  if (/^(\xef\xbb\xbf|\xff\xfe)?[\s\0]*$/.test(head) && bytes.every((byte) => byte <= 0x20 || byte >= 0xbb))
    throw new WordedError(fileEmpty);
  // Text holds no zero byte; two bytes a letter have a mark in front.
  if (!starts(bytes, 0xff, 0xfe) && bytes.includes(0)) throw new WordedError(fileUnknown);
  return 'csv';
}

/** What a file is known by, whichever way it came: the same one is taken in once. */
export const batchOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** What a file says. Rejects with words when it cannot be read at all; what is amiss in single rows stands in `faults`. */
export async function readBaton(
  bytes: Uint8Array,
  { utcOffsetMin, encoding }: { readonly utcOffsetMin: number; readonly encoding?: Encoding },
  limits: ReadLimits = usualLimits,
): Promise<BatonFile> {
  const task: FileTask = { bytes, kind: kindOf(bytes), utcOffsetMin, rowsMax, ...(encoding && { encoding }) };
  const worker = new Worker(new URL('./baton-thread.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: limits.mb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    // What a package prints while it fails is not for the log of a school.
    stderr: true,
    stdout: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<ThreadAnswer>();
  worker.on('message', resolve);
  worker.on('error', (error) => {
    const full = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
    if (full) resolve({ refused: fileTooMuch });
    else reject(error);
  });
  worker.on('exit', () => resolve({ refused: fileTooMuch }));
  const limit = setTimeout(() => resolve({ refused: fileTooSlow(limits.seconds) }), limits.seconds * 1_000);
  try {
    const answer = await promise;
    if ('refused' in answer) throw new WordedError(answer.refused);
    return answer.file;
  } finally {
    clearTimeout(limit);
    await worker.terminate();
  }
}
