/**
 * The thread in which a file is read: it is given one, answers with what stands in it or with a sentence, and ends.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Words } from '../core/types.ts';
import { fileTooMuch } from '../words/baton/baton-words.ts';
import { wordsOf } from '../words/worded-error.ts';
import { type FileTask, fileOf } from './baton-file.ts';
import type { BatonFile } from './baton-types.ts';

export type ThreadAnswer = { readonly file: BatonFile } | { readonly refused: Words };

let answer: ThreadAnswer;
try {
  answer = { file: await fileOf(workerData as FileTask) };
} catch (error) {
  // A text longer than the engine holds, an array it cannot make: the file asks for too much.
  answer = { refused: error instanceof RangeError ? fileTooMuch : wordsOf(error) };
}
parentPort?.postMessage(answer);
