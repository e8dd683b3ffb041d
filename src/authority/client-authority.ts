/**
 * The folder of the authority by which a district knows its schools: made once, and certificates of schools beside it, each in a folder to be brought to
 * its school. It must never write over the authority: every school would have to be visited.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Time } from '../core/types.ts';
import {
  authorityEnds,
  authorityFileLost,
  authorityMalformed,
  authorityMixed,
  authorityUnwritten,
} from '../words/authority/authority-words.ts';
import { WordedError } from '../words/worded-error.ts';
import { makeDurably, writeDurably } from '../world/durable-file.ts';
import { codeOf, dayOf, textIn } from './authority-folder.ts';

/** What the files are called: the authority, its key, and in the folder of a school what is brought there; `issued` keeps each certificate for whoever withdraws it. All of mode 0600 but the authority itself. */
export const clientNames = {
  root: 'schools-ca.crt',
  rootKey: 'schools-ca.key',
  key: 'school.key',
  cert: 'school.crt',
  issued: 'issued',
};

/** A certificate of a school that was just made; paths as they were given. */
export interface IssuedClient {
  readonly root: string;
  readonly key: string;
  readonly cert: string;
  /** By which the page of schools names it: the first eight digits of its SHA-256. */
  readonly id: string;
  /** `2029-11-29`. */
  readonly until: string;
  /** The authority was made with it. */
  readonly founded: boolean;
}

/** What is there; undefined where there is nothing yet. Rejects with WordedError where half of it is. */
async function readClients(folder: string): Promise<{ issuer: string; issuerKey: string } | undefined> {
  const [rootPath, keyPath] = [join(folder, clientNames.root), join(folder, clientNames.rootKey)];
  const [issuer, issuerKey] = [await textIn(rootPath), await textIn(keyPath)];
  if (issuer === undefined && issuerKey === undefined) return undefined;
  if (issuer === undefined || issuerKey === undefined)
    throw new WordedError(authorityFileLost(issuer === undefined ? rootPath : keyPath));
  let fits = false;
  try {
    fits = new X509Certificate(issuer).checkPrivateKey(createPrivateKey(issuerKey));
  } catch (cause) {
    throw new WordedError(authorityMalformed(rootPath), { cause });
  }
  if (!fits) throw new WordedError(authorityMixed(folder));
  return { issuer, issuerKey };
}

/** Makes a key and a certificate for a school, and first the authority where there is none. Rejects with WordedError. */
export async function issueForSchool(
  folder: string,
  { district, school }: { readonly district: string; readonly school: string },
  now: Time,
): Promise<IssuedClient> {
  const { issueClient, makeClientAuthority, makeKey } = await import('./issue-certificate.ts');
  const known = await readClients(folder);
  const own = join(folder, school);
  const paths = {
    root: join(folder, clientNames.root),
    key: join(own, clientNames.key),
    cert: join(own, clientNames.cert),
  };
  try {
    await mkdir(own, { recursive: true, mode: 0o700 });
    const authority = known ?? (await makeClientAuthority(district, now));
    const end = new X509Certificate(authority.issuer).validToDate.getTime();
    if (end <= now) throw new WordedError(authorityEnds(dayOf(end)));
    if (!known) {
      // The key first: a certificate without it would look like a loss.
      await makeDurably(join(folder, clientNames.rootKey), authority.issuerKey);
      await makeDurably(paths.root, authority.issuer);
      // It is no secret, and the district runs as somebody else.
      await chmod(paths.root, 0o644);
    }
    const key = await makeKey();
    const cert = await issueClient(authority, school, key, now);
    await writeDurably(paths.key, key);
    await writeDurably(paths.cert, cert);
    // The next one is written over it, and whoever withdraws it has to name it.
    const id = new X509Certificate(cert).fingerprint256.replaceAll(':', '').slice(0, 8).toLowerCase();
    await mkdir(join(folder, clientNames.issued), { recursive: true, mode: 0o700 });
    await writeDurably(join(folder, clientNames.issued, `${school}-${id}.crt`), cert);
    return { ...paths, id, until: dayOf(new X509Certificate(cert).validToDate.getTime()), founded: !known };
  } catch (error) {
    if (error instanceof WordedError) throw error;
    throw new WordedError(authorityUnwritten(folder, codeOf(error)), { cause: error });
  }
}
