/** Errors of sockets, parsers and cameras, told apart by what a person has to do about them. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { wordsOf } from '../../src/words/worded-error.ts';
import { run } from './onvif-line.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** What is said of a camera at this address. */
async function saidOf(address: string): Promise<{ zh: string; en: string }> {
  const line = run({ protocol: 'onvif', address, user: 'gate', password: 'x', timeoutMs: 5_000 });
  stops.push(() => line.stop());
  return wordsOf(await line.ended);
}

/** A port where somebody answers each connection with these bytes. */
async function speaking(bytes: string): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(bytes));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => new Promise((done) => server.close(done)));
  const at = server.address();
  return typeof at === 'object' && at ? at.port : 0;
}

describe('what is said of an address', () => {
  test('where nobody listens is that it refuses connections, not that it has no power', async () => {
    const { zh, en } = await saidOf('http://127.0.0.1:9/onvif/device_service');
    expect(en).toContain('refuses connections at 127.0.0.1:9');
    expect(zh).toContain('拒绝连接');
  });

  test('whose name nobody knows is that the name cannot be found', async () => {
    const { zh, en } = await saidOf('http://no-such-camera.invalid/onvif/device_service');
    expect(en).toContain('cannot be found');
    expect(zh).toContain('域名解析不到');
  });

  test('that begins with https where plain HTTP is spoken is to begin with http', async () => {
    const port = await speaking('HTTP/1.1 400 Bad Request\r\n\r\n');
    const { zh, en } = await saidOf(`https://127.0.0.1:${port}/onvif/device_service`);
    expect(en).toContain('its address should begin with http://');
    expect(zh).toContain('http://');
  });

  test('that begins with http where something else is spoken may have to begin with https', async () => {
    // An alert of TLS: what a server of https answers to plain HTTP.
    const port = await speaking('\x15\x03\x01\x00\x02\x02\x46');
    const { en } = await saidOf(`http://127.0.0.1:${port}/onvif/device_service`);
    expect(en).toContain('may have to begin with https://');
  });
});
