/** The thread that looks at stills, one after the other: libvips' work and the reckoning stay off the loop that keeps the journal. It keeps nothing. */
import { parentPort } from 'node:worker_threads';
import { stillFeatures } from './still-features.ts';

parentPort?.on('message', async (jpeg: Uint8Array) => {
  try {
    parentPort?.postMessage({ still: await stillFeatures(jpeg) });
  } catch (error) {
    parentPort?.postMessage({ fault: error instanceof Error ? error.message : String(error) });
  }
});
