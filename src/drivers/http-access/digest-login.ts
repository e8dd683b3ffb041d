/**
 * A log-in over HTTP as a device asks for it: Digest by RFC 7616 (MD5 and SHA-256, quality of protection `auth` or none), Basic only
 * where nothing else is offered. It holds a password; it must never put it, or what is made of it, anywhere but into the header
 * that it returns.
 */
import { createHash, randomBytes } from 'node:crypto';

interface DigestChallenge {
  readonly realm: string;
  readonly nonce: string;
  readonly opaque: string | undefined;
  readonly algorithm: string | undefined;
  readonly auth: boolean;
}

const HASHES: Readonly<Record<string, string>> = { md5: 'md5', 'sha-256': 'sha256' };
/** A challenge longer than this is none. */
const CHALLENGE_MAX = 2_000;

const quoted = (text: string): string => text.replace(/["\\]/g, (mark) => `\\${mark}`);

export class DigestLogin {
  readonly #user: string;
  readonly #password: string;
  #challenge: DigestChallenge | undefined;
  #basic = false;
  #count = 0;
  /** The last challenge said that only its nonce was too old: the log-in itself was not refused. */
  stale = false;

  constructor(user: string, password: string) {
    this.#user = user;
    this.#password = password;
  }

  /** Whether a device has said how it wants to be logged in to. */
  get known(): boolean {
    return this.#challenge !== undefined || this.#basic;
  }

  /** Takes the `WWW-Authenticate` of an answer. False when nothing in it can be answered. */
  challenged(headers: readonly string[]): boolean {
    const offers = headers.flatMap((header) => header.slice(0, CHALLENGE_MAX).split(/,\s*(?=(?:Digest|Basic)\s)/i));
    const digests = offers.flatMap((offer) => readChallenge(offer) ?? []);
    const best = digests.find(({ algorithm }) => /^sha-256/i.test(algorithm ?? '')) ?? digests[0];
    this.stale = offers.some((offer) => /\bstale="?true/i.test(offer));
    this.#challenge = best;
    this.#count = 0;
    this.#basic = !best && offers.some((offer) => /^\s*Basic\s/i.test(offer));
    return this.known;
  }

  /** The `Authorization` for a request; undefined while no challenge is known. `path` with its query, as it is asked for. */
  authorization(method: string, path: string): string | undefined {
    const challenge = this.#challenge;
    if (this.#basic) return `Basic ${Buffer.from(`${this.#user}:${this.#password}`).toString('base64')}`;
    if (!challenge) return undefined;
    const { realm, nonce, opaque, algorithm, auth } = challenge;
    const hash = (text: string): string =>
      createHash(HASHES[algorithm?.toLowerCase() ?? 'md5']!)
        .update(text)
        .digest('hex');
    this.#count += 1;
    const nc = this.#count.toString(16).padStart(8, '0');
    const cnonce = randomBytes(8).toString('hex');
    const ha1 = hash(`${this.#user}:${realm}:${this.#password}`);
    const ha2 = hash(`${method}:${path}`);
    const response = hash(auth ? `${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}` : `${ha1}:${nonce}:${ha2}`);
    const fields = [
      `username="${quoted(this.#user)}"`,
      `realm="${quoted(realm)}"`,
      `nonce="${quoted(nonce)}"`,
      `uri="${path}"`,
      `response="${response}"`,
      ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
      ...(opaque === undefined ? [] : [`opaque="${quoted(opaque)}"`]),
      ...(auth ? [`qop=auth`, `nc=${nc}`, `cnonce="${cnonce}"`] : []),
    ];
    return `Digest ${fields.join(', ')}`;
  }
}

/** A Digest challenge that can be answered; undefined for every other. */
function readChallenge(offer: string): DigestChallenge | undefined {
  if (!/^\s*Digest\s/i.test(offer)) return undefined;
  const fields = new Map<string, string>();
  for (const [, name, text, bare] of offer.matchAll(/(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g))
    fields.set(name!.toLowerCase(), text?.replace(/\\(.)/g, '$1') ?? bare ?? '');
  const nonce = fields.get('nonce');
  const algorithm = fields.get('algorithm');
  const qop = fields.get('qop');
  const ways = qop?.split(',').map((way) => way.trim().toLowerCase()) ?? [];
  if (nonce === undefined || !Object.hasOwn(HASHES, algorithm?.toLowerCase() ?? 'md5')) return undefined;
  // What asks for the body to be hashed as well (auth-int alone) cannot be answered.
  if (qop !== undefined && !ways.includes('auth')) return undefined;
  return { realm: fields.get('realm') ?? '', nonce, opaque: fields.get('opaque'), algorithm, auth: qop !== undefined };
}
