/**
 * What can go wrong with a device that tells events in a stream: its answers and the codes of sockets, by what they mean for whoever
 * has to act. It must never put a password or a whole answer into a sentence.
 */

import type { Time, Words } from '../../core/types.ts';
import { nextStreamTry, noStreamUser, streamTroubles } from '../../words/camera/stream-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { HttpStreamOptions } from '../connection-options.ts';
import { neverArrived } from '../http-access/never-arrived.ts';

export type StreamTrouble = keyof typeof streamTroubles;

/** What went wrong with a stream. It carries a sentence for the operator. */
export class StreamError extends WordedError {
  readonly trouble: StreamTrouble;
  /** The device is surely off, or out of the network, and not merely slow. */
  readonly off: boolean;

  constructor(trouble: StreamTrouble, why: Words, off = false) {
    super(why);
    this.trouble = trouble;
    this.off = off;
  }
}

/** `name`: the line's id, for sentences. */
export function streamError(trouble: StreamTrouble, name: string, detail: string, address = ''): StreamError {
  return new StreamError(trouble, streamTroubles[trouble](name, detail, address));
}

/** A refused log-in, with the time of the next try; without a user it is the configuration that is to be mended. */
export function streamRefused(name: string, options: HttpStreamOptions, refusals: number, nextAt: Time): StreamError {
  const clock = new Date(nextAt + (options.utcOffsetMin ?? 480) * 60_000).toISOString().slice(11, 19);
  const why = options.user === undefined ? noStreamUser(name) : nextStreamTry(name, refusals, clock);
  return new StreamError('refused', why);
}

const CODES: readonly (readonly [RegExp, StreamTrouble])[] = [
  [/^ECONNREFUSED$/, 'closed'],
  [/^(ENOTFOUND|EAI_)/, 'nameless'],
  // https was asked of a port that speaks plainly.
  [/WRONG_VERSION_NUMBER|^EPROTO$|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/, 'no-tls'],
  [/CERT|SIGNED|TLS|SSL/, 'untrusted'],
  [/^HPE_/, 'no-http'],
];

/** What an error of a socket or of the HTTP parser means. */
export function socketTrouble(error: Error, name: string, address: string): StreamError {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = CODES.find(([pattern]) => pattern.test(code))?.[1];
  const trouble = known ?? 'unreachable';
  const detail = code === '' ? error.message.slice(0, 120) : code;
  return new StreamError(trouble, streamTroubles[trouble](name, detail, address), neverArrived(code));
}

/** What a status other than 200 means for the stream; 401 is asked about before. */
export function statusTrouble(status: number, name: string): StreamError {
  const detail = `HTTP ${status}`;
  // Dahua answers 400 when attachments that nobody closed have used them all up; 503 is the same of others.
  if (status === 400 || status === 503) return streamError('full', name, detail);
  return streamError(status === 404 || status === 501 ? 'missing' : 'fault', name, detail);
}
