/**
 * One attachment to a device's event stream: logs in, asks for the endless answer, gives its bytes, and closes the connection when
 * it is let go of. A connection that is left open costs the device an attachment, and when all are used up it refuses everybody.
 * It must never follow a redirect, nor send a password anywhere but to the accepted address.
 */
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { World } from '../../world/world.ts';
import type { HttpStreamOptions } from '../connection-options.ts';
import { DigestLogin } from '../http-access/digest-login.ts';
import type { Patience } from '../http-access/login-patience.ts';
import { StreamError, socketTrouble, statusTrouble, streamError, streamRefused } from './stream-error.ts';

/** How long a connection that was cut may take to be gone, ms. */
const GONE_MS = 1_000;
/** A device that calls every nonce too old would be asked for ever. */
const ROUNDS = 3;

/** An answer that is under way. */
export interface Attached {
  readonly boundary: string;
  readonly bytes: AsyncIterator<Buffer>;
  /** Cuts the connection; resolves when it is gone. */
  close(): Promise<void>;
}

export class StreamAccess {
  /** For sentences. */
  readonly name: string;
  readonly #options: HttpStreamOptions;
  readonly #world: World;
  readonly #signal: AbortSignal;
  readonly #patience: Patience;
  readonly #address: URL;
  readonly #login: DigestLogin | undefined;

  /** Throws a StreamError when the address is none. */
  constructor(name: string, options: HttpStreamOptions, world: World, signal: AbortSignal, patience: Patience) {
    this.name = name;
    this.#options = options;
    this.#world = world;
    this.#signal = signal;
    this.#patience = patience;
    if (!URL.canParse(options.address)) throw streamError('foreign', name, 'the address is no URL');
    this.#address = new URL(options.address);
    const { user, password = '' } = options;
    this.#login = user === undefined ? undefined : new DigestLogin(user, password);
  }

