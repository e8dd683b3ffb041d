/**
 * One question to the district over HTTPS and its answer: bounded in time and in size, followed nowhere else, and read by the protocol alone.
 * Whatever else answers, a proxy, a log-in page, nothing, is told as a sentence with its remedy. It must never show the key to another address,
 * nor put a text of the other side into a sentence.
 */
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { z } from 'zod';
import type { Words } from '../core/types.ts';
import {
  districtDown,
  districtElsewhere,
  districtExpired,
  districtForeign,
  districtNotYetValid,
  districtRefusals,
  districtRefusesOtherwise,
  districtSilent,
  districtTooLarge,
  districtUnreachable,
  districtUntrusted,
  districtWantsCertificate,
} from '../words/district/uplink-words.ts';
import { WordedError } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';
import { DistrictPapers, type Papers } from './district-papers.ts';
import { AMISS_HEADER, type RefusalCode, refusalBody } from './protocol.ts';

/** Where the district is, and how the school shows who it is. Paths are absolute. */
export interface DistrictAddress {
  readonly url: string;
  /** The school's key. */
  readonly password?: string;
  readonly ca?: string;
  readonly certificate?: { readonly key: string; readonly cert: string };
}

export interface Question<T> {
  readonly method: 'POST' | 'PUT';
  /** Below the address. */
  readonly path: string;
  readonly body: string | Uint8Array;
  readonly type?: string;
  /** What the answer must be. */
  readonly answer: z.ZodType<T>;
  /** Longest wait for the whole answer, ms. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** The district itself said no. */
export class DistrictRefused extends WordedError {
  readonly code: RefusalCode;
  /** It asks not to be asked again before, ms. */
  readonly afterMs: number;
  constructor(code: RefusalCode, afterMs: number) {
    super((districtRefusals satisfies Readonly<Record<RefusalCode, Words>>)[code]);
    this.code = code;
    this.afterMs = afterMs;
  }
}

/** The district was not reached, or something else answered in its place. `tooLarge`: less at once may pass. */
export class DistrictAway extends WordedError {
  readonly tooLarge: boolean;
  constructor(why: Words, tooLarge = false) {
    super(why);
    this.tooLarge = tooLarge;
  }
}

/** Longer answers are not read: a thousand orders are shorter. Ours. */
const ANSWER_MAX = 2_000_000;
/** Shorter bodies gain nothing. */
const GZIP_FROM = 1_000;
/** Nobody is believed who asks to wait longer, ms. Ours. */
const AFTER_MAX_MS = 300_000;
const zipped = promisify(gzip);

/** Why a connection failed, by the code of the system, of OpenSSL or of Node's TLS. */
function awayBy(code: string): Words {
  if (code === 'CERT_HAS_EXPIRED') return districtExpired;
  if (code === 'CERT_NOT_YET_VALID') return districtNotYetValid;
  if (/ALERT.*CERT|CERTIFICATE_REQUIRED/.test(code)) return districtWantsCertificate(code);
  if (/CERT|SIGNED|ISSUER|SIGNATURE|ERR_(?:TLS|SSL)/.test(code)) return districtUntrusted(code);
  return districtUnreachable(code);
}

/** The body; undefined where it is longer than an answer may be. */
async function bodyOf(answer: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > ANSWER_MAX) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

const parsed = (text: string | undefined): unknown => {
  try {
    return JSON.parse(text ?? '') as unknown;
  } catch {
    return undefined;
  }
};

function refusalOf(status: number, body: unknown, retryAfter: string | undefined): WordedError {
  const refusal = refusalBody.safeParse(body);
  if (refusal.success && status >= 400) {
    const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : 0;
    return new DistrictRefused(refusal.data.code, Math.min(seconds * 1_000, AFTER_MAX_MS));
  }
  const named = z.object({ code: z.string().regex(/^[a-z][a-z-]{0,39}$/) }).safeParse(body);
  if (named.success && status >= 400) return new DistrictAway(districtRefusesOtherwise(named.data.code));
  if (status >= 300 && status < 400) return new DistrictAway(districtElsewhere(status));
  if (status === 413) return new DistrictAway(districtTooLarge(status), true);
  return new DistrictAway(status >= 502 && status <= 504 ? districtDown(status) : districtForeign(status));
}

export class DistrictExchange {
  readonly #at: DistrictAddress;
  readonly #world: Pick<World, 'sleep' | 'elapsed'>;
  readonly #files: DistrictPapers;
  #agent: http.Agent | https.Agent | undefined;
  #shown: Papers | undefined;

