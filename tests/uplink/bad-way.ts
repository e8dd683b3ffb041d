/**
 * What lies between a school and a district that is real: each question is passed on as it is, or something becomes of it that becomes of
 * questions on the way. It changes nothing in them.
 */
import { once } from 'node:events';
import { request as ask, createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export type WayFault = 'none' | 'lost' | 'unanswered' | 'cut' | 'html' | 'hangs' | 'doubled' | 'late' | 'gone';

interface Passed {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface BadWay {
  readonly url: string;
  /** What becomes of the next question there. */
  fault: (path: string) => WayFault;
  /** Where it leads. */
  target: string;
}

export async function badWay(target: string): Promise<BadWay> {
  const way = { url: '', target, fault: (): WayFault => 'none' } as { url: string } & BadWay;
  /** Bodies that were passed on, to come once more when they are old. */
  const old: (() => Promise<Passed>)[] = [];
  const pass = (method: string, path: string, headers: IncomingHttpHeaders, body: Buffer) => (): Promise<Passed> =>
    new Promise((resolve, reject) => {
      const { host: _, connection: __, ...others } = headers;
      const asked = ask(new URL(path, way.target), { method, headers: others }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part)).on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
        );
      });
      asked.on('error', reject);
      asked.end(body);
    });
  const say = (response: ServerResponse, { status, headers, body }: Passed) => {
    const { connection: _, 'transfer-encoding': __, ...others } = headers;
    response.writeHead(status, { ...others, 'content-length': body.length }).end(body);
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => void take(Buffer.concat(parts)).catch(() => request.socket.destroy()));
    const take = async (body: Buffer): Promise<void> => {
      const path = request.url ?? '';
      const go = pass(request.method ?? '', path, request.headers, body);
      const fault = way.fault(path);
      if (fault === 'hangs') return;
      if (fault === 'lost' || fault === 'gone') throw new Error(fault);
      if (fault === 'html') {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>上网登录</html>');
        return;
      }
      if (fault === 'late') await old[Math.floor(Math.random() * old.length)]?.();
      if (fault === 'doubled') await go();
      const answer = await go();
      if (path === '/ingest') old.push(go);
      if (fault === 'unanswered') throw new Error(fault);
      if (fault !== 'cut') return say(response, answer);
      response.writeHead(answer.status, { 'content-length': answer.body.length + 10 });
      response.write(answer.body, () => request.socket.destroy());
    };
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  way.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(async () => {
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  });
  return way;
}
