/**
 * A thread of the patrol bench: plays the months it is handed, one after the other, and hands back what was judged.
 */
import { parentPort } from 'node:worker_threads';
import { type PatrolJob, playMonth } from './patrol-score.ts';

parentPort?.on('message', (job: PatrolJob) => parentPort?.postMessage(playMonth(job)));
