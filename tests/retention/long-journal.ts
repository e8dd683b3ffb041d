/**
 * A school's journal over many days: people log in, devices tell, alarms are raised, joined and closed (some late, some never), guards walk
 * their rounds.
 */
import { onTestFinished } from 'vitest';
import { evolve } from '../../src/core/evolve.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Event, Fact, KeepDays, State } from '../../src/core/types.ts';
import { openJournal } from '../../src/store/journal/journal.ts';
import { listeningLog } from '../store/place.ts';
import { gatewayOver } from './cut-gateway.ts';

export const dayMs = 86_400_000;
/** Midnight in China. */
export const firstDay = Date.parse('2026-03-02T00:00:00+08:00');
const minuteMs = 60_000;
/** Five minutes after the last event: the gateway was hardly away. */
export const after = (events: readonly Event[]): number => events.at(-1)!.at + 5 * minuteMs;

/** What is unusual about a day. */
export interface DayWish {
  /** Days after which its alarm is closed; absent: the same day; never: it stays open. */
  readonly closes?: number | 'never';
  /** Its second alarm joins the first. */
  readonly joins?: boolean;
  /** A touch of its round is judged anew so many days later. */
  readonly rejudged?: number;
  /** A silent call for help instead of a climb. */
  readonly covert?: boolean;
}

/** The journal of so many days; on each day alarms, a round, a post, log-ins. */
export function longJournal(days: number, wishes: ReadonlyMap<number, DayWish> = new Map()): Event[] {
  const events: Event[] = [];
  const later = new Map<number, (() => void)[]>();
  let at = firstDay;
  const add = (fact: Fact): number => {
    at += minuteMs;
    events.push({ ...fact, seq: events.length + 1, at } as Event);
    return events.length;
  };
  const when = (day: number, act: () => void) => later.set(day, [...(later.get(day) ?? []), act]);
  for (let day = 0; day < days; day++) {
    at = firstDay + day * dayMs + 6 * 3_600_000;
    const wish = wishes.get(day) ?? {};
    if (day % 7 === 0) add({ kind: 'started', version: 'test', config: 'c', utcOffsetMin: 480 });
    for (const act of later.get(day) ?? []) act();
    add({ kind: 'logged-in', by: 'wang', address: '10.0.0.7' });
    add({ kind: 'read', device: 'fence', point: 'climb', value: day % 2 === 0, id: `e-${day}` });
    const raise = (n: number): number =>
      add({
        ...{ kind: 'raised', key: `z${day}.${n}/climb`, alarm: 'climb', priority: 1, device: 'fence', zone: 'z1' },
        ...{ cause: `fence/climb${n}`, active: false, ...(wish.covert && n === 0 && { covert: true }) },
      } as Fact);
    const close = (alarm: number) => () => {
      add({ kind: 'acknowledged', alarm, by: 'wang' });
      add({ kind: 'closed', alarm, by: 'wang', reason: 'B1', note: `关闭${alarm}` });
    };
    const first = raise(0);
    add({ kind: 'displayed', alarm: first, by: 'wang', page: 'wall' });
    const second = raise(1);
    if (wish.joins) add({ kind: 'joined', alarm: second, incident: first, why: 'same-zone' } as unknown as Fact);
    if (day % 5 === 0) add({ kind: 'silenced', by: 'wang', until: at + minuteMs, upTo: second });
    close(second)();
    if (wish.closes === undefined) close(first)();
    else if (wish.closes !== 'never') when(day + wish.closes, close(first));
    const start = firstDay + day * dayMs + 20 * 3_600_000;
    const round = `r1/${start}`;
    add({ kind: 'opened', round, route: 'r1', start, person: 'li' });
    const touch = { card: 'C1', person: 'li', sourceTime: start + minuteMs } as const;
    add({ kind: 'touched', reader: 'reader1', source: 'online', ...touch });
    add({ kind: 'checked', round, checkpoint: 'a', verdict: 'late', offMs: 5, ...touch });
    const counts = { early: 0, missed: 0, 'wrong-order': 0 };
    add({ kind: 'completed', round, counts: { ...counts, late: 1, 'on-time': 0 } } as Fact);
    if (wish.rejudged !== undefined)
      when(day + wish.rejudged, () => {
        add({ kind: 'checked', round, checkpoint: 'a', verdict: 'on-time', before: 'late', offMs: 0, ...touch });
        add({ kind: 'completed', round, counts: { ...counts, late: 0, 'on-time': 1 } } as Fact);
      });
    add({ kind: 'exported', by: 'wang', what: `/api/export/alarms.csv?day=${day}` });
    add({ kind: 'logged-out', by: 'wang', session: `s${day}` });
  }
  return events;
}

export function folded(events: readonly Event[]): State {
  const state = emptyState();
  for (const event of events) evolve(state, event);
  return state;
}

/** The same, closed when the test is over. */
export async function keeping(dir: string, now: number, keep?: KeepDays) {
  const over = await gatewayOver(dir, now, keep);
  onTestFinished(over.close);
  return over;
}

/** A data folder's journal, filled and closed again. */
export async function fill(dir: string, events: readonly Event[]): Promise<void> {
  const journal = await openJournal({ dir, log: listeningLog() });
  for (let from = 0; from < events.length; from += 5_000) await journal.append(events.slice(from, from + 5_000));
  await journal.close();
}
