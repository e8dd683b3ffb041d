/**
 * A hundred screens on one feed while a thousand durable events a second come in: how old an event is when the screens
 * get it, over all of them.
 */
import { figure, table, times } from './figures.ts';
import type { Played, Stage } from './side.ts';

export const SCREENS = 100;
const RATE = 1_000;

/** `stages`: the floor first, the gateway second where there is one; each with `SCREENS` sockets. */
export async function fanout(stages: readonly Stage[], seconds: number): Promise<string> {
  const played: Played[] = [];
  for (const stage of stages) played.push(await stage.play(RATE, seconds));
  const base = played[0]!;
  const rows = played.map((one, index) => [
    stages[index]!.side.name,
    figure(one.frames / seconds),
    figure(one.all.p50),
    figure(one.all.p99),
    `${figure(one.cpu * 100)} %`,
    String(one.sent - one.events),
    index === 0 ? '' : times(one.all.p99, base.all.p99),
  ]);
  const head = ['', 'frames/s', 'p50 ms', 'p99 ms', 'cpu', 'lost', 'p99 factor'];
  return table(`Feed to ${SCREENS} screens at ${figure(RATE)} durable events/s`, head, rows);
}