  /** Attaches to the stream. Rejects with a StreamError. */
  async attach(path: string): Promise<Attached> {
    const response = await this.get(path);
    const type = response.headers['content-type'] ?? 'no content type';
    const boundary = /^multipart\/.*;\s*boundary=\s*(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(type);
    if (!boundary) {
      await gone(response, this.#world);
      throw streamError('foreign', this.name, type.slice(0, 80));
    }
    return {
      boundary: boundary[1] ?? boundary[2]!,
      bytes: response[Symbol.asyncIterator]() as AsyncIterator<Buffer>,
      close: () => gone(response, this.#world),
    };
  }

  /** Asks with the log-in that the device wants; gives an answer of status 200 whose body is still to come. */
  async get(path: string): Promise<IncomingMessage> {
    const response = await this.#loggedIn(path).catch((error: unknown) => {
      if (error instanceof StreamError && error.off) this.#patience.away(this.#world.elapsed());
      throw error;
    });
    if (response.statusCode === 200) {
      this.#patience.accepted();
      return response;
    }
    await gone(response, this.#world);
    // Its user may log in and may not do this: some say so to an account that is locked.
    if (response.statusCode === 403) throw this.#refused();
    throw statusTrouble(response.statusCode ?? 0, this.name);
  }

  /**
   * A short text by the log-in of a stream that is attached; undefined when there is none, whatever it is answered with. A user may read
   * the stream and not this: the log-in is none the worse for it.
   */
  async brief(path: string, most: number, withinMs: number): Promise<string | undefined> {
    const limit = new AbortController();
    let response: IncomingMessage | undefined;
    const late = this.#world
      .sleep(withinMs, AbortSignal.any([this.#signal, limit.signal]))
      .catch(() => undefined)
      .then(() => response?.destroy());
    try {
      response = await this.#loggedIn(path);
      let text = '';
      for await (const chunk of response as AsyncIterable<Buffer>) {
        text += chunk.toString('latin1');
        if (text.length > most) return undefined;
      }
      // Some say that nothing stands with an error of HTTP: what it says counts.
      return text;
    } catch {
      this.#patience.accepted();
      return undefined;
    } finally {
      limit.abort();
      response?.destroy();
      await late;
    }
  }

  /** Whether the device is there, without a log-in. Rejects with a StreamError when nobody answers. */
  async look(path: string): Promise<void> {
    try {
      await gone(await this.#ask(path, undefined), this.#world);
    } catch (error) {
      if (error instanceof StreamError && error.off) this.#patience.away(this.#world.elapsed());
      throw error;
    }
  }

  async #loggedIn(path: string): Promise<IncomingMessage> {
    // A nonce of an earlier request may be too old, which many devices say by nothing but another challenge.
    let fresh = false;
    for (let round = 0; ; round++) {
      const offered = this.#login?.authorization('GET', path);
      const response = await this.#offer(path, offered);
      if (response.statusCode !== 401) return response;
      const challenge = response.headers['www-authenticate'];
      await gone(response, this.#world);
      const login = this.#login;
      if (!login?.challenged(challenge === undefined ? [] : [challenge])) throw this.#refused();
      if ((offered !== undefined && fresh && !login.stale) || round >= ROUNDS) throw this.#refused();
      fresh = true;
    }
  }

  /** Asks with a credential, where there is one, and counts what becomes of it. */
  async #offer(path: string, offered: string | undefined): Promise<IncomingMessage> {
    if (offered === undefined) return await this.#ask(path, undefined);
    const patience = this.#patience;
    return await patience.inTurn(async () => {
      // While a refused log-in has to wait, none is offered.
      if (patience.waitMs(this.#world.elapsed()) > 0) throw this.refusal();
      try {
        const response = await this.#ask(path, offered);
        if (response.statusCode === 401 || response.statusCode === 403) patience.spend(this.#world.elapsed());
        return response;
      } catch (error) {
        if (!(error instanceof StreamError && error.off)) patience.lose(this.#world.elapsed());
        throw error;
      }
    });
  }

  #refused(): StreamError {
    this.#patience.refused(this.#world.elapsed());
    return this.refusal();
  }

  /** Says when the next try is. */
  refusal(): StreamError {
    const nextAt = this.#world.now() + this.#patience.waitMs(this.#world.elapsed());
    return streamRefused(this.name, this.#options, this.#patience.refusals, nextAt);
  }

  /** One request; resolves with the answer's head, within the time limit. */
  async #ask(path: string, authorization: string | undefined): Promise<IncomingMessage> {
    const limit = new AbortController();
    const signal = AbortSignal.any([this.#signal, limit.signal]);
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const { protocol, hostname, port, host } = this.#address;
    const request = (protocol === 'https:' ? secureRequest : plainRequest)({
      protocol,
      hostname: hostname.replace(/^\[|\]$/g, ''),
      port,
      path,
      method: 'GET',
      // A connection of its own, which ends with the stream.
      agent: false,
      headers: { accept: '*/*', connection: 'close', ...(authorization !== undefined && { authorization }) },
    });
    request.once('response', resolve);
    // Also what goes wrong later: a stream is told of it by its own bytes.
    request.on('error', reject);
    request.end();
    const timeoutMs = this.#options.timeoutMs ?? 5_000;
    const late = this.#world.sleep(timeoutMs, signal).then(
      () => reject(streamError('unreachable', this.name, `no answer in ${timeoutMs} ms`, host)),
      () => reject(streamError('unreachable', this.name, 'stopped', host)),
    );
    try {
      const response = await promise;
      // An answer that is cut off tells it through its bytes.
      response.on('error', () => undefined);
      return response;
    } catch (error) {
      request.destroy();
      throw error instanceof StreamError ? error : socketTrouble(error as Error, this.name, host);
    } finally {
      limit.abort();
      await late;
    }
  }
}

/** Cuts an answer's connection and waits until it is gone, so that the device has its attachment back before the next is asked for. */
async function gone(response: IncomingMessage, world: World): Promise<void> {
  const { socket } = response;
  response.destroy();
  if (socket.destroyed && socket.closed) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.once('close', resolve);
  socket.destroy();
  const done = new AbortController();
  const late = world.sleep(GONE_MS, done.signal).catch(() => undefined);
  await Promise.race([promise, late]);
  done.abort();
}
