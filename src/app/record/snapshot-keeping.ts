/**
 * Snapshots of State beside the gateway that runs: the one it begins from, those it keeps with the hourly checkpoint and at an orderly
 * stop, and the check, once a day, that each says what the journal says. What does not agree is thrown away and said. It must never
 * keep a gateway from starting, and never stand between the journal and what State is: without a snapshot all of it is folded.
 */
import { readFile } from 'node:fs/promises';
import { Contradiction } from '../../core/assert.ts';
import { evolve } from '../../core/evolve.ts';
import type { RecordDoubt, State, Words } from '../../core/types.ts';
import { openCheckpoint } from '../../proof/signed-note.ts';
import { canSign, type LogKey, proofKeyGone } from '../../store/checkpoint-files.ts';
import type { NewestCheckpoint } from '../../store/checkpoint-keeping.ts';
import { stateOfBase } from '../../store/journal/cut-state.ts';
import type { Folded, FoldQuestion } from '../../store/journal/state-fold.ts';
import { verifyJournal } from '../../store/journal/verify.ts';
import { foldVersion } from '../../store/snapshot/fold-version.ts';
import {
  dropSnapshots,
  openSnapshot,
  readSnapshot,
  rejectSnapshot,
  type Snapshot,
  seqOfPath,
  snapshotPaths,
} from '../../store/snapshot/snapshot-files.ts';
import { stateOf } from '../../store/snapshot/state-text.ts';
import { files } from '../../store/store-files.ts';
import { type ProvenJournal, StoreError } from '../../store/store-types.ts';
import { startThread } from '../../store/thread.ts';
import { baseFalse } from '../../words/proof/retention-words.ts';
import { baseUnsigned, recheckFailed, snapshotFailed, snapshotRejected } from '../../words/proof/snapshot-words.ts';
import { wordsOf } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';

/** Fewer lines are folded in less time than a file is read in; our own number, as are all here. */
const worthLines = 10_000;
/** At a stop somebody waits: some seconds of folding at most. */
const lastLines = 300_000;
const keepShare = 0.25;
const checkShare = 0.1;
const checkAfterMs = 60_000;
const checkEveryMs = 86_400_000;

export interface SnapshotOptions {
  readonly dir: string;
  readonly journal: ProvenJournal;
  readonly log: LogKey;
  readonly world: World;
  readonly trouble: (part: string, why: Words | undefined) => void;
}

/** A snapshot that was kept just now. */
export interface SnapshotFile {
  readonly seq: number;
  /** SHA-256 of its State, hex. */
  readonly digest: string;
  readonly file: Uint8Array;
}

export class StateSnapshots {
  readonly #options: SnapshotOptions;
  /** What the State of this run was made from. */
  #begun: Pick<Snapshot, 'seq' | 'digest'> | undefined;
  /** How far the newest one is, as far as is known. */
  #kept = 0;
  #busy: Promise<void> = Promise.resolve();
  /** Aborted, it gives up the snapshot under way. */
  #underway: AbortController | undefined;
  #doubts: RecordDoubt[] = [];
  #tell: ((doubt: RecordDoubt) => void) | undefined;

  constructor(options: SnapshotOptions) {
    this.#options = options;
  }

