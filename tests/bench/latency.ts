/**
 * How long an event takes from `publish` to the frame on a screen, durable in between, at four rates.
 * At each rate the floor and the gateway take turns, because the disk of a shared machine has moods.
 */
import { figure, table, times } from './figures.ts';
import type { Played, Stage } from './side.ts';

const RATES = [10, 1_000, 5_000, 10_000];

function row(played: Played | undefined): string[] {
  if (!played) return ['–', '–', '–', '–'];
  const lost = played.sent - played.events;
  return [
    figure(played.age.p50),
    figure(played.age.p99),
    `${figure(played.cpu * 100)} %`,
    lost === 0 ? '0' : String(lost),
  ];
}

/** Of several runs the one whose p99 is in the middle: neighbours on a shared machine spoil single runs. */
function middle(runs: readonly Played[]): Played {
  return [...runs].sort((a, b) => a.age.p99 - b.age.p99)[Math.floor(runs.length / 2)]!;
}

/** `stages`: the floor first, the gateway second where there is one. They take turns. */
export async function latency(stages: readonly Stage[], rounds: number, seconds: number): Promise<string> {
  const rows: string[][] = [];
  for (const rate of RATES) {
    const runs: Played[][] = stages.map(() => []);
    for (let round = 0; round < rounds; round++) {
      for (const [index, stage] of stages.entries()) runs[index]!.push(await stage.play(rate, seconds));
    }
    const [floor, gate] = runs.map(middle);
    const factor =
      gate && floor ? [times(gate.age.p50, floor.age.p50), times(gate.age.p99, floor.age.p99)] : ['–', '–'];
    rows.push([figure(rate), ...row(floor), ...row(gate), ...factor]);
  }
  const columns = ['p50 ms', 'p99 ms', 'cpu', 'lost'];
  return table(
    `Publish to WebSocket frame, every event durable (middle of ${rounds} runs of ${seconds} s)`,
    ['events/s', ...columns.map((name) => `floor ${name}`), ...columns.map((name) => `gate ${name}`), 'p50', 'p99'],
    rows,
  );
}
