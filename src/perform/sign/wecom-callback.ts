/**
 * What WeCom calls back with (企业微信 接收消息, documents 90238 and 90930): every call is signed with the token and encrypted with the key
 * that both sides know, and says which company it is for. It opens what is whole and for us, and nothing else; it decides nothing.
 */
import { createDecipheriv, createHash } from 'node:crypto';
import { sameText } from './same-text.ts';

/** What both sides know. `key`: EncodingAESKey, 43 characters; `corp`: the company the call has to be for. */
export interface WecomSecrets {
  readonly token: string;
  readonly key: string;
  readonly corp: string;
}

/** A call as it came: what stands in its address, and the encrypted text. */
export interface WecomCall {
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
  readonly encrypted: string;
}

/** Bytes of chance before the text, and of the length that follows them. */
const head = { chance: 16, length: 4 } as const;
/** The padding is to 32 bytes, twice the block of AES. */
const blockBytes = 32;

/** The text of a call; undefined where it is not signed with our token, not whole, or for another company. */
export function openWecom({ token, key, corp }: WecomSecrets, call: WecomCall): string | undefined {
  const { signature, timestamp, nonce, encrypted } = call;
  const signed = createHash('sha1').update([token, timestamp, nonce, encrypted].sort().join('')).digest('hex');
  if (!sameText(signed, signature)) return undefined;
  const aes = Buffer.from(`${key}=`, 'base64');
  const bytes = Buffer.from(encrypted, 'base64');
  if (aes.length !== 32 || bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
  const cipher = createDecipheriv('aes-256-cbc', aes, aes.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([cipher.update(bytes), cipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > blockBytes || padding > padded.length) return undefined;
  const plain = padded.subarray(0, padded.length - padding);
  if (plain.length < head.chance + head.length) return undefined;
  const from = head.chance + head.length;
  const length = plain.readUInt32BE(head.chance);
  if (from + length > plain.length || plain.subarray(from + length).toString('utf8') !== corp) return undefined;
  return plain.toString('utf8', from, from + length);
}

/** The text of an element of the flat XML that WeCom writes; empty where there is none. */
export function wecomField(xml: string, name: string): string {
  const found = new RegExp(`<${name}>(?:<!\\[CDATA\\[([^\\]]*)\\]\\]>|([^<]*))</${name}>`).exec(xml);
  return found?.[1] ?? found?.[2] ?? '';
}
