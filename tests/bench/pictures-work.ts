/**
 * A thread of the picture bench: plays the cameras it is handed, one after the other, and hands back what was said of each.
 */
import { parentPort } from 'node:worker_threads';
import { type PicturesJob, playPictures } from './pictures-play.ts';

parentPort?.on('message', async (job: PicturesJob) => parentPort?.postMessage(await playPictures(job)));
