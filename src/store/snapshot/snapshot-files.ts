/**
 * Snapshots on the disk: State as the first lines of a journal fold to, in one file each, under a note that the school's log signed.
 * The note is a checkpoint of so many lines, and names the fold and the hash of the State as well. A file is a shortcut and no record:
 * whatever is wrong with one, the journal is folded without it. It must never be believed before its signature, its hash and its fold are right.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GrowingTree } from '../../proof/merkle-tree.ts';
import { openCheckpoint, type Signer, signCheckpoint, type Verifier } from '../../proof/signed-note.ts';
import { asideEnd, writeDurably } from '../../world/durable-file.ts';

/** So many are kept: where the newest is spoilt, the one before it serves. */
const keptMost = 2;
/** A State of a large school is some ten million bytes; our own limit. */
const bytesMost = 256 * 1024 ** 2;
const nameEnd = '.state';
/** The last one that was thrown away lies here, for whoever asks who changed it. */
const rejectedName = 'rejected.snapshot';

/** What the note of a snapshot says. */
export interface SnapshotHead {
  /** It holds the State that the journal's lines up to this one fold to. */
  readonly seq: number;
  /** The link of the chain at that line, hex. */
  readonly chain: string;
  /** The edge of the tree over those lines, hex. */
  readonly roots: readonly string[];
  /** Which program folded them. */
  readonly fold: string;
  /** SHA-256 of the State's text, hex. */
  readonly digest: string;
}

export interface Snapshot extends SnapshotHead {
  readonly text: string;
}

export const snapshotFolder = (dir: string): string => join(dir, 'snapshots');
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const rootOfEdge = (size: number, roots: readonly string[]): Buffer =>
  new GrowingTree({ size, roots: roots.map((root) => Buffer.from(root, 'hex')) }).root();

/** Paths of what lies there, newest first; nothing where the folder cannot be read. */
export function snapshotPaths(dir: string): string[] {
  const folder = snapshotFolder(dir);
  try {
    const names = readdirSync(folder).filter((name) => /^\d{16}\.state$/.test(name));
    return names
      .sort()
      .reverse()
      .map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** The line that a file says in its name it is of. */
export const seqOfPath = (path: string): number => Number(/\d+(?=\.state$)/.exec(path)?.[0]);

/** Keeps a snapshot, and the one before it; resolves when it is on the disk. Rejects as the file system does, or where it is too large. */
export async function keepSnapshot(dir: string, log: Signer, snapshot: Omit<Snapshot, 'digest'>): Promise<void> {
  const { seq, chain, roots, fold, text } = snapshot;
  const more = [`chain ${chain}`, `fold ${fold}`, `state ${digestOf(text)}`, `edge ${roots.join(' ')}`];
  const note = signCheckpoint({ origin: log.name, size: seq, root: rootOfEdge(seq, roots), more }, log);
  const file = Buffer.from(`${Buffer.byteLength(note)}\n${note}${text}`);
  if (file.length > bytesMost) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
  const folder = snapshotFolder(dir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeDurably(join(folder, String(seq).padStart(16, '0') + nameEnd), file);
  for (const path of snapshotPaths(dir).slice(keptMost)) await rm(path, { force: true });
  // What a process that was killed in the midst of writing left behind.
  for (const name of readdirSync(folder)) {
    if (name.endsWith(asideEnd)) await rm(join(folder, name), { force: true });
  }
}

/** Reads one; `spoilt` where it is none of this log, or not as it was written; undefined where there is none any more. Throws as the file system does. */
export function readSnapshot(path: string, log: Verifier): Snapshot | 'spoilt' | undefined {
  let file: Buffer;
  try {
    if (statSync(path).size > bytesMost) return 'spoilt';
    file = readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return openSnapshot(file, log);
}

/**
 * The bytes of one where no key lies beside them, such as a copy of the journal alone: what it says of itself, signed or not. Only for who holds it to
 * a hash that he knows from elsewhere; `spoilt` where it does not even agree with itself.
 */
export function unsignedSnapshot(file: Buffer): Snapshot | 'spoilt' {
  const { note, text } = partsOf(file);
  const [, size = ''] = note.split('\n');
  const said = (name: string) => new RegExp(`^${name} (.*)$`, 'm').exec(note)?.[1] ?? '';
  const digest = said('state');
  const head = { seq: Number(size), chain: said('chain'), roots: said('edge').split(' '), fold: said('fold'), digest };
  return text !== '' && digestOf(text) === digest ? { ...head, text } : 'spoilt';
}

/** The note and the State of a file, as far as it has them. */
function partsOf(file: Buffer): { readonly note: string; readonly text: string } {
  const lineEnd = file.indexOf(10);
  const begin = lineEnd + 1;
  const end = begin + Number(file.toString('latin1', 0, Math.max(0, Math.min(lineEnd, 9))));
  return end > begin && end < file.length
    ? { note: file.toString('utf8', begin, end), text: file.toString('utf8', end) }
    : { note: '', text: '' };
}

/** Reads the bytes of one; `spoilt` where it is none of this log, or not as it was written. */
export function openSnapshot(file: Buffer, log: Verifier): Snapshot | 'spoilt' {
  const { note, text } = partsOf(file);
  const head = note === '' ? undefined : openCheckpoint(note, log);
  if (!head) return 'spoilt';
  const said = new Map(
    head.more.map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const),
  );
  const { chain = '', fold = '', state: digest = '', edge = '' } = Object.fromEntries(said);
  const roots = edge.split(' ');
  const sound = digestOf(text) === digest && rootOfEdge(head.size, roots).equals(head.root);
  return sound ? { seq: head.size, chain, fold, digest, roots, text } : 'spoilt';
}

/** Puts one away, so that it is not read again; where that cannot be done it stays. */
export function rejectSnapshot(dir: string, path: string): void {
  try {
    renameSync(path, join(snapshotFolder(dir), rejectedName));
  } catch {
    // Read-only: it is thrown away anew at each start.
  }
}

/** Takes all away that lie there, or those before a line. */
export function dropSnapshots(dir: string, before = Number.POSITIVE_INFINITY): void {
  for (const path of snapshotPaths(dir).filter((one) => seqOfPath(one) < before)) {
    try {
      rmSync(path, { force: true });
    } catch {
      // Read-only: what is wrong with it is found again.
    }
  }
}
