/**
 * Certificates of schools that their authority has revoked: the list it publishes (RFC 5280 CRL), read with a library, each list under the signature of an
 * authority that is known here. A list that is out of date is told and goes on counting: it must never let back in what it named, nor turn every school away.
 */
import 'reflect-metadata';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { X509Certificate as Issuer, PemConverter, X509Crl } from '@peculiar/x509';
import { certificateUnreadable } from '../../words/certificate-words.ts';
import { listMalformed, listOfNobody, listOutdated } from '../../words/district/revoked-list-words.ts';
import { WordedError } from '../../words/worded-error.ts';
import type { Words } from '../../words/words.ts';

/** What the lists say. */
export interface RevokedList {
  /** Whether an authority has revoked it; `serial`: its number, hex. */
  has(serial: string, der: Buffer): boolean;
  /** When the first of the lists should have been followed by another, ms since 1970. */
  readonly until: number;
}

/** As OpenSSL and the library write it: letters of either case, with zeros before or without. */
const numberOf = (serial: string): string => serial.toLowerCase().replace(/^0+/, '');

const certificates = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

function listsIn(path: string, bytes: Buffer): X509Crl[] {
  try {
    const text = bytes.toString('latin1');
    const parts = text.includes('-----BEGIN') ? PemConverter.decodeWithHeaders(text) : undefined;
    const lists = parts ? parts.map(({ rawData }) => new X509Crl(rawData)) : [new X509Crl(new Uint8Array(bytes))];
    if (lists.length > 0) return lists;
  } catch {
    // What the library says of it helps nobody who has the wrong file in hand.
  }
  throw new WordedError(listMalformed(path));
}

/** Reads the file, PEM with one list or more, or DER. `authorities`: PEM. Rejects with WordedError. */
export async function readRevoked(path: string, authorities: string): Promise<RevokedList> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new WordedError(certificateUnreadable(path, error.code ?? error.message));
  });
  const known = (authorities.match(certificates) ?? []).map((pem) => new X509Certificate(pem));
  const lists = await Promise.all(
    listsIn(path, bytes).map(async (list) => {
      for (const authority of known) {
        const publicKey = new Issuer(new Uint8Array(authority.raw));
        if (!(await list.verify({ publicKey }).catch(() => false))) continue;
        return { authority, until: list.nextUpdate?.getTime(), numbers: list.entries.map((one) => one.serialNumber) };
      }
      throw new WordedError(listOfNobody(path));
    }),
  );
  const all = lists.map(({ authority, numbers }) => ({ authority, numbers: new Set(numbers.map(numberOf)) }));
  return {
    has: (serial, der) =>
      all.some(
        ({ authority, numbers }) => numbers.has(numberOf(serial)) && new X509Certificate(der).checkIssued(authority),
      ),
    until: Math.min(...lists.map(({ until = Number.POSITIVE_INFINITY }) => until)),
  };
}

/** What a person must know of them at `now`. */
export const revokedTrouble = (path: string, { until }: RevokedList, now: number): Words | undefined =>
  until < now ? listOutdated(path, new Date(until).toISOString().slice(0, 10)) : undefined;
