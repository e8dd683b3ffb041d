/**
 * The one way to keep a small file: written aside, flushed, renamed into place, and the folder flushed, because a name that is
 * not on the disk yet is gone with the power however well its file was written. After a power cut there is the old file or the
 * new one, whole. It must never say that something is kept before the last of these steps.
 */
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { type FileHandle, link, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Ends the name of a file that is being written; one that a crash left behind may be removed. */
export const asideEnd = '.part';
let writes = 0;

/** Replaces a file whole; resolves when it is on the disk, readable by its owner alone. Rejects as the file system does, with the old file in place. */
export async function writeDurably(path: string, content: Uint8Array | string): Promise<void> {
  await putAside(path, content, (aside) => rename(aside, path));
}

/** The same for a file that is to be made once; false when there is one already, which stays as it is. */
export async function makeDurably(path: string, content: Uint8Array | string): Promise<boolean> {
  // Looked for first, because a full disk has no room to try in.
  if (existsSync(path)) return false;
  try {
    // A link, and not a renaming: that would put the new file over one that another process has just made.
    await putAside(path, content, (aside) => link(aside, path));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function putAside(
  path: string,
  content: Uint8Array | string,
  place: (aside: string) => Promise<void>,
): Promise<void> {
  // Two processes, or two calls of one, never write to the same file.
  writes += 1;
  const aside = `${path}.${process.pid}-${writes}${asideEnd}`;
  try {
    const file = await open(aside, 'w', 0o600);
    try {
      await file.writeFile(content);
      await handToOwner(file, path);
      await file.sync();
    } finally {
      await file.close();
    }
    await place(aside);
  } finally {
    await rm(aside, { force: true });
  }
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * What root writes belongs to whom the file, or its folder, belonged to: a person who is added with `sudo` must not take the file of all people away
 * from the gateway, which runs as somebody else.
 */
async function handToOwner(file: FileHandle, path: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = await stat(path).catch(() => stat(dirname(path)));
  if (uid !== 0) await file.chown(uid, gid);
}

/** Makes a folder that is closed to other users, and flushes the names of all that had to be made. Throws as the file system does. */
export function makeFolder(dir: string): void {
  const first = mkdirSync(dir, { recursive: true, mode: 0o700 });
  chmodSync(dir, 0o700);
  if (first === undefined) return;
  const above = dirname(resolve(first));
  for (let at = dirname(resolve(dir)); at.length >= above.length; at = dirname(at)) {
    const folder = openSync(at, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
    if (at === above) break;
  }
}
