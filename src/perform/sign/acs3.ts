/**
 * The signature of Alibaba Cloud's API (ACS3-HMAC-SHA256, "V3 request syntax and signature"), for requests that carry all they ask in
 * their address. It signs and sends nothing; the key goes nowhere but into the signature.
 */
import { createHash, createHmac } from 'node:crypto';

/** What is asked of the API. */
interface AcsRequest {
  /** Of the vendor, without a scheme: it is signed, whatever relay the request goes by. */
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly query: Readonly<Record<string, string>>;
  readonly keyId: string;
  readonly keySecret: string;
  /** ms since the epoch; refused when it is more than 15 minutes off. */
  readonly now: number;
  /** Never the same twice. */
  readonly nonce: string;
}

/** RFC 3986: `encodeURIComponent` leaves five signs that are reserved there. */
const encoded = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The query as it is signed and sent, and the headers that go with it. */
export function acs3(asked: AcsRequest): {
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
} {
  const { host, action, version, keyId, keySecret, now, nonce } = asked;
  const query = Object.entries(asked.query)
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&');
  const signed: Readonly<Record<string, string>> = {
    host,
    'x-acs-action': action,
    'x-acs-content-sha256': sha256(''),
    'x-acs-date': new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': nonce,
    'x-acs-version': version,
  };
  const names = Object.keys(signed);
  const lines = names.map((name) => `${name}:${signed[name]}\n`).join('');
  const canonical = `POST\n/\n${query}\n${lines}\n${names.join(';')}\n${sha256('')}`;
  const signature = createHmac('sha256', keySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${keyId},SignedHeaders=${names.join(';')},Signature=${signature}`;
  // What sends the request writes the host itself.
  const { host: _, ...headers } = signed;
  return { query, headers: { ...headers, authorization } };
}
