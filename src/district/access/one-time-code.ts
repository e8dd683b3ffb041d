/**
 * One-time codes (RFC 6238) as officers read them from their phones: which half minute a code is of. A clock may be off by one half minute. It
 * must never decide by itself whether a code was used before: that is for the database, which all nodes share.
 */
import { Secret, TOTP } from 'otpauth';

/** RFC 6238's usual step, and what the apps on phones take for granted. */
const STEP_MS = 30_000;
const WINDOW = 1;
/** Of the secret; RFC 4226 asks for 16 at least and advises 20. */
const SECRET_BYTES = 20;

const codes = (secret: string, label = 'officer', issuer = 'Gatehouse') =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: STEP_MS / 1_000 });

/** A fresh secret, base 32. */
export const newCodeSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** What the QR code says to the app on the phone. */
export const codeAddress = (secret: string, label: string, issuer: string): string =>
  codes(secret, label, issuer).toString();

/** The number of the half minute since 1970 that the code is of; undefined where it is of none that counts at `now`, ms. */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = codes(secret).validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? undefined : Math.floor(now / STEP_MS) + delta;
}
