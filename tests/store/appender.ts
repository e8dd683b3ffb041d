/** A process that appends to the journal of the folder it is given as fast as it can, and says each seq that was kept. */
import { writeSync } from 'node:fs';
import type { Event } from '../../src/core/types.ts';
import { openJournal } from '../../src/store/journal/journal.ts';

const log = { info: () => undefined, warn: console.error, error: console.error };
const journal = await openJournal({ dir: process.argv[2]!, log });
let seq = journal.head().seq;
const next = (): Event => {
  seq += 1;
  return { seq, at: seq, kind: 'read', device: 'fence', point: 'climb', value: seq % 2 === 0 };
};
for (;;) {
  await journal.append(Array.from({ length: 1 + (seq % 40) }, next));
  writeSync(1, `${seq}\n`);
}
