/**
 * The schools of the bench in one process of their own: bursts at a given pace, floods as fast as the district takes them, standing polls, a backlog,
 * and deliveries doubled, late and out of order. What it could not bring it brings again, as a gateway does.
 */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { clock, play } from '../peer.ts';
import { LoadSchool } from './load-school.ts';
import type { PlayedNight } from './played-lines.ts';

export interface SchoolLoadOptions {
  readonly night: PlayedNight;
  readonly schools: readonly { readonly id: string; readonly key: string; readonly log: string }[];
}
/** `urls`: the nodes, taken in turn. */
export interface Pace {
  readonly urls: readonly string[];
  readonly schools: number;
  readonly lines: number;
  readonly everyMs: number;
  readonly seconds: number;
  /** Each batch once more at the same time, once more later, and the next one before it. */
  readonly unruly?: boolean;
}
export interface Flood {
  readonly url: string;
  readonly from: number;
  readonly schools: number;
  readonly lines: number;
  readonly parallel: number;
  readonly seconds: number;
}
/** What was said when: the time of each burst (ms since 1970), and how long until it was answered. */
export interface Burst {
  readonly school: string;
  readonly at: number;
  readonly answeredMs: number;
}
export interface SchoolSum {
  readonly id: string;
  readonly count: number;
  readonly have: number;
  readonly lost: number;
  /** SHA-256 over all leaves. */
  readonly leaves: string;
  readonly root: string;
}

/** Urgent alarms of the schools from one on. */
export interface Urgent {
  readonly urls: readonly string[];
  readonly schools: number;
  readonly from: number;
  readonly everyMs: number;
}

const RETRY_MS = 200;
const LOOK_MS = 200;