  /** Hears what does not agree, also what was found before. */
  listen(tell: (doubt: RecordDoubt) => void): void {
    this.#tell = tell;
    for (const doubt of this.#doubts) tell(doubt);
    this.#doubts = [];
  }

  /** State as the whole journal folds to, by the newest snapshot that agrees with it; undefined where there is none. */
  async begin(): Promise<State | undefined> {
    const { dir, log, world } = this.#options;
    if (!canSign(log))
      this.#unproven({ what: 'key-lost', upTo: this.#options.journal.head().seq }, proofKeyGone(dir).why);
    const least = await this.#base();
    for (const path of snapshotPaths(dir)) {
      // Lines after an older one may be gone.
      if (least && least !== 'spoilt' && seqOfPath(path) < least.seq) continue;
      try {
        const found = readSnapshot(path, log);
        if (found === undefined) continue;
        const state = found === 'spoilt' ? undefined : await this.#folded(path, found);
        if (found === 'spoilt') this.#reject(path, { what: 'snapshot-spoilt', upTo: seqOfPath(path) });
        if (state) return state;
      } catch (error) {
        world.log.warn(`the snapshot ${path} cannot be read: ${wordsOf(error).en}`);
      }
    }
    return await this.#fromBase(least);
  }

  /** The State that was kept when lines were cut; signed, or at least as the journal itself names it. */
  async #base(): Promise<Snapshot | 'spoilt' | undefined> {
    const { dir, journal, log } = this.#options;
    const file = await journal.base();
    if (!file) return undefined;
    const signed = openSnapshot(Buffer.from(file), log);
    if (signed !== 'spoilt') return signed;
    const named = await journal.namedBase();
    if (named) this.#unproven({ what: 'base-unsigned', upTo: named.seq }, baseUnsigned(files.proofKey(dir)));
    return named ?? 'spoilt';
  }

