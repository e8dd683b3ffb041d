/**
 * A thread of the matrix: plays the pieces it is handed, one after the other, and hands back what came out.
 */
import { parentPort } from 'node:worker_threads';
import type { Job } from './matrix-plan.ts';
import { playJob } from './matrix-play.ts';

parentPort?.on('message', (job: Job) => parentPort?.postMessage(playJob(job)));
