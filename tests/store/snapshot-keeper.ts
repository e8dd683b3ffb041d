/** A process that keeps one large snapshot after the other in the folder it is given, and says each that was kept. */
import { writeSync } from 'node:fs';
import { emptyState } from '../../src/core/state.ts';
import { logKey } from '../../src/store/checkpoint-files.ts';
import { keepSnapshot } from '../../src/store/snapshot/snapshot-files.ts';
import { stateText } from '../../src/store/snapshot/state-text.ts';
import { signing } from './place.ts';

const dir = process.argv[2]!;
const first = Number(process.argv[3]);
const log = signing(await logKey(dir, 'gatehouse/school'));
const state = emptyState();
for (let n = 0; n < 200_000; n++) state.outputs.set(`a device with a long name/${n}`, n % 2 === 0);
const rest = { chain: '0'.repeat(64), roots: ['0'.repeat(64)], fold: 'a' };
// Any power of two: its tree has one root.
for (let seq = first; ; seq *= 2) {
  state.seq = seq;
  await keepSnapshot(dir, log, { seq, ...rest, text: stateText(state) });
  writeSync(1, `${seq}\n`);
}
