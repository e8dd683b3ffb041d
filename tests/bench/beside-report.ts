/**
 * What a big report costs whoever watches: the time from an event on the wire to its frame on a screen, without and beside a month's patrol audit
 * that is made as PDF again and again. The two take turns within one run, since the machine is never the same twice.
 */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Event, Fact } from '../../src/core/types.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { figure, table, times } from './figures.ts';
import { gate } from './gate.ts';
import { logIn } from './login.ts';
import { clock } from './peer.ts';
import { type Played, type Side, senders, stage } from './side.ts';

/** The big school of the aim: 31 days, 20 points, 12 rounds a day, which are 7,440 records. */
const DAYS = 31;
const POINTS = 20;
const ROUNDS = 12;
const SENDERS = 50;
/** Events a second: a busy night. */
const RATE = 100;
const minute = 60_000;
const dayMs = 1_440 * minute;
const offsetMs = 480 * minute;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** The school's clock half a day from now: a round under way would be judged anew with each touch, which is not what is measured. */
const farFromNow = () => new Date(Date.now() + offsetMs + dayMs / 2).toISOString().slice(11, 16);

/** A month of rounds that is over, its first day at midnight in China; one in thirty points was missed, some touched late. */
function month(first: number): Event[] {
  const events: Event[] = [{ kind: 'started', version: 'b', config: 'b', utcOffsetMin: 480, seq: 1, at: first }];
  const add = (at: number, fact: Fact) => void events.push({ ...fact, seq: events.length + 1, at } as Event);
  for (let n = 0; n < DAYS * ROUNDS; n++) {
    const start = first + Math.floor(n / ROUNDS) * dayMs + (n % ROUNDS) * 120 * minute;
    const round = `night@${new Date(start + offsetMs).toISOString().slice(0, 16)}`;
    add(start, { kind: 'opened', round, route: 'night', start, person: 'li' });
    const counts = { 'on-time': 0, early: 0, late: 0, missed: 0, 'wrong-order': 0 };
    for (let point = 0; point < POINTS; point++) {
      const plan = start + point * 4 * minute;
      const which = (n * POINTS + point) % 30;
      const verdict = which === 0 ? 'missed' : which < 3 ? 'late' : 'on-time';
      counts[verdict] += 1;
      const off = verdict === 'late' ? 4 * minute : (which - 15) * 1_000;
      const touch = { sourceTime: plan + off, offMs: off, card: '0F004EBEFC', person: 'li' };
      const about = { kind: 'checked', round, checkpoint: `p${point + 1}`, verdict } as const;
      add(plan + 8 * minute, verdict === 'missed' ? about : { ...about, ...touch });
    }
    add(start + 100 * minute, { kind: 'completed', round, counts });
  }
  return events;
}

/** The route of that month, as the configuration writes it. */
const parts = (readers: readonly string[]) => ({
  people: [{ id: 'li', name: '李强', card: '0F004EBEFC' }],
  routes: [
    {
      ...{ id: 'night', title: { zh: '全校夜巡线', en: 'Night' }, ordered: true },
      usual: { earlyMin: 3, lateMin: 3, missMin: 8 },
      checkpoints: Array.from({ length: POINTS }, (_, n) => ({
        ...{ id: `p${n + 1}`, title: { zh: `${n + 1}号点`, en: `Point ${n + 1}` }, reader: readers[n] },
        afterMin: n * 4,
      })),
      rounds: [{ days: 'daily', start: farFromNow(), person: 'li' }],
    },
  ],
});

/** A data folder with that month in its journal. */
async function filled(dir: string, first: number): Promise<string> {
  const data = mkdtempSync(join(dir, 'month-'));
  const journal = await openJournal({ dir: data, log: silent });
  const events = month(first);
  for (let i = 0; i < events.length; i += 5_000) await journal.append(events.slice(i, i + 5_000));
  await journal.close();
  return data;
}

/** Has the report made one after the other until it is told to stop; how many were whole, and how long each of them took, ms. */
async function reports(side: Side, span: { from: number; to: number }, signal: AbortSignal): Promise<number[]> {
  const cookie = await logIn(side.web, side.login!);
  const headers = { 'content-type': 'application/json', origin: side.web, cookie };
  const body = JSON.stringify({ ...span, format: 'pdf', lang: 'zh' });
  const took: number[] = [];
  while (!signal.aborted) {
    const began = clock();
    try {
      const answer = await fetch(`${side.web}/api/reports/patrol`, { method: 'POST', headers, body, signal });
      const text = await answer.text();
      // The one before was given up and is not quite over.
      if (answer.status === 429) {
        await delay(100);
        continue;
      }
      if (!/"result"/.test(text)) throw new Error(`no report: ${answer.status} ${text.slice(-300)}`);
      took.push(clock() - began);
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
  return took;
}

const middle = (all: readonly number[]): number =>
  all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;

/** `turns` of `seconds` each, without and beside. */
export async function besideReport(dir: string, turns: number, seconds: number): Promise<string> {
  const crowd = senders(SENDERS);
  const today = Math.floor((Date.now() + offsetMs) / dayMs) * dayMs - offsetMs;
  const span = { from: today - DAYS * dayMs, to: today };
  const data = await filled(dir, span.from);
  const readers = crowd.map(({ id }) => id).filter((id) => id.startsWith('reader'));
  const side = await gate({ dir, senders: crowd, data, parts: parts(readers), built: true });
  const { play, stop } = await stage(side, 1);
  try {
    const [alone, beside]: [Played[], Played[]] = [[], []];
    const took: number[] = [];
    for (let turn = 0; turn < turns; turn++) {
      alone.push(await play(RATE, seconds));
      const over = new AbortController();
      const made = reports(side, span, over.signal);
      beside.push(await play(RATE, seconds));
      over.abort();
      took.push(...(await made));
    }
    const row = (name: string, all: readonly Played[], made: string) => {
      const of = (pick: (one: Played) => number) => figure(middle(all.map(pick)));
      const lost = all.reduce((sum, { sent, events }) => sum + sent - events, 0);
      return [name, of((one) => one.age.p50), of((one) => one.age.p99), of((one) => one.age.max), String(lost), made];
    };
    const factor = (pick: (one: Played) => number) =>
      times(middle(beside.map((one, i) => pick(one) / pick(alone[i]!))), 1);
    return table(
      `Event to frame beside a month's audit as PDF (${DAYS * POINTS * ROUNDS} records), ${RATE} events a second, ${turns} turns of ${seconds} s each, the middle of the turns`,
      ['', 'p50 ms', 'p99 ms', 'max ms', 'lost', 'reports, s each'],
      [
        row('without', alone, '–'),
        row('beside', beside, `${took.length}, ${figure(middle(took) / 1_000)}`),
        [
          'beside / without',
          ...[factor((one) => one.age.p50), factor((one) => one.age.p99), factor((one) => one.age.max)],
          '',
          '',
        ],
      ],
    );
  } finally {
    await stop();
    await side.stop();
  }
}
