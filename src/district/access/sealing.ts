/**
 * What the district signs and seals of its own: cookies of officers, and the secrets of their one-time codes. The keys come of the key that
 * all nodes share, each for its purpose alone; none of them is in the database. It must never give one purpose's key to another.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

/** What a token is for: one made for another purpose is none. */
export type SealPurpose = 'session' | 'enrol' | 'oidc';

const TOKEN_MAX = 2_048;

export interface Seals {
  /** The value, signed; readable by whoever has it. */
  sign(purpose: SealPurpose, value: object): string;
  /** What was signed for this purpose; undefined where it was not. */
  read(purpose: SealPurpose, token: string | undefined): unknown;
  /** A text that only the nodes of this district can read. */
  hide(text: string): string;
  /** Undefined where another district, or nobody, has hidden it. */
  reveal(hidden: string): string | undefined;
}

/** `secret`: the private key of the district. */
export function openSeals(secret: KeyObject): Seals {
  const root = secret.export({ type: 'pkcs8', format: 'der' });
  const keyFor = (purpose: string) => Buffer.from(hkdfSync('sha256', root, '', `gatehouse district ${purpose} 1`, 32));
  const keys: Readonly<Record<SealPurpose, Buffer>> = {
    session: keyFor('session'),
    enrol: keyFor('enrol'),
    oidc: keyFor('oidc'),
  };
  const hiding = keyFor('hide');
  const macOf = (purpose: SealPurpose, body: string) => createHmac('sha256', keys[purpose]).update(body).digest();
  return {
    sign(purpose, value) {
      const body = Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${body}.${macOf(purpose, body).toString('base64url')}`;
    },
    read(purpose, token) {
      if (token === undefined || token.length > TOKEN_MAX) return undefined;
      const dot = token.lastIndexOf('.');
      const body = token.slice(0, Math.max(0, dot));
      const given = Buffer.from(token.slice(dot + 1), 'base64url');
      const wanted = macOf(purpose, body);
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
      return JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
    },
    hide(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', hiding, nonce);
      const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final()];
      return Buffer.concat([...sealed, cipher.getAuthTag()]).toString('base64url');
    },
    reveal(hidden) {
      const bytes = Buffer.from(hidden, 'base64url');
      if (bytes.length < 28) return undefined;
      try {
        const cipher = createDecipheriv('aes-256-gcm', hiding, bytes.subarray(0, 12));
        cipher.setAuthTag(bytes.subarray(-16));
        return Buffer.concat([cipher.update(bytes.subarray(12, -16)), cipher.final()]).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
