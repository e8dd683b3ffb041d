/**
 * Sessions without a table: a signed cookie that says who, since when and until when. It survives a restart of the
 * gateway, because a wall must come back by itself. It must never be believed without its signature, nor after the
 * person's password or role changed.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Time, User } from '../../core/types.ts';
import type { UserAccount, Users } from './accounts.ts';
import type { PairedPhones, PhoneProof } from './paired-phones.ts';

const HOUR_MS = 3_600_000;
/** A person's session ends when it was not used this long. */
export const SESSION_MS = 12 * HOUR_MS;
/** A wall's session: nobody stands there to log in again. */
export const KIOSK_MS = 30 * 24 * HOUR_MS;
/** A cookie older than this is replaced by a fresh one when it is used. */
export const RENEW_MS = HOUR_MS / 2;
const ENDED_MAX = 10_000;
const TOKEN_MAX = 1_024;

export interface UserSession {
  readonly id: string;
  readonly user: User;
  readonly kiosk: boolean;
  readonly issued: Time;
  readonly expires: Time;
  readonly version: string;
  /** Of a phone that was paired at the desk: it is believed as long as it is paired. */
  readonly paired?: PhoneProof;
}

export interface Sessions {
  /** A fresh session, or the same one with a new expiry when its id is given. */
  issue(account: UserAccount, id?: string): { readonly token: string; readonly session: UserSession };
  /** A session of a paired phone, as a guard of this name: until it is paired no longer, or was not used for long. */
  issuePhone(
    proof: PhoneProof,
    name: string,
    until: Time,
    id?: string,
  ): { readonly token: string; readonly session: UserSession };
  /** The same session with a new expiry; undefined when its person may come in no more. */
  renew(session: UserSession): { readonly token: string; readonly session: UserSession } | undefined;
  /** The session of a token; undefined when it is forged, over, or its person changed. */
  read(token: string | undefined): UserSession | undefined;
  /** Whether the person is still the one who logged in and has not logged out. The expiry is not looked at. */
  lives(session: UserSession): boolean;
  /** Logs out. It is remembered until the token would have ended by itself. */
  end(session: Pick<UserSession, 'id'>): void;
  /** While it is not known who logged out, whoever logged in before has to do so again. A wall need not: it orders nothing. */
  doubt(on: boolean): void;
}

/** Signs sessions, and believes none but those it has signed. */
function openSeal(secret: Uint8Array) {
  const key = Buffer.from(secret);
  const sign = (body: string) => createHmac('sha256', key).update(`gatehouse-session-1\n${body}`).digest('base64url');

  function decode(token: string): UserSession | undefined {
    const dot = token.lastIndexOf('.');
    if (dot < 1) return undefined;
    const body = token.slice(0, dot);
    const given = Buffer.from(token.slice(dot + 1));
    const wanted = Buffer.from(sign(body));
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
    return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as UserSession;
  }

  function signed(session: UserSession) {
    const body = Buffer.from(JSON.stringify(session)).toString('base64url');
    return { token: `${body}.${sign(body)}`, session };
  }
  return { signed, decode };
}

const newId = () => randomBytes(12).toString('base64url');

/** `secret` is the HMAC key, at least 32 bytes. */
export function openSessions(
  secret: Uint8Array,
  users: Users,
  now: () => Time,
  phones?: Pick<PairedPhones, 'lives' | 'list'>,
): Sessions {
  const { signed, decode } = openSeal(secret);
  const ended = new Map<string, Time>();
  let known: Time = 0;

  function lives(session: UserSession): boolean {
    if (ended.has(session.id)) return false;
    // Which phones were taken away stands in a file of their own.
    if (session.paired)
      return session.user.role === 'guard' && phones?.lives(session.paired, session.user.name) === true;
    if (session.issued < known && !session.kiosk) return false;
    const account = users.find(session.user.name);
    return account !== undefined && account.version === session.version && account.user.role === session.user.role;
  }

  const sessions: Sessions = {
    issue(account, id = newId()) {
      const issued = now();
      const { user, kiosk, version } = account;
      const session: UserSession = {
        id,
        user,
        kiosk,
        issued,
        expires: issued + (kiosk ? KIOSK_MS : SESSION_MS),
        version,
      };
      return signed(session);
    },
    issuePhone(paired, name, until, id = newId()) {
      const issued = now();
      const user: User = { name, role: 'guard' };
      const expires = Math.min(until, issued + SESSION_MS);
      return signed({ id, user, kiosk: false, issued, expires, version: 'paired', paired });
    },
    renew(session) {
      const { paired, user, id } = session;
      if (!paired) {
        const account = users.find(user.name);
        return account && sessions.issue(account, id);
      }
      const phone = phones?.list().find((one) => one.id === paired.phone);
      return phone && sessions.issuePhone(paired, user.name, phone.until, id);
    },
    read(token) {
      if (token === undefined || token.length > TOKEN_MAX) return undefined;
      const session = decode(token);
      if (!session || session.expires <= now()) return undefined;
      return lives(session) ? session : undefined;
    },
    lives,
    doubt: (on) => {
      known = on ? now() : 0;
    },
    end(session) {
      for (const [id, expires] of ended) if (expires <= now() || ended.size >= ENDED_MAX) ended.delete(id);
      // The cookie may have been renewed since: remember it as long as any renewal could last.
      ended.set(session.id, now() + KIOSK_MS);
    },
  };
  return sessions;
}
