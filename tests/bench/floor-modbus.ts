/**
 * The least that can read a plant: one modbus-serial client a unit, one request in flight each, and a `ws.send` when the
 * number of a unit changed. It decodes nothing, keeps nothing and survives nothing.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import modbus from 'modbus-serial';
import { WebSocketServer } from 'ws';
import { play } from './peer.ts';
import { FLIP_REGISTER, REGISTERS, UNITS } from './plant.ts';

await play(async ({ port, pollMs }: { port: number; pollMs: number }) => {
  const web = createServer().listen(0, '127.0.0.1');
  const feed = new WebSocketServer({ server: web, perMessageDeflate: false });
  await once(web, 'listening');

  async function unit(number: number): Promise<void> {
    const client = new modbus.default();
    client.setTimeout(1_000);
    await client.connectTCP('127.0.0.1', { port });
    client.setID(number);
    let last = -1;
    for (;;) {
      const { data } = await client.readInputRegisters(0, REGISTERS);
      const value = data[FLIP_REGISTER]!;
      if (value !== last) {
        const frame = JSON.stringify({
          t: 'events',
          events: [{ kind: 'read', device: `unit-${number}`, point: 'flip', value }],
        });
        for (const socket of feed.clients) socket.send(frame);
      }
      last = value;
      if (pollMs > 0) await delay(pollMs);
    }
  }
  for (let number = 1; number <= UNITS; number++) {
    unit(number).catch((error: unknown) => {
      process.stderr.write(`floor, unit ${number}: ${String(error)}\n`);
      process.exit(1);
    });
  }
  return { said: { web: `http://127.0.0.1:${(web.address() as AddressInfo).port}` }, acts: {} };
});
