/**
 * The driver of pushes over HTTP: devices and boxes of analytics that can only post. One line is one port; `POST /push/<device>/<topic>`
 * carries what the device's model reads under that topic, and its secret in the header. It answers when what was told is durable.
 * It must never read a body before the secret was right, never say which of device and secret was wrong, and never grow with whoever calls.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import {
  pushListens,
  pushPairUnusable,
  pushPortUnusable,
  pushSecretWrong,
} from '../../words/camera/push-port-words.ts';
import { dataReceived } from '../../words/link-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { MqttDevice, PushOptions } from '../connection-options.ts';
import { PICTURE_MAX } from '../http-access/jpeg-answer.ts';
import type { Driver, Line, LineDevice } from '../line.ts';
import { decoder, topicName, wireOf } from '../payload/topic-decode.ts';

type PushLine = Line<PushOptions, MqttDevice>;

const CONNECTIONS_MAX = 200;
/** Of one address: a box speaks for some dozens of cameras, and whoever only holds connections must leave room for the others. Ours. */
const OF_ADDRESS_MAX = 64;
/** A request has this long for its head, and for all of itself, ms. */
const HEAD_MS = 10_000;
const REQUEST_MS = 20_000;
/** So many messages of one device a second are taken, with as many saved up; more are told to come later. */
const A_SECOND = 20;
/** How often it is looked whether a request has had its time, ms. */
const LOOK_MS = 5_000;
/** So many wrong secrets of one address for one device a minute are looked at: a box that is set up wrong silences no other behind it. */
const WRONG_A_MINUTE = 10;
const ADDRESSES_MAX = 1_000;

/** Runs one port. Throws when it cannot be opened, or is lost. */
export const httpPush: Driver<PushOptions, MqttDevice> = async (line) => {
  const desk = new PushDesk(line);
  const serve = (req: IncomingMessage, res: ServerResponse) =>
    void desk.serve(req, res).catch(() => {
      // The journal did not keep it, or the sender is gone: it has to send again.
      answer(res, 503);
    });
  const limits = {
    headersTimeout: HEAD_MS,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: 30_000,
    connectionsCheckingInterval: LOOK_MS,
    maxHeaderSize: 8_192,
  };
  const server = line.options.tls
    ? createTlsServer({ ...limits, handshakeTimeout: HEAD_MS, ...(await pairOf(line.options.tls)) }, serve)
    : createServer(limits, serve);
  server.maxConnections = CONNECTIONS_MAX;
  const open = new Set<Socket>();
  server.on('connection', (socket) => admit(open, socket));
  const { host, port } = line.options;
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => undefined);
  server.on('error', (error: NodeJS.ErrnoException) =>
    broken.reject(new WordedError(pushPortUnusable(`${host}:${port}`, error.code ?? error.message))),
  );
  server.listen({ host, port });
  try {
    await Promise.race([once(server, 'listening'), broken.promise]);
    line.ready(pushListens(port));
    const stopped = line.signal.aborted ? Promise.resolve() : once(line.signal, 'abort');
    await Promise.race([stopped, broken.promise]);
  } finally {
    // Also those that have not said anything yet, or shake hands: the server does not count them as its own.
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
};

/** Keeps a connection that has just come, unless its address has too many. */
function admit(open: Set<Socket>, socket: Socket): void {
  const { remoteAddress } = socket;
  let same = 0;
  for (const one of open) if (one.remoteAddress === remoteAddress) same += 1;
  if (same >= OF_ADDRESS_MAX) {
    socket.destroy();
    return;
  }
  open.add(socket);
  socket.once('close', () => open.delete(socket));
}

async function pairOf({ key, cert }: { readonly key: string; readonly cert: string }) {
  try {
    return { key: await readFile(key), cert: await readFile(cert) };
  } catch (error) {
    throw new WordedError(pushPairUnusable((error as Error).message));
  }
}

interface Caller {
  readonly device: LineDevice<MqttDevice>;
  readonly secret: Buffer;
  /** Messages it may send now, and when that was reckoned, monotonic. */
  left: number;
  at: number;
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Takes the messages of one port. */
class PushDesk {
  readonly #line: PushLine;
  readonly #callers: ReadonlyMap<string, Caller>;
  readonly #decode: ReturnType<typeof decoder>;
  /** Wrong secrets by address and device, since when. Devices nobody knows count as one. */
  readonly #wrong = new Map<string, { count: number; readonly since: number }>();

  constructor(line: PushLine) {
    this.#line = line;
    const at = line.world.elapsed();
    this.#callers = new Map(
      line.devices.map((device) => [
        device.id,
        { device, secret: hashOf(device.options.password ?? ''), left: A_SECOND, at },
      ]),
    );
    this.#decode = decoder(line.devices, { maxBytes: PICTURE_MAX, utcOffsetMin: line.options.utcOffsetMin ?? 480 });
  }

