/**
 * The files by which a school and its district know each other, looked at once a minute. A renewed one is taken when it can be used; until then the last
 * good ones go on being shown, and what is amiss is said. It must never hold back what leaves the school because of a file that was changed.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Words } from '../core/types.ts';
import {
  districtFileMalformed,
  districtFileUnreadable,
  districtPairApart,
  ownCertificateEnds,
} from '../words/district/uplink-words.ts';
import { WordedError } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';

/** What the files hold, PEM. */
export interface Papers {
  readonly ca?: Buffer;
  readonly key?: Buffer;
  readonly cert?: Buffer;
}

/** Where they are; absolute. */
export interface PaperFiles {
  readonly ca?: string;
  readonly certificate?: { readonly key: string; readonly cert: string };
}

/** So often files are looked at anew, ms: a renewed certificate is shown before the old one runs out, and connections end for nothing else. Ours. */
const LOOK_MS = 60_000;
/** So soon where they cannot be used, ms: a pair is not written in one moment. Ours. */
const AGAIN_MS = 10_000;

const DAY_MS = 86_400_000;
/** A certificate that runs out sooner is told of, ms: as the district tells of it. */
const ENDS_SOON_MS = 30 * DAY_MS;

const none = Buffer.alloc(0);
const same = (one: Papers, other: Papers): boolean =>
  (['ca', 'key', 'cert'] as const).every((part) => (one[part] ?? none).equals(other[part] ?? none));

const fileOf = async (path: string): Promise<Buffer> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new WordedError(districtFileUnreadable(path, error.code ?? 'unknown'));
  });

/** What is made of a file; rejects in words where that is nothing. */
function read<T>(path: string, make: () => T): T {
  try {
    return make();
  } catch {
    throw new WordedError(districtFileMalformed(path));
  }
}

/** All of them, each usable and the pair one. Rejects with WordedError. */
async function soundPapers({ ca, certificate }: PaperFiles): Promise<Papers> {
  const authority = ca === undefined ? undefined : await fileOf(ca);
  if (ca !== undefined && authority) read(ca, () => new X509Certificate(authority));
  const own = authority && { ca: authority };
  if (!certificate) return { ...own };
  const [key, cert] = [await fileOf(certificate.key), await fileOf(certificate.cert)];
  const shown = read(certificate.cert, () => new X509Certificate(cert));
  const secret = read(certificate.key, () => createPrivateKey(key));
  if (!shown.checkPrivateKey(secret)) throw new WordedError(districtPairApart(certificate.cert, certificate.key));
  return { ...own, key, cert };
}

export class DistrictPapers {
  readonly #files: PaperFiles;
  readonly #world: Pick<World, 'elapsed'>;
  #good: Papers | undefined;
  #lookAt = Number.NEGATIVE_INFINITY;
  #amiss: { readonly why: Words; readonly lasts: boolean } | undefined;

  constructor(files: PaperFiles, world: Pick<World, 'elapsed'>) {
    this.#files = files;
    this.#world = world;
  }

  /** Why the files in place are not the ones that are shown, where that was so at two looks: one may fall between two halves of a pair. */
  amiss(): Words | undefined {
    return this.#amiss?.lasts ? this.#amiss.why : undefined;
  }

  /** What a person has to see to at `now`, ms since 1970: files that cannot be used, or a certificate that soon runs out. */
  trouble(now: number): Words | undefined {
    const { cert } = this.#good ?? {};
    if (this.amiss() || !cert) return this.amiss();
    const until = new X509Certificate(cert).validToDate.getTime();
    if (until - now > ENDS_SOON_MS) return undefined;
    const days = Math.floor((until - now) / DAY_MS);
    return ownCertificateEnds(this.#files.certificate?.cert ?? '', days, new Date(until).toISOString().slice(0, 10));
  }

  /** They are looked at with the next question, whenever that is. */
  lookAgain(): void {
    this.#lookAt = Number.NEGATIVE_INFINITY;
  }

  /** Those that count now: the same object as long as they are the same. Rejects with WordedError where none were ever good. */
  async now(): Promise<Papers> {
    const now = this.#world.elapsed();
    if (this.#good && now < this.#lookAt) return this.#good;
    try {
      const found = await soundPapers(this.#files);
      this.#amiss = undefined;
      this.#lookAt = now + LOOK_MS;
      if (!this.#good || !same(found, this.#good)) this.#good = found;
    } catch (error) {
      if (!this.#good || !(error instanceof WordedError)) throw error;
      this.#amiss = { why: error.why, lasts: this.#amiss !== undefined };
      this.#lookAt = now + AGAIN_MS;
    }
    return this.#good;
  }
}