  /** Lines were cut, and no snapshot helps: State goes on from the one that was kept then, whichever version made it. */
  async #fromBase(found: Snapshot | 'spoilt' | undefined): Promise<State | undefined> {
    const { journal, world } = this.#options;
    if (!found) return undefined;
    const whole = found !== 'spoilt' && (await journal.holds({ seq: found.seq, hash: found.chain }));
    if (!whole) throw new StoreError(baseFalse);
    const state = stateOfBase(found.text);
    await journal.replay((event) => evolve(state, event), found.seq);
    world.log.info(`began from the State that was kept when lines were cut, at event ${found.seq}`);
    return state;
  }

  async #folded(path: string, found: Snapshot): Promise<State | undefined> {
    const { journal, world } = this.#options;
    const { seq, digest } = found;
    if (found.fold !== foldVersion()) {
      world.log.info(`the snapshot of event ${seq} was made by another version; the whole journal is folded`);
      return undefined;
    }
    if (!(await journal.holds({ seq, hash: found.chain }))) {
      this.#reject(path, { what: 'snapshot-foreign', upTo: seq });
      return undefined;
    }
    const state = stateOf(found.text);
    try {
      await journal.replay((event) => evolve(state, event), seq);
    } catch (error) {
      if (!(error instanceof Contradiction)) throw error;
      this.#reject(path, { what: 'snapshot-false', upTo: seq });
      return undefined;
    }
    this.#begun = { seq, digest };
    this.#kept = seq;
    world.log.info(`began from the snapshot of event ${seq}; folded ${state.seq - seq} events after it`);
    return state;
  }

  /** All are taken away: what was kept of a journal that a person gave up. */
  drop(): void {
    dropSnapshots(this.#options.dir);
  }

  /** Begins to keep State as of a checkpoint, where that is worth it and nothing is under way. */
  keep(checkpoint: NewestCheckpoint | undefined): void {
    if (!this.#underway) void this.#make(checkpoint, { most: Number.MAX_SAFE_INTEGER, share: keepShare });
  }

  /** Keeps State as of a checkpoint, however few lines came; resolves with the file, or undefined where it could not be kept. */
  async keepAt(checkpoint: NewestCheckpoint): Promise<SnapshotFile | undefined> {
    const { dir, log } = this.#options;
    await this.#busy;
    await this.#make(checkpoint, { most: Number.MAX_SAFE_INTEGER, share: keepShare }, 0);
    const path = snapshotPaths(dir).find((one) => seqOfPath(one) === checkpoint.size);
    if (path === undefined) return undefined;
    const file = await readFile(path);
    const found = openSnapshot(file, log);
    return found === 'spoilt' ? undefined : { seq: found.seq, digest: found.digest, file };
  }

  /** Those before a line are taken away: what was cut stands in them yet. */
  dropBefore(seq: number): void {
    dropSnapshots(this.#options.dir, seq);
  }

  /** The same at an orderly stop; resolves when it is kept, or was not to be. */
  async keepLast(checkpoint: NewestCheckpoint | undefined): Promise<void> {
    this.#underway?.abort();
    await this.#busy;
    await this.#make(checkpoint, { most: lastLines, share: 1 });
  }

  #make(
    checkpoint: NewestCheckpoint | undefined,
    how: Pick<FoldQuestion, 'most' | 'share'>,
    worth = worthLines,
  ): Promise<void> {
    const { log, trouble } = this.#options;
    const head = checkpoint && openCheckpoint(checkpoint.note, log);
    if (!head || head.size - this.#kept < worth) return this.#busy;
    const underway = new AbortController();
    this.#underway = underway;
    this.#busy = this.#busy.then(async () => {
      try {
        const folded = await this.#fold({ upTo: head.size, root: head.root.toString('hex'), ...how }, underway.signal);
        if (folded !== 'too-far') this.#kept = head.size;
        trouble('snapshot-keeping', undefined);
      } catch (error) {
        if (!underway.signal.aborted) trouble('snapshot-keeping', snapshotFailed(wordsOf(error)));
      } finally {
        this.#underway = undefined;
      }
    });
    return this.#busy;
  }

  async #fold(question: FoldQuestion, signal: AbortSignal): Promise<Folded> {
    const { dir, log } = this.#options;
    const thread = await startThread(new URL('../../store/journal/state-fold.ts', import.meta.url), {
      dir,
      name: log.name,
    });
    const kill = () => thread.kill();
    signal.addEventListener('abort', kill);
    if (signal.aborted) kill();
    try {
      return await thread.ask<Folded>(question);
    } finally {
      await thread.end();
    }
  }

  /** A minute after the start, and each day: the whole journal is walked and folded, and held against what was kept. */
  async run(signal: AbortSignal): Promise<void> {
    const { world } = this.#options;
    for (let wait = checkAfterMs; !signal.aborted; wait = checkEveryMs) {
      await world.sleep(wait, signal).catch(() => undefined);
      if (!signal.aborted) await this.check(signal);
    }
  }

  /** One such walk, of which nothing else is to be felt. Resolves with whether all of it held. */
  async check(signal: AbortSignal, share = checkShare): Promise<boolean> {
    const { dir, trouble, world } = this.#options;
    // One walk at a time.
    await this.#busy;
    try {
      const found = await verifyJournal(dir, { signal, quiet: { share, ...(this.#begun && { begun: this.#begun }) } });
      if (found.ok) {
        trouble('recheck', undefined);
        world.log.info(`checked ${found.checked} events: chain, checkpoints and snapshots agree`);
        return true;
      }
      const upTo = found.broken ?? found.checked + 1;
      if (found.snapshot === undefined) {
        trouble('recheck', recheckFailed(found.why!));
        this.#say({ what: 'line', upTo });
        return false;
      }
      await this.#busy;
      this.drop();
      this.#kept = 0;
      this.#doubt({ what: 'snapshot-false', upTo: found.snapshot });
    } catch (error) {
      if (!signal.aborted) world.log.warn(`the journal could not be checked: ${wordsOf(error).en}`);
    }
    return false;
  }

  #reject(path: string, doubt: RecordDoubt): void {
    rejectSnapshot(this.#options.dir, path);
    this.#doubt(doubt);
  }

  /** Stands on the screens until the next start; the fact stays. */
  #doubt(doubt: RecordDoubt): void {
    this.#options.trouble('snapshot', snapshotRejected(doubt));
    this.#say(doubt);
  }

  /** The same of what cannot be proved, until the key is back. */
  #unproven(doubt: RecordDoubt, why: Words): void {
    this.#options.trouble(doubt.what, why);
    this.#say(doubt);
  }

  #say(doubt: RecordDoubt): void {
    if (this.#tell) this.#tell(doubt);
    else this.#doubts.push(doubt);
  }
}
