/**
 * The answer to a challenge of HTTP Digest (RFC 7616): what a speaker on the wall asks for before it plays. The password goes nowhere but
 * into the hash.
 */
import { createHash } from 'node:crypto';

/** What is answered, and as whom. */
interface DigestAsked {
  readonly method: string;
  /** Path and query as they are asked for. */
  readonly path: string;
  readonly user: string;
  readonly password: string;
  /** Never the same twice. */
  readonly cnonce: string;
}

const algorithms: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256' };

/** The parameters of each Digest challenge in a header. */
function challenges(header: string): readonly Readonly<Record<string, string>>[] {
  return header
    .slice(0, 4_096)
    .split(/(?:^|,)\s*(?=Digest\s)/i)
    .filter((part) => /^Digest\s/i.test(part))
    .map((part) =>
      Object.fromEntries(
        [...part.slice(6).matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g)].map(
          ([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? ''],
        ),
      ),
    );
}

/** The header that answers the best challenge there is; undefined when there is none we can answer. */
export function digestAnswer(header: string, asked: DigestAsked): string | undefined {
  const all = challenges(header);
  const challenge =
    all.find(({ algorithm }) => algorithm?.toUpperCase() === 'SHA-256') ??
    all.find(({ algorithm = 'MD5' }) => algorithm.toUpperCase() === 'MD5');
  if (challenge?.nonce === undefined || challenge.realm === undefined) return undefined;
  const { realm, nonce, opaque, qop, algorithm } = challenge;
  const { method, path, user, password, cnonce } = asked;
  if (qop !== undefined && !qop.split(/\s*,\s*/).includes('auth')) return undefined;
  const hash = (text: string) =>
    createHash(algorithms[algorithm?.toUpperCase() ?? 'MD5']!)
      .update(text)
      .digest('hex');
  const ha1 = hash(`${user}:${realm}:${password}`);
  const ha2 = hash(`${method}:${path}`);
  const nc = '00000001';
  const response =
    qop === undefined ? hash(`${ha1}:${nonce}:${ha2}`) : hash(`${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}`);
  const quoted = { username: user, realm, nonce, uri: path, response, ...(opaque !== undefined && { opaque }) };
  return [
    ...Object.entries(quoted).map(([name, value], i) => `${i === 0 ? 'Digest ' : ''}${name}="${value}"`),
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(qop === undefined ? [] : ['qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`]),
  ].join(', ');
}
