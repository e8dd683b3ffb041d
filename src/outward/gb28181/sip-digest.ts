/**
 * The answer to a challenge (RFC 2617, RFC 7616): MD5, or SHA-256 where the platform asks for it. Pure. It must never answer with less than
 * was asked, and never put the password anywhere.
 */
import { createHash } from 'node:crypto';

export interface DigestWho {
  readonly user: string;
  readonly password: string;
  readonly method: string;
  readonly uri: string;
  /** Drawn anew for each answer. */
  readonly cnonce: string;
  /** How often this nonce was answered, from 1. */
  readonly count: number;
}

const hashes: Readonly<Record<string, string>> = { md5: 'md5', 'sha-256': 'sha256' };

/** The parts of a challenge, names in lower case; undefined where it is no Digest. */
export function readChallenge(value: string): ReadonlyMap<string, string> | undefined {
  if (!/^digest\s/i.test(value) || value.length > 2_000) return undefined;
  const parts = new Map<string, string>();
  for (const [, name, quoted, plain] of value.slice(7).matchAll(/([A-Za-z-]+)\s*=\s*(?:"([^"]*)"|([^",\s]+))/g))
    parts.set(name!.toLowerCase(), quoted ?? plain ?? '');
  return parts;
}

/** The value of `Authorization`; undefined where the challenge asks for what is not known here. */
export function answerChallenge(challenge: ReadonlyMap<string, string>, who: DigestWho): string | undefined {
  const [realm, nonce] = [challenge.get('realm'), challenge.get('nonce')];
  const algorithm = challenge.get('algorithm') ?? 'MD5';
  const hash = hashes[algorithm.toLowerCase()];
  const asked = challenge.get('qop');
  const auth = asked?.split(',').some((one) => one.trim().toLowerCase() === 'auth') ?? false;
  if (realm === undefined || nonce === undefined || hash === undefined || (asked !== undefined && !auth))
    return undefined;
  const h = (text: string) => createHash(hash).update(text).digest('hex');
  const nc = who.count.toString(16).padStart(8, '0');
  const secret = h(`${who.user}:${realm}:${who.password}`);
  const about = h(`${who.method}:${who.uri}`);
  const response = auth ? h(`${secret}:${nonce}:${nc}:${who.cnonce}:auth:${about}`) : h(`${secret}:${nonce}:${about}`);
  const opaque = challenge.get('opaque');
  return [
    `Digest username="${who.user}", realm="${realm}", nonce="${nonce}", uri="${who.uri}", response="${response}"`,
    `algorithm=${algorithm}`,
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(auth ? [`qop=auth, nc=${nc}, cnonce="${who.cnonce}"`] : []),
  ].join(', ');
}
