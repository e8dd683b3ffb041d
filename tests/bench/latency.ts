/**
 * How long an event takes from `publish` to the frame on a screen, durable in between, at four rates.
 * The floor and the gateway take turns at each rate, because the disk of a shared machine has moods.
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

/** `stages`: the floor first, the gateway second where there is one. */
export async function latency(stages: readonly Stage[], seconds: number): Promise<string> {
  const rows: string[][] = [];
  for (const rate of RATES) {
    const played: Played[] = [];
    for (const stage of stages) played.push(await stage.play(rate, rate < 100 ? seconds * 2 : seconds));
    const [floor, gate] = played;
    const factor =
      gate && floor ? [times(gate.age.p50, floor.age.p50), times(gate.age.p99, floor.age.p99)] : ['–', '–'];
    rows.push([figure(rate), ...row(floor), ...row(gate), ...factor]);
  }
  const columns = ['p50 ms', 'p99 ms', 'cpu', 'lost'];
  return table(
    'Publish to WebSocket frame, every event durable (floor | gatehouse | factor)',
    ['events/s', ...columns.map((name) => `floor ${name}`), ...columns.map((name) => `gate ${name}`), 'p50', 'p99'],
    rows,
  );
}
