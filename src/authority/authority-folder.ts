/**
 * The folder of the school's own certificates: made whole or not at all, read with what is wrong in it, and the certificate of
 * the server issued anew when that is due. It must never make a root where there is one, nor write over one: phones trust it,
 * and each of them would have to be visited.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Time } from '../core/types.ts';
import {
  authorityFileLost,
  authorityMalformed,
  authorityMissing,
  authorityMixed,
  authorityNotYet,
  authorityUnreadable,
  authorityUnwritten,
  folderNotEmpty,
} from '../words/authority/authority-words.ts';
import { WordedError } from '../words/worded-error.ts';
import { makeDurably, writeDurably } from '../world/durable-file.ts';
import { namesIn, ownAddresses } from './host-names.ts';
import { authorityNames, serverPair } from './server-pair.ts';

export const rootFile = (folder: string): string => join(folder, authorityNames.root);

const dayMs = 86_400_000;
/** Long enough for two months of holidays in which nobody looks. */
export const renewDays = 60;
export const dayOf = (time: Time): string => new Date(time).toISOString().slice(0, 10);

const stampOf = (time: Time) => new Date(time).toISOString().replace(/[-:]/g, '').replace(/\..*/, 'Z');

/** For whom it was made. */
interface CertifiedHosts {
  readonly names: readonly string[];
  /** Those of the names that were addresses of this machine then. */
  readonly here: readonly string[];
}

export interface Authority extends CertifiedHosts {
  readonly folder: string;
  readonly root: X509Certificate;
  readonly issuer: X509Certificate;
  readonly issuerPem: string;
  readonly issuerKey: string;
  /** What browsers are shown; absent when there is none, or none that can be used with its key. */
  readonly server?: X509Certificate;
}

/** What the file system calls it, such as `ENOENT`. */
export const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? String(error);

/** A text, undefined where there is no file. Throws WordedError. */
export async function textIn(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new WordedError(authorityUnreadable(path, codeOf(error)), { cause: error });
  }
}

function parsed<T>(path: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new WordedError(authorityMalformed(path), { cause: error });
  }
}

async function needed<T>(folder: string, name: string, parse: (text: string) => T): Promise<T> {
  const path = join(folder, name);
  const text = await textIn(path);
  if (text === undefined) throw new WordedError(authorityFileLost(path));
  return parsed(path, () => parse(text));
}

function hostsIn(text: string): CertifiedHosts {
  const { names, here } = JSON.parse(text) as Record<string, unknown>;
  const lists = [names, here];
  if (!lists.every((list) => Array.isArray(list) && list.every((one) => typeof one === 'string')))
    throw new TypeError('no lists of names');
  return { names: names as string[], here: here as string[] };
}

/** The server's certificate, if it is one of this issuer and fits its key. */
async function serverIn(folder: string, issuer: X509Certificate): Promise<X509Certificate | undefined> {
  const { key, cert } = serverPair(folder);
  const [keyPem, certPem] = [await textIn(key), await textIn(cert)];
  if (keyPem === undefined || certPem === undefined) return undefined;
  try {
    const leaf = new X509Certificate(certPem);
    const fits = leaf.checkPrivateKey(createPrivateKey(keyPem)) && leaf.verify(issuer.publicKey);
    return fits ? leaf : undefined;
  } catch {
    // Half a file, or none of ours: it is issued anew.
    return undefined;
  }
}

/** What is in the folder. Rejects with WordedError when what a person cannot do without is missing or broken. */
export async function readAuthority(folder: string): Promise<Authority> {
  if ((await textIn(rootFile(folder))) === undefined && (await filesIn(folder)).length === 0)
    throw new WordedError(authorityMissing(folder));
  const root = await needed(folder, authorityNames.root, (pem) => new X509Certificate(pem));
  const issuer = await needed(folder, authorityNames.issuer, (pem) => new X509Certificate(pem));
  const issuerKey = await needed(folder, authorityNames.issuerKey, (pem) => {
    createPrivateKey(pem);
    return pem;
  });
  const hosts = await needed(folder, authorityNames.hosts, hostsIn);
  if (!issuer.verify(root.publicKey) || !issuer.checkPrivateKey(createPrivateKey(issuerKey)))
    throw new WordedError(authorityMixed(folder));
  const server = await serverIn(folder, issuer);
  return { folder, ...hosts, root, issuer, issuerPem: issuer.toString(), issuerKey, ...(server && { server }) };
}

