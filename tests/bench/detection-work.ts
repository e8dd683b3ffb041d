/**
 * A thread of the detection bench: plays the pieces it is handed, one after the other, and hands back what came out.
 */
import { parentPort } from 'node:worker_threads';
import type { Job } from './detection-plan.ts';
import { play } from './detection-play.ts';

parentPort?.on('message', (job: Job) => parentPort?.postMessage(play(job)));
