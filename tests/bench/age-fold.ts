/** The first snapshot of a journal, made by the thread that a gateway makes it with, at full speed. */

import { openCheckpoint } from '../../src/proof/signed-note.ts';
import { Checkpoints, schoolLog } from '../../src/store/checkpoint-keeping.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { startThread } from '../../src/store/thread.ts';
import { realWorld } from '../../src/world/world.ts';
import { clock, play, usage } from './peer.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

await play(async ({ dir }: { dir: string }) => {
  const world = realWorld(quiet);
  const journal = await openJournal({ dir, log: quiet });
  const log = await schoolLog(dir, 'Bench');
  const options = { dir, journal, world, witnesses: [], trouble: () => undefined, site: () => ({ utcOffsetMin: 480 }) };
  const checkpoints = await Checkpoints.open(options, log);
  await checkpoints.publish();
  const head = openCheckpoint(checkpoints.newest()!.note, log)!;
  const began = clock();
  const thread = await startThread(new URL('../../src/store/journal/state-fold.ts', import.meta.url), {
    dir,
    name: log.name,
  });
  const root = head.root.toString('hex');
  const folded = await thread.ask({ upTo: head.size, root, most: head.size, share: 1 });
  if (folded !== 'kept') throw new Error(`the snapshot was not kept: ${String(folded)}`);
  const said = { ms: clock() - began, rssMB: usage(process.pid).rssMB };
  await thread.end();
  await journal.close();
  return { said, acts: {} };
});
