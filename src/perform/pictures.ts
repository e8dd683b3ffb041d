/**
 * Evidence pictures: taken from a camera when an alarm is raised, kept as files, oldest removed beyond a fixed number.
 * A file is whole or absent: it is written aside, flushed, then renamed.
 */
import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Time } from '../core/types.ts';

/** About 40 kB each, so half a gigabyte at most. */
const keptMax = 12_000;
const nameRule = /^\d+-\d+\.jpg$/;

export interface Pictures {
  /** Stores a JPEG as evidence of an alarm; resolves with its name when it is on disk. */
  keep(alarm: number, at: Time, jpeg: Uint8Array): Promise<string>;
  /** The picture of that name, or undefined. */
  read(name: string): Promise<Uint8Array | undefined>;
}

/** Opens the folder of pictures, making it when needed. */
export async function openPictures(dir: string): Promise<Pictures> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  let names = (await readdir(dir)).filter((name) => nameRule.test(name)).sort(byAge);
  const trim = async () => {
    const old = names.slice(0, Math.max(0, names.length - keptMax));
    names = names.slice(old.length);
    for (const name of old) await unlink(join(dir, name));
  };
  return {
    keep: async (alarm, at, jpeg) => {
      const name = `${at}-${alarm}.jpg`;
      const file = await open(join(dir, `${name}.part`), 'w', 0o600);
      try {
        await file.writeFile(jpeg);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(join(dir, `${name}.part`), join(dir, name));
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

const byAge = (a: string, b: string): number => Number.parseInt(a, 10) - Number.parseInt(b, 10);
