/**
 * What the `onvif` package leaves out of its types, and what all sessions with one camera share. Types only; it must never
 * hold behaviour.
 */

/** Whether ports a camera names are dialled. Shared by all sessions with one camera while a line runs. */
export interface PortTrust {
  ports: boolean;
}

/** How a camera wants to be logged in to, as far as was learned. Shared by all sessions with one camera. */
export interface LoginWay {
  /** It asked for Digest, so no UsernameToken goes first: some count it as a refusal, some refuse at once for it. */
  digest: boolean;
  /** A nonce works for one request only, so that each has to be asked for. */
  nonceOnce?: boolean;
}

/** The parts of the package that its types leave out. */
export interface SoapRequest {
  service?: string;
  action?: string;
  body: string;
  url?: object;
  /** The package writes the Authorization of a Digest here. */
  headers?: { Authorization?: string };
  replyTimeout?: number;
}
export type SoapCallback = (error: Error | null, data?: unknown, xml?: string, status?: number) => void;
export interface CamInner {
  _request(request: SoapRequest, callback: SoapCallback): void;
  _envelopeHeader(open?: boolean): string;
  _envelopeFooter(): string;
  digestAuth(challenges: string[], request: { method: string; path: string }): string;
}

/** What the package takes for a subscription's address: `href` goes into wsa:To as the camera wrote it, the rest is dialled. */
export interface SubscriptionAddress {
  readonly href: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port: string;
  readonly path: string;
}
