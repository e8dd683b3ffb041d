/**
 * Stands between the `onvif` package and the wire: dresses what is sent, mends and names what is answered, finds out which log-in
 * the camera wants, sends again what came too fast, and tells what became of each credential. It must never send one that has to
 * wait, nor one to a camera that is asked for its clock alone.
 */
import type { OnvifWire } from '../../profile/profile.ts';
import { neverArrived } from '../http-access/never-arrived.ts';
import { addressing, escapeXml, mended, withFreshToken, withoutToken } from './onvif-codec.ts';
import { type CameraError, type CameraTrouble, classify } from './onvif-error.ts';
import type { CamInner, SoapCallback, SoapRequest } from './onvif-package.ts';
import { pacedSend, type SendParts } from './onvif-send.ts';

export interface GateParts extends SendParts {
  readonly auth: OnvifWire['auth'];
  /** How long the camera may hold a pull, ms. */
  holdMs(): number;
  error(trouble: CameraTrouble, detail: string): CameraError;
}

type Answer = Parameters<SoapCallback>;

/** A request as the camera has to get it: the package leaves headers out, and writes the user's name into the XML as it is. */
function written({ cam, holdMs }: GateParts, body: string): string {
  const user = cam.username ?? '';
  return body
    .replace(`<Username>${user}</Username>`, () => `<Username>${escapeXml(user)}</Username>`)
    .replace('<Timeout>PT1M</Timeout>', `<Timeout>PT${holdMs() / 1000}S</Timeout>`)
    .replace('<s:Header>', `<s:Header>${addressing(body)}`);
}

export function standBetween(parts: GateParts): void {
  const { cam, net, auth, credential } = parts;
  const inner = cam as unknown as CamInner;
  const send = pacedSend(parts, inner._request.bind(cam));

  const dressed = (request: SoapRequest, body: string): SoapRequest => ({
    ...request,
    body,
    // Without an agent of ours an address given by the camera would use the global one, which nothing limits.
    ...(request.url && { url: { ...request.url, agent: net.agent } }),
  });
  /** What the camera showed of the log-in it wants, for this session and the next. */
  const learn = (digest: boolean): void => {
    if (auth !== 'both') return;
    parts.way.digest = digest;
    cam.useWSSecurity = !digest;
  };
  /** Tells what became of the credential that went with a request; whether the camera refused it, or wants one. */
  const judged = (asked: boolean, ...[error, , xml, status]: Answer): boolean => {
    if (!error) {
      if (asked) credential.taken();
      else credential.settled(false);
      return false;
    }
    const { trouble, detail } = classify(error, xml ?? '', status);
    const refused = trouble === 'refused';
    if (refused || trouble !== 'unreachable' || neverArrived(detail)) credential.settled(refused);
    return refused;
  };

  inner._request = (request, callback) => {
    const token = request.body.includes('<UsernameToken>');
    if (token && parts.blind()) return callback(parts.error('refused', 'the clock wants a log-in'));
    if (token && !credential.offer()) return callback(parts.error('refused', 'the log-in has to wait'));
    const tell: SoapCallback = (error, data, xml, status) => {
      if (!error) return callback(null, mended(data), xml, status);
      const { trouble, detail } = classify(error, xml ?? '', status);
      callback(parts.error(trouble, detail), data, xml, status);
    };
    let fresh = true;
    const body = (): string => {
      const anew = () =>
        cam.useWSSecurity ? withFreshToken(request.body, inner._envelopeHeader()) : withoutToken(request.body);
      const text = fresh ? request.body : anew();
      fresh = false;
      return written(parts, text);
    };
    send(
      () => dressed(request, body()),
      (first, ...answer) => {
        const asked = first.headers?.Authorization !== undefined;
        const refused = judged(asked, ...answer);
        if (asked) learn(true);
        // It asks for Digest no more.
        else if (refused && !token) learn(false);
        if (!refused || asked || !token || auth !== 'both') return tell(...answer);
        // Firmware that dislikes the UsernameToken may refuse at once instead of asking for Digest.
        send(
          () => dressed(request, withoutToken(body())),
          (plain, ...second) => {
            const askedNow = plain.headers?.Authorization !== undefined;
            judged(askedNow, ...second);
            if (askedNow) learn(true);
            tell(...(second[0] ? answer : second));
          },
        );
      },
    );
  };
}
