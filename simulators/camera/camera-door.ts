/**
 * The door of a simulated camera: an HTTP or HTTPS server that reads requests whole and sends answers, and where the faults
 * of transport live: hanging, lateness, cut and dripping answers, rubbish. What a request means is not known here.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { CameraFaults } from './camera-faults.ts';
import { HasteCount } from './camera-haste.ts';
import { operationOf } from './camera-soap.ts';

const BODY_MAX = 100_000;

export interface DoorOptions {
  readonly host: string;
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  readonly faults: CameraFaults;
  /** Each request by its operation, also the ones that get no answer. */
  readonly heard: (operation: string) => void;
  /** Answers a request; `snapshot` stands for every GET. */
  readonly answer: (
    operation: string | undefined,
    req: IncomingMessage,
    res: ServerResponse,
    body: string,
  ) => Promise<void>;
}

export class CameraDoor {
  port = 0;
  private readonly options: DoorOptions;
  private readonly server;
  private readonly timers = new Set<NodeJS.Timeout>();
  readonly haste = new HasteCount();
  private readonly asked = new WeakSet<Socket>();
  /** Connections that came too fast, and what becomes of their requests. */
  private readonly hurried = new WeakMap<Socket, 503 | 429 | 'mute'>();

  constructor(options: DoorOptions) {
    this.options = options;
    const serve = (req: IncomingMessage, res: ServerResponse): void => {
      this.serve(req, res).catch(() => res.destroy());
    };
    this.server = options.tls ? createTlsServer(options.tls, serve) : createServer(serve);
    this.server.on('connection', (socket: Socket) => {
      const { haste } = options.faults;
      if (haste?.counts !== 'connections' || this.haste.takes(haste)) return;
      if (haste.answer === 'reset') socket.resetAndDestroy();
      else if (haste.answer === 'end') socket.destroy();
      else this.hurried.set(socket, haste.answer);
    });
  }

  async listen(port: number): Promise<void> {
    this.server.listen(port, this.options.host);
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Refuses connections and drops the ones there are. */
  async close(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    if (!this.server.listening) return;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        resolve();
      }, ms);
      this.timers.add(timer);
    });
  }

  private async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    // The client may leave at any moment; that is its right, not an error of the camera.
    req.on('error', () => res.destroy());
    res.on('error', () => res.destroy());
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of req as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > BODY_MAX) return void res.destroy();
    }
    if (this.hastily(req, res)) return;
    const body = Buffer.concat(chunks).toString();
    const snapshot = req.method === 'GET';
    const operation = snapshot ? 'snapshot' : operationOf(body);
    const { faults, heard, answer } = this.options;
    const hung = faults.hang === true || (Array.isArray(faults.hang) && faults.hang.includes(operation ?? ''));
    if (!hung && faults.slowMs > 0) await this.pause(faults.slowMs);
    // Noted after the fault is decided, so that a test can flip the switch for the next one.
    heard(operation ?? 'unknown');
    if (hung) return;
    if (faults.html401)
      return this.send(res, 401, 'text/html', '<html><h2>Access Error: 401 -- Unauthorized</h2></html>');
    if (faults.htmlOk) return this.send(res, 200, 'text/html', '<html><h1>404 Not Found</h1></html>');
    if (faults.garbage) return this.send(res, 200, 'application/soap+xml', Buffer.from([0, 60, 255, 1, 62, 60, 47]));
    if (faults.hugeBytes > 0) return this.send(res, 200, 'application/soap+xml', Buffer.alloc(faults.hugeBytes, 32));
    await answer(operation, req, res, body);
  }

  /** Whether a request came too fast, or over a connection that is of no use any more; then it is done with. */
  private hastily({ socket }: IncomingMessage, res: ServerResponse): boolean {
    const { haste, after } = this.options.faults;
    if (after === 'deaf' && this.asked.has(socket)) return true;
    this.asked.add(socket);
    if (after === 'ended') res.setHeader('Connection', 'close');
    const fast = haste?.counts === 'requests' && !this.haste.takes(haste) ? haste.answer : this.hurried.get(socket);
    if (fast === undefined) return false;
    if (fast === 'reset') socket.resetAndDestroy();
    else if (fast === 'end') socket.destroy();
    else if (fast !== 'mute') this.send(res, fast, 'text/html', '<html><h2>Too busy</h2></html>');
    return true;
  }

  /** Sends an answer, as whole as the faults allow. */
  send(res: ServerResponse, status: number, type: string, body: string | Uint8Array): void {
    const bytes = Buffer.from(body as Uint8Array);
    res.writeHead(status, { 'Content-Type': type, 'Content-Length': bytes.length });
    if (this.options.faults.cut) {
      res.write(bytes.subarray(0, bytes.length >> 1), () => res.destroy());
    } else if (this.options.faults.drip) {
      void this.drip(res, bytes);
    } else {
      res.end(bytes);
    }
  }

  private async drip(res: ServerResponse, bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length && !res.destroyed; at += 16) {
      res.write(bytes.subarray(at, at + 16));
      await this.pause(500);
    }
    res.end();
  }
}
