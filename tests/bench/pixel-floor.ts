/**
 * The least that can show on a page that a wire was cut: one modbus-serial client that asks each host for its alarm word by the gateway's period, a `ws.send`
 * when it changed, and a page that prints what the socket says. It decodes nothing, keeps nothing and survives nothing.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import modbus from 'modbus-serial';
import { WebSocketServer } from 'ws';
import { clock, play } from './peer.ts';
import { ALARM_WORD, HOST_UNITS, POLL_MS } from './pixel-plan.ts';

const PAGE = `<!doctype html><meta charset="utf-8"><title>floor</title><body><script>
new WebSocket('ws://' + location.host + '/feed').onmessage = ({ data }) => {
  for (const { kind, seq, device, cause } of JSON.parse(data).events)
    document.body.innerHTML = kind === 'raised' ? '<p class="row new" data-alarm="' + seq + '">' + device + ' ' + cause + '</p>' : '';
};
</script>`;

await play(async ({ port }: { port: number }) => {
  const web = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(PAGE));
  web.listen(0, '127.0.0.1');
  const feed = new WebSocketServer({ server: web, perMessageDeflate: false });
  await once(web, 'listening');
  const client = new modbus.default();
  client.setTimeout(1_000);
  // Its name for RTU frames on a socket.
  await client.connectTelnet('127.0.0.1', { port });
  const last = new Map<number, number>();
  let seq = 0;

  async function poll(): Promise<never> {
    for (;;) {
      const began = clock();
      for (const unit of HOST_UNITS) {
        client.setID(unit);
        const [word = 0] = (await client.readInputRegisters(ALARM_WORD, 2)).data;
        if (word !== (last.get(unit) ?? 0)) {
          const kind = word ? 'raised' : 'over';
          const event = { kind, seq: ++seq, device: `fence-${unit}`, cause: String(word) };
          const frame = JSON.stringify({ t: 'events', events: [event] });
          for (const socket of feed.clients) socket.send(frame);
        }
        last.set(unit, word);
      }
      await delay(Math.max(0, POLL_MS - (clock() - began)));
    }
  }
  poll().catch((error: unknown) => {
    process.stderr.write(`floor: ${String(error)}\n`);
    process.exit(1);
  });
  return { said: { web: `http://127.0.0.1:${(web.address() as AddressInfo).port}` }, acts: {} };
});
