/**
 * The door of the sources as they are: what tests and `npm run dev` run, and what a school runs whose program could not be built. It must
 * never run a build.
 */
import { enter, refuseOldNode } from './enter.mjs';

refuseOldNode();
await enter(new URL('./main.ts', import.meta.url));
