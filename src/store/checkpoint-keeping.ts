/**
 * Signs how far the journal is: each hour by the school's clock, so at each day's end too, and at an orderly stop; and hands the
 * checkpoint to the witnesses. It reports what a witness knows better; it must never overwrite that, nor hold up the gateway.
 */
import { rename } from 'node:fs/promises';
import { localDay, timeOf } from '../core/site/calendar.ts';
import type { Site, Time, Words } from '../core/types.ts';
import { GrowingTree } from '../proof/merkle-tree.ts';
import type { TreeHead, Verifier } from '../proof/signed-note.ts';
import { checkpointFailed, witnessAway, witnessDiffers } from '../words/store-words.ts';
import { wordsOf } from '../words/worded-error.ts';
import type { World } from '../world/world.ts';
import { headKnown, keepCheckpoint, keptHeads, keptTree, type LogKey, logKey } from './checkpoint-files.ts';
import type { KnownHead } from './journal-gap.ts';
import { files } from './store-files.ts';
import type { JournalTree, ProvenJournal } from './store-types.ts';
import { askWitness, tellWitness } from './witness-folder.ts';

const hourMs = 3_600_000;
/** The checkpoint made in the first minute of a day is the last of the day before. */
const dayEndMs = 60_000;

export interface CheckpointOptions {
  readonly dir: string;
  readonly journal: ProvenJournal;
  readonly world: World;
  /** Folders of the witnesses. */
  readonly witnesses: readonly string[];
  readonly trouble: (part: string, why: Words | undefined) => void;
  /** As it is configured now: hours and days are the school's. */
  readonly site: () => Pick<Site, 'utcOffsetMin'>;
}

/** The newest checkpoint, for pages and printed reports. */
export interface NewestCheckpoint {
  readonly note: string;
  readonly size: number;
  readonly at: Time;
}

/** The heads that witnesses hold of this log; what cannot be read, or does not answer, knows nothing. */
export async function witnessHeads(
  witnesses: readonly string[],
  log: Verifier,
  world: Pick<World, 'sleep'>,
): Promise<readonly KnownHead[]> {
  const heads: KnownHead[] = [];
  // One after the other, or a handful that hang together would take every thread that reads files.
  for (const folder of witnesses) {
    const head = await askWitness(world, folder, log).catch(() => undefined);
    if (head !== undefined && head !== 'unreadable') heads.push(headKnown(head, 'witness'));
  }
  return heads;
}

/** What was signed of a journal that a person gave up is put aside, whole. */
export async function putCheckpointsAside(dir: string, now: Time): Promise<void> {
  const folder = files.checkpoints(dir);
  await rename(folder, `${folder}.before-${now}`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

export class Checkpoints {
  readonly #options: CheckpointOptions;
  #log: LogKey;
  #tree: Omit<JournalTree, 'chain'>;
  /** The tree that the one of now was grown from: what a witness had before, unless it was away. */
  #before: Omit<JournalTree, 'chain'>;
  #newest: NewestCheckpoint | undefined;
  #hour: number | undefined;
  #busy: Promise<void> = Promise.resolve();

  private constructor(options: CheckpointOptions, log: LogKey, tree: Omit<JournalTree, 'chain'>) {
    this.#options = options;
    this.#log = log;
    this.#tree = tree;
    this.#before = tree;
  }

  /** `log`: the key of this data folder. */
  static async open(options: CheckpointOptions, log: LogKey): Promise<Checkpoints> {
    return new Checkpoints(options, log, await keptTree(options.dir, log));
  }

  newest(): NewestCheckpoint | undefined {
    return this.#newest;
  }

  /** Once a minute: signs when another hour has begun by the school's clock. Resolves when that is done; nobody need wait for it. */
  async keep(): Promise<void> {
    const { world, site } = this.#options;
    const hour = Math.floor((world.now() + site().utcOffsetMin * 60_000) / hourMs);
    if (hour === this.#hour) return;
    // Before it is done, so that it is begun once; what fails sets it back.
    this.#hour = hour;
    await this.publish();
  }

  /** Signs how far the journal is now, and tells the witnesses. What fails is a trouble, and is tried again. */
  publish(): Promise<void> {
    const { trouble } = this.#options;
    this.#busy = this.#busy.then(async () => {
      try {
        await this.#sign();
        trouble('checkpoint', undefined);
      } catch (error) {
        trouble('checkpoint', checkpointFailed(wordsOf(error)));
        this.#hour = undefined;
      }
    });
    return this.#busy;
  }

  async #sign(): Promise<void> {
    const { dir, journal, world, witnesses, site } = this.#options;
    const { seq } = journal.head();
    if (seq === 0) return;
    const tree = await this.#grown(this.#tree, seq);
    const now = world.now();
    const offset = site().utcOffsetMin;
    const midnight = timeOf(localDay(now - dayEndMs, offset), 0, offset) + offset * 60_000;
    const note = await keepCheckpoint(dir, this.#log, tree, new Date(midnight).toISOString().slice(0, 10));
    this.#before = this.#tree;
    this.#tree = tree;
    this.#newest = { note, size: tree.size, at: now };
    for (const folder of witnesses) await this.#tell(folder, note);
  }

  /** The tree with all lines up to `size`; with none to add, its last line is laid on anew for the link of the chain. */
  async #grown(from: Omit<JournalTree, 'chain'>, size: number): Promise<JournalTree> {
    const { journal } = this.#options;
    let tree = from;
    let chain = tree.size === size ? await journal.link(size) : undefined;
    while (tree.size < size) {
      const grown = await journal.grow(tree, size);
      ({ chain } = grown);
      tree = grown;
    }
    if (chain === undefined || tree.size !== size) return await this.#grown({ size: 0, roots: [] }, size);
    return { size: tree.size, roots: tree.roots, chain };
  }

  async #tell(folder: string, note: string): Promise<void> {
    const { trouble, world } = this.#options;
    const part = `witness:${folder}`;
    try {
      const had = await askWitness(world, folder, this.#log);
      const agrees = had === undefined || (had !== 'unreadable' && (await this.#holds(had)));
      if (agrees) await tellWitness(world, folder, this.#log, note);
      trouble(part, agrees ? undefined : witnessDiffers(folder, had === 'unreadable' ? undefined : had.size));
    } catch (error) {
      trouble(part, witnessAway(folder, (error as NodeJS.ErrnoException).code ?? String(error)));
    }
  }

  /** Whether the tree of now begins with the one that was signed then. */
  async #holds(head: TreeHead): Promise<boolean> {
    if (head.size > this.#tree.size) return false;
    if (head.size === this.#before.size && rootOfTree(this.#before).equals(head.root)) return true;
    if (keptHeads(this.#options.dir).some(({ size, root }) => size === head.size && root.equals(head.root)))
      return true;
    return rootOfTree(await this.#grown({ size: 0, roots: [] }, head.size)).equals(head.root);
  }
}

const rootOfTree = ({ size, roots }: Omit<JournalTree, 'chain'>): Buffer =>
  new GrowingTree({ size, roots: roots.map((root) => Buffer.from(root, 'hex')) }).root();

/** The key of a data folder's log, under the school's name. */
export const schoolLog = (dir: string, school: string): Promise<LogKey> =>
  logKey(dir, `gatehouse/${encodeURIComponent(school)}`);
