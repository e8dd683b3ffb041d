/**
 * One exchange over HTTP, as every channel that speaks it has it: the limit of time, redirects that are not followed (a secret
 * address must lead nowhere else), an answer of which only a beginning is read, and the verdicts on what did not get as far
 * as an answer. What an answer of success says is for the kind of channel to judge. No word of a verdict may carry the
 * address, a header or a text of the other side, which could hold a secret.
 */
import {
  channelBroke,
  channelHalf,
  channelRefused,
  channelSilent,
  channelUnreachable,
} from '../../words/channel-words.ts';
import type { World } from '../../world/world.ts';
import { readText } from './answer-text.ts';
import type { Verdict } from './channel.ts';

/** What is asked of the other side. */
export interface HttpRequest {
  /** The channel, as verdicts name it. */
  readonly id: string;
  readonly url: string;
  /** POST without it. */
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** A form brings its own header. */
  readonly body?: string | FormData;
  /** Longest wait for the whole answer, ms. */
  readonly timeoutMs: number;
  /** A status of 4xx or 5xx, too, comes back with its text: this kind is told in it why it was refused. */
  readonly refusalsSpeak?: true;
}

/** An answer: of success, or of refusal where its text was asked for. */
export interface HttpAnswer {
  readonly is: 'answered';
  readonly status: number;
  /** Whether the status is one of success. */
  readonly ok: boolean;
  /** The text; undefined when it broke off before its end, or has none within 16 KB. */
  readonly text: string | undefined;
  /** The limit was over before the text came to its end. */
  readonly late?: true;
  /** How the other side wants a log-in, where it does. */
  readonly challenge?: string;
}

/** A verdict on a message that is not known to have been taken. */
export type NotTold = Exclude<Verdict, { is: 'told' }>;

/** JSON as it is sent. */
export const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' } as const;

/** What answers there speaks no HTTP. */
const noHttp = 'NOT-HTTP';

/** Why a connection failed, by the code of the system or of TLS. */
function reasonOf(error: TypeError): string {
  const { cause } = error as { cause?: { code?: string; name?: string } };
  if (cause?.name === 'HTTPParserError') return noHttp;
  return cause?.code ?? error.name;
}

/** Codes of a connection that never came about, or not with a receiver of messages: nothing was taken. After every other the message may have arrived. */
const neverThere = new Set([
  noHttp,
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_SSL_WRONG_VERSION_NUMBER'],
]);

function broken(id: string, reason: string): NotTold {
  if (neverThere.has(reason)) return { is: 'refused', code: reason, why: channelUnreachable(id, reason) };
  return { is: 'unknown', why: channelBroke(id, reason) };
}

/** Nobody answered within the limit: the message may have arrived. */
function silent({ id, timeoutMs }: Pick<HttpRequest, 'id' | 'timeoutMs'>): NotTold {
  return { is: 'unknown', why: channelSilent(id, timeoutMs / 1000) };
}

/** An answer whose text counts came only in part, or not within the limit: the message may have arrived. */
export function unfinished(asked: Pick<HttpRequest, 'id' | 'timeoutMs'>, { late }: Pick<HttpAnswer, 'late'>): NotTold {
  return late ? silent(asked) : { is: 'unknown', why: channelHalf(asked.id) };
}

/** What `Retry-After` says: seconds, or a date. */
function retryAfter(header: string | null, now: number): { retryAfterMs?: number } {
  if (header === null) return {};
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? {} : { retryAfterMs: Math.max(0, ms) };
}

/** The verdict on a status alone that is none of success. */
export function refusedBy(id: string, status: number): NotTold {
  const why = channelRefused(id, status, status >= 300 && status < 400 ? 'redirect' : 'other');
  return { is: 'refused', code: String(status), why };
}

/** The verdict where the status alone decides; undefined where the text does. */
function byStatus(asked: HttpRequest, { ok, status, headers }: Response, now: number): NotTold | undefined {
  const { id, refusalsSpeak } = asked;
  if (ok || (refusalsSpeak && status >= 400 && status !== 429)) return;
  if (status !== 429) return refusedBy(id, status);
  const after = retryAfter(headers.get('retry-after'), now);
  return { is: 'too-fast', ...after, why: channelRefused(id, status, 'too-fast') };
}

/** Asks, and gives what was answered, or the verdict where it came to no answer. It rejects for mistakes of ours alone. */
export async function exchange(asked: HttpRequest, world: World): Promise<HttpAnswer | NotTold> {
  const answered = new AbortController();
  const limit = new AbortController();
  world.sleep(asked.timeoutMs, answered.signal).then(
    () => limit.abort(),
    () => undefined,
  );
  try {
    const response = await fetch(asked.url, {
      method: asked.method ?? 'POST',
      ...(asked.headers && { headers: { ...asked.headers } }),
      ...(asked.body !== undefined && { body: asked.body }),
      redirect: 'manual',
      signal: limit.signal,
    });
    const verdict = byStatus(asked, response, world.now());
    if (verdict) {
      await response.body?.cancel().catch(() => undefined);
      return verdict;
    }
    const { ok, status } = response;
    const challenge = response.headers.get('www-authenticate');
    const text = await readText(response);
    const late = text === undefined && limit.signal.aborted && ({ late: true } as const);
    return { is: 'answered', ok, status, text, ...late, ...(challenge !== null && { challenge }) };
  } catch (error) {
    if (limit.signal.aborted) return silent(asked);
    if (!(error instanceof TypeError)) throw error;
    return broken(asked.id, reasonOf(error));
  } finally {
    answered.abort();
  }
}
