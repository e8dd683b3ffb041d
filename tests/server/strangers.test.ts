/**
 * Idle strangers at the door: whoever opens connections and says nothing keeps out neither a person who logs in nor a page that
 * listens. Real sockets, as many as an intruder's laptop opens without effort.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { listen, people, stand } from './place.ts';

let crowd: Awaited<ReturnType<typeof people>>;
beforeAll(async () => {
  crowd = await people();
});
afterAll(() => crowd.remove());

/** Opens connections from addresses of this machine that send nothing. */
async function idle(port: number, count: number, addresses: number): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, (_, i) => {
    const localAddress = `127.0.1.${1 + (i % addresses)}`;
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    socket.on('error', () => undefined);
    return socket;
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  await Promise.all(sockets.map((socket) => once(socket, 'connect').catch(() => undefined)));
  return sockets;
}

test.each([1, 100])('2,000 idle connections from %i addresses keep nobody out, and end no page', async (addresses) => {
  const { server, login, fetch } = await stand(crowd.path);
  const headers = { cookie: await login('operator'), origin: server.url };
  const page = await listen(server, headers);
  await page.next('snapshot');
  await idle(server.port, 2_000, addresses);
  expect((await fetch('/healthz')).status).toBe(200);
  const head = { cookie: await login('head'), origin: server.url };
  expect((await listen(server, head)).socket.readyState).toBe(1);
  const beats = page.frames.filter(({ t }) => t === 'beat').length;
  await page.next('beat', ({ n }) => n > beats);
});
