/**
 * Cuts records that were kept long enough, once a day, where the configuration says so: what is old enough, and nothing that is open or held.
 * Before a line goes, all of the journal was walked and folded and agreed; the fact that names it is on the disk and signed for. It must never
 * cut while the clock is in doubt or was just set, nor less than the configuration and the law say.
 */

import type { HeldBack } from '../../core/retention/cut-units.ts';
import { cutClasses } from '../../core/retention/record-classes.ts';
import { localDay } from '../../core/site/calendar.ts';
import type { Durable, KeepDays, State, Words } from '../../core/types.ts';
import type { Checkpoints, NewestCheckpoint } from '../../store/checkpoint-keeping.ts';
import { loadCursor } from '../../store/cursor.ts';
import type { PlannedCut, PlanOrder } from '../../store/journal/cut-plan.ts';
import { files } from '../../store/store-files.ts';
import type { ProvenJournal } from '../../store/store-types.ts';
import { startThread, type Thread } from '../../store/thread.ts';
import { retentionFailed } from '../../words/proof/retention-words.ts';
import { wordsOf } from '../../words/worded-error.ts';
import type { World } from '../../world/world.ts';
import type { Gateway } from '../gateway.ts';
import type { SnapshotFile, StateSnapshots } from './snapshot-keeping.ts';

/** After the start: the first check of the journal is under way then, or over. Our own numbers. */
const firstMs = 600_000;
const dayMs = 86_400_000;
/** After something failed. */
const againMs = 3_600_000;
/** Nothing is cut for so long after the clock was set or in doubt. */
const clockRestMs = dayMs;
/** Lines cut in one transaction: some tenths of a second, in which nothing else is written. */
const mostLines = 5_000;
const planShare = 0.1;

export interface RetentionOptions {
  readonly dir: string;
  readonly keep: KeepDays;
  readonly journal: ProvenJournal;
  readonly gateway: Pick<Gateway, 'read' | 'offer' | 'listen' | 'now' | 'site'>;
  readonly checkpoints: Checkpoints;
  readonly snapshots: StateSnapshots;
  readonly world: World;
  readonly trouble: (part: string, why: Words | undefined) => void;
  /** What InfluxDB was not told yet is not cut. */
  readonly follows: boolean;
}

/** How a run may be made smaller and faster than beside a gateway. */
export interface RetentionPace {
  readonly most?: number;
  readonly share?: number;
}

/** What came of it: how many lines were cut, and whether that was all there is to cut. */
export interface CutDone {
  readonly lines: number;
  readonly done: boolean;
}

/** Everything that is open, or that a person holds. */
function heldIn(state: Durable<State>): HeldBack {
  const open = [...state.rounds.keys(), ...state.pastRounds.keys(), ...state.changedRounds.keys()];
  return {
    alarms: [...state.alarms.keys(), ...state.held.keys()],
    rounds: open,
    watches: [...state.posts.keys(), ...state.pastPosts.keys()],
  };
}

/** Whether nothing more is held than before, but for alarms that were raised since: those have no line to cut. */
const same = (a: HeldBack, b: HeldBack, upTo: number): boolean =>
  b.alarms.every((alarm) => alarm > upTo || a.alarms.includes(alarm));

export class Retention {
  readonly #options: RetentionOptions;

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** Ten minutes after the start, and each day. */
  async run(signal: AbortSignal): Promise<void> {
    const { world, keep } = this.#options;
    if (!cutClasses.some((of) => keep[of] !== undefined)) return;
    for (let wait = firstMs; !signal.aborted; ) {
      await world.sleep(wait, signal).catch(() => undefined);
      if (signal.aborted) return;
      wait = (await this.cut(signal)).done ? dayMs : againMs;
    }
  }

