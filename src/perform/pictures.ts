/**
 * Evidence pictures: taken from a camera when an alarm is raised, kept as files, oldest removed beyond a fixed number.
 * A file is whole or absent, and there is one on the disk when it is said to be kept.
 */
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Time } from '../core/types.ts';
import { pictureNotKept } from '../words/gateway-words.ts';
import { WordedError } from '../words/worded-error.ts';
import { asideEnd, writeDurably } from '../world/durable-file.ts';

/** About 40 kB each, so half a gigabyte at most. */
const keptMax = 12_000;
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

/** Opens the folder of pictures, making it when needed, and keeps at most `max` of them. */
export async function openPictures(dir: string, max = keptMax): Promise<Pictures> {
  const known = await folderOf(dir);
  const found = known ?? [];
  // Left behind by a crash in the middle of writing.
  for (const name of found.filter((one) => one.endsWith(asideEnd))) await rm(join(dir, name), { force: true });
  let names = found.filter((name) => nameRule.test(name)).sort(byAge);
  const trim = async () => {
    const old = names.slice(0, Math.max(0, names.length - max));
    names = names.slice(old.length);
    for (const name of old) await rm(join(dir, name), { force: true });
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
      names.push(name);
      await trim();
      return name;
    },
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

/** What lies in the folder. Where it cannot be made yet, the next picture tries again and says so. */
async function folderOf(dir: string): Promise<readonly string[] | undefined> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return await readdir(dir);
  } catch {
    return undefined;
  }
}

const byAge = (a: string, b: string): number => Number.parseInt(a, 10) - Number.parseInt(b, 10);
