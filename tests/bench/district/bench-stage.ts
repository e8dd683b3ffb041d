/**
 * The stage of each section of the district's bench: a node with its generator, ended with the section, and how durations become a row.
 */

import type { TestPostgres } from '../../peers/postgres.ts';
import { Durations, figure } from '../figures.ts';
import { clock, launch, type Peer } from '../peer.ts';
import { type BenchNode, type BenchSchool, benchNode } from './district-node.ts';
import type { PlayedNight } from './played-lines.ts';
import type { Burst } from './school-load.ts';
import type { BoardWatch } from './watch-board.ts';

export interface BenchParts {
  readonly dir: string;
  readonly quick: boolean;
  readonly night: PlayedNight;
  readonly postgres: TestPostgres;
  /** As asked for on the command line. */
  readonly schools?: number | undefined;
  readonly seconds?: number | undefined;
  /** Says how far a piece is. */
  readonly say: (text: string) => void;
}

/** Schools come for the first time, some at a time, so that whoever waits sees it. */
const BEGIN_AT_ONCE = 200;
export async function beginAll({ say }: BenchParts, load: Peer, url: string, from: number, to: number): Promise<void> {
  for (let at = from; at < to; at += BEGIN_AT_ONCE) {
    say(`${at} of ${to} schools have come`);
    await load.ask('begin', { url, from: at, schools: Math.min(BEGIN_AT_ONCE, to - at) }, LONG_MS);
  }
}

const SAY_EVERY_MS = 5_000;
/** Waits for work of a known length, and says how far it is. */
export async function timed<T>({ say }: BenchParts, what: string, seconds: number, work: Promise<T>): Promise<T> {
  const began = clock();
  const timer = setInterval(
    () => say(`${what}, ${Math.round((clock() - began) / 1_000)} of ${seconds} s`),
    SAY_EVERY_MS,
  );
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

export const SCHOOLS = 40;
export const LONG_MS = 600_000;

export const generator = (night: PlayedNight, schools: readonly BenchSchool[]): Promise<Peer> =>
  launch('./district/school-load.ts', { night, schools }, LONG_MS);

function spread(values: readonly number[]) {
  const all = new Durations();
  for (const value of values) all.add(value);
  return all.summary();
}

/** From each burst's time to the first tile that showed it, ms; bursts that no tile showed are not in it. */
export function toTile(bursts: readonly Burst[], sights: BoardWatch['sights']): number[] {
  return bursts.flatMap(({ school, at }) => {
    const seen = sights.get(school)?.find((sight) => sight.toldAt >= at && sight.at >= at);
    return seen ? [seen.at - at] : [];
  });
}

export interface Paced {
  readonly bursts: Burst[];
  readonly failures: number;
}
export const row = (name: string, values: readonly number[]): string[] => {
  const { count, p50, p99, max } = spread(values);
  return [name, String(count), figure(p50), figure(p99), figure(max)];
};

/** A district of a section with its load; ends both. */
export async function staged<T>(
  { night }: BenchParts,
  dir: string,
  database: object,
  schools: readonly BenchSchool[],
  work: (node: BenchNode, load: Peer) => Promise<T>,
): Promise<T> {
  const node = await benchNode(dir, database);
  const load = await generator(night, schools);
  try {
    return await work(node, load);
  } finally {
    await load.stop();
    await node.kill();
  }
}
