/**
 * How long a gateway with a million events behind it takes to be there again: started on a grown journal, and on an
 * empty one for comparison. The floor reads and parses the same rows and does nothing with them.
 */
import { join } from 'node:path';
import { figure, table, times } from './figures.ts';
import { gate } from './gate.ts';
import { launch, usage } from './peer.ts';
import { senders } from './side.ts';

const GROW_LIMIT_MS = 120_000;

export async function replay(dir: string, events: number): Promise<string> {
  const data = join(dir, 'grown');
  const grower = await launch('./grow.ts', { dir: data, events }, GROW_LIMIT_MS);
  await grower.stop();
  const reader = await launch('./floor-replay.ts', { path: join(data, 'journal.db') });
  const floor = await reader.ask<{ events: number; ms: number }>('read', undefined, 60_000);
  await reader.stop();

  const crowd = senders(20);
  const empty = await gate({ dir, senders: crowd, built: true });
  await empty.stop();
  const full = await gate({ dir, senders: crowd, built: true, data });
  const { rssMB } = usage(full.pid);
  await full.stop();
  const own = full.readyMs - empty.readyMs;
  return table(
    `Replay of ${figure(events)} events`,
    ['', 'ms', 'events/s', 'factor'],
    [
      ['floor: read and parse', figure(floor.ms), figure((floor.events / floor.ms) * 1_000), ''],
      ['gatehouse: read, parse, fold', figure(own), figure((events / own) * 1_000), times(own, floor.ms)],
      ['gatehouse: process start to healthy, empty journal', figure(empty.readyMs), '', ''],
      ['gatehouse: process start to healthy, grown journal', figure(full.readyMs), '', ''],
      ['gatehouse: memory after it, MB', figure(rssMB), '', ''],
    ],
  );
}
