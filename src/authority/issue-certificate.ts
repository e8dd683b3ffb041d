/**
 * Makes certificates: the root that phones are told to trust, what it is used for once (an issuer that lives on this machine),
 * and the certificate of the server; and what a district knows its schools by. The key of the root is thrown away as soon as it has signed its one issuer, and issuer
 * and root may only vouch for the names they were made for: whoever steals this machine can pass for nothing but this machine.
 * It must never write a file, and never be loaded before it is needed: a gateway whose certificate is well does without it.
 */
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509';
import * as x509 from '@peculiar/x509';
import type { Time } from '../core/types.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;
/** Nobody visits every phone more often; ours. */
export const authorityDays = 3_650;
/** Apple refuses certificates of a server that live longer than 398 days. */
export const serverDays = 397;
/** A phone's clock may be behind: what is made now has been valid since yesterday. */
const sinceDays = 1;
/** Of a common name (X.520 ub-common-name). */
const commonNameMax = 64;

/** PEM texts. */
export interface MadeAuthority {
  readonly root: string;
  readonly issuer: string;
  readonly issuerKey: string;
}

type Extensions = readonly x509.Extension[];

/** RFC 5280, 4.2.1.10: an address is given with its mask, and what is not named is not permitted. */
function onlyFor(names: readonly string[]): x509.Extension {
  const permitted = names.map((name) => {
    const version = isIP(name);
    const bits = version === 4 ? 32 : 128;
    const base = version === 0 ? { dNSName: name } : { iPAddress: `${name}/${bits}` };
    return new GeneralSubtree({ base: new GeneralName(base) });
  });
  const constraints = new NameConstraints({ permittedSubtrees: new GeneralSubtrees(permitted) });
  return new x509.Extension(id_ce_nameConstraints, true, AsnConvert.serialize(constraints));
}

function serial(): string {
  const bytes = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)));
  // Positive, and no leading zero (RFC 5280, 4.1.2.2).
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes.toString('hex');
}

const commonName = (text: string): x509.JsonName => [{ CN: [[...text].slice(0, commonNameMax).join('')] }];
const dateOf = (time: Time) => new Date(time).toISOString().slice(0, 10);

function pemOf(key: ArrayBuffer): string {
  return x509.PemConverter.encode(key, 'PRIVATE KEY');
}

const freshKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

/** A new private key as PEM. */
export async function makeKey(): Promise<string> {
  const { privateKey } = await freshKeys();
  return pemOf(await webcrypto.subtle.exportKey('pkcs8', privateKey));
}

async function importKeys(pem: string): Promise<webcrypto.CryptoKeyPair> {
  const pkcs8 = x509.PemConverter.decode(pem)[0]!;
  const privateKey = await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']);
  const { d: _, key_ops: __, ...open } = await webcrypto.subtle.exportKey('jwk', privateKey);
  return { privateKey, publicKey: await webcrypto.subtle.importKey('jwk', open, algorithm, true, ['verify']) };
}

/** What both certificates of an authority have in common. */
async function authorityMarks(key: webcrypto.CryptoKey, below: number, names: readonly string[]): Promise<Extensions> {
  return [
    new x509.BasicConstraintsExtension(true, below, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    await x509.SubjectKeyIdentifierExtension.create(key),
    onlyFor(names),
  ];
}

/** An authority that may vouch for `names` and nothing else, called after the school and the day. */
export async function makeAuthority(school: string, names: readonly string[], now: Time): Promise<MadeAuthority> {
  const span = { notBefore: new Date(now - sinceDays * dayMs), notAfter: new Date(now + authorityDays * dayMs) };
  const [rootKeys, issuerKeys] = [await freshKeys(), await freshKeys()];
  const called = commonName(`Gatehouse ${dateOf(now)} · ${school}`);
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    ...span,
    name: called,
    serialNumber: serial(),
    keys: rootKeys,
    signingAlgorithm: algorithm,
    extensions: [...(await authorityMarks(rootKeys.publicKey, 1, names))],
  });
  const issuer = await x509.X509CertificateGenerator.create({
    ...span,
    subject: commonName(`Gatehouse ${dateOf(now)} server issuer`),
    issuer: called,
    serialNumber: serial(),
    publicKey: issuerKeys.publicKey,
    signingKey: rootKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      ...(await authorityMarks(issuerKeys.publicKey, 0, names)),
      await x509.AuthorityKeyIdentifierExtension.create(rootKeys.publicKey),
    ],
  });
  const issuerKey = pemOf(await webcrypto.subtle.exportKey('pkcs8', issuerKeys.privateKey));
  return { root: root.toString('pem'), issuer: issuer.toString('pem'), issuerKey };
}