  constructor(at: DistrictAddress, world: Pick<World, 'sleep' | 'elapsed'>) {
    this.#at = at;
    this.#world = world;
    this.#files = new DistrictPapers(at, world);
  }

  /** What a person has to see to about the files by which both know each other, at `now`, ms since 1970. */
  papersTrouble(now: number): Words | undefined {
    return this.#files.trouble(now);
  }

  /** Rejects with DistrictRefused or DistrictAway; with the signal's reason where it is aborted. */
  async ask<T>(question: Question<T>): Promise<T> {
    const over = new AbortController();
    const answered = new AbortController();
    const stop = () => over.abort();
    question.signal.addEventListener('abort', stop, { once: true });
    if (question.signal.aborted) stop();
    let late = false;
    this.#world.sleep(question.timeoutMs, answered.signal).then(
      () => {
        late = true;
        over.abort();
      },
      () => undefined,
    );
    try {
      return await this.#exchange(question, over.signal);
    } catch (error) {
      if (question.signal.aborted) throw question.signal.reason;
      // Files and connections are looked at anew: a certificate may have been renewed.
      if (!(error instanceof DistrictRefused) || error.code.startsWith('certificate-')) this.close();
      if (error instanceof WordedError) throw error;
      if (late) throw new DistrictAway(districtSilent(question.timeoutMs / 1_000));
      throw new DistrictAway(awayBy((error as NodeJS.ErrnoException).code ?? 'unknown'));
    } finally {
      answered.abort();
      question.signal.removeEventListener('abort', stop);
    }
  }

  close(): void {
    this.#agent?.destroy();
    this.#agent = undefined;
    this.#files.lookAgain();
  }

  async #agentOf(url: URL): Promise<http.Agent | https.Agent> {
    const kept = { keepAlive: true, maxSockets: 4 };
    if (url.protocol === 'http:') {
      this.#agent ??= new http.Agent(kept);
      return this.#agent;
    }
    const papers = await this.#files.now();
    // What is under way on the old connections goes on; they end when it does.
    if (!this.#agent || papers !== this.#shown) this.#agent = new https.Agent({ ...kept, ...papers });
    this.#shown = papers;
    return this.#agent;
  }

  async #exchange<T>({ method, path, body, type, answer }: Question<T>, signal: AbortSignal): Promise<T> {
    const url = new URL(`${this.#at.url.replace(/\/$/, '')}${path}`);
    const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body);
    const short = bytes.length < GZIP_FROM || type !== undefined;
    const sent = short ? bytes : await zipped(bytes, { level: 4 });
    const agent = await this.#agentOf(url);
    const headers = {
      'content-type': type ?? 'application/json',
      'content-length': sent.length,
      accept: 'application/json',
      ...(!short && { 'content-encoding': 'gzip' }),
      ...(this.#at.password !== undefined && { authorization: `Bearer ${this.#at.password}` }),
      ...(this.#files.amiss() && { [AMISS_HEADER]: 'certificate-unread' }),
    };
    const { request } = url.protocol === 'http:' ? http : https;
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = request(url, { method, headers, agent, signal }, resolve);
      asked.on('error', reject);
      asked.end(sent);
    });
    const status = response.statusCode ?? 0;
    const text = await bodyOf(response);
    const read = parsed(text);
    const known = answer.safeParse(read);
    if (status === 200 && known.success) return known.data;
    if (text === undefined) response.destroy();
    throw refusalOf(status, read, response.headers['retry-after']);
  }
}