  /** Cuts what may be cut now. What fails is a trouble, and is tried again. */
  async cut(signal: AbortSignal, { most = mostLines, share = planShare }: RetentionPace = {}): Promise<CutDone> {
    const { trouble, world } = this.#options;
    let lines = 0;
    try {
      const done = (await this.#steady())
        ? await this.#cutAll(signal, { most, share }, (some) => {
            lines += some;
          })
        : this.#leave('the clock was set or in doubt within a day');
      trouble('retention', undefined);
      return { lines, done };
    } catch (error) {
      if (!signal.aborted) trouble('retention', retentionFailed(wordsOf(error)));
      return { lines, done: false };
    } finally {
      if (lines > 0) world.log.info(`cut ${lines} events that were kept long enough`);
    }
  }

  /** Nothing more is cut now. */
  #leave(why: string): boolean {
    this.#options.world.log.info(`no records are cut now: ${why}`);
    return false;
  }

  /** Whether the clock has been left alone for a day, and nobody is asked about it. */
  #steady(): Promise<boolean> {
    const { gateway } = this.#options;
    return gateway.read(({ clock }) => clock === undefined || (!clock.asks && gateway.now >= clock.at + clockRestMs));
  }

  /** Whether everything was cut that may be; `cut` hears how much. */
  async #cutAll(
    signal: AbortSignal,
    { most, share }: Required<RetentionPace>,
    cut: (lines: number) => void,
  ): Promise<boolean> {
    const { checkpoints } = this.#options;
    await checkpoints.publish();
    const checkpoint = checkpoints.newest();
    if (!checkpoint || signal.aborted) return this.#leave('nothing is signed');
    const plan = await this.#plan(checkpoint.size, most, share);
    const kill = () => plan.kill();
    signal.addEventListener('abort', kill);
    try {
      const { gateway } = this.#options;
      let held = await gateway.read(heldIn);
      let cuts = await plan.ask<readonly PlannedCut[]>(held);
      if (cuts.length === 0) return true;
      const base = await this.#checked(checkpoint, signal, share);
      if (!base) return this.#leave('State beyond them could not be kept, or the journal does not hold');
      while (cuts.length > 0 && !signal.aborted) {
        const now = await gateway.read(heldIn);
        if (!same(held, now, base.seq) || !(await this.#cutSome(cuts, base, held))) {
          return this.#leave('something was opened, held or set meanwhile');
        }
        cut(cuts.reduce((all, { lines }) => all + lines, 0));
        this.#options.snapshots.dropBefore(checkpoint.size);
        held = now;
        cuts = await plan.ask<readonly PlannedCut[]>(held);
      }
      return true;
    } finally {
      signal.removeEventListener('abort', kill);
      await plan.end();
    }
  }

  #plan(upTo: number, most: number, share: number): Promise<Thread> {
    const { dir, keep, gateway, follows } = this.#options;
    const { utcOffsetMin } = gateway.site;
    const told = follows
      ? Number((loadCursor(files.influx(dir)) as { events?: number } | undefined)?.events ?? 0)
      : upTo;
    const today = localDay(gateway.now, utcOffsetMin);
    const order = { dir, keep, today, utcOffsetMin, upTo: Math.min(upTo, told), most, share } satisfies PlanOrder;
    return startThread(new URL('../../store/journal/cut-plan.ts', import.meta.url), order);
  }

  /** State as of a checkpoint, once all lines were folded and it is what they fold to; undefined where it is not. */
  async #checked(checkpoint: NewestCheckpoint, signal: AbortSignal, share: number): Promise<SnapshotFile | undefined> {
    const { snapshots } = this.#options;
    const kept = await snapshots.keepAt(checkpoint);
    if (!kept || signal.aborted || !(await snapshots.check(signal, share))) return undefined;
    return kept;
  }

  /** Says what is cut, signs for that, and cuts. False where somebody wanted to keep it meanwhile. */
  async #cutSome(cuts: readonly PlannedCut[], base: SnapshotFile, held: HeldBack): Promise<boolean> {
    const { journal, gateway, checkpoints } = this.#options;
    const numbers = new Map<string, number>();
    const stop = gateway.listen({
      batch: ({ events }) => {
        for (const event of events) if (event.kind === 'pruned') numbers.set(event.digest, event.seq);
      },
      site: () => undefined,
    });
    try {
      await Promise.all(
        cuts.map(({ ranges: _, ...cut }) =>
          gateway.offer({ kind: 'pruned', ...cut, base: base.seq, state: base.digest }),
        ),
      );
    } finally {
      stop();
    }
    await checkpoints.publish();
    const signed = checkpoints.newest()?.size ?? 0;
    const named = cuts.map(({ digest, ranges }) => ({ fact: numbers.get(digest) ?? 0, ranges }));
    const covered = named.every(({ fact }) => fact > 0 && fact <= signed);
    if (!covered || !same(held, await gateway.read(heldIn), base.seq) || !(await this.#steady())) return false;
    await journal.cut({ cuts: named, base: base.file });
    return true;
  }
}
