/**
 * Signed notes and checkpoints as the C2SP specifications "signed-note", "tlog-checkpoint" and "tlog-cosignature" write them, so that
 * tools of others read ours. Ed25519 throughout. It must never read a file or a clock.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';

/** The kind of signature, as the specification numbers it: a log's own, and a witness's with its time. */
const plainSignature = 1;
const timedSignature = 4;

/** Somebody who signs: a log, or a witness. `key` is 32 bytes. */
export interface Verifier {
  readonly name: string;
  readonly key: Buffer;
}
export interface Signer extends Verifier {
  readonly secret: KeyObject;
}

/** How far a log was. */
export interface TreeHead {
  /** Whose log it is. */
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Buffer;
  /** Lines after the root that a log adds of its own; without line breaks. */
  readonly more: readonly string[];
}

/** The prefix of DER before the 32 bytes of an Ed25519 public key (RFC 8410). */
const spkiStart = Buffer.from('302a300506032b6570032100', 'hex');
const publicKey = (key: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([spkiStart, key]), format: 'der', type: 'spki' });

/** A new signer of this name. */
export function newSigner(name: string): Signer {
  return signerOf(name, generateKeyPairSync('ed25519').privateKey);
}

/** The secret as text (PEM, PKCS 8), and back. */
export const secretText = ({ secret }: Signer): string => secret.export({ format: 'pem', type: 'pkcs8' }).toString();
/** Throws where the text is no Ed25519 secret. */
export function readSigner(name: string, pem: string): Signer {
  return signerOf(name, createPrivateKey(pem));
}
function signerOf(name: string, secret: KeyObject): Signer {
  if (secret.asymmetricKeyType !== 'ed25519') throw new Error('the key is no Ed25519 key');
  const der = createPublicKey(secret).export({ format: 'der', type: 'spki' });
  return { name, key: der.subarray(spkiStart.length), secret };
}

function keyId({ name, key }: Verifier, kind: number): Buffer {
  const hash = createHash('sha256').update(`${name}\n`).update(Buffer.of(kind)).update(key);
  return hash.digest().subarray(0, 4);
}

/** The public key as others write it: name, id and key in one line (vkey). */
export function verifierKey(verifier: Verifier): string {
  const key = Buffer.concat([Buffer.of(plainSignature), verifier.key]).toString('base64');
  return `${verifier.name}+${keyId(verifier, plainSignature).toString('hex')}+${key}`;
}
/** Undefined where the text is none, or its id is not that of its key. */
export function readVerifierKey(text: string): Verifier | undefined {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim());
  const bytes = Buffer.from(match?.[3] ?? '', 'base64');
  if (!match || bytes.length !== 33 || bytes[0] !== plainSignature) return undefined;
  const verifier = { name: match[1]!, key: bytes.subarray(1) };
  return keyId(verifier, plainSignature).toString('hex') === match[2] ? verifier : undefined;
}

const textOf = ({ origin, size, root, more }: TreeHead): string =>
  `${[origin, size, root.toString('base64'), ...more].join('\n')}\n`;
const signatureLine = (name: string, bytes: Buffer): string => `\u2014 ${name} ${bytes.toString('base64')}\n`;

/** The note of a log: its checkpoint with its signature. */
export function signCheckpoint(checkpoint: TreeHead, signer: Signer): string {
  const text = textOf(checkpoint);
  const signature = sign(null, Buffer.from(text), signer.secret);
  return `${text}\n${signatureLine(signer.name, Buffer.concat([keyId(signer, plainSignature), signature]))}`;
}

const timedText = (text: string, seconds: number): Buffer => Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
/** A note with the line of a witness, who says that it saw this checkpoint at a time, seconds since 1970. */
export function cosign(note: string, signer: Signer, seconds: number): string {
  const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(BigInt(seconds));
  const signature = sign(null, timedText(text, seconds), signer.secret);
  return note + signatureLine(signer.name, Buffer.concat([keyId(signer, timedSignature), time, signature]));
}

/** The bytes a note carries of this verifier and kind; undefined where it carries none. */
function signatureOf(lines: readonly string[], verifier: Verifier, kind: number): Buffer | undefined {
  const id = keyId(verifier, kind);
  for (const line of lines) {
    const match = /^\u2014 (\S+) ([A-Za-z0-9+/]+={0,2})$/.exec(line);
    const bytes = Buffer.from(match?.[2] ?? '', 'base64');
    if (match?.[1] === verifier.name && bytes.subarray(0, 4).equals(id)) return bytes.subarray(4);
  }
  return undefined;
}

function parts(note: string): { text: string; lines: readonly string[] } | undefined {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n') || note.length > 100_000) return undefined;
  return { text: note.slice(0, end + 1), lines: note.slice(end + 2, -1).split('\n') };
}

/** The checkpoint a note holds, if this log signed it; undefined otherwise. */
export function openCheckpoint(note: string, log: Verifier): TreeHead | undefined {
  const found = parts(note);
  const signature = found && signatureOf(found.lines, log, plainSignature);
  if (!found || signature?.length !== 64) return undefined;
  if (!verify(null, Buffer.from(found.text), publicKey(log.key), signature)) return undefined;
  const [origin = '', size = '', root = '', ...more] = found.text.slice(0, -1).split('\n');
  const bytes = Buffer.from(root, 'base64');
  const sound = origin === log.name && /^(?:0|[1-9]\d{0,15})$/.test(size) && bytes.length === 32;
  return sound ? { origin, size: Number(size), root: bytes, more } : undefined;
}

/** When this witness says it saw the checkpoint, seconds since 1970; undefined where it did not sign. */
export function witnessedAt(note: string, witness: Verifier): number | undefined {
  const found = parts(note);
  const bytes = found && signatureOf(found.lines, witness, timedSignature);
  if (!found || bytes?.length !== 72) return undefined;
  const seconds = Number(bytes.readBigUInt64BE(0));
  return verify(null, timedText(found.text, seconds), publicKey(witness.key), bytes.subarray(8)) ? seconds : undefined;
}
