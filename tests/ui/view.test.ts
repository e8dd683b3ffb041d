/**
 * Holds what screens ask of State: the order of the wall, the phases of an alarm, the strip of a round, the counts.
 */

import { describe, expect, test } from 'vitest';
import { audibles } from '../../src/core/alarm/sounding.ts';
import { evolve } from '../../src/core/evolve.ts';
import { personOf } from '../../src/core/site/naming.ts';
import { emptyState } from '../../src/core/state.ts';
import type { Alarm, Event, Round, State } from '../../src/core/types.ts';
import { largestGap, patrolTally, roundsToday, strip } from '../../src/core/view/round-rows.ts';
import { checkpointCount, raisedSince, wallAlarms, zoneCount, zonePicture } from '../../src/core/view/view.ts';
import { candidates, deskLists, raisedLately } from '../../src/core/view/view-handling.ts';
import { untranslated } from '../../src/words/words.ts';
import { afternoon, campus, minute } from './campus.ts';
import { alarmDay, asEvents, type Dated, quietDay } from './scenes.ts';
import { busyDay, floodDay } from './scenes-life.ts';

function stateAfter(facts: readonly Dated[], ...more: Dated[]): State {
  const state = emptyState();
  for (const event of asEvents(facts, 0, afternoon)) evolve(state, event);
  for (const event of asEvents(more, state.seq, afternoon)) evolve(state, event);
  return state;
}
const maintenance: Dated = {
  kind: 'raised',
  key: 'fence/comms',
  alarm: 'comms',
  priority: 4,
  device: 'fence',
  cause: 'fence/link',
  active: true,
  ago: 0,
};

describe('the wall lists', () => {
  test('the unacknowledged first, then by priority, then the newest', () => {
    expect(wallAlarms(stateAfter(alarmDay())).map((a) => [a.kind, a.priority, !!a.acked])).toEqual([
      ['climb', 1, false],
      ['masked', 3, false],
      ['cut', 2, true],
      ['missed', 3, true],
    ]);
  });
  test('no maintenance', () => {
    const state = stateAfter(quietDay(), maintenance);
    expect(wallAlarms(state)).toEqual([]);
    expect(audibles(state)).toEqual([]);
    expect(raisedSince(state, 0)).toBe(1);
  });
});

test('an alarm closed while a page was away is counted as new to it', () => {
  const state = stateAfter(alarmDay());
  expect(raisedSince(state, 0)).toBe(5);
  expect(raisedSince(state, state.seq)).toBe(0);
});

describe('the desk', () => {
  const names = (state: State) =>
    Object.fromEntries(
      Object.entries(deskLists(state)).map(([name, list]) => [name, (list as readonly Alarm[]).map((a) => a.key)]),
    );
  test('has every open alarm in exactly one list, by what it waits for', () => {
    const state = stateAfter(busyDay());
    expect(names(state)).toEqual({
      waiting: ['z5/pull', 'z4/climb', 'cam-keep/masked'],
      handled: ['z6/cut'],
      toClose: ['z2/climb', 'kitchen/missed'],
      shelved: ['z1/pull'],
      maintenance: ['z3/drift'],
    });
    expect(Object.values(deskLists(state)).flat()).toHaveLength(state.alarms.size);
  });
  test('keeps an alarm in hand while somebody is under way, though its condition is over', () => {
    const over: Dated = { kind: 'returned-to-normal', alarm: -1, of: 'z6/cut', cause: 'fence/tension_6', ago: 0 };
    expect(names(stateAfter([...busyDay(), over])).handled).toEqual(['z6/cut']);
  });
  test('lists no shelved alarm on the wall', () => {
    const state = stateAfter(busyDay());
    expect(wallAlarms(state).map((a) => a.key)).not.toContain('z1/pull');
    expect(zonePicture(campus, state, campus.zones.z1!).alarm).toBeUndefined();
  });
});

describe('whom to send', () => {
  const order = (state: State, key: string) => {
    const alarm = state.alarms.get(state.keys.get(key)!)!;
    return candidates(campus, state, alarm).map((c) => [c.person.id, c.onDuty, c.busy !== undefined]);
  };
  test('is the free one on a round whose last scan is nearest', () => {
    // Li scanned at checkpoint 6 last, beside zone five; Wei walks the other round.
    expect(order(stateAfter(alarmDay()), 'z4/climb')[0]).toEqual(['li', true, false]);
  });
  test('is not somebody who was sent elsewhere and is not done there', () => {
    expect(order(stateAfter(busyDay()), 'z4/climb')).toEqual([
      ['wei', true, false],
      ['li', true, true],
    ]);
  });
  test('is nobody when no round was walked', () => {
    const raised = alarmDay().find((f) => f.kind === 'raised' && f.key === 'z4/climb')!;
    expect(order(stateAfter([raised]), 'z4/climb').map(([, onDuty]) => onDuty)).toEqual([false, false]);
  });
  test('knows the person behind an account by id or by name', () => {
    const of = (name: string) => personOf(campus, { name })?.id;
    expect([of('li'), of('李强'), of('nobody'), of('constructor')]).toEqual(['li', 'li', undefined, undefined]);
  });
});

test('alarms of the last ten minutes are counted for the flood', () => {
  const state = stateAfter(floodDay());
  expect(raisedLately(state.raises, afternoon)).toBe(15);
  expect(raisedLately(state.raises, afternoon + 9 * minute)).toBe(3);
});

