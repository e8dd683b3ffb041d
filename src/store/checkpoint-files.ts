/**
 * Checkpoints on the disk: the key of the school's log, made once; the newest signed head of the tree, and the last of each day; and
 * the copies that witnesses keep in folders of their own (a second disk, a stick). A witness never gives up what does not agree
 * with the tree. It must never sign a tree that does not begin with the one signed before,
 * nor make another key where one was lost.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GrowingTree } from '../proof/merkle-tree.ts';
import {
  newSigner,
  openCheckpoint,
  readSigner,
  readVerifierKey,
  type Signer,
  secretText,
  signCheckpoint,
  type TreeHead,
  type Verifier,
  verifierKey,
} from '../proof/signed-note.ts';
import { proofKeyLost } from '../words/proof/snapshot-words.ts';
import { makeDurably, writeDurably } from '../world/durable-file.ts';
import type { KnownHead } from './journal-gap.ts';
import { files } from './store-files.ts';
import { type JournalTree, StoreError } from './store-types.ts';

const newestName = 'latest.note';
const edgeName = 'edge.json';
/** What a line of ours after the root begins with: the link of the chain at the last line. */
const chainMark = 'chain ';

const missing = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT') return undefined;
  throw error;
};

/** The link of the chain that a checkpoint names. */
export const chainOfHead = ({ more }: TreeHead): string | undefined =>
  more.find((line) => line.startsWith(chainMark))?.slice(chainMark.length);

/** Whose log it is; without a secret where that was lost: what was signed is read then, and nothing signed. */
export type LogKey = Signer | Verifier;
export const canSign = (log: LogKey): log is Signer => 'secret' in log;

export const proofKeyGone = (dir: string): StoreError =>
  new StoreError(proofKeyLost(files.proofKey(dir), files.proofPublicKey(dir)));

const textAt = (path: string) => readFile(path, 'utf8').catch(missing);

/**
 * The key of a data folder's log, made at the first start under this name, which it keeps. None is made in the place of one that was lost while its
 * public part lies there. Rejects as the file system does, or where the files are none.
 */
export async function logKey(dir: string, name: string): Promise<LogKey> {
  const published = readVerifierKey((await textAt(files.proofPublicKey(dir))) ?? '');
  if (published && (await textAt(files.proofKey(dir))) === undefined) return published;
  const fresh = newSigner(name);
  if (await makeDurably(files.proofKey(dir), secretText(fresh))) {
    await writeDurably(files.proofPublicKey(dir), `${verifierKey(fresh)}\n`);
    return fresh;
  }
  const pem = await readFile(files.proofKey(dir), 'utf8');
  const known = await textAt(files.proofPublicKey(dir));
  const signer = readSigner(readVerifierKey(known ?? '')?.name ?? name, pem);
  // Cut off between the two, or the public one was changed: the secret says what it is.
  if (known?.trim() !== verifierKey(signer)) await writeDurably(files.proofPublicKey(dir), `${verifierKey(signer)}\n`);
  return signer;
}

/** Where the tree stood at the newest checkpoint; empty where that is not known, or does not lead to what was signed. */
export async function keptTree(dir: string, log: Verifier): Promise<Omit<JournalTree, 'chain'>> {
  const none = { size: 0, roots: [] };
  const [edge, note] = await Promise.all(
    [edgeName, newestName].map((name) => readFile(join(files.checkpoints(dir), name), 'utf8').catch(missing)),
  );
  const head = note === undefined ? undefined : openCheckpoint(note, log);
  if (edge === undefined || !head) return none;
  try {
    const { size, roots } = JSON.parse(edge) as JournalTree;
    const tree = new GrowingTree({ size, roots: roots.map((root) => Buffer.from(root, 'hex')) });
    return size === head.size && tree.root().equals(head.root) ? { size, roots } : none;
  } catch {
    return none;
  }
}

/** Signs a tree and keeps its note as the newest and as that of a day (`2026-11-29`). Resolves with the note once it is on the disk. */
export async function keepCheckpoint(dir: string, log: LogKey, tree: JournalTree, day: string): Promise<string> {
  if (!canSign(log)) throw proofKeyGone(dir);
  const roots = tree.roots.map((root) => Buffer.from(root, 'hex'));
  const root = new GrowingTree({ size: tree.size, roots }).root();
  const more = [`${chainMark}${tree.chain}`];
  const note = signCheckpoint({ origin: log.name, size: tree.size, root, more }, log);
  const folder = files.checkpoints(dir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeDurably(join(folder, `${day}.note`), note);
  await writeDurably(join(folder, edgeName), JSON.stringify({ size: tree.size, roots: tree.roots }));
  await writeDurably(join(folder, newestName), note);
  return note;
}

/** The name under which a witness keeps the newest note of this log: no two logs share one. */
const witnessFile = (folder: string, log: Verifier): string =>
  join(folder, `gatehouse-${createHash('sha256').update(log.key).digest('hex').slice(0, 8)}.note`);

/** The newest checkpoint that a witness holds; undefined where it holds none. Rejects as the file system does; `unreadable` where the note is none of this log. */
export async function witnessed(folder: string, log: Verifier): Promise<TreeHead | 'unreadable' | undefined> {
  const note = await readFile(witnessFile(folder, log), 'utf8').catch(missing);
  return note === undefined ? undefined : (openCheckpoint(note, log) ?? 'unreadable');
}

/** Gives a witness the newest note. */
export async function giveWitness(folder: string, log: Verifier, note: string): Promise<void> {
  await writeDurably(witnessFile(folder, log), note);
}

/** All checkpoints kept in a data folder, by the key beside them, oldest first. What cannot be opened knows nothing. */
export function keptHeads(dir: string): readonly TreeHead[] {
  const log = readVerifierKey(readFileSync(files.proofPublicKey(dir), 'utf8'));
  if (!log) return [];
  const folder = files.checkpoints(dir);
  const heads = readdirSync(folder)
    .filter((name) => name.endsWith('.note'))
    .map((name) => openCheckpoint(readFileSync(join(folder, name), 'utf8'), log));
  return heads.filter((head) => head !== undefined).sort((a, b) => a.size - b.size);
}

/** What a checkpoint knows of the journal. */
export function headKnown(head: TreeHead, place: 'checkpoint' | 'witness'): KnownHead {
  const hash = chainOfHead(head);
  return { place, seq: head.size, ...(hash !== undefined && { hash }) };
}
