/**
 * A district as the protocol describes one, in a small HTTP server of its own: it keeps what it is sent, grows the tree, cosigns, and holds a
 * poll. What goes wrong on the way is said before each answer. It shares with the product only the protocol and the proofs.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { GrowingTree, leafHash } from '../../src/proof/merkle-tree.ts';
import {
  cosign,
  newSigner,
  openCheckpoint,
  readVerifierKey,
  type Signer,
  verifierKey,
} from '../../src/proof/signed-note.ts';
import {
  aheadRequest,
  type IngestRequest,
  ingestRequest,
  POLL_MS,
  pollRequest,
  type RefusalCode,
  type SentLine,
  type SignedOrder,
} from '../../src/uplink/protocol.ts';

/** So much faster schools wait here. */
export const haste = 50;

/** What becomes of a question. */
export type Fault =
  | 'none'
  | 'lost' // it never comes to the district
  | 'unanswered' // it is taken, and the answer is lost
  | 'cut' // it is taken, and the answer breaks off
  | 'html' // a page answers in its place
  | 'html-ok' // the same, as if all were well
  | 'moved'
  | 'hangs'
  | 'huge'
  | 'doubled' // it comes two times
  | 'too-large'
  | 'gateway' // 502 of a proxy
  | RefusalCode;

const statuses: Readonly<Partial<Record<RefusalCode, number>>> = {
  ...{ 'key-unknown': 401, 'school-unknown': 404, 'protocol-old': 426, 'protocol-new': 426, malformed: 400 },
  ...{ busy: 429, 'store-away': 503, 'disk-full': 507 },
};

export class DistrictPeer {
  lines: SentLine[] = [];
  tree = new GrowingTree();
  readonly ahead = new Map<number, string>();
  readonly asked: { readonly path: string; readonly body: unknown; readonly key: string | undefined }[] = [];
  readonly batches: IngestRequest[] = [];
  readonly sites: string[] = [];
  readonly files: { readonly path: string; readonly type: string | undefined; readonly bytes: Buffer }[] = [];
  readonly wrong: string[] = [];
  orders: SignedOrder[] = [];
  taken: string[] = [];
  site: string | undefined = '';
  /** Lines of a batch that it says it could not read. */
  unread: number | undefined;
  signer: Signer = newSigner('试验区/district'.replace('试验区', 'pudong'));
  /** Its clock. */
  now = (): number => Date.parse('2026-11-23T14:00:00Z');
  fault: (path: string) => Fault = () => 'none';
  /** Before it is taken. */
  gate: (path: string) => Promise<void> = async () => undefined;
  retryAfter: string | undefined;
  readonly held = new Set<() => void>();
  url = '';

  get have(): number {
    return this.lines.length;
  }

  /** Lines as the school's journal should have them, where they were sent to the letter. */
  letters(): readonly (string | undefined)[] {
    return this.lines.map((line) => ('l' in line ? line.l : undefined));
  }

  /** The root over its first lines. */
  rootAt(size: number): Buffer {
    const tree = new GrowingTree();
    for (const line of this.lines.slice(0, size))
      tree.appendLeaf('l' in line ? leafHash(line.l) : Buffer.from(line.h, 'hex'));
    return tree.root();
  }

  /** An old backup of the district was put back. */
  forget(size: number): void {
    this.lines = this.lines.slice(0, size);
    this.tree = new GrowingTree();
    for (const line of this.lines) this.tree.appendLeaf('l' in line ? leafHash(line.l) : Buffer.from(line.h, 'hex'));
  }

  /** Lets go of polls that are held. */
  release(): void {
    for (const go of this.held) go();
    this.held.clear();
  }

