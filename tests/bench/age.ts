/**
 * How long a gateway with ten million events behind it takes to be there again: the first time, when all of them are folded, and then
 * from a snapshot of State, after an orderly stop and after a kill. What is measured is the program from its own door.
 */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { figure, table } from './figures.ts';
import { type Gate, gate } from './gate.ts';
import { clock, launch, usage } from './peer.ts';
import { senders } from './side.ts';

const GROW_LIMIT_MS = 3_600_000;
const START_LIMIT_MS = 1_800_000;
const FOLD_LIMIT_MS = 3_600_000;

const megabytes = (path: string) => statSync(path).size / 2 ** 20;

export async function age(dir: string, events: number): Promise<string> {
  const data = join(dir, 'aged');
  const began = clock();
  const grower = await launch('./age-grow.ts', { dir: data, events }, GROW_LIMIT_MS);
  await grower.stop();
  const grownMs = clock() - began;
  const crowd = senders(20);
  const open = (where?: string) =>
    gate({
      dir,
      senders: crowd,
      built: true,
      readyLimitMs: START_LIMIT_MS,
      ...(where !== undefined && { data: where }),
    });
  const row = (what: string, one: Gate) => {
    const { rssMB, cpuMs } = usage(one.pid);
    return [what, figure(one.readyMs), figure(cpuMs), figure(rssMB)];
  };

  const empty = await open();
  const rows = [row('empty journal', empty)];
  await empty.stop();
  const whole = await open(data);
  rows.push(row('all events folded', whole));
  whole.kill();
  await whole.stop();
  const folder = await launch('./age-fold.ts', { dir: data }, FOLD_LIMIT_MS);
  const { ms: keptMs, rssMB } = folder.said as { ms: number; rssMB: number };
  await folder.stop();
  const [name = ''] = readdirSync(join(data, 'snapshots'));
  const snapshotMB = megabytes(join(data, 'snapshots', name));
  const again = await open(data);
  rows.push(row('from the snapshot, after a stop', again));
  again.kill();
  await again.stop();
  const killed = await open(data);
  rows.push(row('from the snapshot, after a kill', killed));
  await killed.stop();
  const journalMB = megabytes(join(data, 'journal.db'));
  rmSync(data, { recursive: true, force: true });
  const head = ['process start to healthy', 'ms', 'CPU ms', 'MB'];
  const notes = [
    `journal ${figure(journalMB)} MB, made in ${figure(grownMs / 1_000)} s; snapshot ${figure(snapshotMB)} MB`,
    `folding all of it into the first snapshot, with chain and tree: ${figure(keptMs / 1_000)} s, ${figure(rssMB)} MB`,
  ];
  return `${table(`A journal of ${figure(events)} events`, head, rows)}${notes.join('\n')}\n`;
}
