/**
 * The codes of checkpoints: what stands on a sheet or in a tag, and what a phone has to read there. Each is made of the gateway's secret
 * and the place, so that none can be guessed and none has to be kept. A code must never be shown to whoever only walks.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** Says what it is, so that another QR code is known for none. */
const head = 'GHP1.';
/** Bytes of the code: 128 bits. */
const size = 16;

export const pointCode = /^GHP1\.[A-Za-z0-9_-]{22}$/;

/** The code of a place. The text before the place keeps it apart from everything else that is signed with this secret. */
export function codeOf(secret: Uint8Array, reader: string): string {
  const mac = createHmac('sha256', secret).update(`checkpoint code 1\n${reader}`).digest();
  return head + mac.subarray(0, size).toString('base64url');
}

/** The place of a code, of these; undefined where it is none. */
export function placeOfCode(secret: Uint8Array, readers: Iterable<string>, code: string): string | undefined {
  const said = Buffer.from(code);
  let found: string | undefined;
  for (const reader of readers) {
    const right = Buffer.from(codeOf(secret, reader));
    if (right.length === said.length && timingSafeEqual(right, said)) found = reader;
  }
  return found;
}
