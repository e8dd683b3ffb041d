/**
 * One message to one address over HTTP: POST of JSON, signed, so that the receiver knows who sent it and that nobody changed
 * it. Success is an answer of 2xx whose text does not say otherwise: the robots of chats refuse with 200 and a number in the
 * text (see `answer-text`). A redirect is not followed, because a secret address must lead nowhere else. No word of a verdict
 * may carry the address.
 */
import { createHmac } from 'node:crypto';
import { channelRefused, channelSilent, channelUnreachable } from '../words/channel-words.ts';
import { type OkWhen, readText, saidInside } from './answer-text.ts';
import type { Maker, Verdict } from './channel.ts';

/** When it was signed, ms since the epoch; the receiver refuses what is old, so that nobody can send it again later. */
export const timeHeader = 'x-gatehouse-time';
/** `sha256=` and the HMAC-SHA256, hexadecimal, of the time, a full stop and the body. */
export const signatureHeader = 'x-gatehouse-signature';
/** The same for every try of one message: the receiver can tell a second try from a second message. */
export const deliveryHeader = 'x-gatehouse-delivery';

/** The signature of a body. */
export function signature(secret: string, time: number, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;
}

/** Why a connection failed, by the code of the system or of TLS. */
function reasonOf(error: TypeError): string {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? error.name;
}

/** Codes of a connection that never came about: nothing was sent. After every other the message may have arrived. */
const neverThere = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
  ...['CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ...['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'ERR_SSL_WRONG_VERSION_NUMBER'],
]);

function broken(id: string, reason: string): Verdict {
  const why = channelUnreachable(id, reason);
  return neverThere.has(reason) ? { is: 'refused', code: reason, why } : { is: 'unknown', why };
}

/** What `Retry-After` says: seconds, or a date. */
function retryAfter(header: string | null, now: number): { retryAfterMs?: number } {
  if (header === null) return {};
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? {} : { retryAfterMs: Math.max(0, ms) };
}

function judged(id: string, { ok, status, headers }: Response, now: number): Verdict {
  if (ok) return { is: 'told' };
  if (status === 429)
    return {
      is: 'too-fast',
      ...retryAfter(headers.get('retry-after'), now),
      why: channelRefused(id, status, 'too-fast'),
    };
  const why = channelRefused(id, status, status >= 300 && status < 400 ? 'redirect' : 'other');
  return { is: 'refused', code: String(status), why };
}

/** What a 2xx comes to once its text was read. A text that broke off says no only where one was agreed upon. */
function inside(id: string, text: string | undefined, okWhen: OkWhen | undefined, timeoutMs: number): Verdict {
  const said = saidInside(text, okWhen);
  if (said === 'yes') return { is: 'told' };
  if (said === 'nothing') return { is: 'unknown', why: channelSilent(id, timeoutMs / 1000) };
  if (said.tooFast) return { is: 'too-fast', why: channelRefused(id, said.code, 'too-fast') };
  return { is: 'refused', code: said.code, why: channelRefused(id, said.code, 'inside') };
}

/** A channel that posts to any receiver that can check the signature. */
export const webhook: Maker<'webhook'> = ({ id, url, secret, timeoutMs, okWhen }) =>
  async function send({ message, delivery }, world) {
    const body = JSON.stringify(message);
    const time = world.now();
    const answered = new AbortController();
    const limit = new AbortController();
    world.sleep(timeoutMs, answered.signal).then(
      () => limit.abort(),
      () => undefined,
    );
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          [timeHeader]: String(time),
          [signatureHeader]: signature(secret, time, body),
          [deliveryHeader]: delivery,
        },
        body,
        redirect: 'manual',
        signal: limit.signal,
      });
      const verdict = judged(id, response, world.now());
      if (verdict.is !== 'told') {
        await response.body?.cancel().catch(() => undefined);
        return verdict;
      }
      return inside(id, await readText(response), okWhen, timeoutMs);
    } catch (error) {
      if (limit.signal.aborted) return { is: 'unknown', why: channelSilent(id, timeoutMs / 1000) };
      if (!(error instanceof TypeError)) throw error;
      return broken(id, reasonOf(error));
    } finally {
      answered.abort();
    }
  };
