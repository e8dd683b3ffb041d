/**
 * What can go wrong with a camera. Cameras word a refused log-in in many ways; they are told
 * apart here and nowhere else. It must never put a password or a whole answer into a sentence.
 */

import type { Time, Words } from '../../core/types.ts';
import { cameraTroubles, loginUnanswered, nextLoginTry, noCameraUser } from '../../words/camera-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { OnvifOptions } from '../connection-options.ts';
import { neverArrived } from '../http-access/never-arrived.ts';

export type CameraTrouble = keyof typeof cameraTroubles;

/** What went wrong with a camera. It carries a sentence for the operator. */
export class CameraError extends WordedError {
  readonly trouble: CameraTrouble;
  /** The SOAP fault's or the socket's own words. */
  readonly detail: string;

  constructor(trouble: CameraTrouble, why: Words, detail: string) {
    super(why);
    this.trouble = trouble;
    this.detail = detail;
  }
}

/** The error of a kind for a camera: `name` is its id, `address` its accepted host. */
export function cameraError(trouble: CameraTrouble, name: string, detail: string, address: string): CameraError {
  return new CameraError(trouble, cameraTroubles[trouble](name, detail, address), detail);
}

/** A refused log-in, with the time of the next try; without a user it is the configuration that is to be mended. */
export function refusedUntil(
  name: string,
  options: OnvifOptions,
  { refusals, unanswered }: { readonly refusals: number; readonly unanswered: boolean },
  nextAt: Time,
): CameraError {
  const clock = new Date(nextAt + (options.utcOffsetMin ?? 480) * 60_000).toISOString().slice(11, 19);
  const said = unanswered ? loginUnanswered : nextLoginTry;
  const why = options.user === undefined ? noCameraUser(name) : said(name, refusals, clock);
  return new CameraError('refused', why, 'refused');
}

const AWAY: ReadonlySet<CameraTrouble> = new Set(['unreachable', 'closed', 'nameless', 'no-http', 'no-tls']);

/** Whether nobody answered who could be the camera. */
export const isAway = (error: CameraError): boolean => AWAY.has(error.trouble);

/** Whether the camera is surely off, or out of the network. */
export const isOff = (error: CameraError): boolean => neverArrived(error.detail);

/** A refusal for want of a right log-in, in the wordings seen on cameras. */
const REFUSED =
  /not.?authori[sz]ed|unauthori[sz]ed|authority failure|failedauthentication|time check failed|digest auth/i;
/** Every subscription is taken, in the wordings of the specification and of cameras. */
const FULL = /MaxPullPoints|SubscribeCreationFailed|maximum number|too many|reached.{0,20}(limit|maximum)/i;

/** Codes of sockets and of the HTTP parser, by what they mean for whoever has to act. */
const CODES: readonly (readonly [RegExp, CameraTrouble])[] = [
  [/^ECONNREFUSED$/, 'closed'],
  [/^(ENOTFOUND|EAI_)/, 'nameless'],
  // https was asked of a port that speaks plainly.
  [/WRONG_VERSION_NUMBER|^EPROTO$|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST/, 'no-tls'],
  [/CERT|SIGNED|TLS|SSL/, 'untrusted'],
  // http was asked of a port that speaks something else, mostly https.
  [/^HPE_/, 'no-http'],
];

/** What an error of the package means, with the answer's text and status where there was one. */
export function classify(
  error: Error,
  xml: string,
  status: number | undefined,
): { trouble: CameraTrouble; detail: string } {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const fault = /<(?:\w+:)?Subcode>\s*<(?:\w+:)?Value[^>]*>\s*(?:\w+:)?(\w+)/i.exec(xml)?.[1];
  if (status === 401 || REFUSED.test(error.message) || (fault !== undefined && REFUSED.test(fault)))
    return { trouble: 'refused', detail: fault ?? error.message };
  const known = CODES.find(([pattern]) => pattern.test(code))?.[1];
  if (known) return { trouble: known, detail: code };
  if (code || /timeout|hang up/i.test(error.message)) return { trouble: 'unreachable', detail: code || error.message };
  if (/SOAP Fault/i.test(error.message)) {
    const words = error.message.replace(/^ONVIF SOAP Fault:\s*/i, '').slice(0, 200);
    const full = FULL.test(`${fault} ${words}`) && !/thread/i.test(`${fault}`);
    return { trouble: full ? 'full' : 'fault', detail: fault ?? words };
  }
  return { trouble: 'garbage', detail: error.message.split('\n')[0]!.slice(0, 200) };
}
