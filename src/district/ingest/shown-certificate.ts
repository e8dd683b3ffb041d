/**
 * The certificate that a school shows when it connects, by TLS itself: no header says who somebody is, whatever stands in front. It is judged at each
 * request anew, since a connection may outlive what opened it. It must never take the word of a certificate for a school that its authority does not.
 */
import type { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';
import type { RefusalCode } from '../../uplink/protocol.ts';

/** A certificate as it was shown. */
export interface ShownCertificate {
  /** Its common name; empty where that is no id of a school. */
  readonly school: string;
  /** SHA-256 over it, hex. */
  readonly hash: string;
  /** When it runs out, ms since 1970. */
  readonly until: number;
  /** Why it counts for nothing. */
  readonly fault?: Extract<RefusalCode, 'certificate-expired' | 'certificate-untrusted' | 'certificate-withdrawn'>;
}

const ID = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;
/** What OpenSSL says of one whose dates alone are wrong. */
const DATED = ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'];

/** Read once for each connection. */
const read = new WeakMap<object, { readonly peer: ReadonlyPeer; readonly why: string | undefined }>();
interface ReadonlyPeer {
  readonly serial: string;
  readonly der: Buffer;
  readonly school: string;
  readonly hash: string;
  readonly from: number;
  readonly until: number;
}

function peerOf(socket: TLSSocket): ReadonlyPeer | undefined {
  const peer = socket.getPeerCertificate();
  // Without a certificate Node gives an object of nothing.
  if (!peer?.fingerprint256) return undefined;
  const { CN: name } = peer.subject as { readonly CN?: unknown };
  return {
    school: typeof name === 'string' && ID.test(name) ? name : '',
    ...{ serial: peer.serialNumber, der: peer.raw },
    hash: peer.fingerprint256.replaceAll(':', '').toLowerCase(),
    from: Date.parse(peer.valid_from),
    until: Date.parse(peer.valid_to),
  };
}

/** Whether its authority has revoked a certificate: by its serial number, hex, and the whole of it. */
export type IsRevoked = (serial: string, der: Buffer) => boolean;

/** What the connection of a request was opened with; undefined where no certificate was shown. */
export function shownCertificate(
  request: FastifyRequest,
  now: number,
  revoked: IsRevoked = () => false,
): ShownCertificate | undefined {
  const socket = request.raw.socket as Partial<TLSSocket>;
  if (typeof socket.getPeerCertificate !== 'function') return undefined;
  let known = read.get(socket);
  if (!known) {
    const peer = peerOf(socket as TLSSocket);
    if (!peer) return undefined;
    const why = socket.authorized === true ? undefined : String(socket.authorizationError ?? 'unknown');
    known = { peer, why };
    read.set(socket, known);
  }
  const { peer, why } = known;
  const { school, hash, until } = peer;
  const dated = why === undefined ? now < peer.from || now > until : DATED.some((code) => why.includes(code));
  if (dated) return { school, hash, until, fault: 'certificate-expired' };
  if (why === undefined && revoked(peer.serial, peer.der))
    return { school, hash, until, fault: 'certificate-withdrawn' };
  return {
    school,
    hash,
    until,
    ...((why !== undefined || school === '') && { fault: 'certificate-untrusted' as const }),
  };
}
