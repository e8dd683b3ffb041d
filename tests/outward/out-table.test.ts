/**
 * The tables in docs/channels.md of what is no message to people: the school's broker, and a siren's relay. What stands there is the sentence that
 * the trouble, or the fact of the write, has then.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { modbusSimulator } from '../../simulators/modbus/modbus.ts';
import type { Duty } from '../../src/core/types.ts';
import { openOutLink } from '../../src/outward/out-link.ts';
import { type Means, perform } from '../../src/perform/perform.ts';
import { wordsOf } from '../../src/words/worded-error.ts';
import { realWorld } from '../../src/world/world.ts';
import { runLine, smallProfile } from '../drivers/modbus-line.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const world = realWorld(quiet);

async function isDocumented(column: string, rows: readonly (readonly [string, string])[]): Promise<void> {
  const lines = [`| | ${column} |`, '| --- | --- |', ...rows.map(([fault, said]) => `| ${fault} | ${said} |`)];
  expect(await readFile(new URL('../../docs/channels.md', import.meta.url), 'utf8')).toContain(lines.join('\n'));
}

/** A port where somebody does this with a connection and with what comes by it. */
async function port(comes: (packet: Buffer, socket: Socket) => void, opens?: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('data', (packet) => comes(packet, socket));
    opens?.(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  onTestFinished(close);
  return { port: (server.address() as { port: number }).port, close };
}

const connack = (code: number) => Buffer.from([0x20, 2, 0, code]);
/** Answers a log-in and a subscription, and does this with a message. */
const broker = (message: (socket: Socket, packet: Buffer) => void) => (packet: Buffer, socket: Socket) => {
  const kind = packet[0]! & 0xf0;
  if (kind === 0x10) socket.write(connack(0));
  if (kind === 0x80) socket.write(Buffer.from([0x90, 3, packet[2]!, packet[3]!, 1]));
  if (kind === 0x30) message(socket, packet);
};

/** What is said of telling something there. */
async function told(at: number, more: { ca?: string; tls?: true; gone?: Promise<void> } = {}): Promise<string> {
  const { ca, tls, gone } = more;
  const options = { url: `${tls ? 'mqtts' : 'mqtt'}://127.0.0.1:${at}`, clientId: 'out', ...(ca && { ca }) };
  const around = gone ? { sleep: () => gone } : world;
  try {
    const link = await openOutLink(
      options,
      { topic: 't', payload: 'gone' },
      { filters: ['t/#'], found: () => undefined },
      around,
    );
    await link.tell('t', 'x', true);
    await link.close();
    return '–';
  } catch (error) {
    const { zh, en } = wordsOf(error);
    expect(zh).toMatch(/MQTT|mqttOut/);
    expect(`${zh}${en}`).not.toMatch(/127\.0\.0\.1|babble/);
    return en;
  }
}

test('the table of a broker of the school’s is what its trouble says', async () => {
  const nobody = await port(() => undefined);
  await nobody.close();
  const [hung, mute] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const at = async (...how: Parameters<typeof port>) => (await port(...how)).port;
  const rows: (readonly [string, string])[] = [
    // The number of a message stands behind its topic of one letter.
    [
      'none',
      await told(
        await at(broker((socket, packet) => void socket.write(Buffer.from([0x40, 2, packet[5]!, packet[6]!])))),
      ),
    ],
    ['nobody at that address', await told(nobody.port)],
    ['the log-in is refused', await told(await at((_, socket) => void socket.write(connack(5))))],
    [
      'another service answers there',
      await told(
        await at(
          () => undefined,
          (socket) => void socket.write('HTTP/1.1 400 babble\r\n\r\n'),
        ),
      ),
    ],
    ['it closes the connection', await told(await at((_, socket) => void socket.end()))],
    ['it never answers', await told(await at(() => hung.resolve()), { gone: hung.promise })],
    [
      'it takes a message and does not confirm',
      await told(await at(broker(() => mute.resolve())), { gone: mute.promise }),
    ],
    ['cut while a message is on its way', await told(await at(broker((socket) => void socket.destroy())))],
    ['a file of `ca` that is not there', await told(nobody.port, { ca: '/nowhere/ca.pem' })],
    [
      'TLS is spoken to a port that speaks none',
      await told(await at((_, socket) => void socket.end('babble')), { tls: true }),
    ],
  ];
  await isDocumented('the trouble `mqtt-out`', rows);
});

const duty: Duty = { id: 'siren/io/relay/on', do: 'write', device: 'io', point: 'relay', value: true };
const profile = smallProfile({ relay: { table: 'coil', address: 0, pollMs: 60_000 } });

/** What the fact of a siren's write says when its relay does this. */
async function sounded(
  fault: Parameters<Awaited<ReturnType<typeof modbusSimulator>>['fault']>[0] | 'none' | 'gone',
): Promise<string> {
  const peer = await modbusSimulator({ units: [{ unit: 1, profile }] });
  onTestFinished(() => peer.close());
  const options = { protocol: 'modbus-tcp', host: '127.0.0.1', port: peer.port, timeoutMs: 250 } as const;
  const line = runLine(options, [['io', 1, profile]]);
  onTestFinished(() => line.stop());
  await line.until(() => line.count('io', 'relay') > 0);
  if (fault === 'gone') await line.stop();
  else if (fault !== 'none') await peer.fault(fault, { table: 'coil' });
  const write = async (...what: Parameters<Means['write']>) => void (await line.actions.write!(...what));
  const done = await perform(duty, { write, world } as unknown as Means);
  if (done.ok) return `done, ${done.wrote?.device}/${done.wrote?.point}`;
  expect(done.why?.zh).not.toBe('');
  return (done.why?.en ?? '').replace(/127\.0\.0\.1:\d+/, '…');
}

test('the table of a siren’s relay is what the fact of its write says', async () => {
  await isDocumented('the fact `done`', [
    ['none', await sounded('none')],
    ['it refuses: no such coil', await sounded({ do: 'exception', code: 2 })],
    ['it refuses: busy', await sounded({ do: 'exception', code: 6 })],
    ['it never answers', await sounded({ do: 'hang' })],
    ['cut before it answers', await sounded({ do: 'cut' })],
    ['rubbish comes back', await sounded({ do: 'garbage' })],
    ['the line is down', await sounded('gone')],
  ]);
});
