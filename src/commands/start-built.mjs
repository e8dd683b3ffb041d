/**
 * The door of the built program: what a school and a bureau run. Where there is no build, or one of other sources, the sources themselves run,
 * and it is said. It must never run a build that is older than a source, and must stay plain JavaScript that an old Node can read.
 */
import * as module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { enter, refuseOldNode } from './enter.mjs';
import { builtProgram } from './setup/program-mark.mjs';
import { traceToSources } from './setup/stack-traces.mjs';

refuseOldNode();
const folder = builtProgram();
if (folder === undefined) {
  console.error(
    'The program is not built, or of other sources; running the sources, which is slower and takes more memory. `npm run setup` builds it.',
  );
  await enter(new URL('./main.ts', import.meta.url));
} else {
  // New objects of a thread have 2 MB twice, and not 16: none of them makes many. The main thread's are those of `run-program.mjs`.
  setFlagsFromString('--max-semi-space-size=2');
  // What Node compiled is kept for the next start: where systemd says, else beside the build. Where neither may be written, it is compiled anew.
  module.enableCompileCache(process.env.CACHE_DIRECTORY ?? join(folder, 'compiled'));
  traceToSources(folder);
  await enter(pathToFileURL(join(folder, 'main.js')));
}
