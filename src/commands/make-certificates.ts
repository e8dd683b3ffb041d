/**
 * `npm run certificates`: makes the school's own authority and the server's certificate, or shows those that are there, and says
 * on the terminal what to do next. Run again it changes nothing that phones trust; only `--replace` does, and moves the old aside.
 */
import type { Stats } from 'node:fs';
import { chown, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import tls from 'node:tls';
import {
  type Authority,
  dayOf,
  foundAuthority,
  isDue,
  issueAnew,
  readAuthority,
  rootFile,
} from '../authority/authority-folder.ts';
import { certifiedNames, hostName, outwardNames, ownAddresses, ownNames } from '../authority/host-names.ts';
import { authorityTrouble } from '../authority/keep-certificate.ts';
import type { CertificatePlace } from '../site/load-site.ts';
import {
  authorityMissing,
  authorityStands,
  authorityStep,
  authorityUnwritten,
  badHostName,
  clockImpossible,
  nothingToCertify,
  putAside,
  rootFingerprint,
  serverRenewed,
  trustStays,
  vouchesFor,
  whatNext,
} from '../words/authority/authority-words.ts';
import { WordedError } from '../words/worded-error.ts';
import { bothLanguages } from '../words/words.ts';

export interface CertificatesAsked {
  /** By which the pages are opened; those of this machine when there are none. */
  readonly names: readonly string[];
  readonly replace: boolean;
}

/** No machine that runs this is older; one without a clock of its own starts in 1970. */
const earliest = Date.UTC(2026, 0, 1);

/** What was done, in lines, and whether it went well. */
export interface CertificatesDone {
  readonly ok: boolean;
  /** Where phones find the guide. */
  readonly url?: string;
  readonly said: readonly string[];
}

const failed = (...said: readonly string[]): CertificatesDone => ({ ok: false, said });

/** The first folder on the way up that is there and can be asked. */
const nearestFolder = (dir: string): Promise<Stats> =>
  stat(dir).catch((error) => {
    if (dirname(dir) === dir) throw error;
    return nearestFolder(dirname(dir));
  });

/** For whom root makes files, who runs the gateway: the owner of the data folder or of where it will lie; is that root, of the configuration. */
async function ownerOf({ dir, file }: CertificatePlace): Promise<Stats> {
  const found = await nearestFolder(dir);
  return found.uid === 0 ? await stat(dirname(file)) : found;
}

/** Makes the folders above one, for whoever runs the gateway: what root made for itself the gateway could not write to. */
async function makeAbove(folder: string, { uid, gid }: Stats): Promise<void> {
  const first = await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  if (first === undefined || process.getuid?.() !== 0) return;
  for (let made = dirname(folder); made.length >= first.length; made = dirname(made)) await chown(made, uid, gid);
}

/** Who runs this as root makes the files for whoever runs the gateway. */
async function handOver(folder: string, { uid, gid }: Stats): Promise<void> {
  if (process.getuid?.() !== 0) return;
  for (const name of ['.', ...(await readdir(folder))]) await chown(join(folder, name), uid, gid);
}

/** Where a phone opens the guide: by an address of this machine, which needs no DNS, or else by the first name. */
function guideOf({ names, here }: Authority, { port }: CertificatePlace): string {
  const outward = outwardNames(names);
  const host = outward.find((name) => here.includes(name)) ?? outward[0] ?? 'localhost';
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}/certificates`;
}

/** What an installer reads: what there is, and the steps that are left. */
function report(authority: Authority, place: CertificatePlace, made: boolean, now: number): string[] {
  const { root, server, names } = authority;
  const outward = outwardNames(names);
  const url = guideOf(authority, place);
  const until = server ? dayOf(server.validToDate.getTime()) : '—';
  const steps: ((n: number) => string)[] = [];
  if (!place.configured) {
    const path = relative(dirname(place.file), authority.folder);
    steps.push((n) => authorityStep.config(n, place.file, path), authorityStep.restart);
  }
  steps.push((n) => authorityStep.phones(n, url), authorityStep.backup);
  const trouble = authorityTrouble(authority, ownAddresses(), now);
  return [
    authorityStands(authority.folder, made),
    vouchesFor(outward.join(', '), until),
    rootFingerprint(root.fingerprint256),
    ...(trouble ? [bothLanguages(trouble)] : []),
    whatNext,
    ...steps.map((step, i) => step(i + 1)),
  ];
}

/** Shows what is there, and mends the server's certificate when that is due. */
async function keep(found: Authority, asked: readonly string[], place: CertificatePlace, now: number) {
  const more = asked.filter((name) => !found.names.includes(name));
  if (more.length > 0) return failed(trustStays(found.folder, outwardNames(found.names).join(', '), more.join(', ')));
  const url = guideOf(found, place);
  if (!isDue(found, now)) return { ok: true, url, said: report(found, place, false, now) };
  await issueAnew(found, now);
  await handOver(found.folder, await ownerOf(place));
  const fresh = await readAuthority(found.folder);
  const until = fresh.server ? dayOf(fresh.server.validToDate.getTime()) : '—';
  return { ok: true, url, said: [serverRenewed(until), ...report(fresh, place, false, now)] };
}

async function make(asked: CertificatesAsked, place: CertificatePlace, now: number): Promise<CertificatesDone> {
  const outward: readonly string[] = asked.names.length > 0 ? asked.names : ownNames();
  if (outward.length === 0) return failed(nothingToCertify);
  const wanted = { school: place.name.zh, names: certifiedNames(outward), replace: asked.replace };
  const owner = await ownerOf(place);
  await makeAbove(place.folder, owner).catch((error: NodeJS.ErrnoException) => {
    throw new WordedError(authorityUnwritten(place.folder, error.code ?? String(error)), { cause: error });
  });
  const aside = await foundAuthority(place.folder, wanted, now);
  await handOver(place.folder, owner);
  const made = await readAuthority(place.folder);
  const url = guideOf(made, place);
  return {
    ok: true,
    url,
    said: [...(aside === undefined ? [] : [putAside(aside)]), ...report(made, place, true, now)],
  };
}

/** Whether a folder holds anything; one that cannot be read is found out when it is used. */
async function isThere(folder: string): Promise<boolean> {
  return (await readdir(folder).catch(() => [])).length > 0;
}

/** Lets what this process asks over HTTPS trust the school's root, too; without a root that can be read all stays as it is. */
export async function trustOwnRoot(folder: string): Promise<void> {
  const root = await readFile(rootFile(folder), 'utf8').catch(() => undefined);
  // The oldest Node that runs this cannot do it; there the sentence that the gateway is not reached stands.
  if (root !== undefined) tls.setDefaultCACertificates?.([...tls.getCACertificates('default'), root]);
}

/** Does what was asked; resolves with what to say. */
export async function makeCertificates(
  asked: CertificatesAsked,
  place: CertificatePlace,
  now: number,
): Promise<CertificatesDone> {
  if (now < earliest) return failed(bothLanguages(clockImpossible(dayOf(now))));
  const names: string[] = [];
  for (const said of asked.names) {
    const name = hostName(said);
    if (name === undefined) return failed(badHostName(said));
    names.push(name);
  }
  try {
    const there = await isThere(place.folder);
    // A configuration that names a folder was written when there was one: phones may trust what lay in it.
    if (!there && place.configured && !asked.replace) return failed(bothLanguages(authorityMissing(place.folder)));
    if (!there || asked.replace) return await make({ ...asked, names }, place, now);
    return await keep(await readAuthority(place.folder), names, place, now);
  } catch (error) {
    if (!(error instanceof WordedError)) throw error;
    return failed(bothLanguages(error.why));
  }
}