/** Whether the server needs another certificate at `now`. */
export function isDue({ server, issuer, names }: Authority, now: Time): boolean {
  if (!server || server.validFromDate.getTime() > now) return true;
  if (names.some((name) => !namesIn(server).includes(name))) return true;
  const until = server.validToDate.getTime();
  // One that ends with its issuer cannot be made to last longer.
  return until - now < renewDays * dayMs && until < issuer.validToDate.getTime();
}

/** Issues the server's certificate anew; its key stays if it can. Rejects with WordedError. */
export async function issueAnew({ folder, issuerPem, issuerKey, root, names }: Authority, now: Time): Promise<void> {
  const from = root.validFromDate.getTime();
  if (now < from) throw new WordedError(authorityNotYet(dayOf(from), dayOf(now)));
  const { issueServer, makeKey } = await import('./issue-certificate.ts');
  const { key, cert } = serverPair(folder);
  const known = await textIn(key);
  const usable = known !== undefined && isKey(known);
  const pem = usable ? known : await makeKey();
  const chain = await issueServer({ issuer: issuerPem, issuerKey }, names, pem, now);
  try {
    // The key first: with a certificate of another key nobody gets in, and the next look finds that.
    if (!usable) await writeDurably(key, pem);
    await writeDurably(cert, chain);
  } catch (error) {
    throw new WordedError(authorityUnwritten(folder, codeOf(error)), { cause: error });
  }
}

/** Has the disk keep what a folder's entries are called. */
async function keepNames(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ec';
  } catch {
    return false;
  }
}

/** What lies there; nothing where there is no folder. */
async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw new WordedError(authorityUnreadable(folder, codeOf(error)), { cause: error });
  }
}

/**
 * Makes an authority for these names. With `replace` what is in the folder is moved aside, and where to is the result; without,
 * the folder has to be empty or not there. Rejects with WordedError, and then all is as it was.
 */
export async function foundAuthority(
  folder: string,
  { school, names, replace = false }: { readonly school: string; readonly names: readonly string[]; replace?: boolean },
  now: Time,
): Promise<string | undefined> {
  const taken = (await filesIn(folder)).length > 0;
  if (taken && !replace) throw new WordedError(folderNotEmpty(folder));
  const { issueServer, makeAuthority, makeKey } = await import('./issue-certificate.ts');
  const made = await makeAuthority(school, names, now);
  const key = await makeKey();
  const own = ownAddresses();
  const hosts: CertifiedHosts = { names, here: names.filter((name) => own.includes(name)) };
  const fresh = `${folder}.part`;
  try {
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { mode: 0o700 });
    await makeDurably(join(fresh, authorityNames.root), made.root);
    await makeDurably(join(fresh, authorityNames.issuer), made.issuer);
    await makeDurably(join(fresh, authorityNames.issuerKey), made.issuerKey);
    await makeDurably(join(fresh, authorityNames.hosts), `${JSON.stringify(hosts)}\n`);
    await makeDurably(serverPair(fresh).key, key);
    await makeDurably(serverPair(fresh).cert, await issueServer(made, names, key, now));
    const aside = taken ? `${folder}.replaced-${stampOf(now)}` : undefined;
    if (aside !== undefined) await rename(folder, aside);
    await rename(fresh, folder).catch(async (error) => {
      if (aside !== undefined) await rename(aside, folder);
      throw error;
    });
    await keepNames(dirname(folder));
    return aside;
  } catch (error) {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
    throw new WordedError(authorityUnwritten(folder, codeOf(error)), { cause: error });
  }
}

/** The root as phones are given it; undefined where there is none that can be read. */
export async function publicRoot(
  folder: string,
): Promise<{ der: Uint8Array; sha256: string; sha1: string; until: Time } | undefined> {
  try {
    const root = await needed(folder, authorityNames.root, (pem) => new X509Certificate(pem));
    const { raw, fingerprint256: sha256, fingerprint: sha1 } = root;
    return { der: raw, sha256, sha1, until: root.validToDate.getTime() };
  } catch {
    // What is wrong there is told as a trouble, to people who can mend it.
    return undefined;
  }
}
