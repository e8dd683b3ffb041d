/**
 * The gatekeeper of a simulated camera: HTTP Digest (MD5, SHA-256), Basic and WS-UsernameToken, as strict as real firmware:
 * a token has a time window on the camera's own clock and its nonce works once. It notes every secret it was offered,
 * so that a test can say that none arrived. It must never be lenient to make a client pass.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { textOf } from './camera-soap.ts';

export type AuthMode = 'digest' | 'usernametoken' | 'both' | 'none';
export type DigestName = 'MD5' | 'SHA-256';

export interface AuthOptions {
  readonly user: string;
  readonly password: string;
  readonly mode: AuthMode;
  readonly algorithms: readonly DigestName[];
  /** How far Created may lie from the camera's clock, ms. Firmware allows 5 s to 5 min. */
  readonly windowMs: number;
  /** The camera's own clock. */
  readonly clock: () => number;
}

const hash = (name: DigestName, text: string): string =>
  createHash(name === 'MD5' ? 'md5' : 'sha256')
    .update(text)
    .digest('hex');

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

export class CameraAuth {
  /** How many requests carried a credential of any kind. */
  offered = 0;
  /** How many of them were refused. */
  refused = 0;
  private readonly nonces = new Set<string>();
  private readonly seen = new Set<string>();
  private readonly options: AuthOptions;

  constructor(options: AuthOptions) {
    this.options = options;
  }

  /** A fresh value of WWW-Authenticate for each algorithm. */
  challenges(): string[] {
    return this.options.algorithms.map((algorithm) => {
      const nonce = randomBytes(16).toString('hex');
      this.nonces.add(nonce);
      // Many cameras leave the algorithm out when it is MD5.
      return `Digest qop="auth", realm="IP Camera", nonce="${nonce}"${algorithm === 'MD5' ? '' : `, algorithm=${algorithm}`}, stale="FALSE"`;
    });
  }

  /** Whether a SOAP request may be answered. */
  soap(method: string, uri: string, authorization: string | undefined, body: string, nonceOnce = false): boolean {
    const { mode } = this.options;
    const token = textOf(body, 'Username') !== undefined;
    if (token || authorization) this.offered++;
    if (mode === 'none') return true;
    const allowed =
      (mode !== 'usernametoken' && authorization !== undefined && this.digest(method, uri, authorization, nonceOnce)) ||
      (mode !== 'digest' && token && this.token(body));
    if (!allowed && (token || authorization)) this.refused++;
    return allowed;
  }

  digest(method: string, uri: string, authorization: string, nonceOnce = false): boolean {
    const fields = Object.fromEntries(
      [...authorization.replace(/^Digest\s+/i, '').matchAll(/(\w+)=(?:"([^"]*)"|([^,\s]+))/g)].map((m) => [
        m[1]!,
        m[2] ?? m[3] ?? '',
      ]),
    );
    const name: DigestName = fields.algorithm === 'SHA-256' ? 'SHA-256' : 'MD5';
    const { nonce = '', nc = '', cnonce = '', qop = '', username = '', response = '' } = fields;
    if (!this.options.algorithms.includes(name) || !this.nonces.has(nonce) || fields.uri !== uri) return false;
    // A repeated nonce count is a replay.
    if (this.seen.has(`${nonce}:${nc}`)) return false;
    this.seen.add(`${nonce}:${nc}`);
    if (nonceOnce) this.nonces.delete(nonce);
    const ha1 = hash(name, `${this.options.user}:IP Camera:${this.options.password}`);
    const ha2 = hash(name, `${method}:${uri}`);
    return username === this.options.user && same(response, hash(name, [ha1, nonce, nc, cnonce, qop, ha2].join(':')));
  }

  basic(authorization: string): boolean {
    const expected = Buffer.from(`${this.options.user}:${this.options.password}`).toString('base64');
    return same(authorization, `Basic ${expected}`);
  }

  /** WS-UsernameToken: B64(SHA1(B64DEC(nonce) + created + password)). */
  private token(body: string): boolean {
    const nonce = textOf(body, 'Nonce') ?? '';
    const created = textOf(body, 'Created') ?? '';
    const off = Math.abs(Date.parse(created) - this.options.clock());
    if (!(off <= this.options.windowMs) || this.seen.has(nonce)) return false;
    this.seen.add(nonce);
    const digest = createHash('sha1')
      .update(Buffer.concat([Buffer.from(nonce, 'base64'), Buffer.from(created + this.options.password)]))
      .digest('base64');
    return textOf(body, 'Username') === this.options.user && same(textOf(body, 'Password') ?? '', digest);
  }
}
