/**
 * How long an event takes from `publish` to the frame on a screen, durable in between, at four rates.
 * At each rate the sides take turns, because the disk of a shared machine has moods; each is held against the floor of the same turn.
 */
import { figure, table } from './figures.ts';
import type { Played, Stage } from './side.ts';

const RATES = [10, 1_000, 5_000, 10_000];

/** The one in the middle: neighbours on a shared machine spoil single runs. */
export const middle = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const measures = {
  'p50 ms': (played: Played) => played.age.p50,
  'p99 ms': (played: Played) => played.age.p99,
  'cpu %': (played: Played) => played.cpu * 100,
} as const;

/** One side at one rate; `floors` are the runs that went before it in each turn, of the floor and of its sibling. */
function row(rate: number, name: string, runs: readonly Played[], floors: readonly (readonly Played[])[]): string[] {
  const of = Object.values(measures);
  const times = (floor: readonly Played[]) =>
    of.map((take) => figure(middle(runs.map((run, turn) => take(run) / take(floor[turn]!)))));
  const lost = runs.reduce((sum, { sent, events }) => sum + sent - events, 0);
  return [
    ...[figure(rate), name],
    ...of.map((take) => figure(middle(runs.map(take)))),
    String(lost),
    ...floors.map((floor) => (floor === runs ? '' : times(floor).join(' · '))),
  ];
}

/** `stages`: the floor first, its harder sibling second, then the gateways there are. They take turns. */
export async function latency(stages: readonly Stage[], rounds: number, seconds: number): Promise<string> {
  const rows: string[][] = [];
  for (const rate of RATES) {
    const runs: Played[][] = stages.map(() => []);
    for (let round = 0; round < rounds; round++) {
      for (const [index, stage] of stages.entries()) runs[index]!.push(await stage.play(rate, seconds));
    }
    const floors = runs.slice(0, 2);
    for (const [index, own] of runs.entries()) rows.push(row(rate, stages[index]!.side.name, own, floors));
  }
  const head = ['events/s', '', ...Object.keys(measures), 'lost', '× floor (p50 · p99 · cpu)', '× a frame an event'];
  return table(
    `Publish to WebSocket frame, every event durable (middle of ${rounds} runs of ${seconds} s, factors of each turn)`,
    head,
    rows,
  );
}