await play(async ({ night, schools: given }: SchoolLoadOptions) => {
  const schools = given.map((one) => new LoadSchool({ ...one, site: night.site, moulds: night.moulds }));
  let turn = 0;
  let failures = 0;
  let refusals: Record<string, number> = {};
  const next = (urls: readonly string[]) => urls[turn++ % urls.length]!;
  const failed = ({ status, code }: { status: number; code?: string }) => {
    failures++;
    const name = code ?? `status ${status}`;
    refusals[name] = (refusals[name] ?? 0) + 1;
  };

  /** Brings what the district lacks, however often it takes. */
  async function bring(school: LoadSchool, urls: readonly string[], most: number, by: number): Promise<boolean> {
    while (school.have < school.count && Date.now() < by) {
      const url = next(urls);
      const before = school.have;
      const heard = await school.ingest(url, school.batch(school.have + 1, most));
      if (heard.status === 200 && school.have > before) continue;
      if (heard.status !== 200) failed(heard);
      await delay(Math.max(RETRY_MS, heard.afterMs ?? 0) * (1 + Math.random() / 2));
      await school.settle(next(urls));
    }
    return school.have === school.count;
  }

  async function unruly(school: LoadSchool, { urls, lines }: Pace, late: Promise<unknown>[]): Promise<void> {
    const from = school.have + 1;
    const body = school.batch(from, lines);
    // The second half before the first, all of it twice at once, and once more when it is long past.
    const half = Math.ceil(lines / 2);
    const early = school.batch(from + half, half);
    const once = async (text: string) => {
      const heard = await school.ingest(next(urls), text);
      if (heard.status !== 200) failed(heard);
    };
    await Promise.all([once(early), once(body), once(body)]);
    late.push(delay(500 + Math.random() * 1_500).then(() => once(body)));
  }

  async function paced(pace: Pace): Promise<{ bursts: Burst[]; failures: number; refusals: Record<string, number> }> {
    const bursts: Burst[] = [];
    const late: Promise<unknown>[] = [];
    failures = 0;
    refusals = {};
    const began = clock();
    const over = began + pace.seconds * 1_000;
    const run = async (school: LoadSchool, n: number) => {
      for (let due = began + (n * pace.everyMs) / pace.schools; due < over; due += pace.everyMs) {
        await delay(Math.max(0, due - clock()));
        // As old as the schedule says: a generator that lags makes nothing look younger.
        const at = Math.round(Date.now() - Math.max(0, clock() - due));
        school.say(pace.lines, at);
        if (pace.unruly === true) await unruly(school, pace, late);
        await bring(school, pace.urls, 2_000, Date.now() + 60_000);
        bursts.push({ school: school.id, at, answeredMs: clock() - due });
      }
    };
    await Promise.all(schools.slice(0, pace.schools).map(run));
    await Promise.all(late);
    return { bursts, failures, refusals };
  }

  async function flood({ url, from, schools: count, lines, parallel, seconds }: Flood) {
    failures = 0;
    const began = clock();
    const over = began + seconds * 1_000;
    const some = schools.slice(from, from + count);
    let i = 0;
    let batches = 0;
    const busy = new Set<LoadSchool>();
    const worker = async () => {
      while (clock() < over) {
        const school = some[i++ % some.length]!;
        if (busy.has(school)) continue;
        busy.add(school);
        school.say(lines, Date.now());
        await bring(school, [url], 2_000, Date.now() + 60_000);
        busy.delete(school);
        batches++;
      }
    };
    await Promise.all(Array.from({ length: Math.min(parallel, count) }, worker));
    return { lines: batches * lines, batches, ms: clock() - began, failures };
  }

  let standing: AbortController | undefined;
  const acts = {
    /** First contact: a line, and the site. */
    async begin({ url, from, schools: count }: { url: string; from: number; schools: number }) {
      const queue = schools.slice(from, from + count);
      const worker = async () => {
        for (let school = queue.pop(); school; school = queue.pop()) {
          school.say(1, Date.now());
          await bring(school, [url], 1, Date.now() + 60_000);
          const { status } = await school.bringSite(url);
          if (status !== 200) throw new Error(`${school.id}: the site was answered ${status}`);
        }
      };
      await Promise.all(Array.from({ length: 8 }, worker));
    },
    paced,
    flood,
    /** Polls of all schools that stand open, from now on until `hush`. */
    async stand({ url, schools: count }: { url: string; schools: number }) {
      standing = new AbortController();
      const { signal } = standing;
      for (const school of schools.slice(0, count)) {
        void (async () => {
          while (!signal.aborted) {
            const { status } = await school.poll(url, false);
            if (status !== 200) await delay(1_000);
          }
        })();
        // A gateway that was started with the others does not come with them.
        if (schools.indexOf(school) % 20 === 19) await delay(10);
      }
    },
    hush: () => standing?.abort(),
    /** Lines that nobody takes yet, spread over the time before now. */
    gather({ schools: count, lines, overMs }: { schools: number; lines: number; overMs: number }) {
      const now = Date.now();
      for (const school of schools.slice(0, count))
        for (let i = 0; i < lines; i++) school.say(1, now - overMs + Math.floor((i * overMs) / lines));
    },
    raise({ schools: count, from = 0 }: { schools: number; from?: number }) {
      return schools
        .slice(from, from + count)
        .map((school) => ({ school: school.id, seq: school.raise(Date.now()), at: Date.now() }));
    },
    /** One urgent alarm after the other, each of another school; as soon as it is said it is brought. */
    async urgent({ urls, schools: count, from, everyMs }: Urgent) {
      const bursts: Promise<Burst>[] = [];
      for (const school of schools.slice(from, from + count)) {
        const at = Date.now();
        school.raise(at);
        const brought = bring(school, urls, 2_000, at + 60_000);
        bursts.push(brought.then(() => ({ school: school.id, at, answeredMs: Date.now() - at })));
        await delay(everyMs);
      }
      return await Promise.all(bursts);
    },
    /** Brings everything, a batch of each school at a time, alarms beside it; when each had all, ms since 1970. */
    async catchUp({ urls, schools: count, limitMs }: { urls: string[]; schools: number; limitMs: number }) {
      const by = Date.now() + limitMs;
      return await Promise.all(
        schools.slice(0, count).map(async (school) => {
          let over = false;
          const beside = async () => {
            // As a gateway: it speaks of alarms once the district was heard, and looks five times a second.
            while (!over) {
              if (school.have > 0) await school.overtake(next(urls));
              await delay(LOOK_MS);
            }
          };
          const overtaking = beside();
          const whole = await bring(school, urls, 2_000, by);
          const at = Date.now();
          over = true;
          await overtaking;
          school.ahead = [];
          return { school: school.id, whole, at };
        }),
      );
    },
    async sums({ url, schools: count }: { url: string; schools: number }): Promise<SchoolSum[]> {
      const sums: SchoolSum[] = [];
      for (const school of schools.slice(0, count)) {
        await school.settle(url);
        const all = createHash('sha256');
        for (const leaf of school.leaves) all.update(leaf);
        const tree = school.wholeTree();
        sums.push({
          id: school.id,
          count: school.count,
          have: school.have,
          lost: school.lost,
          leaves: all.digest('hex'),
          root: tree.root(),
        });
      }
      return sums;
    },
  };
  return { acts };
});
