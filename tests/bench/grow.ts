/**
 * Fills a journal with a year of a school in a minute: scans, and now and then an alarm that is raised, acknowledged,
 * returned and closed. It writes through the journal itself, so that what is replayed is what a gateway left behind.
 */
import type { Event, Fact } from '../../src/core/types.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { play } from './peer.ts';

const BATCH = 5_000;
/** One event in this many begins an alarm of four events. */
const PERIOD = 20;

function fact(seq: number): Fact {
  const place = seq % PERIOD;
  const reader = `reader-${1 + (seq % 19)}`;
  if (place === 1) {
    const device = 'fence-20';
    return {
      kind: 'raised',
      key: `${device}/tamper`,
      alarm: 'tamper',
      priority: 2,
      device,
      cause: `${device}/a_tamper`,
      active: true,
    };
  }
  const alarm = seq - place + 1;
  if (place === 2) return { kind: 'acknowledged', alarm, by: 'watcher' };
  if (place === 3) return { kind: 'returned-to-normal', alarm, cause: 'fence-20/a_tamper' };
  if (place === 4) return { kind: 'closed', alarm, by: 'watcher', reason: 'tested' };
  return {
    kind: 'read',
    device: reader,
    point: 'card',
    value: 'C0001',
    sourceTime: 1_767_225_600_000 + seq * 30,
    id: `e${seq}`,
  };
}

await play(async ({ dir, events }: { dir: string; events: number }) => {
  const say = (message: string) => process.stderr.write(`${message}\n`);
  const journal = await openJournal({ dir, log: { info: say, warn: say, error: say } });
  for (let seq = 1; seq <= events; seq += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, events - seq + 1) }, (_, i) => {
      return { ...fact(seq + i), seq: seq + i, at: 1_767_225_600_000 + (seq + i) * 30 } as Event;
    });
    await journal.append(batch);
  }
  await journal.close();
  return { acts: {} };
});
