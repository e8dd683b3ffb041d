/**
 * Evidence pictures: taken from a camera when an alarm is raised, kept as files, oldest removed beyond a fixed number.
 * A file is whole or absent, and there is one on the disk when it is said to be kept.
 */
import { mkdir, readdir, readFile, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Time } from '../core/types.ts';
import { pictureNotKept } from '../words/gateway-words.ts';
import { WordedError } from '../words/worded-error.ts';
import { asideEnd, writeDurably } from '../world/durable-file.ts';

/** About 40 kB each and three of an alarm, so one and a half gigabytes; a camera that sends larger ones is held to the bytes. */
const keptMax = 36_000;
const bytesMax = 2 * 1024 ** 3;
/** With less room than this on the disk, or a twentieth of a small one, the journal needs it: the oldest go, down to so many. */
const reserveBytes = 256 * 1024 ** 2;
const reserveShare = 0.05;
const keptLeast = 200;
/** Photographs that people send are kept beside, as alarm 0, within a quarter of the bounds: they must not push evidence out. */
const isPhoto = (name: string): boolean => name.endsWith('-0.jpg');
const photoShare = 0.25;

export interface PictureBounds {
  readonly count?: number;
  readonly bytes?: number;
  readonly least?: number;
  /** Those that are older than the newest by more than this go. */
  readonly ageMs?: number;
  /** Whether the disk has so little room left that the journal needs it. */
  readonly tight?: () => Promise<boolean>;
}
const nameRule = /^\d+-\d+\.jpg$/;

export interface Pictures {
  /**
   * Stores a JPEG as evidence of an alarm; resolves with its name when it is on disk. Rejects with a sentence for the
   * operator when the disk does not take it; nothing is left behind then.
   */
  keep(alarm: number, at: Time, jpeg: Uint8Array): Promise<string>;
  /** The picture of that name, or undefined. */
  read(name: string): Promise<Uint8Array | undefined>;
}

/** Pictures that are found by what they are of. */
export interface NumberedPictures extends Pictures {
  /** The newest of this number, or undefined. */
  nameOf(alarm: number): string | undefined;
}

/** Opens the folder of pictures, making it when needed, and keeps no more of them than the bounds allow. */
export async function openPictures(
  dir: string,
  {
    count = keptMax,
    bytes = bytesMax,
    least = keptLeast,
    ageMs = Number.POSITIVE_INFINITY,
    tight = () => tightDisk(dir),
  }: PictureBounds = {},
): Promise<NumberedPictures> {
  const known = await folderOf(dir);
  const found = known ?? [];
  // Left behind by a crash in the middle of writing.
  for (const name of found.filter((one) => one.endsWith(asideEnd))) await rm(join(dir, name), { force: true });
  let names = found.filter((name) => nameRule.test(name)).sort(byAge);
  const sizes = new Map<string, number>();
  for (const name of names) sizes.set(name, await sizeOf(join(dir, name)));
  const drop = async (oldest = names[0] ?? '') => {
    names = names.filter((name) => name !== oldest);
    sizes.delete(oldest);
    await rm(join(dir, oldest), { force: true });
  };
  const held = (some = names) => some.reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
  const trim = async () => {
    let photos = names.filter(isPhoto);
    while (photos.length > 1 && (photos.length > count * photoShare || held(photos) > bytes * photoShare)) {
      await drop(photos[0]);
      photos = photos.slice(1);
    }
    const newest = timeOf(names.at(-1));
    while (names.length > 1 && (names.length > count || held() > bytes || newest - timeOf(names[0]) > ageMs))
      await drop();
    // Two for each that comes: what is deleted is room for the journal.
    if (names.length > least && (await tight())) for (let i = 0; i < 2; i += 1) await drop();
  };
  return {
    keep: async (alarm, at, jpeg) => {
      const name = `${at}-${alarm}.jpg`;
      try {
        // Not when it was there: a disk that is not mounted any more must not be written beside.
        if (!known) await mkdir(dir, { recursive: true, mode: 0o700 });
        await writeDurably(join(dir, name), jpeg);
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? String(error);
        throw new WordedError(pictureNotKept(dir, code), { cause: error });
      }
      names = [...names.filter((one) => one !== name), name];
      sizes.set(name, jpeg.length);
      await trim();
      return name;
    },
    nameOf: (alarm) => names.findLast((name) => name.endsWith(`-${alarm}.jpg`)),
    read: async (name) => {
      if (!nameRule.test(name)) return undefined;
      try {
        return await readFile(join(dir, name));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}

const sizeOf = async (path: string) => (await stat(path).catch(() => undefined))?.size ?? 0;

async function tightDisk(dir: string): Promise<boolean> {
  try {
    const { bavail, blocks, bsize } = await statfs(dir);
    return bavail * bsize < Math.min(reserveBytes, reserveShare * blocks * bsize);
  } catch {
    // Nobody can say; whoever writes will.
    return false;
  }
}

/** What lies in the folder. Where it cannot be made yet, the next picture tries again and says so. */
async function folderOf(dir: string): Promise<readonly string[] | undefined> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return await readdir(dir);
  } catch {
    return undefined;
  }
}

const timeOf = (name = '0'): number => Number.parseInt(name, 10);
const byAge = (a: string, b: string): number => timeOf(a) - timeOf(b);
