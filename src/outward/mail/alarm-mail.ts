/**
 * What is still owed to one receiver outside: the numbers of facts that it has not acknowledged, and how far the journal was looked
 * through, in one small file that is replaced as a whole. The journal is the queue: nothing but numbers is kept here, and while too many
 * are owed it is looked through no further. It must never take a fact off before the receiver has it, or it was said that it is passed over.
 */
import { join } from 'node:path';
import type { Durable, Event, Site, State, Time } from '../../core/types.ts';
import { loadCursor, saveCursor } from '../../store/cursor.ts';

/** What is read of the gateway. */
export interface MailSource {
  site(): Site;
  now(): Time;
  /** The newest fact that is on disk. */
  head(): number;
  read<T>(look: (state: Durable<State>) => T): Promise<T>;
  pick(q: { after: number; upTo: number; kinds: readonly Event['kind'][] }): Promise<readonly Event[]>;
}

export interface MailParts {
  readonly source: MailSource;
  /** The data folder. */
  readonly dir: string;
  /** Name of the file, without its ending; of each receiver its own. */
  readonly name: string;
  /** Who is told: another one is told from now on. */
  readonly target: string;
  readonly kinds: readonly Event['kind'][];
  wanted(event: Event): boolean;
}

/** news: as it happens. late: older than ten minutes, and its alarm is open. past: older, and over. */
export type MailFate = 'news' | 'late' | 'past';

/** Older facts are not told as news: whoever acts on them would act on the past. Ours. */
const newsMs = 10 * 60_000;
/** Numbers of the journal looked through in one step, and facts owed at most. Ours. */
const spanMax = 10_000;
const owedMax = 500;

interface KeptMail {
  readonly target: string;
  readonly seq: number;
  readonly owed: readonly number[];
}

const isKept = (known: unknown, target: string, head: number): known is KeptMail => {
  const { target: whom, seq, owed } = (known ?? {}) as Partial<KeptMail>;
  const number = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= head;
  return whom === target && number(seq) && Array.isArray(owed) && owed.length <= owedMax && owed.every(number);
};

export class AlarmMail {
  readonly #parts: MailParts;
  readonly #file: string;
  #seq: number;
  #owed: number[];
  #known = new Map<number, Event>();
  #kept = false;

  constructor(parts: MailParts) {
    this.#parts = parts;
    this.#file = join(parts.dir, `${parts.name}.cursor.json`);
    const known = loadCursor(this.#file);
    const head = parts.source.head();
    // Whoever is new to us, or was told of another journal, is told from now on.
    this.#kept = isKept(known, parts.target, head);
    const mine = this.#kept ? (known as KeptMail) : { seq: head, owed: [] };
    this.#seq = mine.seq;
    this.#owed = [...mine.owed];
  }

  /** Takes on what has happened since; resolves with all that is owed, oldest first. */
  async gather(): Promise<readonly Event[]> {
    const { source, kinds, wanted } = this.#parts;
    const head = source.head();
    if (!this.#kept) await this.#keep();
    if (this.#seq < head && this.#owed.length < owedMax) {
      const upTo = Math.min(head, this.#seq + spanMax);
      const found = (await source.pick({ after: this.#seq, upTo, kinds })).filter(wanted);
      const fits = found.slice(0, owedMax - this.#owed.length);
      for (const event of fits) this.#known.set(event.seq, event);
      this.#owed.push(...fits.map(({ seq }) => seq));
      this.#seq = fits.length < found.length ? fits.at(-1)!.seq : upTo;
      // Where nothing is owed, the place need not be kept: the same is passed over again after a crash.
      if (fits.length > 0) await this.#keep();
    }
    return await this.#read();
  }

  /** It has them, or they are passed over. */
  async done(...seqs: readonly number[]): Promise<void> {
    if (seqs.length === 0) return;
    const over = new Set(seqs);
    this.#owed = this.#owed.filter((seq) => !over.has(seq));
    for (const seq of seqs) this.#known.delete(seq);
    await this.#keep();
  }

  /** How a fact is told now. */
  async fate(event: Event): Promise<MailFate> {
    const { source } = this.#parts;
    if (source.now() - event.at <= newsMs) return 'news';
    if (event.kind !== 'raised') return 'past';
    return (await source.read((state) => state.alarms.has(event.seq))) ? 'late' : 'past';
  }

  /** Keeps the place; for the end. */
  async close(): Promise<void> {
    await this.#keep();
  }

  async #read(): Promise<readonly Event[]> {
    const { source, kinds } = this.#parts;
    for (const seq of this.#owed) {
      if (this.#known.has(seq)) continue;
      const [event] = await source.pick({ after: seq - 1, upTo: seq, kinds });
      if (event) this.#known.set(seq, event);
    }
    // What was cut out of the journal meanwhile nobody can tell any more.
    const gone = this.#owed.filter((seq) => !this.#known.has(seq));
    await this.done(...gone);
    return this.#owed.map((seq) => this.#known.get(seq)!);
  }

  async #keep(): Promise<void> {
    const { target } = this.#parts;
    await saveCursor(this.#file, { target, seq: this.#seq, owed: this.#owed } satisfies KeptMail);
    this.#kept = true;
  }
}
