/**
 * What can go wrong with a camera. Cameras word a refused log-in in many ways; they are told
 * apart here and nowhere else. It must never put a password or a whole answer into a sentence.
 */
import type { Words } from '../../core/types.ts';
import { cameraTroubles } from '../../words/camera-words.ts';
import { WordedError } from '../../words/worded-error.ts';

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

/** A refusal for want of a right log-in, in the wordings seen on cameras. */
const REFUSED =
  /not.?authori[sz]ed|unauthori[sz]ed|authority failure|failedauthentication|time check failed|digest auth/i;

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
  if (/CERT|SIGNED|TLS|SSL/.test(code)) return { trouble: 'untrusted', detail: code };
  if (code || /timeout|hang up/i.test(error.message)) return { trouble: 'unreachable', detail: code || error.message };
  if (/SOAP Fault/i.test(error.message))
    return { trouble: 'fault', detail: fault ?? error.message.replace(/^ONVIF SOAP Fault:\s*/i, '').slice(0, 200) };
  return { trouble: 'garbage', detail: error.message.split('\n')[0]!.slice(0, 200) };
}