/** What a certificate is to say: whose key, as PEM, under which name, for what, until when (never longer than its issuer). */
interface LeafAbout {
  readonly name: string;
  readonly key: string;
  readonly usage: x509.ExtendedKeyUsageType;
  readonly more: readonly x509.Extension[];
  readonly until: Time;
}

/** A certificate that vouches for nobody else, and its issuer. */
async function issueLeaf(
  { issuer, issuerKey }: Pick<MadeAuthority, 'issuer' | 'issuerKey'>,
  { name, key, usage, more, until }: LeafAbout,
  now: Time,
): Promise<{ readonly leaf: x509.X509Certificate; readonly above: x509.X509Certificate }> {
  const above = new x509.X509Certificate(issuer);
  const { publicKey } = await importKeys(key);
  const leaf = await x509.X509CertificateGenerator.create({
    subject: commonName(name),
    issuer: above.subjectName.toJSON(),
    notBefore: new Date(now - sinceDays * dayMs),
    notAfter: new Date(Math.min(until, above.notAfter.getTime())),
    serialNumber: serial(),
    publicKey,
    signingKey: (await importKeys(issuerKey)).privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([usage]),
      ...more,
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(above.publicKey),
    ],
  });
  return { leaf, above };
}

/** The certificate of the server for `names`, with its issuer behind it, as a PEM chain. */
export async function issueServer(
  { issuer, issuerKey }: Pick<MadeAuthority, 'issuer' | 'issuerKey'>,
  names: readonly string[],
  key: string,
  now: Time,
): Promise<string> {
  const named = new x509.SubjectAlternativeNameExtension(
    names.map((name) => ({ type: isIP(name) === 0 ? 'dns' : 'ip', value: name })),
  );
  const until = now + (serverDays - sinceDays) * dayMs;
  const about = {
    name: `Gatehouse ${names[0] ?? ''}`,
    key,
    usage: x509.ExtendedKeyUsage.serverAuth,
    more: [named],
    until,
  };
  const { leaf, above } = await issueLeaf({ issuer, issuerKey }, about, now);
  return `${leaf.toString('pem')}\n${above.toString('pem')}\n`;
}

/** How long a school is known by one certificate, days. Ours: whoever renews it goes to a machine, and is told a month ahead at both ends. */
export const clientDays = 1_095;

/** An authority that a district lets vouch for its schools: certificates of clients and nothing else can be of it. PEM texts. */
export async function makeClientAuthority(
  district: string,
  now: Time,
): Promise<Pick<MadeAuthority, 'issuer' | 'issuerKey'>> {
  const keys = await freshKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: commonName(`Gatehouse ${dateOf(now)} schools of ${district}`),
    notBefore: new Date(now - sinceDays * dayMs),
    notAfter: new Date(now + authorityDays * dayMs),
    serialNumber: serial(),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    issuer: root.toString('pem'),
    issuerKey: pemOf(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)),
  };
}

/** The certificate by which a district knows a school: its id is the common name. PEM. */
export async function issueClient(
  { issuer, issuerKey }: Pick<MadeAuthority, 'issuer' | 'issuerKey'>,
  school: string,
  key: string,
  now: Time,
): Promise<string> {
  const until = now + clientDays * dayMs;
  const about = { name: school, key, usage: x509.ExtendedKeyUsage.clientAuth, more: [], until };
  const { leaf } = await issueLeaf({ issuer, issuerKey }, about, now);
  return `${leaf.toString('pem')}\n`;
}