  #answer() {
    return {
      have: this.have,
      orders: this.orders.filter(({ order }) => !this.taken.includes(order.id)),
      now: this.now(),
    };
  }

  #ingest(body: unknown): unknown {
    const request = ingestRequest.parse(body);
    this.batches.push(request);
    if (request.from === this.have + 1) {
      if (request.before !== this.tree.root().toString('hex')) this.wrong.push(`root before ${request.from}`);
      for (const line of request.lines) {
        this.lines.push(line);
        this.tree.appendLeaf('l' in line ? leafHash(line.l) : Buffer.from(line.h, 'hex'));
      }
    }
    const log = readVerifierKey(request.log)!;
    const head = request.checkpoint === undefined ? undefined : openCheckpoint(request.checkpoint, log);
    if (request.checkpoint !== undefined && !head) this.wrong.push('a checkpoint of nobody');
    const agrees = head && head.size <= this.have && this.rootAt(head.size).equals(head.root);
    const note = agrees && cosign(request.checkpoint!, this.signer, Math.floor(this.now() / 1_000));
    return {
      ...this.#answer(),
      witness: verifierKey(this.signer),
      ...(note && { cosignature: note.slice(request.checkpoint!.length).trim() }),
      ...(this.site !== undefined && { site: this.site }),
      ...(this.unread !== undefined && request.lines.length > 0 && { unread: this.unread }),
    };
  }

  async #poll(body: unknown): Promise<unknown> {
    const { now, taken } = pollRequest.parse(body);
    this.taken.push(...taken);
    if (!now && this.#answer().orders.length === 0) await this.#hold();
    return this.#answer();
  }

  /** As long as a poll is held, for a school that is as hasty as those here; or until it is let go. */
  async #hold(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.held.add(resolve);
    const late = setTimeout(resolve, POLL_MS / haste);
    await promise;
    clearTimeout(late);
    this.held.delete(resolve);
  }

  async #does(path: string, body: unknown): Promise<unknown> {
    await this.gate(path);
    if (path === '/ahead') {
      for (const { seq, l } of aheadRequest.parse(body).lines) this.ahead.set(seq, l);
      return { taken: true };
    }
    if (path === '/ingest') return this.#ingest(body);
    if (path === '/poll') return await this.#poll(body);
    this.sites.push(JSON.stringify(body));
    return {};
  }

  async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const path = request.url ?? '';
    const bytes = Buffer.concat(parts);
    if (path.startsWith('/files/')) {
      this.files.push({ path, type: request.headers['content-type'], bytes });
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    }
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8');
    const body: unknown = JSON.parse(text);
    this.asked.push({ path, body, key: request.headers.authorization });
    const fault = this.fault(path);
    const say = (status: number, what: string, type = 'application/json') => {
      const after = this.retryAfter === undefined ? {} : { 'retry-after': this.retryAfter };
      response.writeHead(status, { 'content-type': type, ...after }).end(what);
    };
    switch (fault) {
      case 'lost':
        return void request.socket.destroy();
      case 'hangs':
        return;
      case 'html':
        return say(403, '<html>please log in</html>', 'text/html');
      case 'html-ok':
        return say(200, '<html>welcome</html>', 'text/html');
      case 'moved':
        return void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
      case 'too-large':
        return say(413, '<html>413</html>', 'text/html');
      case 'gateway':
        return say(502, '<html>502</html>', 'text/html');
      case 'huge': {
        response.writeHead(200, { 'content-type': 'application/json' });
        const more = () => {
          while (!response.destroyed && response.write(' '.repeat(65_536)));
        };
        response.on('drain', more);
        return more();
      }
      case 'none':
        return say(200, JSON.stringify(await this.#does(path, body)));
      case 'doubled':
        await this.#does(path, body);
        return say(200, JSON.stringify(await this.#does(path, body)));
      case 'unanswered':
        await this.#does(path, body);
        return void request.socket.destroy();
      case 'cut': {
        const answer = JSON.stringify(await this.#does(path, body));
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length + 10 });
        response.write(answer.slice(0, answer.length / 2), () => request.socket.destroy());
        return;
      }
      default:
        return say(
          statuses[fault] ?? 409,
          JSON.stringify({ code: fault, zh: 'x', en: 'x' }),
          'application/problem+json',
        );
    }
  }
}

/** A district that listens. */
export async function districtPeer(
  peer = new DistrictPeer(),
  { tls, port = 0 }: { tls?: { key: string; cert: string; ca?: string }; port?: number } = {},
) {
  const take = (request: IncomingMessage, response: ServerResponse) =>
    void peer.take(request, response).catch((error: unknown) => {
      peer.wrong.push(String(error));
      request.socket.destroy();
    });
  const server = tls
    ? createTlsServer({ ...tls, ...(tls.ca && { requestCert: true, rejectUnauthorized: true }) }, take)
    : createServer(take);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  peer.url = `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    peer.release();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  onTestFinished(close);
  return { peer, close, port: (server.address() as AddressInfo).port };
}
