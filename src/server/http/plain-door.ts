/**
 * Plain HTTP at a door that speaks TLS: whoever types an address without `https` is sent to the same address with it. What anybody sends
 * besides a question is not read: a password said in the clear must not seem to have been taken.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { plainPortClosed, secureOnly } from '../../words/server-words.ts';
import type { World } from '../../world/world.ts';

/** A greeting of TLS begins with this byte (RFC 8446, 5.1: handshake). */
const TLS_HELLO = 0x16;
/** Whoever says nothing for so long is neither. Ours. */
const FIRST_BYTE_MS = 10_000;
/** How long a connection lasts at most: nobody has more than one thing to ask. Ours. */
const ASKING_MS = 5_000;

/** The same address over TLS; undefined where the question does not say whom it asks. */
function secureAddress({ headers: { host = '' }, url = '/' }: IncomingMessage, port: number): string | undefined {
  if (!/^[\w.:[\]-]+$/.test(host) || !url.startsWith('/') || url.startsWith('//')) return undefined;
  const name = host.replace(/:\d*$/, '');
  const address = `https://${name}${port === 443 ? '' : `:${port}`}`;
  return name !== '' && URL.canParse(address) ? `${address}${url}` : undefined;
}

function answer(request: IncomingMessage, response: ServerResponse, port: number): void {
  const to = secureAddress(request, port);
  const asks = request.method === 'GET' || request.method === 'HEAD';
  response.setHeader('connection', 'close');
  response.setHeader('cache-control', 'no-store');
  if (asks && to !== undefined) {
    response.writeHead(307, { location: to }).end();
    return;
  }
  const { zh, en } = secureOnly;
  response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' }).end(`${zh}\n${en}\n`);
}

/** Who answers plain HTTP; it listens nowhere by itself. `port`: where TLS is spoken. */
function plainAnswerer(port: () => number) {
  const limits = { keepAliveTimeout: 1, maxHeaderSize: 16_384 };
  const plain = createServer(limits, (request, response) => answer(request, response, port()));
  plain.on('upgrade', (_request, socket) => socket.destroy());
  // Node's own limits hold for a server that listens, and whoever says a letter now and then is never idle.
  plain.on('connection', (socket: Socket) => {
    const over = setTimeout(() => socket.destroy(), ASKING_MS);
    socket.once('close', () => clearTimeout(over));
  });
  return plain;
}

/**
 * Lets a server of TLS answer plain HTTP at its own port by sending it to TLS. Gives what ends the connections that are not TLS, for a
 * server waits for all of them when it closes.
 */
export function sendPlainOn(server: TlsServer): () => void {
  const plain = plainAnswerer(() => {
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 443;
  });
  const greet = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  const others = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    others.add(socket);
    const gone = () => others.delete(socket);
    socket.on('close', gone);
    // Whoever breaks off before a word was said has nobody else to tell it to.
    socket.on('error', () => socket.destroy());
    const slow = () => socket.destroy();
    socket.setTimeout(FIRST_BYTE_MS, slow);
    const look = () => {
      const bytes = socket.read() as Buffer | null;
      if (bytes === null) {
        if (!socket.readableEnded && !socket.destroyed) socket.once('readable', look);
        return;
      }
      socket.setTimeout(0);
      socket.off('timeout', slow);
      socket.unshift(bytes);
      if (bytes[0] !== TLS_HELLO) return void plain.emit('connection', socket);
      socket.off('close', gone);
      gone();
      for (const hear of greet) hear.call(server, socket);
    };
    socket.once('readable', look);
  });
  return () => {
    plain.closeAllConnections();
    for (const socket of others) socket.destroy();
  };
}

/** Where the port of TLS is the usual one, whoever types a bare name or address comes to the usual one of plain HTTP. */
export const usualPorts = { tls: 443, plain: 80 } as const;

/**
 * Sends whoever comes to a port of plain HTTP on to TLS. That it cannot be had is a line in the log and nothing more: another program
 * may have it. Gives the port, and what closes it.
 */
export async function openPlainPort(
  at: { readonly host: string; readonly port: number; readonly tls: number },
  { log }: Pick<World, 'log'>,
): Promise<{ readonly port: number; close(): void } | undefined> {
  const plain = plainAnswerer(() => at.tls);
  // An address has sixty connections of strangers at the other door; here nobody stays.
  plain.maxConnections = 200;
  try {
    await new Promise<void>((resolve, reject) => {
      plain.once('error', reject);
      plain.listen(at.port, at.host, resolve);
    });
  } catch (error) {
    log.warn(plainPortClosed(at.port, (error as NodeJS.ErrnoException).code ?? String(error)).en);
    return undefined;
  }
  plain.on('error', () => undefined);
  const address = plain.address();
  return {
    port: typeof address === 'object' && address ? address.port : at.port,
    close() {
      plain.close();
      plain.closeAllConnections();
    },
  };
}