describe('a zone', () => {
  test('shows its worst alarm', () => {
    expect(zonePicture(campus, stateAfter(alarmDay()), campus.zones.z4!).alarm?.kind).toBe('climb');
  });
  test('is blind when its host is gone, and was never heard', () => {
    const gone: Dated = { kind: 'linked', device: 'fence', up: false, why: untranslated('cut'), ago: 0 };
    expect(zoneCount(campus, stateAfter(quietDay()))).toEqual({ good: 7, total: 7 });
    expect(zoneCount(campus, stateAfter(quietDay(), gone))).toEqual({ good: 0, total: 7 });
    expect(zoneCount(campus, emptyState())).toEqual({ good: 0, total: 7 });
  });
  test('drifts beyond seventy per cent of its limit', () => {
    const gauge = (value: number) => new Map([['fence', new Map([['tension_4', { value, at: 0 }]])]]);
    const drift = (value: number) => zonePicture(campus, stateAfter(quietDay()), campus.zones.z4!, gauge(value)).drift;
    expect([drift(17), drift(18)]).toEqual([false, true]);
  });
});

describe('the patrol', () => {
  const rows = (state: State) => roundsToday(campus, state.rounds, afternoon);
  test('has the opened rounds and the planned ones, by start, each once', () => {
    expect(rows(stateAfter(quietDay())).map((r) => [r.route.id, r.phase])).toEqual([
      ['night', 'over'],
      ['night', 'over'],
      ['kitchen', 'over'],
      ['night', 'open'],
      ['kitchen', 'open'],
      ['dorm', 'ahead'],
    ]);
  });
  test('keeps a round that is being walked at midnight, and counts it for the day in which it began', () => {
    const midnight = afternoon + 9 * 60 * minute + 28 * minute;
    const state = stateAfter(quietDay());
    const late = (at: number) => roundsToday(campus, state.rounds, at).filter((r) => r.earlier);
    expect(late(midnight).map((r) => [r.route.id, r.phase, r.reached])).toEqual([
      ['night', 'open', 6],
      ['kitchen', 'open', 3],
    ]);
    expect(patrolTally(campus, roundsToday(campus, state.rounds, midnight))).toMatchObject({ judged: 0, reached: 0 });
    expect(strip(roundsToday(campus, state.rounds, midnight))[0]).toMatchObject({ earlier: true, reached: 6 });
  });
  test('shows how such a round ended for eight hours after its last checkpoint was due', () => {
    const state = stateAfter(quietDay());
    const [round] = [...state.rounds.values()].filter((r) => r.route === 'night').slice(-1);
    const start = Date.parse('2026-11-23T23:30:00+08:00');
    const counts = { 'on-time': 8, early: 0, late: 0, missed: 0, 'wrong-order': 0 };
    const rounds = new Map([['late', { ...round!, id: 'late', start, counts }]]);
    const lastDue = start + campus.routes.night!.checkpoints.at(-1)!.afterMs;
    const shown = (at: number) => roundsToday(campus, rounds, at).some((r) => r.id === 'late');
    expect([lastDue, lastDue + 479 * minute, lastDue + 480 * minute].map(shown)).toEqual([true, true, false]);
  });
  test('tells the longest time in which nobody walked, also the one that is not over', () => {
    const start = Date.parse('2026-11-23T00:00:00+08:00');
    const walk = (id: string, ...minutes: number[]): Round => ({
      ...{ id, route: 'night', start: start + minutes[0]! * minute },
      checks: Object.fromEntries(
        minutes.map((at, i) => [
          campus.routes.night!.checkpoints[i]!.id,
          { verdict: 'on-time', sourceTime: start + at * minute } as const,
        ]),
      ),
    });
    const gap = (at: number, ...walks: Round[]) => {
      const found = largestGap(
        roundsToday(campus, new Map(walks.map((r) => [r.id, r])), start + at * minute),
        ...([start, start + at * minute] as const),
      );
      return found && [found.from, found.to].map((time) => (time - start) / minute);
    };
    const [first, within, last] = [walk('a', 60, 120), walk('b', 70, 90), walk('c', 300, 330)];
    expect(gap(0)).toBeUndefined();
    expect(gap(400)).toEqual([0, 400]);
    expect(gap(400, first, within, last)).toEqual([120, 300]);
    expect(gap(900, first, within, last)).toEqual([330, 900]);
    expect(gap(330, last)).toEqual([0, 300]);
  });
  test('puts one row per route on the strip, the open ones first', () => {
    expect(strip(rows(stateAfter(quietDay()))).map((r) => [r.route.id, r.reached, r.missed, r.cells.length])).toEqual([
      ['night', 6, 0, 8],
      ['kitchen', 3, 1, 5],
      ['dorm', 0, 0, 6],
    ]);
  });
  test('counts a round as complete only when every checkpoint was reached', () => {
    const tally = patrolTally(campus, rows(stateAfter(quietDay())));
    expect(tally).toEqual({ complete: 3, target: 5, judged: 31, reached: 30, onTime: 28 });
  });
  test('counts checkpoints by their readers', () => {
    const gone: Dated = { kind: 'linked', device: 'r1', up: false, why: untranslated('cut'), ago: 0 };
    expect(checkpointCount(campus, stateAfter(quietDay(), gone))).toEqual({ good: 16, total: 19 });
  });
});

test('the scenes are in order of time', () => {
  const at = asEvents(alarmDay(), 0, afternoon).map((e: Event) => e.at);
  expect(at).toEqual(at.toSorted((a, b) => a - b));
});
