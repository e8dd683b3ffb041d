/**
 * The heartbeat outwards before real peers: an HTTP server that answers, refuses, leads elsewhere, hangs or is not there, and whether
 * anything of its address gets out; and the pulse, which must find a gateway that is not well.
 */
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createRaw } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Words } from '../../src/core/types.ts';
import type { BeatWay } from '../../src/heartbeat/beat.ts';
import { httpBeat } from '../../src/heartbeat/beat-http.ts';
import { runHeartbeat } from '../../src/heartbeat/heartbeat.ts';
import { takePulse } from '../../src/heartbeat/pulse.ts';
import { WordedError } from '../../src/words/worded-error.ts';
import { realWorld, type World } from '../../src/world/world.ts';

const journalRefuses = new WordedError({ zh: '磁盘已满', en: 'the disk is full' });
const secret = 'a1b2c3d4-secret';
const quiet = realWorld({ info: () => undefined, warn: () => undefined, error: () => undefined });

/** A service that waits for beats; gives what it was asked. */
async function watcher(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['content-length'] ?? ''}`.trim());
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { asked, hook: `http://127.0.0.1:${port}/ping/${secret}` };
}

const beatTo = (hook: string, limitMs?: number, method: 'GET' | 'POST' = 'POST') =>
  httpBeat({ id: 'outside', protocol: 'http', hook, method, everySec: 60 }, quiet, limitMs);
const unnamed = (why: Words | undefined) => expect(`${why?.zh} ${why?.en}`).not.toContain(secret);

describe('a beat over HTTP', () => {
  test.each(['GET', 'POST'] as const)('is one %s of the address, without anything in it', async (method) => {
    const { asked, hook } = await watcher((_, response) => response.end('OK'));
    expect(await beatTo(hook, undefined, method).beat()).toBeUndefined();
    expect(asked[0]).toMatch(new RegExp(`^${method} /ping/${secret}( 0)?$`));
  });

  test.each([
    [404, /does not know this address \(404\)/],
    [410, /does not know this address \(410\)/],
    [500, /did not take it \(500\)/],
    [429, /did not take it \(429\)/],
    [302, /leads elsewhere \(302\)/],
  ])('that is answered with %i says what to do, and not its address', async (status, sentence) => {
    const { asked, hook } = await watcher((_, response) => {
      response.writeHead(status, { location: `/elsewhere/${secret}` }).end(secret);
    });
    const why = await beatTo(hook).beat();
    expect(why?.en).toMatch(sentence);
    unnamed(why);
    expect(asked).toHaveLength(1);
  });

  test('to somebody who never answers ends within its limit', async () => {
    const { hook } = await watcher(() => undefined);
    const why = await beatTo(hook, 200).beat();
    expect(why?.en).toMatch(/no answer within 0\.2 s/);
    unnamed(why);
  });

  test('to somebody whose answer never ends is told or said, within its limit', async () => {
    const { hook } = await watcher((_, response) => {
      response.writeHead(200);
      response.write('x');
    });
    unnamed(await beatTo(hook, 200).beat());
  });

  test('to nobody says that it cannot be reached', async () => {
    const server = createRaw();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const why = await beatTo(`http://127.0.0.1:${port}/${secret}`).beat();
    expect(why?.en).toMatch(/cannot be reached \(ECONNREFUSED\)/);
    unnamed(why);
  });
});

