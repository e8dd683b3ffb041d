/**
 * The other sides of three channels in one process: two take every message at once, the third reads it and never answers. It writes down
 * when each message arrived and what it was; it judges nothing.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { play } from './peer.ts';

/** A message as it was on the wire. */
export interface Arrived {
  /** The side it came to: 0, 1, or 2, which hangs. */
  readonly side: number;
  /** The wall clock of this machine, ms, when its last byte was read. */
  readonly at: number;
  /** The same for every try; names the notice, and after `~` the channel that stood in. */
  readonly delivery: string;
  /** When its alarm became a fact, ms on the gateway's clock, which this machine's drives. */
  readonly raisedAt: number;
  readonly alarm: number;
  readonly about: string;
}

/** More would be no answer to a hundred alarms, and a fault of the bench. */
const arrivedMax = 100_000;

await play(async (_options: object) => {
  const arrived: Arrived[] = [];

  function take(side: number, request: IncomingMessage, response: ServerResponse): void {
    const parts: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const at = Date.now();
      const { raisedAt = 0, alarm = 0, about = '' } = JSON.parse(Buffer.concat(parts).toString('utf8'));
      const delivery = String(request.headers['x-gatehouse-delivery'] ?? '');
      if (arrived.length < arrivedMax) arrived.push({ side, at, delivery, raisedAt, alarm, about });
      if (side !== 2) response.end('ok');
    });
  }

  const servers: Server[] = [];
  for (const side of [0, 1, 2]) {
    const server = createServer((request, response) => take(side, request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    servers.push(server);
  }
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  return {
    said: { one: ports[0]!, two: ports[1]!, hanging: ports[2]! },
    acts: { arrived: () => arrived },
  };
});
