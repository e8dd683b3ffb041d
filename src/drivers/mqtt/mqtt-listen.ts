/**
 * Opens the ports of the embedded broker and wraps what arrives in a guard. It must never let a failure to open pass
 * without a sentence that names the port or the file and the remedy.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { allConnectionsTaken, pairUnusable, pemUnreadable, portUnusable } from '../../words/mqtt-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import { Strangers } from '../../world/strangers.ts';
import type { Notices } from './mqtt-notice.ts';
import { Guard } from './mqtt-size-limit.ts';

/**
 * Connections that have not logged in: a device does so within a moment of coming, and some hundred may come at once from behind
 * one address after a power cut. They take no place of a device that is logged in.
 */
const strangersMost = { most: 1_000, mostOfOne: 250 } as const;
/** A TLS client has this long to finish its handshake, ms. */
const handshakeMs = 10_000;

export interface Ports {
  readonly plain: number;
  readonly tls?: number;
}

export interface Doors {
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly key: string; readonly cert: string };
  readonly tlsPort?: number;
  readonly maxClients: number;
  readonly maxPacketBytes: number;
}

export interface OpenPorts {
  readonly ports: Ports;
  close(): void;
}

/** Listens on the plain and, with a certificate, the TLS port. `broken` is called when a port stops listening. */
export async function openDoors(
  doors: Doors,
  say: Notices,
  enter: (guard: Guard) => void,
  broken: (error: Error) => void,
): Promise<OpenPorts> {
  const guards = new Set<Guard>();
  const known = new Set<Guard>();
  const strangers = new Strangers(strangersMost);
  const servers: Server[] = [];
  const arrive = (socket: Socket) => {
    if (known.size >= doors.maxClients) {
      socket.destroy();
      say.trouble('full', allConnectionsTaken(doors.maxClients));
      return;
    }
    const guard = new Guard(socket, doors.maxPacketBytes);
    guards.add(guard);
    guard.once('login', () => {
      strangers.known(socket);
      if (known.size < doors.maxClients) known.add(guard);
      else guard.destroy();
    });
    guard.once('close', () => {
      guards.delete(guard);
      known.delete(guard);
    });
    enter(guard);
  };
  const come = (socket: Socket) => strangers.enter(socket);
  const close = () => {
    for (const server of servers) server.close();
    for (const guard of guards) guard.destroy();
  };
  try {
    const plain = createServer({ noDelay: true }, arrive);
    servers.push(plain);
    plain.prependListener('connection', come);
    const ports: { plain: number; tls?: number } = { plain: await listen(plain, doors.host, doors.port, broken) };
    if (doors.tls) {
      const pair = { key: await readPem(doors.tls.key, 'key'), cert: await readPem(doors.tls.cert, 'certificate') };
      const secure = tlsServer({ ...pair, noDelay: true, handshakeTimeout: handshakeMs }, arrive);
      servers.push(secure);
      secure.on('connection', come);
      secure.on('tlsClientError', (error, socket) =>
        say.warn(socket.remoteAddress ?? 'unknown address', `TLS handshake failed: ${error.message}`),
      );
      ports.tls = await listen(secure, doors.host, doors.tlsPort ?? 8883, broken);
    }
    return { ports, close };
  } catch (error) {
    close();
    throw error;
  }
}

function tlsServer(options: Parameters<typeof createTlsServer>[0], arrive: (socket: Socket) => void) {
  try {
    return createTlsServer(options, arrive);
  } catch (error) {
    throw new WordedError(pairUnusable(said(error)));
  }
}

async function readPem(path: string, what: 'key' | 'certificate'): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new WordedError(pemUnreadable(what, path, said(error)));
  }
}

async function listen(server: Server, host: string, port: number, broken: (error: Error) => void): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ host, port }, resolve);
  try {
    await promise;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new WordedError(portUnusable(port, host, code, said(error)));
  }
  server.removeListener('error', reject);
  server.on('error', broken);
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

function said(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