  /** Answers one request. Rejects when what it said could not be kept. */
  async serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    req.on('error', () => res.destroy());
    res.on('error', () => res.destroy());
    const [, id = '', name = ''] = /^\/push\/([\w-]{1,64})\/([\w./-]{1,100})$/.exec(req.url ?? '') ?? [];
    const caller = this.#known(req, id);
    if (caller === 'later') return answer(res, 429, 60);
    if (!caller) return answer(res, 401);
    if (req.method !== 'POST') return answer(res, 405);
    const { device } = caller;
    this.#line.trouble(`secret ${id}`, undefined);
    if (!this.#mayNow(caller)) {
      this.#line.drop('too-often', { device: id, topic: name, why: `more than ${A_SECOND} in a second` });
      return answer(res, 429, 1);
    }
    const topic = wireOf(device).topics.find((one) => one.name === name);
    const most = topic?.payload === 'picture' ? PICTURE_MAX : (this.#line.options.maxBytes ?? 65_536);
    const body = await bodyOf(req, most);
    if (!body) {
      this.#line.drop('too-large', { device: device.id, topic: name, why: `more than ${most} bytes` });
      return answer(res, 413);
    }
    await this.#take(device, name, body, res, req.socket.remoteAddress);
  }

  async #take(
    device: LineDevice<MqttDevice>,
    name: string,
    payload: Buffer,
    res: ServerResponse,
    from: string | undefined,
  ): Promise<void> {
    const line = this.#line;
    const said = this.#decode(topicName(device, name), payload, line.world.now());
    if (said.kind === 'drop') {
      line.drop(said.reason, { device: device.id, topic: name, payload, why: said.why });
      return answer(res, said.reason === 'unknown-topic' ? 404 : 400, undefined, said.why);
    }
    const up = said.kind !== 'status' || said.online;
    line.link(device.id, up, dataReceived);
    if (said.kind === 'report') {
      line.trouble(`payload ${device.id}`, said.problem);
      await line.report({ ...said.report, ...(from !== undefined && { from }) });
    }
    answer(res, 204);
  }

  /** Whoever knows the secret of the device; undefined for everybody else, whatever was wrong. */
  #known(req: IncomingMessage, id: string): Caller | 'later' | undefined {
    const now = this.#line.world.elapsed();
    const caller = this.#callers.get(id);
    const who = `${req.socket.remoteAddress ?? ''} ${caller ? id : ''}`;
    const wrong = this.#wrong.get(who);
    if (wrong && now - wrong.since > 60_000) this.#wrong.delete(who);
    else if (wrong && wrong.count >= WRONG_A_MINUTE) return 'later';
    const offered = hashOf(/^Bearer (\S{1,200})$/.exec(req.headers.authorization ?? '')?.[1] ?? '');
    // An unknown device is compared as well, so that it takes as long.
    const right = timingSafeEqual(offered, caller?.secret ?? hashOf('nobody'));
    if (caller?.device.options.password !== undefined && right) return caller;
    if (this.#wrong.size >= ADDRESSES_MAX) this.#wrong.clear();
    const since = this.#wrong.get(who);
    if (since) since.count += 1;
    else this.#wrong.set(who, { count: 1, since: now });
    if (caller) this.#line.trouble(`secret ${id}`, pushSecretWrong(id, req.socket.remoteAddress ?? ''));
    return undefined;
  }

  #mayNow(caller: Caller): boolean {
    const now = this.#line.world.elapsed();
    caller.left = Math.min(A_SECOND, caller.left + ((now - caller.at) / 1_000) * A_SECOND);
    caller.at = now;
    if (caller.left < 1) return false;
    caller.left -= 1;
    return true;
  }
}

/** The body, or undefined when it is too large: then the rest is not read. */
async function bodyOf(req: IncomingMessage, most: number): Promise<Buffer | undefined> {
  if (Number(req.headers['content-length'] ?? 0) > most) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) return undefined;
  }
  return Buffer.concat(chunks);
}

/** An answer without anything in it but, for a message that was not understood, why. */
function answer(res: ServerResponse, status: number, retryAfterS?: number, why?: string): void {
  if (res.headersSent) return;
  // What was not read of a body must not be taken for the next request.
  const headers: Record<string, string> = {
    ...([401, 413, 429].includes(status) && { connection: 'close' }),
    ...(retryAfterS !== undefined && { 'retry-after': String(retryAfterS) }),
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    'content-type': 'text/plain; charset=utf-8',
  };
  res.writeHead(status, headers);
  res.end(why === undefined ? undefined : `${why}\n`);
}
