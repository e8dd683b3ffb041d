/**
 * The disk under a simulated gateway: the journal as it stands on it, with the real hash chain, and everything a disk can
 * do to a commit. What was acknowledged survives a crash; what was under way survives or not, but never in part.
 */
import type { Chance } from '../../simulators/virtual/chance.ts';
import type { Event } from '../core/types.ts';
import { genesis, link } from '../store/journal/chain.ts';
import { type Head, type Journal, StoreError, StoreGone } from '../store/store-types.ts';
import { diskBroken, diskFull, eventsMisplaced, journalAway } from '../words/night-words.ts';
import type { Alive, VirtualTime } from './virtual-time.ts';

/** What happens to the next commit. */
export type Blow =
  /** The process dies before the transaction is on disk, or after it and before anybody learns of it. */
  | { readonly do: 'crash-before' | 'crash-after' }
  /** Refused once with an input/output error. */
  | { readonly do: 'error' }
  /** Takes this long. */
  | { readonly do: 'late'; readonly ms: number };

export interface DiskOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  /** Events came to be on the disk. */
  kept(events: readonly Event[]): void;
  /** The disk refused or dawdled, from `from` (true time) until now. */
  unwell(from: number): void;
  /** The machine loses its power at this very commit. */
  crash(): void;
}

const commitMs = [0.3, 4] as const;
/** A commit that took longer is worth telling. */
const slowMs = 500;
export class Disk {
  /** The events as they lie on the disk, JSON, and the link of each. */
  readonly lines: string[] = [];
  readonly links: string[] = [];
  /** No room: every commit is refused. */
  full = false;
  /** The journal is not in its folder: what is written to it now is in no folder. */
  gone = false;
  /** How far the follower has come: a small file, replaced as a whole. */
  #cursor: string | undefined;
  readonly #options: DiskOptions;
  #blows: Blow[] = [];
  /** What was handed over and is not on the disk yet. */
  #underWay: readonly string[] = [];

  constructor(options: DiskOptions) {
    this.#options = options;
  }

  get head(): Head {
    return { seq: this.lines.length, hash: this.links.at(-1) ?? genesis };
  }

  get cursor(): string | undefined {
    return this.#cursor;
  }

  /** It is on the disk when this returns. Throws StoreError when there is no room. */
  saveCursor(cursor: string): void {
    if (this.full) throw new StoreError(diskFull);
    this.#cursor = cursor;
  }

  /** The next commit is hit. */
  strike(blow: Blow): void {
    this.#blows.push(blow);
  }

  /** The power is gone, and whoever starts the machine again puts the journal back. A transaction under way is on the disk or not, as chance has it. */
  lose(): void {
    if (this.#underWay.length > 0 && this.#options.chance.happens(0.5)) this.#put(this.#underWay);
    this.#underWay = [];
    this.#blows = [];
    this.gone = false;
  }

  /** The journal for one process. Of a dead process nothing is kept and nothing answered. */
  open(process: Alive): Journal {
    let head = this.head;
    return {
      append: async (events) => {
        if (events.length === 0) return this.#prove();
        const lines = events.map((event) => JSON.stringify(event));
        await this.#commit(lines, process, head.seq);
        head = this.head;
      },
      replay: async (each, after = 0) => {
        for (const line of this.lines.slice(after)) each(JSON.parse(line) as Event);
        return this.head;
      },
      read: async (after, limit) => this.lines.slice(after, after + limit).map((line) => JSON.parse(line) as Event),
      head: () => head,
      trouble: () => undefined,
      link: async (seq) => this.links[seq - 1],
      pick: async () => [],
      openAt: async () => [],
      query: async () => [],
      checksOf: async () => [],
      close: async () => undefined,
    };
  }

  async #commit(lines: readonly string[], process: Alive, after: number): Promise<void> {
    const { time, chance } = this.#options;
    const first = JSON.parse(lines[0]!) as Event;
    if (first.seq !== after + 1) throw new StoreGone(eventsMisplaced);
    const from = time.truth;
    const blow = this.#blows.shift();
    this.#underWay = lines;
    await this.#pause(blow?.do === 'late' ? blow.ms : chance.between(...commitMs), process);
    if (blow?.do === 'crash-before' || blow?.do === 'crash-after') await this.#die(blow.do, lines);
    if (this.gone) this.#underWay = [];
    this.#prove(from);
    if (this.full || blow?.do === 'error') {
      this.#underWay = [];
      this.#options.unwell(from);
      throw new StoreError(this.full ? diskFull : diskBroken);
    }
    this.#put(lines);
    if (time.truth - from > slowMs) this.#options.unwell(from);
  }

  /** Throws when the journal is not in its place; `from`: since when it was waited for, true time. */
  #prove(from = this.#options.time.truth): void {
    if (!this.gone) return;
    this.#options.unwell(from);
    throw new StoreError(journalAway);
  }

  async #die(when: 'crash-before' | 'crash-after', lines: readonly string[]): Promise<never> {
    if (when === 'crash-after') this.#put(lines);
    this.#underWay = [];
    this.#options.crash();
    return await Promise.withResolvers<never>().promise;
  }

  /** Waits; a dead process never goes on. */
  #pause(ms: number, process: Alive): Promise<void> {
    return new Promise((resolve) => {
      this.#options.time.after(ms, () => {
        if (process.alive) resolve();
      });
    });
  }

  /** One transaction: all of it, at once. */
  #put(lines: readonly string[]): void {
    this.#underWay = [];
    for (const line of lines) {
      this.links.push(link(this.head.hash, line));
      this.lines.push(line);
    }
    this.#options.kept(lines.map((line) => JSON.parse(line) as Event));
  }
}
