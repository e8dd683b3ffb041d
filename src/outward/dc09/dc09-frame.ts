/**
 * Frames of ANSI/SIA DC-09 as bytes: checksum, length, sequence number, account, data, time, and AES in cipher block chaining. Pure. It must
 * never put a key or what was decrypted into an error.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Time } from '../../core/types.ts';

/** What is sent: an event in one of the two languages, or the link test. */
export type FrameToken = 'SIA-DCS' | 'ADM-CID' | 'NULL';
/** What comes back. NAK: its time is outside the window, or the account is not known; DUH: understood, and no use. */
export type ReplyToken = 'ACK' | 'NAK' | 'DUH' | 'RSP';

/** Who sends, as every frame says it. */
export interface FrameSender {
  /** 3 to 16 hexadecimal digits. */
  readonly account: string;
  /** Account prefix, 1 to 6 hexadecimal digits; `0` where there is none. */
  readonly prefix: string;
  /** Receiver number, 1 to 6 hexadecimal digits. */
  readonly receiver?: string;
  /** 16, 24 or 32 bytes. */
  readonly key?: Uint8Array;
}

export interface FrameReply {
  readonly token: ReplyToken;
  readonly seq: number;
  /** The receiver's time, where it says it. */
  readonly at?: Time;
}

/** A longer frame is read no further. Ours: answers are below two hundred bytes. */
export const replyMax = 2_048;
const block = 16;
const iv = Buffer.alloc(block);
const padLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** CRC-16 with the polynomial 0x8005, reflected, from 0, as four digits. */
export function frameCrc(text: string): string {
  let crc = 0;
  for (const byte of Buffer.from(text, 'latin1')) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return hex4(crc);
}

const hex4 = (value: number) => value.toString(16).toUpperCase().padStart(4, '0');
const two = (value: number) => String(value).padStart(2, '0');

/** `_HH:MM:SS,MM-DD-YYYY` in UTC. */
export function frameTime(at: Time): string {
  const t = new Date(at);
  const day = `${two(t.getUTCMonth() + 1)}-${two(t.getUTCDate())}-${t.getUTCFullYear()}`;
  return `_${two(t.getUTCHours())}:${two(t.getUTCMinutes())}:${two(t.getUTCSeconds())},${day}`;
}

/** Fills up in front, so that a cipher text of the same event never looks the same. */
function padFor(length: number): string {
  const missing = (block - (length % block)) % block;
  return [...randomBytes(missing)].map((byte) => padLetters[byte % padLetters.length]).join('');
}

/** A whole frame. `data` stands in the brackets; `more`: further blocks in brackets of their own. */
export function frameOf(
  sender: FrameSender,
  frame: { readonly token: FrameToken; readonly seq: number; readonly data: string; readonly more?: string },
  at: Time,
): Buffer {
  const { account, prefix, receiver, key } = sender;
  const from = `${receiver === undefined ? '' : `R${receiver}`}L${prefix}#${account}`;
  const number = String(frame.seq).padStart(4, '0');
  const plain = `${frame.data}]${frame.more ?? ''}${frameTime(at)}`;
  let text = `"${frame.token}"${number}${from}[${plain}`;
  if (key) {
    // A link test has no data, and so nothing that parts it from what fills it up.
    const told = frame.data === '' ? plain : `|${plain}`;
    const filled = `${padFor(told.length)}${told}`;
    const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, iv).setAutoPadding(false);
    const secret = Buffer.concat([cipher.update(filled, 'latin1'), cipher.final()]);
    text = `"*${frame.token}"${number}${from}[${secret.toString('hex').toUpperCase()}`;
  }
  return Buffer.from(`\n${frameCrc(text)}${hex4(text.length)}${text}\r`, 'latin1');
}

/** What stands between number and bracket is not asked: receivers of others write what they like there. */
const whole = /^([0-9A-F]{4})([0-9A-F]{4})("(\*?)(ACK|NAK|DUH|RSP)"(\d{4})[^[]{0,60}\[.*)$/i;
const timeAtEnd = /_(\d\d):(\d\d):(\d\d),(\d\d)-(\d\d)-(\d{4})/;

function timeIn(text: string): Time | undefined {
  const [, h, m, s, month, day, year] = timeAtEnd.exec(text)?.map(Number) ?? [];
  return year === undefined ? undefined : Date.UTC(year, month! - 1, day, h, m, s);
}

/**
 * Reads what a receiver answered; undefined where it is none, or does not fit its checksum, or cannot be decrypted. An answer to a
 * frame in cipher that comes in clear is believed only where it says no.
 */
export function readReply(bytes: Buffer, key: Uint8Array | undefined): FrameReply | undefined {
  const text = bytes.toString('latin1').replace(/^[\r\n]+|[\r\n]+$/g, '');
  const found = whole.exec(text);
  if (!found) return undefined;
  const [, crc, length, body, star, word, seq] = found as unknown as string[];
  if (frameCrc(body!) !== crc!.toUpperCase() || Number.parseInt(length!, 16) !== body!.length) return undefined;
  const token = word!.toUpperCase() as ReplyToken;
  let clear = body!;
  if (star === '*') {
    const opened = key && opened16(body!.slice(body!.indexOf('[') + 1), key);
    if (opened === undefined) return undefined;
    clear = opened;
  } else if (key && (token === 'ACK' || token === 'RSP')) return undefined;
  const at = timeIn(clear);
  return { token, seq: Number(seq), ...(at !== undefined && { at }) };
}

/** Decrypts hexadecimal; undefined where it is none, or nothing that a frame ends with comes out. */
function opened16(hex: string, key: Uint8Array): string | undefined {
  if (hex.length === 0 || hex.length % (2 * block) !== 0 || !/^[0-9A-F]+$/i.test(hex)) return undefined;
  const cipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, iv).setAutoPadding(false);
  const clear = Buffer.concat([cipher.update(hex, 'hex'), cipher.final()]).toString('latin1');
  return clear.includes(']') ? clear : undefined;
}

/** Numbers go from 1 to 9999 and begin again at 1. */
export const nextNumber = (seq: number): number => (seq >= 9_999 ? 1 : seq + 1);
