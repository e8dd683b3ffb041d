/**
 * Sets a stage for the pages of the bureau: a board that the test feeds, in a process of its own. What is started here ends with the test.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { BoardViewer, OutlinePart, SchoolTile } from '../../src/district/board/board-types.ts';
import { patiently } from '../patience.ts';
import type { BoardOrder, BoardSetting } from './district-feeder.ts';

export const officer: BoardViewer = { shown: '李值班', streets: [], looksIn: true, schools: true };

/** A drawn district of three streets. */
export const outline: readonly OutlinePart[] = [
  {
    name: { zh: '五角场街道', en: 'Wujiaochang' },
    points: [
      [60, 80],
      [520, 40],
      [560, 420],
      [300, 520],
      [40, 430],
    ],
  },
  {
    name: { zh: '江湾街道', en: 'Jiangwan' },
    points: [
      [520, 40],
      [950, 110],
      [930, 560],
      [560, 420],
    ],
  },
  {
    name: { zh: '殷行街道', en: 'Yinhang' },
    points: [
      [40, 430],
      [300, 520],
      [560, 420],
      [930, 560],
      [840, 940],
      [120, 900],
    ],
  },
];

export interface BoardFeeder {
  readonly url: string;
  readonly pid: number;
  order(order: BoardOrder): Promise<void>;
}

const word = (child: ChildProcess, what: string) =>
  patiently(once(child, 'message'), () => `the board did not say ${what}`).then(([said]) => said as unknown);

/** A board with these tiles; without tiles one that has not read any yet. */
export async function boardFor(
  built: string,
  tiles: readonly SchoolTile[] | undefined,
  { you = officer, drawn = outline }: { you?: BoardViewer; drawn?: readonly OutlinePart[] } = {},
): Promise<BoardFeeder> {
  const setting: BoardSetting = { built, you, outline: drawn };
  const child = fork(join(import.meta.dirname, 'district-feeder.ts'), [JSON.stringify(setting)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const { port } = (await word(child, 'its port')) as { port: number };
  const order = async (asks: BoardOrder) => {
    const done = word(child, 'done');
    child.send(asks);
    await done;
  };
  if (tiles) await order({ do: 'tiles', tiles });
  return { url: `http://127.0.0.1:${port}`, pid: child.pid!, order };
}
