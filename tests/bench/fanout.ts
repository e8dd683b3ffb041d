/**
 * A hundred screens on one feed while a thousand durable events a second come in: how old an event is when the screens
 * get it, over all of them. The sides take turns, and each is held against the floors of the same turn.
 */
import { figure, table } from './figures.ts';
import { middle } from './latency.ts';
import type { Played, Stage } from './side.ts';

export const SCREENS = 100;
const RATE = 1_000;

/** The middle of the factors of each turn. */
const factors = (own: readonly Played[], floor: readonly Played[]): string =>
  own === floor
    ? ''
    : (['p50', 'p99'] as const)
        .map((part) => figure(middle(own.map(({ all }, turn) => all[part] / floor[turn]!.all[part]))))
        .join(' · ');

/** `stages`: the floor first, its harder sibling second, then the gateways there are; each with `SCREENS` sockets. */
export async function fanout(stages: readonly Stage[], rounds: number, seconds: number): Promise<string> {
  const runs: Played[][] = stages.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, stage] of stages.entries()) runs[index]!.push(await stage.play(RATE, seconds));
  }
  const [floor, sibling] = runs as [Played[], Played[], ...Played[][]];
  const rows = runs.map((own, index) => [
    stages[index]!.side.name,
    figure(middle(own.map(({ frames }) => frames / seconds))),
    figure(middle(own.map(({ all }) => all.p50))),
    figure(middle(own.map(({ all }) => all.p99))),
    `${figure(middle(own.map(({ cpu }) => cpu * 100)))} %`,
    String(own.reduce((sum, { sent, events }) => sum + sent - events, 0)),
    factors(own, floor),
    factors(own, sibling),
  ]);
  const head = ['', 'frames/s', 'p50 ms', 'p99 ms', 'cpu', 'lost', '× floor (p50 · p99)', '× a frame an event'];
  return table(
    `Feed to ${SCREENS} screens at ${figure(RATE)} durable events/s (middle of ${rounds} runs of ${seconds} s, factors of each turn)`,
    head,
    rows,
  );
}
