/**
 * A picture as a camera answers with it: whole, of sane size, and a JPEG or what else it is. Shared by every protocol that fetches
 * pictures over HTTP; it must never ask a camera for anything itself.
 */
import type { pictureFaults } from '../../words/camera-words.ts';

/** A full-size picture of a 4K camera stays below this, bytes. */
export const PICTURE_MAX = 4_000_000;

/** The body of an answer, or undefined when it is larger than a picture may be. */
export async function boundedBody(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > PICTURE_MAX) return undefined;
  }
  return Buffer.concat(chunks);
}

/** What came in place of a JPEG; undefined when it is one, as its first bytes say. */
export function jpegFault(bytes: Uint8Array): keyof typeof pictureFaults | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return undefined;
  if (bytes.length === 0) return 'empty';
  const head = Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (head.startsWith('\x89PNG')) return 'PNG';
  if (head.startsWith('GIF8')) return 'GIF';
  if (head.startsWith('BM')) return 'BMP';
  return /^\s*<(!doctype|html)/i.test(head) ? 'page' : 'other';
}
