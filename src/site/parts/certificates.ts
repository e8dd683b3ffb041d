/**
 * The certificates a configuration names: whether each can be used with its key, until when, and a mark that changes with what
 * stands in the files, so that a reload knows a renewed one. A bad certificate is told and keeps no gateway from starting.
 * It must never hold or show a key.
 */
import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Time, Words } from '../../core/types.ts';
import {
  certificateExpired,
  certificateExpires,
  certificateMalformed,
  certificateMismatched,
  certificateUnreadable,
  noAuthorityIn,
} from '../../words/certificate-words.ts';

/** PEM files, absolute. */
export interface CertificatePair {
  readonly key: string;
  readonly cert: string;
  /** Of what stood in both when the configuration was read. */
  readonly mark?: string;
}

export interface InspectedCertificate {
  readonly pair: CertificatePair;
  /** Why it cannot be used. */
  readonly problem?: Words;
  /** When it runs out; absent when it cannot be read. */
  readonly until?: Time;
}

const dayMs = 86_400_000;
/** Long enough for a school's office to have one signed; what Let's Encrypt renews at. */
const warnDays = 30;

async function pem(path: string): Promise<Buffer | Words> {
  return readFile(path).catch((error: NodeJS.ErrnoException) =>
    certificateUnreadable(path, error.code ?? error.message),
  );
}

function parsed<T>(path: string, parse: () => T): T | Words {
  try {
    return parse();
  } catch {
    // What OpenSSL says of it helps nobody who has the wrong file in hand.
    return certificateMalformed(path);
  }
}

const isWords = (value: unknown): value is Words => typeof value === 'object' && value !== null && 'zh' in value;

/** Looks at the files of one pair. */
export async function inspectCertificate({ key, cert }: CertificatePair): Promise<InspectedCertificate> {
  const [keyPem, certPem] = [await pem(key), await pem(cert)];
  if (isWords(certPem)) return { pair: { key, cert }, problem: certPem };
  if (isWords(keyPem)) return { pair: { key, cert }, problem: keyPem };
  const mark = createHash('sha256').update(certPem).update(keyPem).digest('hex').slice(0, 16);
  const pair = { key, cert, mark };
  const leaf = parsed(cert, () => new X509Certificate(certPem));
  if (isWords(leaf)) return { pair, problem: leaf };
  const until = leaf.validToDate.getTime();
  const own = parsed(key, () => createPrivateKey(keyPem));
  if (isWords(own)) return { pair, problem: own, until };
  if (!leaf.checkPrivateKey(own)) return { pair, problem: certificateMismatched(cert, key), until };
  return { pair, until };
}

/** Certificates of authorities in one file: who vouches for others. */
export interface InspectedAuthority {
  /** PEM; absent where it cannot be used. */
  readonly text?: string;
  readonly problem?: Words;
  /** When the first of them runs out. */
  readonly until?: Time;
}

/** Looks at a file of certificates that others are held against. */
export async function inspectAuthority(path: string): Promise<InspectedAuthority> {
  const bytes = await pem(path);
  if (isWords(bytes)) return { problem: bytes };
  const text = bytes.toString('utf8');
  const parts = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  const read = parsed(path, () => parts.map((part) => new X509Certificate(part)));
  if (isWords(read) || read.length === 0) return { problem: certificateMalformed(path) };
  if (read.some(({ ca }) => !ca)) return { problem: noAuthorityIn(path) };
  return { text, until: Math.min(...read.map(({ validToDate }) => validToDate.getTime())) };
}

/** What a person must know of certificates at `now`: that one cannot be used, has run out, or will soon. */
export function certificateTrouble(all: readonly InspectedCertificate[], now: Time): Words | undefined {
  const broken = all.find(({ problem }) => problem);
  if (broken) return broken.problem;
  const [next] = all
    .flatMap(({ pair, until }) => (until === undefined ? [] : [{ cert: pair.cert, until }]))
    .sort((a, b) => a.until - b.until);
  if (!next || next.until - now > warnDays * dayMs) return undefined;
  const date = new Date(next.until).toISOString().slice(0, 10);
  if (next.until <= now) return certificateExpired(next.cert, date);
  return certificateExpires(next.cert, Math.floor((next.until - now) / dayMs), date);
}
