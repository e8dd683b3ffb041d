/**
 * Clips on the disk: one file each, whole or absent, oldest removed beyond so many bytes, those of open alarms last of all. It must never
 * make room by taking what an open alarm needs while anything else is there.
 */
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Time } from '../core/types.ts';
import { clipNotKept } from '../words/video/clip-words.ts';
import { WordedError } from '../words/worded-error.ts';
import { asideEnd, writeDurably } from '../world/durable-file.ts';

const nameRule = /^(\d{1,16})-(\d{1,16})\.mp4$/;

export interface ClipFiles {
  /** Stores a clip of an alarm that begins at this time; resolves with its name when it is on disk. Rejects with words. */
  keep(alarm: number, from: Time, bytes: Uint8Array): Promise<string>;
  /** The clip of that name, or undefined. */
  read(name: string): Promise<Buffer | undefined>;
}

interface ClipFile {
  readonly name: string;
  readonly alarm: number;
  readonly bytes: number;
}

/** Opens the folder; `isOpen` says of which alarms nothing may go. */
export function openClipFiles(dir: string, bytesMax: () => number, isOpen: (alarm: number) => boolean): ClipFiles {
  let known: Promise<ClipFile[]> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  async function found(): Promise<ClipFile[]> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const names = await readdir(dir);
    // Left behind by a crash in the middle of writing.
    for (const name of names.filter((one) => one.endsWith(asideEnd))) await rm(join(dir, name), { force: true });
    const kept: ClipFile[] = [];
    for (const name of names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))) {
      const [, , alarm] = nameRule.exec(name) ?? [];
      const size = (await stat(join(dir, name)).catch(() => undefined))?.size;
      if (alarm !== undefined && size !== undefined) kept.push({ name, alarm: Number(alarm), bytes: size });
    }
    return kept;
  }
  async function trim(all: ClipFile[]): Promise<void> {
    const held = () => all.reduce((sum, { bytes }) => sum + bytes, 0);
    while (all.length > 1 && held() > bytesMax()) {
      const oldest = all.find(({ alarm }) => !isOpen(alarm)) ?? all[0];
      if (!oldest) return;
      all.splice(all.indexOf(oldest), 1);
      await rm(join(dir, oldest.name), { force: true });
    }
  }
  async function write(alarm: number, from: Time, bytes: Uint8Array): Promise<string> {
    const name = `${from}-${alarm}.mp4`;
    try {
      known ??= found();
      const all = await known.catch((error: unknown) => {
        known = undefined;
        throw error;
      });
      await writeDurably(join(dir, name), bytes);
      all.push({ name, alarm, bytes: bytes.length });
      await trim(all);
      return name;
    } catch (error) {
      throw new WordedError(clipNotKept(dir, (error as NodeJS.ErrnoException).code ?? String(error)), { cause: error });
    }
  }
  return {
    keep: (alarm, from, bytes) => {
      const mine = queue.then(() => write(alarm, from, bytes));
      queue = mine.catch(() => undefined);
      return mine;
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
