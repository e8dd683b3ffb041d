/**
 * Who is let at the database: one batch of a school at a time, few of all schools at once, a short queue, and beyond it a refusal that says
 * when to come again. It must never let what waits grow with those who ask.
 */
import { SchoolRefused } from './refuse.ts';

/** `live`: what a school says as it happens, some lines; `backlog`: what it brings afterwards, thousands at once. */
export type BatchLane = 'live' | 'backlog';

export interface TurnLimits {
  /** Batches of all schools that work or wait, at most. */
  readonly most: Readonly<Record<BatchLane, number>>;
  /** Of one school. */
  readonly mostOfOne: number;
  /** Batches of a backlog that work beside each other: they leave the loop and the database to what is live. */
  readonly backlogs: number;
}

/** Ours: a batch of a backlog is some megabytes while it waits, a live one a thousandth of that. */
export const TURNS: Omit<TurnLimits, 'backlogs'> = { most: { live: 1_000, backlog: 64 }, mostOfOne: 2 };

/** Runs `work` when the school has its turn. Rejects with SchoolRefused `busy` where too many wait. */
export type Turns = <T>(school: string, lane: BatchLane, work: () => Promise<T>) => Promise<T>;

export function openTurns({ most, mostOfOne, backlogs }: TurnLimits): Turns {
  const all: Record<BatchLane, number> = { live: 0, backlog: 0 };
  const schools = new Map<string, { count: number; last: Promise<unknown> }>();
  const few = oneOfFew(backlogs);
  return async (school, lane, work) => {
    const line = schools.get(school) ?? { count: 0, last: Promise.resolve() };
    if (all[lane] >= most[lane] || line.count >= mostOfOne) throw new SchoolRefused('busy', school);
    all[lane]++;
    line.count++;
    schools.set(school, line);
    const mine = line.last.then(() => (lane === 'backlog' ? few(work) : work()));
    line.last = mine.catch(() => undefined);
    try {
      return await mine;
    } finally {
      all[lane]--;
      if (--line.count === 0) schools.delete(school);
    }
  };
}

/** Runs so many at one time, in the order in which they came. */
function oneOfFew(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let working = 0;
  return async (work) => {
    if (working >= most) await new Promise<void>((go) => void waiting.push(go));
    else working++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else working--;
    }
  };
}

/** Places for what schools bring at one time, of all and of one school. Taken: the way to leave it, once; undefined where there is none. */
export function openPlaces(most: number, mostOfOne: number): (school: string) => (() => void) | undefined {
  const schools = new Map<string, number>();
  let all = 0;
  return (school) => {
    const mine = schools.get(school) ?? 0;
    if (all >= most || mine >= mostOfOne) return undefined;
    all++;
    schools.set(school, mine + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      all--;
      const rest = (schools.get(school) ?? 1) - 1;
      if (rest === 0) schools.delete(school);
      else schools.set(school, rest);
    };
  };
}
