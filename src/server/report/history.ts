/**
 * The journal between two times, oldest first and a page at a time: for what must look at all of it, and must neither hold
 * it in memory nor keep the loop from its other work.
 */
import type { Event, Time } from '../../core/types.ts';
import type { GatewayPort } from '../gateway-port.ts';

/** Numbers a page spans. Reading a page's JSON takes the loop a few milliseconds; between pages others have their turn. */
const PAGE = 4_000;

/** The number of the last event learned before a time; 0 when there is none. */
async function lastBefore(gateway: GatewayPort, time: Time): Promise<number> {
  const [last] = await gateway.records({ table: 'events', to: time - 1, limit: 1 });
  return Number(last?.seq ?? 0);
}

/** The events learned in [from, to), of these kinds or all. What is learned while it runs is not in it. */
export async function* history(
  gateway: GatewayPort,
  { from, to }: { readonly from: Time; readonly to: Time },
  kinds?: readonly Event['kind'][],
): AsyncGenerator<readonly Event[]> {
  const last = await lastBefore(gateway, to);
  for (let after = await lastBefore(gateway, from); after < last; after += PAGE) {
    yield await gateway.pick({ after, upTo: Math.min(after + PAGE, last), ...(kinds && { kinds }) });
  }
}
