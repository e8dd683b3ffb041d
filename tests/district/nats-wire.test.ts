/** Nodes that tell each other over NATS, against Debian's server: heard, and heard again after the server was away. It keeps no node from starting. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { openFanout } from '../../src/district/fanout/fanout.ts';
import { natsWire } from '../../src/district/fanout/wires.ts';
import { realWorld } from '../../src/world/world.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => void probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

describe('nodes on NATS', () => {
  const servers: ChildProcess[] = [];
  afterAll(() => {
    for (const server of servers) server.kill('SIGKILL');
  });

  test('start without it, hear each other once it is there, and again after it was away', async () => {
    const port = await freePort();
    const start = () =>
      servers.push(spawn('nats-server', ['-a', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' }));
    const world = realWorld(quiet);
    const place = { servers: [`nats://127.0.0.1:${port}`] };
    const near = await openFanout(await natsWire(place, world), world);
    const far = await openFanout(await natsWire(place, world), world);
    const heard: (string | undefined)[] = [];
    far.hear((notice) => heard.push(notice?.school));
    const hears = (school: string) =>
      expect
        .poll(() => {
          near.tell({ kind: 'school', school });
          return heard;
        })
        .toContain(school);
    start();
    await hears('a');
    servers[0]!.kill('SIGKILL');
    start();
    await hears('b');
    await near.close();
    await far.close();
  });
});
