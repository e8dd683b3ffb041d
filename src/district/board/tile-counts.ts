/**
 * What stands at the head of the board, counted from the very tiles below it: the one place that counts them. It must never take what a
 * lost school said last for what is so now.
 */
import type { SchoolTile, Share } from './board-types.ts';
import { isPast, tileDoubt } from './tile-doubt.ts';

export interface BoardCounts {
  readonly schools: number;
  /** Schools that speak, whether or not what they say can be used. */
  readonly online: number;
  readonly lost: number;
  readonly held: number;
  readonly never: number;
  readonly late: number;
  /** Alarms that wait, by priority 1, 2, 3, with those of schools that are lost or on hold. */
  readonly waiting: readonly [number, number, number];
  /** Of these what such schools said last. */
  readonly past: readonly [number, number, number];
  /** Today's checkpoints over the schools that can be believed. */
  readonly patrol: Share;
}

const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0);

export function countBoard(tiles: readonly SchoolTile[], now: number): BoardCounts {
  const all = tiles.map((tile) => ({ tile, doubt: tileDoubt(tile, now) }));
  const number = (what: string) => all.filter(({ doubt }) => doubt === what).length;
  const waiting = (of: typeof all) =>
    ([0, 1, 2] as const).map((n) => sum(of.map(({ tile }) => tile.alarms.waiting[n]))) as [number, number, number];
  const sure = all.filter(({ doubt }) => doubt === undefined).map(({ tile }) => tile.patrol);
  const [lost, never] = [number('lost'), number('never')];
  return {
    schools: tiles.length,
    online: tiles.length - lost - never,
    ...{ lost, never, held: number('held'), late: number('late') },
    waiting: waiting(all),
    past: waiting(all.filter(({ doubt }) => isPast(doubt))),
    patrol: { of: sum(sure.map((one) => one.of)), good: sum(sure.map((one) => one.good)) },
  };
}
