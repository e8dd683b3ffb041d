/**
 * Exported records made by the exporter's own writer from a journal that is only reckoned: of any size, by any key, with any record other than it was.
 * And the checker, as the modules it is made of.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { writeBundle } from '../../src/commands/write-bundle.ts';
import { GrowingTree } from '../../src/proof/merkle-tree.ts';
import { type Signer, signCheckpoint, verifierKey } from '../../src/proof/signed-note.ts';

/** Files of a bundle by their name. */
export type Files = ReadonlyMap<string, Buffer>;
interface Found {
  readonly good: boolean;
  readonly said: readonly { readonly what: string; readonly values: Readonly<Record<string, unknown>> }[];
}
interface Tools {
  sha256(...parts: readonly (string | Uint8Array)[]): Uint8Array;
  verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  seen(): void;
}
interface Checker {
  checkBundle(bundle: object, kept: string | undefined, tools: Tools): Promise<Found>;
  Wrong: new (
    what: string,
    values?: object,
  ) => Error & { readonly what: string; readonly values: Readonly<Record<string, unknown>> };
}
const place = new URL('../../src/proof/checker/check-bundle.mjs', import.meta.url).href;
export const { checkBundle, Wrong } = (await import(place)) as Checker;

const spkiStart = Buffer.from('302a300506032b6570032100', 'hex');
const tools: Tools = {
  sha256: (...parts) => {
    const hash = createHash('sha256');
    for (const part of parts) hash.update(part);
    return hash.digest();
  },
  verify: (key, message, signature) => {
    const der = Buffer.concat([spkiStart, key]);
    return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
  },
  seen: () => undefined,
};

/** What the checker says of these files: what is wrong, or undefined. Rejects with anything else than an answer. */
export async function wrongIn(bundle: Files, kept?: string) {
  const found = (name: string) => bundle.get(name) ?? Buffer.alloc(0);
  const text = async (name: string) => {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(found(name));
    } catch {
      throw new Wrong('notOurs', { name });
    }
  };
  try {
    const { good, said } = await checkBundle({ text, chunks: async (name: string) => [found(name)] }, kept, tools);
    return good ? undefined : said[0];
  } catch (error) {
    if (error instanceof Wrong) return { what: error.what, values: error.values };
    throw error;
  }
}

/** One line of the journal, as a fence host would have it: 130 characters, some of them Chinese. */
const lineOf = (seq: number, at: number): string =>
  JSON.stringify({
    seq,
    at,
    kind: 'read',
    device: `fence-${seq % 7}`,
    point: 'tension',
    value: 100 + (seq % 40),
    place: '东墙北段',
  });

export interface Reckoned {
  /** How many records there are in all. */
  readonly size: number;
  readonly first: number;
  readonly last: number;
  readonly signer: Signer;
  /** The record that is not as it was. */
  readonly other?: number;
}

/** The lines of such a journal with the links of their chain. */
function* linesOf({ size, other }: Reckoned) {
  let hash = '0'.repeat(64);
  for (let seq = 1; seq <= size; seq += 1) {
    const json = lineOf(seq, 1_795_000_000_000 + seq * 1_000 + (seq === other ? 1 : 0));
    hash = createHash('sha256').update(hash).update(json).digest('hex');
    yield { seq, at: 0, hash, json };
  }
}

/** The checkpoint of its first `size` lines. */
export function noteOf(journal: Reckoned, size = journal.size): string {
  const tree = new GrowingTree();
  let chain = '';
  for (const { json, hash } of linesOf({ ...journal, size })) {
    tree.append(json);
    chain = hash;
  }
  const head = { origin: journal.signer.name, size, root: tree.root(), more: [`chain ${chain}`] };
  return signCheckpoint(head, journal.signer);
}

/** Writes a bundle of it. */
export async function reckonedBundle(folder: string, journal: Reckoned): Promise<void> {
  const { signer, size, first, last } = journal;
  const lines = { [Symbol.iterator]: () => linesOf(journal) };
  const vkey = verifierKey(signer);
  await writeBundle(folder, { lines, size, first, last, note: noteOf(journal), vkey, readme: '' });
}

export const filesIn = (folder: string): Files =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`)]));
