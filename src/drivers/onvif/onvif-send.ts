/**
 * Sends the requests of the `onvif` package at the pace a camera bears, and once more what it cut. It must never send a credential
 * that has to wait, nor read an answer.
 */
import type { Cam } from 'onvif';
import { neverArrived } from '../http-access/never-arrived.ts';
import type { Credential } from './onvif-credential.ts';
import type { CamInner, LoginWay, SoapCallback, SoapRequest } from './onvif-package.ts';
import { type CameraAgent, tooMuch } from './pace/camera-agent.ts';
import type { CameraPace } from './pace/camera-pace.ts';

export interface SendParts {
  readonly cam: Cam;
  readonly net: CameraAgent;
  readonly pace: CameraPace;
  readonly way: LoginWay;
  readonly credential: Credential;
  /** No credential may be sent. */
  blind(): boolean;
  /** The Authorization by the last challenge, for a POST to a path; undefined before one. */
  digestAgain(path: string): string | undefined;
  /** Monotonic, ms. */
  elapsed(): number;
}

/** What was sent in the end, and what came of it. */
type WhenAnswered = (sent: SoapRequest, ...answer: Parameters<SoapCallback>) => void;

/** What a socket says when it was cut before an answer. */
const CUT = /^(ECONNRESET|EPIPE|ECONNREFUSED)$/;
const codeOf = (error: Error): string => ('code' in error && typeof error.code === 'string' ? error.code : '');

/** `raw`: the package's own way of sending. `make` dresses a request, and does so anew when it has to go again, for a token works once. */
export function pacedSend(
  parts: SendParts,
  raw: CamInner['_request'],
): (make: () => SoapRequest, done: WhenAnswered) => void {
  const { net, pace, way, credential } = parts;
  /** Whether what failed is to be sent once more: it was cut because it came too fast, or fell on a connection that was over. */
  const again = (error: Error, status: number | undefined, token: boolean): boolean => {
    const cut = CUT.test(codeOf(error)) && !net.sent.answered;
    if (!cut && !tooMuch(status)) return false;
    const stale = cut && net.sent.reused;
    if (!stale && !pace.cut(parts.elapsed() - net.sent.at, credential.doubted)) return false;
    // Asked for Digest in between, no token goes the next time.
    return credential.resend(token && parts.cam.useWSSecurity, neverArrived(codeOf(error)) || tooMuch(status));
  };
  /** A log-in by the challenge of before, which spares the camera a request; where its nonces work once it has to be asked anew. */
  const early = (request: SoapRequest): string | undefined => {
    if (!pace.keeps || !way.digest || way.nonceOnce || credential.doubted || parts.blind()) return undefined;
    if (request.body.includes('<GetSystemDateAndTime')) return undefined;
    return parts.digestAgain(pathOf(parts.cam, request));
  };
  const send = (make: () => SoapRequest, done: WhenAnswered, asking = false): void => {
    // A camera that hangs on a kept connection would leave a password unanswered.
    net.obey(credential.doubted);
    const request = make();
    const token = request.body.includes('<UsernameToken>');
    const authorization = asking || token ? undefined : early(request);
    if (authorization !== undefined) request.headers = { Authorization: authorization };
    raw(request, (...answer) => {
      const [error, , , status] = answer;
      if (authorization !== undefined && error && /^Digest authentication failed/.test(error.message)) {
        credential.settled(false);
        const asked: WhenAnswered = (sent, ...second) => {
          if (!second[0]) way.nonceOnce = true;
          done(sent, ...second);
        };
        return send(make, asked, true);
      }
      if (error && again(error, status, token)) return send(make, done, asking);
      done(request, ...answer);
    });
  };
  return send;
}

/** Where the package sends a request to. */
function pathOf(cam: Cam, { url, service }: SoapRequest): string {
  const { uri, path } = cam as unknown as { uri?: Record<string, { path?: string }>; path: string };
  return (
    (url as { path?: string } | undefined)?.path ?? (service === undefined ? path : (uri?.[service]?.path ?? service))
  );
}
