/**
 * A copy of everything a school would miss, taken beside the gateway that runs: journal and samples by SQLite's own online copy,
 * then pictures, clips, people, keys, and the configuration with what it names. The folder bears its name only once it was
 * verified; until then, and after a failure, there is none. It must never write into the data folder.
 */
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { authorityNames } from '../authority/server-pair.ts';
import { usersIn } from '../server/auth/users-file.ts';
import { configFiles } from '../site/load-site.ts';
import { verifyJournal } from '../store/journal/verify.ts';
import { backupBroken, backupFailed, backupMade, backupOutside } from '../words/command-words.ts';
import { asideEnd } from '../world/durable-file.ts';

/** Names a backup by the moment it was begun, in UTC so that no change of the clock makes two of one name. */
const stamp = (now: Date) => now.toISOString().replace(/[-:]/g, '').replace(/\..*/, 'Z');
const databases = ['series.db', 'journal.db'];
/** What else lies in a data folder and is not made anew by itself. */
const plain = [
  ...['users.json', 'phones.json', 'logouts', 'session.key', 'influx.cursor.json', 'proof.key', 'proof.vkey'],
  'district.witness.json',
];
const notThere = (error: NodeJS.ErrnoException) => {
  if (error.code !== 'ENOENT') throw error;
};

/** One moment of a database, whatever its writer does meanwhile: all pages in one step. */
async function copyDatabase(from: string, to: string): Promise<void> {
  const db = new Database(from, { readonly: true, fileMustExist: true, timeout: 10_000 });
  try {
    await db.backup(to, { progress: () => 0x7fffffff });
  } finally {
    db.close();
  }
  await chmod(to, 0o600);
}

async function copyPlain(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, to, constants.COPYFILE_EXCL);
  await chmod(to, 0o600);
}

/** How far a copied journal is. */
function headOf(journal: string): number {
  const db = new Database(journal, { readonly: true, fileMustExist: true });
  try {
    return (db.prepare('SELECT max(seq) AS seq FROM events').get() as { seq: number | null }).seq ?? 0;
  } finally {
    db.close();
  }
}

/** Copies these files of a folder in the data folder; the oldest may be removed while we copy. */
async function copyOf(dir: string, to: string, folder: string, wanted: (name: string) => boolean): Promise<void> {
  const names = await readdir(join(dir, folder)).catch(() => []);
  for (const name of names.filter(wanted))
    await copyPlain(join(dir, folder, name), join(to, folder, name)).catch(notThere);
}

/**
 * What knows how far the journal is comes first, and the journal after it: a copy must never hold a witness of an event that its
 * journal lacks. Pictures and clips come last, because each is on disk before the journal names it, and those of later alarms are left.
 */
async function copyData(dir: string, to: string): Promise<void> {
  await mkdir(join(to, 'pictures'), { recursive: true, mode: 0o700 });
  for (const name of plain) await copyPlain(join(dir, name), join(to, name)).catch(notThere);
  await copyOf(dir, to, 'checkpoints', (name) => !name.endsWith(asideEnd));
  const certificates: readonly string[] = Object.values(authorityNames);
  await copyOf(dir, to, 'certificates', (name) => certificates.includes(name));
  for (const name of databases) await copyDatabase(join(dir, name), join(to, name));
  const head = headOf(join(to, 'journal.db'));
  const alarmOf = (name: string) => Number(/^\d+-(\d+)\.(jpg|mp4)$/.exec(name)?.[1] ?? Number.POSITIVE_INFINITY);
  for (const folder of ['pictures', 'clips']) await copyOf(dir, to, folder, (name) => alarmOf(name) <= head);
  await copyOf(dir, to, 'references', (name) => name.endsWith('.json'));
}

/** Copies the configuration and what it names; resolves with what lies elsewhere and was left. */
async function copyConfig(path: string, dir: string, to: string): Promise<string[]> {
  const { folder, files } = await configFiles(path, process.env);
  const outside: string[] = [];
  for (const file of files) {
    const place = relative(folder, resolve(folder, file));
    // What lies in the data folder is copied with that.
    if (!relative(dir, resolve(folder, file)).startsWith('..')) continue;
    if (place.startsWith('..')) outside.push(file);
    else await copyPlain(resolve(folder, file), join(to, place)).catch(notThere);
  }
  return outside;
}

async function filesUnder(dir: string, below = ''): Promise<string[]> {
  const entries = await readdir(join(dir, below), { withFileTypes: true });
  const lists = entries.map((entry) => {
    const path = join(below, entry.name);
    return entry.isDirectory() ? filesUnder(dir, path) : [path];
  });
  return (await Promise.all(lists)).flat().sort();
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Writes the sums that `sha256sum -c` checks, and has the disk hold all of it. */
async function seal(dir: string): Promise<void> {
  const lines: string[] = [];
  for (const name of await filesUnder(dir)) {
    const sum = createHash('sha256').update(await readFile(join(dir, name)));
    lines.push(`${sum.digest('hex')}  ${name}\n`);
    await sync(join(dir, name));
  }
  const sums = await open(join(dir, 'SHA256SUMS'), 'wx', 0o600);
  try {
    await sums.writeFile(lines.join(''));
    await sums.sync();
  } finally {
    await sums.close();
  }
}

/** Makes a verified copy below `to`; resolves with the exit code. */
export async function backUp(dir: string, config: string, to: string): Promise<number> {
  const made = join(to, `gatehouse-${stamp(new Date())}`);
  const fresh = `${made}.part`;
  try {
    await mkdir(to, { recursive: true, mode: 0o700 });
    await mkdir(fresh, { mode: 0o700 });
    await copyData(dir, join(fresh, 'data'));
    const outside = await copyConfig(config, dir, join(fresh, 'config'));
    await usersIn(join(fresh, 'data', 'users.json'));
    const chain = await verifyJournal(join(fresh, 'data'));
    if (!chain.ok) {
      console.error(backupBroken(chain.broken, chain.why));
      return 1;
    }
    await seal(fresh);
    await rename(fresh, made);
    await sync(to);
    const { size } = await stat(join(made, 'data', 'journal.db'));
    console.log(backupMade(made, chain.checked, Math.ceil(size / 1e6)));
    for (const file of outside) console.error(backupOutside(file));
    return 0;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    console.error(backupFailed(to, message.startsWith(code) ? message : `${code}: ${message}`));
    return 1;
  } finally {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
  }
}