/** Time that passes when the test says so. */
function heldWorld(): World & { pass(ms: number): Promise<void> } {
  let now = 0;
  const waits = new Set<{ at: number; wake: () => void }>();
  return {
    ...quiet,
    now: () => now,
    elapsed: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        const wait = { at: now + ms, wake: resolve };
        waits.add(wait);
        signal?.addEventListener('abort', () => {
          waits.delete(wait);
          reject(signal.reason);
        });
      }),
    async pass(ms) {
      now += ms;
      for (const wait of waits)
        if (wait.at <= now) {
          waits.delete(wait);
          wait.wake();
        }
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('the heartbeat', () => {
  /** A way that notes what it is told; with `hangs` it never answers. */
  function way(id: string, notes: string[], hangs = false): BeatWay {
    const { promise: never } = Promise.withResolvers<undefined>();
    return {
      id,
      everyMs: 60_000,
      beat: () => {
        notes.push(`${id} beats`);
        return hangs ? never : Promise.resolve(undefined);
      },
      hush: async () => void notes.push(`${id} hushes`),
      end: async () => void notes.push(`${id} ends`),
    };
  }

  test('goes each minute, one way that hangs holds up no other, and at the end it says good-bye', async () => {
    const world = heldWorld();
    const stop = new AbortController();
    const notes: string[] = [];
    const parts = { world, unwell: async () => undefined, trouble: () => undefined };
    const hung = runHeartbeat({ ...parts, ways: [way('hung', notes, true)] }, stop.signal);
    const both = runHeartbeat({ ...parts, ways: [way('well', notes)] }, stop.signal);
    await world.pass(0);
    for (let minute = 0; minute < 3; minute++) await world.pass(60_000);
    expect(notes.filter((one) => one === 'well beats')).toHaveLength(4);
    expect(notes.filter((one) => one === 'hung beats')).toHaveLength(1);
    stop.abort();
    await both;
    expect(notes.at(-1)).toBe('well ends');
    void hung;
  });

  test('is not sent while the gateway is not well, says why, and goes on afterwards', async () => {
    const world = heldWorld();
    const stop = new AbortController();
    const notes: string[] = [];
    const said: (string | undefined)[] = [];
    let why: Words | undefined = { zh: '磁盘已满', en: 'the disk is full' };
    const trouble = (part: string, what: Words | undefined) => void said.push(`${part} ${what?.en}`);
    const run = runHeartbeat({ world, ways: [way('out', notes)], unwell: async () => why, trouble }, stop.signal);
    await world.pass(0);
    expect(notes).toEqual(['out hushes']);
    expect(said.at(-1)).toBe(
      'heartbeat:out No heartbeat is sent, because the gateway itself is not well: the disk is full',
    );
    why = undefined;
    await world.pass(60_000);
    expect(notes.at(-1)).toBe('out beats');
    expect(said.at(-1)).toBe('heartbeat:out undefined');
    stop.abort();
    await run;
  });
});

describe('the pulse', () => {
  function folder(): string {
    const dir = mkdtempSync(join(tmpdir(), 'gatehouse-pulse-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    return dir;
  }
  const known = () => undefined;
  const read = async (look: () => void) => look();

  test('of a gateway that reads and writes is well, and leaves one small file', async () => {
    const dir = folder();
    expect(await takePulse({ world: quiet, dir, read, known })).toBeUndefined();
    expect(readdirSync(dir)).toEqual(['heartbeat.probe']);
  });

  test('of one whose journal refuses, or is known to, says so', async () => {
    const dir = folder();
    const refused = await takePulse({ world: quiet, dir, read: () => Promise.reject(journalRefuses), known });
    expect(refused?.en).toBe(journalRefuses.why.en);
    expect(await takePulse({ world: quiet, dir, read, known: () => journalRefuses.why })).toBe(journalRefuses.why);
  });

  test('of one whose loop stands still ends, and says so', async () => {
    const world = heldWorld();
    const { promise: never } = Promise.withResolvers<void>();
    const pulse = takePulse({ world, dir: folder(), read: () => never, known });
    await world.pass(5_000);
    expect((await pulse)?.en).toMatch(/journal was not written within 5 s/);
  });

  test('of one whose data folder takes nothing says so, though the night is quiet', async () => {
    const dir = folder();
    rmSync(dir, { recursive: true });
    expect((await takePulse({ world: quiet, dir, read, known }))?.en).toMatch(
      /nothing can be written to .* \(ENOENT\)/,
    );
  });
});
