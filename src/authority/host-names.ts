/**
 * The names and addresses by which browsers open the pages, as a certificate holds them: those of this machine, those a person
 * gave, and what a certificate says of itself. It reads and compares; it must never ask the network for a name.
 */
import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { domainToASCII } from 'node:url';

/** What every certificate is good for besides: opened on the machine itself. */
const always = ['localhost', '127.0.0.1'];
/** RFC 1035 for the whole, RFC 1123 for its parts. */
const dnsName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** Every address is written in one way only. */
const plain = (name: string): string => (isIP(name) === 6 ? new URL(`http://[${name}]`).hostname.slice(1, -1) : name);

/** One name or address as certificates write it; undefined when it is neither: an address with a scheme or port, a wildcard. */
export function hostName(said: string): string | undefined {
  const name = said.trim().toLowerCase();
  if (isIP(name) !== 0) return plain(name);
  if (/[/:@*\s]/.test(name)) return undefined;
  // What looks like a wrong address is no name.
  if (/^[\d.]+$/.test(name)) return undefined;
  const ascii = domainToASCII(name);
  return dnsName.test(ascii) ? ascii : undefined;
}

/** The IPv4 addresses at which others can reach this machine. IPv6 ones change by themselves, so a person names those. */
export function ownAddresses(): readonly string[] {
  const found = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outward = found.filter(({ family, internal }) => family === 'IPv4' && !internal);
  // An address that the machine gave itself because nobody else did.
  return [...new Set(outward.map(({ address }) => address))].filter((address) => !address.startsWith('169.254.'));
}

/** What this machine is called and where it is, when nobody says otherwise. */
export function ownNames(): readonly string[] {
  const name = hostName(hostname());
  return [...(name === undefined || name === 'localhost' ? [] : [name]), ...ownAddresses()];
}

/** All names a certificate is made for, each once. */
export const certifiedNames = (names: readonly string[]): readonly string[] => [...new Set([...names, ...always])];

/** The names a person would open pages by: without those that mean the machine itself. */
export const outwardNames = (names: readonly string[]): readonly string[] =>
  names.filter((name) => !always.includes(name));

/** The names in a certificate (its subjectAltName). */
export function namesIn({ subjectAltName = '' }: X509Certificate): readonly string[] {
  return subjectAltName.split(', ').flatMap((entry) => {
    const [, name] = /^(?:DNS|IP Address):(.+)$/.exec(entry) ?? [];
    return name === undefined ? [] : [plain(name.toLowerCase())];
  });
}
