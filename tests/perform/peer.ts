/**
 * A peer over HTTP for tests of channels: it keeps what it was asked, and answers as told.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { realWorld } from '../../src/world/world.ts';
import { raisedAt } from './told.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
export const world = { ...realWorld(quiet), now: () => raisedAt };

/** Starts one; `answer` may look at the request. */
export async function httpPeer(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const asked: { path: string; body: string; headers: IncomingMessage['headers'] }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      asked.push({ path: request.url ?? '', body, headers: request.headers });
      answer(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
